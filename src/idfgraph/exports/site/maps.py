"""Maps of the states that benefit: of all projects with a shade for each state, and of what one
page is about.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from ...model import names
from ..figures import Overview
from .outlines import Outline, Outlines
from .page_voice import PageVoice

#: How many shades there are: one project, two or three, four to seven, and so on.
_SHADES = 5

#: How wide a map of one page is at least, for its height, and what is around what it shows.
_WIDE, _ASPECT, _AROUND = 300, 2, 1.4


class StateCount(NamedTuple):
    """A state with its number of projects: its page, its name, its outline (None: not on the map)
    and its shade.
    """

    link: Markup
    href: str
    name: str
    number: int
    outline: Outline | None
    shade: int


class WorldMap(NamedTuple):
    """All states that benefit, by name; the shades that are there, with the fewest and the most
    projects that each stands for (0: no end); the size of the map.
    """

    states: Sequence[StateCount]
    legend: Sequence[tuple[int, int, int]]
    size: tuple[int, int]


class PlaceMap(NamedTuple):
    """The part of the map that shows some states: the property that it stands under (empty: it is
    about the page itself), its view box, the codes of those that are on it (their names stand
    beside it), links to those that are not.
    """

    under: str
    box: str
    codes: Sequence[str]
    absent: Sequence[Markup]


def world_map(voice: PageVoice, overview: Overview, outlines: Outlines) -> WorldMap:
    """The map of all projects."""
    states = [
        StateCount(
            voice.resource(state),
            voice.address(state),
            voice.name(state)[0],
            number := len(sum_.projects),
            outlines.of(state),
            min(number.bit_length(), _SHADES),
        )
        for state, sum_ in overview.states.items()
    ]
    states.sort(key=lambda one: (names.folded(one.name), one.href))
    shades = sorted({one.shade for one in states if one.outline})
    legend = [(one, 2 ** (one - 1), 2**one - 1 if one < _SHADES else 0) for one in shades]
    return WorldMap(states, legend, outlines.size)


def place_map(
    voice: PageVoice, under: str, states: Sequence[str], outlines: Outlines
) -> PlaceMap | None:
    """The map of some states, or None where it has none of them."""
    found = {state: outlines.of(state) for state in states if voice.address(state)}
    there = {state: outline for state, outline in found.items() if outline}
    if not there:
        return None
    return PlaceMap(
        under,
        " ".join(map(str, _view(there.values(), outlines.size))),
        [state.removeprefix("st:") for state in there],
        [voice.resource(state) for state in states if state not in there],
    )


def _view(shown: Iterable[Outline], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """A part of the map around some states, as a view box: the whole where that is not larger."""
    lefts, tops, rights, bottoms = zip(*(one.box for one in shown), strict=True)
    left, top, right, bottom = min(lefts), min(tops), max(rights), max(bottoms)
    width = round(max(_WIDE, _AROUND * max(right - left, (bottom - top) * _ASPECT)))
    height = width // _ASPECT
    if width > size[0] or height > size[1]:
        return 0, 0, *size
    x, y = (left + right - width) // 2, (top + bottom - height) // 2
    return max(0, min(x, size[0] - width)), max(0, min(y, size[1] - height)), width, height
