"""Two sorted dumps merged line by line: what both have, what one has alone. Holds one line of each
at a time.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...model.errors import BadInput, Place
from ...model.text import N_


class DumpLine(NamedTuple):
    """An N-Quads line, newline kept, and whether the old and the new dump have it."""

    text: str
    was: bool
    now: bool


def merged(
    old: Iterable[str], new: Iterable[str], files: tuple[str, str] = ("old", "new")
) -> Iterator[DumpLine]:
    """The lines of two dumps in order, each once; `files` are their names in errors.

    Raises BadInput where lines are not sorted by code point, or one is there twice.

    >>> [(line.was, line.now) for line in merged(["a\\n", "b\\n"], ["b\\n", "c\\n"])]
    [(True, False), (True, True), (False, True)]
    """
    left, right = (_in_order(lines, file) for lines, file in zip((old, new), files, strict=True))
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


def _in_order(lines: Iterable[str], file: str) -> Iterator[str]:
    """The lines, as long as each is greater than the one before."""
    before = ""
    for number, line in enumerate(lines, 1):
        if line <= before or not line.endswith("\n"):
            raise BadInput(
                N_("is not in order, or cut short"),
                Place(file, number),
                hint=N_("take it as it was published"),
            )
        yield line
        before = line
