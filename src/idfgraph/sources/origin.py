"""Where each part of a record was read, so that any later complaint can point at it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..errors import Place
from ..records import Record

#: Dotted field path -> line and column, counted from 1.
Marks = Mapping[str, tuple[int, int]]


class Origin(NamedTuple):
    """The file a record was read from, its first line, what finds the marks of its fields, and its further files."""

    file: str
    line: int
    marks: Callable[[], Marks]
    others: tuple["Origin", ...] = ()

    def place(self, field: str = "") -> Place:
        """The place of a field (`budget`, `values.budget`) in the first file with it, or of the record.

        >>> Origin("a.yaml", 1, lambda: {"values.budget": (7, 3)}).place("budget")
        Place(file='a.yaml', line=7, column=3, field='budget')
        """
        found = (origin.find(field) for origin in (self, *self.others))
        return next((place for place in found if place), Place(self.file, self.line, 0, field))

    def find(self, field: str) -> Place | None:
        """The place of a field in this file, or None."""
        marks = self.marks()
        mark = marks.get(f"values.{field}") or marks.get(field)
        return Place(self.file, *mark, field) if mark else None


class Sourced(NamedTuple):
    """A record and where it was read."""

    record: Record
    origin: Origin
