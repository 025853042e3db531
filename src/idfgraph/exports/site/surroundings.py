"""The graph around a project or a programme as a small picture: what it is linked to, by which
property, and how many projects share that.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from ...model.fields import FORMS, WAYS_TO_BENEFIT
from ...model.labels import PROPERTIES
from ...model.nodes import Json, Node, is_node
from ...model.text import capitalized
from .frame import own_words
from .markup import escape, made
from .page_voice import PageVoice
from .selections import projects_of

#: The properties that are drawn, in their order, and how many values of each are at most.
_DRAWN = ("isPartOf", "association", *WAYS_TO_BENEFIT, "projectType", "fundRegion")
_MOST = 4

#: How high a row is, and how many characters it shows.
_ROW, _LONG = 18, 44


class SmallGraph(NamedTuple):
    """What a resource is linked to, row by row, the lines that lead there, the place and the height
    of all.
    """

    rows: Sequence[Markup]
    lines: str
    middle: int
    height: int


def surroundings(voice: PageVoice, own: Node) -> SmallGraph | None:
    """The graph around a project or a programme; None around what is neither, or linked to
    nothing.
    """
    if own.get("type") not in FORMS:
        return None
    links = [one for key in _DRAWN if key in own for one in _shown(voice, key, own[key])]
    rows = [_row(voice, label, one, _ROW * at + 13) for at, (label, one) in enumerate(links)]
    height = _ROW * len(rows)
    ends = [f"-4 {_ROW * at + 9}" for at in range(len(rows))]
    pairs = zip(ends[::2], [*ends[1::2], ""], strict=False)
    lines = "".join(f"M{one}L-21 {height // 2}{other and f'L{other}'}" for one, other in pairs)
    return SmallGraph(rows, lines, height // 2, height) if rows else None


def _shown(voice: PageVoice, key: str, value: Json) -> Iterator[tuple[str, str]]:
    """Links of a property: what each is called, and its target; of many the first, and how many
    more there are.
    """
    for label, targets in groupby(_links(voice, key, value), lambda link: link[0]):
        found = [target for _, target in targets]
        yield from ((label, one) for one in found[:_MOST])
        if len(found) > _MOST:
            yield label, f"+{len(found) - _MOST}"


def _links(voice: PageVoice, key: str, value: Json) -> Iterator[tuple[str, str]]:
    for item in value if isinstance(value, list) else [value]:
        if is_node(item) and {"role", "agent"} <= item.keys():
            role, agent = (voice.code(part, str(item[part])) for part in ("role", "agent"))
            yield voice.name(role)[0], agent
        elif isinstance(item, str):
            label = own_words(voice.lexicon.labels(key, PROPERTIES), voice.language)
            yield capitalized(label), voice.code(key, item)


def _row(voice: PageVoice, label: str, target: str, y: int) -> Markup:
    """What is linked to: what the link is called, its name (cut where it is long) as a link, what
    is told behind it.
    """
    href = voice.address(target)
    linked = _named(voice, label, target, href) if href else escape(target)
    return made(f'<text y="{y}">{escape(label)}: {linked}</text>')  # all parts are escaped


def _named(voice: PageVoice, label: str, target: str, href: str) -> str:
    name, projects = voice.name(target)[0], projects_of(voice.lexicon.site.overview, target)
    number = len(projects.projects) if projects else 0
    after = f" · {number}" if number else ""
    room = max(8, _LONG - len(label) - len(after))
    shown = name if len(name) <= room else f"{name[: room - 1]}…"
    return f'<a href="{escape(href)}">{escape(shown)}</a>{after}'
