"""The graph around a project or a programme as a small picture: what it is linked to, by which
property, and how many projects share that.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from textwrap import wrap
from typing import NamedTuple

from markupsafe import Markup

from ...model.fields import FORMS, WAYS_TO_BENEFIT
from ...model.nodes import Json, Node, is_node
from ...model.text import capitalized, decimal
from .markup import escape, made
from .page_voice import PageVoice
from .selections import projects_of

#: The properties that are drawn, in their order, and how many values of each are at most.
_DRAWN = ("isPartOf", "association", *WAYS_TO_BENEFIT, "projectType", "fundRegion")
_MOST = 4

#: How high a line is, and how many characters it has room for.
_LINE, _LONG = 17, 46


class SmallGraph(NamedTuple):
    """What a resource is linked to, under the names of the links, the lines that lead there, the
    place of the resource and the height of all.
    """

    texts: Sequence[Markup]
    lines: str
    middle: int
    height: int


class _Target(NamedTuple):
    """What a link leads to: its lines and its address, if it has a page."""

    lines: Sequence[str]
    href: str = ""


def surroundings(voice: PageVoice, own: Node) -> SmallGraph | None:
    """The graph around a project or a programme; None around what is neither, or linked to
    nothing.
    """
    if own.get("type") not in FORMS:
        return None
    links = (one for key in _DRAWN if key in own for one in _links(voice, key, own[key]))
    texts, ends, height = list[Markup](), list[int](), 0
    for label, targets in groupby(links, lambda link: link[0]):
        texts.append(_text([label], height))
        height += _LINE
        for shown in _shown(voice, (target for _, target in targets)):
            texts.append(_text(shown.lines, height, shown.href))
            ends.append(height + _LINE // 2)
            height += _LINE * len(shown.lines)
    if not ends:
        return None
    middle = height // 2
    trunk = f"M-19 {min(*ends, middle)}V{max(*ends, middle)}"
    return SmallGraph(texts, trunk + "".join(f"M-6 {end}h-13" for end in ends), middle, height)


def _links(voice: PageVoice, key: str, value: Json) -> Iterator[tuple[str, str]]:
    """Links of a property: what each is called, and its target."""
    for item in value if isinstance(value, list) else [value]:
        if is_node(item) and {"role", "agent"} <= item.keys():
            role, agent = (voice.code(part, str(item[part])) for part in ("role", "agent"))
            yield voice.name(role)[0], agent
        elif isinstance(item, str):
            yield capitalized(voice.label(key)), voice.code(key, item)


def _shown(voice: PageVoice, targets: Iterable[str]) -> Iterator[_Target]:
    """Each of some targets; of many the first, and how many more there are."""
    found = [*targets]
    yield from (_named(voice, target) for target in found[:_MOST])
    if len(found) > _MOST:
        yield _Target([f"+{len(found) - _MOST}"])


def _named(voice: PageVoice, target: str) -> _Target:
    """A target: its name, and how many projects share it."""
    name, projects = voice.name(target)[0], projects_of(voice.lexicon.site.overview, target)
    number = decimal(str(len(projects.projects)), voice.language) if projects else ""
    return _Target(_lines(name, f" · {number}" if number else ""), voice.address(target))


@lru_cache(2**12)
def _lines(name: str, after: str) -> Sequence[str]:
    """The lines of a name, with room for what stands after it: many projects share a target, and to
    wrap its name takes longer than all else of it.
    """
    *above, last = wrap(name, _LONG - len(after)) or [name]
    return [*above, f"{last}{after}"]


def _text(lines: Sequence[str], top: int, href: str = "") -> Markup:
    """A text of the picture, as a link where it has an address."""
    first, *below = map(escape, lines)
    rest = "".join(f'<tspan x="0" dy="{_LINE}">{line}</tspan>' for line in below)
    shown = f'<text y="{top + 13}">{first}{rest}</text>'
    return made(f'<a href="{escape(href)}">{shown}</a>' if href else shown)  # parts are escaped
