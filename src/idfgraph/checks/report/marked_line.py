"""The offending line with marks under its region, whatever characters stand in it."""

from collections.abc import Iterator
from typing import NamedTuple

from ...model.errors import Place
from ...model.visible import blotted, cells, visible_at

#: How many cells of a line are shown, and how many characters before the region when the line is
#: cut.
WIDTH = 100
BEFORE = 30

#: How far from what is shown an address may begin, or its password end.
_NEAR = 1_000

_TAB = "    "
_CUT = "..."


class LineQuote(NamedTuple):
    """A line as it is shown, and the marks to be shown under it; without marks where no column is
    known.
    """

    text: str
    marks: str


def quote(line: str, place: Place) -> LineQuote:
    """The line cut round the region that a place begins on it, tabs and hidden characters written
    out.

    >>> quote("a:\\t日本", Place("f", 1, 4, "", 1, 6))
    LineQuote(text='a:    日本', marks='      ^^^^')
    """
    start = max(place.column - 1, 0)
    first = 0 if start <= WIDTH - BEFORE else start - BEFORE
    shown = [_CUT] if first else []
    under = [" " * len(_CUT)] if first else []
    stop = _stop(line, place, start)
    for index, piece in _pieces(_blotted(line, first), first):
        shown.append(piece)
        under.append(("^" if start <= index < stop else " ") * cells(piece))
    if first + len(shown) - bool(first) < len(line):
        shown.append(_CUT)
    return LineQuote(
        "".join(shown).rstrip(), _marks(under, start - first + bool(first)) if place.column else ""
    )


def _blotted(line: str, first: int) -> str:
    """The line without the passwords of addresses near what is shown of it."""
    near = slice(max(first - _NEAR, 0), first + 2 * WIDTH + _NEAR)
    return line[: near.start] + blotted(line[near]) + line[near.stop :]


def _stop(line: str, place: Place, start: int) -> int:
    """Where the region ends on its first line, counted from 0: after one character if its end is
    unknown.
    """
    if place.end_line > place.line:
        return len(line)
    return max(place.end_column - 1, start + 1)


def _pieces(line: str, first: int) -> Iterator[tuple[int, str]]:
    """Index and shown form of each character from the first on, as far as they have room."""
    room = WIDTH
    for index in range(first, min(len(line), first + 2 * WIDTH)):
        piece = _TAB if line[index] == "\t" else visible_at(line, index)
        room -= cells(piece)
        if room < 0:
            return
        yield index, piece


def _marks(under: list[str], index: int) -> str:
    """The marks, one at least: at the region's first character, or after the line."""
    marks = "".join(under).rstrip()
    return marks or " " * len("".join(under[:index])) + "^"
