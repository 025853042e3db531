"""The outlines that maps are drawn with, as the build of the package made them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec


class Outline(msgspec.Struct, frozen=True):
    """A state on the map: the box that its large parts are in (left, top, right, bottom) and its
    path; one that is too small for a path is a dot, where its box is.
    """

    box: tuple[int, int, int, int]
    path: str = ""


class Outlines(msgspec.Struct, frozen=True):
    """The map of the world: how wide and high it is, paths of its land and of the borders on it,
    its states by their codes of three letters.
    """

    size: tuple[int, int] = (0, 0)
    land: str = ""
    borders: str = ""
    states: Mapping[str, Outline] = {}

    def of(self, state: str) -> Outline | None:
        """The outline of a state by its compact IRI, or None where the map has none.

        >>> Outlines(states={"TUV": Outline((9, 9, 9, 9))}).of("st:TUV").box
        (9, 9, 9, 9)
        """
        return self.states.get(state.removeprefix("st:"))


@cache
def read_outlines() -> Outlines:
    """The outlines of this package; none where it was built without npm."""
    path = Path(__file__).with_name("outlines.json")
    return msgspec.json.decode(path.read_bytes(), type=Outlines) if path.is_file() else Outlines()
