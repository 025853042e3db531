"""The page that a release is entered by: its figures, each a link to the list that it counts, money
by region, type and start year, and what is not known.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from ...model.text import gettext
from ..figures import SEVERAL, UNKNOWN, Overview, ProjectSum
from .edition import Edition
from .gaps import GapRow, gap_rows, share_of
from .maps import WorldMap, world_map
from .markup import link
from .page_voice import PageVoice
from .project_rows import SumView, sum_view
from .selections import SEVERAL_TYPES, missing, starting

#: How high the columns of a chart can be, how wide one is at most with the gap beside it, and how
#: wide all are at most, so that labels can be read on a phone.
_HIGH, _WIDE, _ALL = 100, 24, 336

#: How many labels of years a chart has at most.
_LABELS = 14


class BarRow(NamedTuple):
    """A part of the projects: its name, what it comes to, and how long its bar is, of 100: for
    several states, then for one.
    """

    name: Markup
    sum: SumView
    shared: str
    alone: str


class YearColumn(NamedTuple):
    """A year: its name and list, what it comes to, where its column stands, how wide it is with
    the gap beside it, and how high.
    """

    name: Markup
    label: str
    sum: SumView
    at: float
    width: float
    height: str
    is_unknown: bool


class Home(NamedTuple):
    """What the first page tells of all projects."""

    all: SumView
    doubts: int
    doubted: int
    states: int
    regions: Sequence[BarRow]
    types: Sequence[BarRow]
    years: Sequence[YearColumn]
    gaps: Sequence[GapRow]
    width: float
    map: WorldMap


def home(edition: Edition, overview: Overview) -> Home:
    """The view of the first page of a language."""
    voice = edition.voice("")
    years = list(year_columns(voice, overview.years))
    return Home(
        all=sum_view(overview.all, edition.language),
        doubts=overview.doubts,
        doubted=len(overview.doubted),
        states=len(overview.states),
        regions=list(_bars(voice, overview.regions, missing("fundRegion"))),
        types=list(_bars(voice, overview.types, missing("projectType"))),
        years=years,
        gaps=gap_rows(voice, overview),
        width=chart_width(years),
        map=world_map(voice, overview, edition.site.outlines),
    )


def _bars(voice: PageVoice, parts: Mapping[str, ProjectSum], gap: str) -> Iterator[BarRow]:
    """The parts, that with the most money first, those that are none last."""
    ordered = sorted(parts, key=lambda name: (name in {UNKNOWN, SEVERAL}, -parts[name].usd, name))
    most = max((part.usd for part in parts.values()), default=Decimal(0))
    for name in ordered:
        part = parts[name]
        shared, alone = (share_of(one, most) for one in (part.shared, part.alone))
        yield BarRow(part_name(voice, name, gap), sum_view(part, voice.language), shared, alone)


def part_name(voice: PageVoice, name: str, gap: str) -> Markup:
    """The name of a part, a code or a start year, as a link to its projects."""
    if name == UNKNOWN:
        return _list(voice, gap, gettext("not published", voice.language))
    if name == SEVERAL:
        return _list(voice, SEVERAL_TYPES, gettext("several types", voice.language))
    return voice.resource(name) if ":" in name else _list(voice, starting(name), name)


def _list(voice: PageVoice, name: str, words: str) -> Markup:
    return link(voice.list_address(name), words)


def year_columns(voice: PageVoice, years: Mapping[str, ProjectSum]) -> Iterator[YearColumn]:
    """A column for each year from the first to the last, and one for what is not published."""
    known = [int(year) for year in years if year != UNKNOWN]
    most = max((part.usd for part in years.values()), default=Decimal(0))
    span = range(min(known), max(known) + 1) if known else range(0)
    names = [*(str(year) for year in span), *([UNKNOWN] if UNKNOWN in years else [])]
    step, wide = -(-len(span) // _LABELS) or 1, round(min(_WIDE, _ALL / max(1, len(names))), 1)
    for place, name in enumerate(names):
        part = years.get(name)
        if part is None:
            continue
        listed = part_name(voice, name, missing("startYear"))
        label = name if name and (int(name) - span[0]) % step == 0 else ""
        height = share_of(part.usd, most, _HIGH)
        total = sum_view(part, voice.language)
        yield YearColumn(listed, label, total, round(place * wide, 1), wide, height, not name)


def chart_width(columns: Sequence[YearColumn]) -> float:
    """How wide a chart of these columns is: a year without a project has a place, and no column."""
    return round(max((one.at + one.width for one in columns), default=_WIDE), 1)
