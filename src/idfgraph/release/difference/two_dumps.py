"""Two sorted dumps held against each other: what both have, what one has alone. Stretches that both
have are passed over many lines at a time.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from operator import lt
from pathlib import Path
from typing import NamedTuple

from ...graph.lines import subject_of
from ...model.errors import BadInput, Place
from ...model.text import N_
from ...system.reading import read_many_lines


class DumpLine(NamedTuple):
    """An N-Quads line, newline kept, and whether the old and the new dump have it."""

    text: str
    was: bool
    now: bool


#: The lines of an old and of a new dump, newlines kept.
Sides = tuple[list[str], list[str]]


def merged(old: Iterable[str], new: Iterable[str]) -> Iterator[DumpLine]:
    """The lines of two dumps in order, each once.

    >>> [(line.was, line.now) for line in merged(["a\\n", "b\\n"], ["b\\n", "c\\n"])]
    [(True, False), (True, True), (False, True)]
    """
    left, right = iter(old), iter(new)
    a, b = next(left, ""), next(right, "")
    while a or b:
        if a == b:
            yield DumpLine(a, was=True, now=True)
            a, b = next(left, ""), next(right, "")
        elif a and (a < b or not b):
            yield DumpLine(a, was=True, now=False)
            a = next(left, "")
        else:
            yield DumpLine(b, was=False, now=True)
            b = next(right, "")


def differing(lines: Iterable[DumpLine]) -> Iterator[DumpLine]:
    """The lines that one dump has alone.

    >>> [line.text for line in differing(merged(["a\\n", "b\\n"], ["b\\n"]))]
    ['a\\n']
    """
    return (line for line in lines if line.was != line.now)


def unlike(
    stretches: Iterable[Sides], told: Callable[[Iterable[str]], Iterable[str]] = iter
) -> Iterator[DumpLine]:
    """The merged lines of the stretches that differ, of each side what is `told`.

    >>> [line.text for line in unlike([(["a\\n"], ["a\\n"]), (["b\\n", "c\\n"], ["c\\n"])])]
    ['b\\n', 'c\\n']
    """
    for was, now in stretches:
        if was != now:
            yield from merged(told(was), told(now))


def stretches(old: Path, new: Path) -> Iterator[Sides]:
    """Two dumps in stretches: what each has of the same subjects, each subject whole.

    Raises BadInput where lines are not sorted by code point, one is there twice, or the last one
    is cut short.
    """
    sides = _Side(old), _Side(new)
    while reading := [side for side in sides if side.has_more()]:
        least = min(reading, key=lambda side: side.lines[-1])
        subject = f"{subject_of(least.lines[-1])} "
        was, now = (side.cut(subject) for side in sides)
        if was or now:
            yield was, now
        else:
            least.read()
    yield sides[0].lines, sides[1].lines


class _Side:
    """A dump, read as far as it was needed: the lines that are left of that."""

    def __init__(self, file: Path) -> None:
        self.lines: list[str] = []
        self._pieces, self._is_whole = _pieces(file), False

    def has_more(self) -> bool:
        """Whether lines can come behind those at hand, of which there are some then."""
        if not self.lines and not self._is_whole:
            self.read()
        return not self._is_whole

    def read(self) -> None:
        """Reads on."""
        piece = next(self._pieces, None)
        if piece is None:
            self._is_whole = True
        else:
            self.lines += piece

    def cut(self, bound: str) -> list[str]:
        """Takes the lines before a bound."""
        end = bisect_left(self.lines, bound)
        found, self.lines = self.lines[:end], self.lines[end:]
        return found


def _pieces(file: Path) -> Iterator[list[str]]:
    """The lines of a dump, many at a time, as long as each is greater than the one before."""
    number, before = 1, ""
    for lines in read_many_lines(file):
        in_order = map(lt, chain([before], lines), lines)
        if not (all(in_order) and lines[-1].endswith("\n")):
            fault = _fault([before, *lines])
            raise BadInput(
                N_("is not in order, or cut short"),
                Place(str(file), number + fault),
                hint=N_("take it as it was published"),
            )
        yield lines
        number, before = number + len(lines), lines[-1]


def _fault(lines: Sequence[str]) -> int:
    """The place of the first line behind one that is not less, or else of the last."""
    return next((n for n, (a, b) in enumerate(pairwise(lines)) if a >= b), len(lines) - 2)
