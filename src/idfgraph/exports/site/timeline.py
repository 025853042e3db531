"""When projects ran, as bars on a scale of years."""

from collections.abc import Sequence
from typing import NamedTuple

from ..figures import ProjectFacts
from .page_voice import PageVoice

#: How wide the picture is, how high a row, and what a name takes.
_WIDE, _ROW, _NAME = 320, 14, 60

#: How many projects can be seen together, and how many years have a label at most.
_MOST, _LABELS = 40, 8


class TimeBar(NamedTuple):
    """A project: its page, its id, its title with its years, where its bar is, and where its id
    stands (start: behind the bar, end: before it, empty: on it).
    """

    href: str
    name: str
    title: str
    x: int
    y: int
    width: int
    named: str


class Timeline(NamedTuple):
    """Projects by start, the years below them with their places, the size of the picture, and how
    many projects are left out since a year is not known.
    """

    bars: Sequence[TimeBar]
    years: Sequence[tuple[int, int]]
    size: tuple[int, int]
    left_out: int


def timeline(voice: PageVoice, projects: Sequence[ProjectFacts]) -> Timeline | None:
    """When projects ran, or None where that is known of fewer than two, or of too many."""
    known = [(one.start, one.end, one.id) for one in projects if one.start and one.end]
    ran = sorted((start, max(start, end), id_) for start, end, id_ in known)
    if not 2 <= len(ran) <= _MOST:
        return None
    first, last = ran[0][0], max(end for _, end, _ in ran)
    year = _WIDE / (last - first + 1)
    step = -(-(last - first + 1) // _LABELS)
    bars = []
    for at, (start, end, id_) in enumerate(ran):
        left, right = (round((one - first) * year) for one in (start, end + 1))
        name, title = id_.partition(":")[2], f"{voice.name(id_)[0]}, {start}–{end}"
        beside = "start" if right + _NAME <= _WIDE else "end"
        named = "" if right - left >= _NAME else beside
        href, width = voice.address(id_), right - left
        bars.append(TimeBar(href, name, title, left, at * _ROW, width, named))
    years = [(one, round((one - first + 0.5) * year)) for one in range(first, last + 1, step)]
    size = _WIDE, len(ran) * _ROW + 16
    return Timeline(bars, years, size, len(projects) - len(ran))
