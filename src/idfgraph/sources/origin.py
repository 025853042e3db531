"""Where each part of a record was read, so that any later complaint can point at it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..errors import Place
from ..records import Record

#: Dotted field path -> line and column, counted from 1.
Marks = Mapping[str, tuple[int, int]]


class Origin(NamedTuple):
    """The file a record was read from, its first line, and what finds the marks of its fields when asked."""

    file: str
    line: int
    marks: Callable[[], Marks]

    def place(self, field: str = "") -> Place:
        """The place of a field (`budget`, `values.budget`, `sources[0].url`), or else of the record.

        >>> Origin("a.yaml", 1, lambda: {"values.budget": (7, 3)}).place("budget")
        Place(file='a.yaml', line=7, column=3, field='budget')
        """
        marks = self.marks()
        line, column = marks.get(f"values.{field}") or marks.get(field) or (self.line, 0)
        return Place(self.file, line, column, field)


class Sourced(NamedTuple):
    """A record and where it was read."""

    record: Record
    origin: Origin
