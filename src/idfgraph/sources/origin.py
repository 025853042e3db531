"""Where each part of a record was read, so that any later complaint can point at it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, count, takewhile
from typing import NamedTuple

from ..model.errors import Place
from ..model.records import Record
from .positions import Mark

#: Dotted field path -> where it stands; that of no field is the beginning of all.
Marks = Mapping[str, Mark]


def _maybe(_field: str) -> bool:
    """Does not know better than the marks."""
    return True


class Origin(NamedTuple):
    """The file a record was read from, its first line, what finds the marks of its fields, and its
    further files.

    `instead` are pages that stand in the places of pages that the record names and that are gone,
    by the SHA-256 of these. `mentions` says, faster than the marks do, that a field is not there at
    all, or its beginning has no mark.
    """

    file: str
    line: int
    marks: Callable[[], Marks]
    others: tuple["Origin", ...] = ()
    mentions: Callable[[str], bool] = _maybe
    instead: Mapping[str, str] = {}

    def place(self, field: str = "", *instead: str, values: Iterable[str] = ()) -> Place:
        """The place of a field (`budget`, `values.budget`), or else of one of those that it is
        derived from.

        It is the value that the record states, else the decision that gives it, else the capture
        that prints it, in the first file that has one; but first of all what reads as one of
        `values`. Of a list it is the item that does, of texts that in such a language. What stands
        nowhere is placed at the beginning of the record, and names the field.

        >>> Origin("a.yaml", 1, lambda: {"values.budget": Mark(7, 3, 7, 20)}).place("budget")
        Place(file='a.yaml', line=7, column=3, field='budget', end_line=7, end_column=20)
        """
        said = tuple(values)
        standing = self._standing((field, *instead))
        if not (best := next(standing, None)):
            return self.first()._replace(field=field)
        if said:
            all_ = chain((best,), standing)
            best = next((one for one in all_ if _reads(one[1], one[3], said)), best)
        return _placed(*best, said)

    def _standing(self, names: Iterable[str]) -> Iterator[tuple["Origin", Marks, str, str]]:
        """The file, marks, name and path of each place where a field of these names stands,
        likeliest first.
        """
        for name in names:
            files = [
                (origin, origin.marks()) for origin in (self, *self.others) if origin.mentions(name)
            ]
            for look in (_stated, _decided, _printed):
                for origin, marks in files:
                    if path := look(marks, name):
                        yield origin, marks, name, path

    def item(self, field: str, **parts: str) -> str:
        """The step (`[2]`) to the item of a list among the record's values whose parts read so, or
        nothing.
        """
        marks, path = self.marks(), f"values.{field}"
        fitting = (
            step
            for step in _numbered(marks, path)
            if all(_text(marks, f"{path}{step}.{part}") == text for part, text in parts.items())
        )
        return next(fitting, "")

    def first(self) -> Place:
        """The beginning of the record: its first line."""
        mark = self.marks().get("") if self.mentions("") else None
        return placed(self.file, mark or Mark(self.line, 1, self.line, 2), "")

    def signed(self, kind: str, field: str) -> Place | None:
        """The place of the last of what people signed on a field, of a kind (`decisions`,
        `accepted`), or None.
        """
        for origin in (*reversed(self.others), self):
            marks = origin.marks()
            if found := _signed(marks, kind, field):
                return placed(origin.file, marks[found], field)
        return None


_READINGS = count()


def reading() -> int:
    """A number for one reading of a file, so that marks that were found for another are not taken
    for its own.
    """
    return next(_READINGS)


class Sourced(NamedTuple):
    """A record and where it was read."""

    record: Record
    origin: Origin


def placed(file: str, mark: Mark, field: str) -> Place:
    """The place of a field in a file."""
    return Place(file, mark.line, mark.column, field, mark.end_line, mark.end_column)


def nearest(marks: Marks, path: str) -> Mark:
    """The mark of a path, or of the nearest field that holds it."""
    while path not in marks and path:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return marks.get(path, Mark(1, 1))


def _placed(origin: Origin, marks: Marks, name: str, path: str, values: Iterable[str]) -> Place:
    held = _held(marks, path)
    item = next((item for value in values for item in _items(marks, held, value)), "")
    return placed(origin.file, marks[held + item if item else path], name + item)


def _held(marks: Marks, path: str) -> str:
    """The path of what a decision decides; any other path as it is."""
    return f"{path}.value" if path.startswith("decisions[") and f"{path}.value" in marks else path


def _reads(marks: Marks, path: str, values: tuple[str, ...]) -> bool:
    """Whether what stands at a path, or an item of it, reads as one of the values."""
    held = _held(marks, path)
    return any(_text(marks, held) == value or any(_items(marks, held, value)) for value in values)


def _items(marks: Marks, path: str, value: str) -> Iterator[str]:
    """The steps from a list to the item that reads so, and from texts to the one in such a
    language.
    """
    yield from (step for step in _numbered(marks, path) if marks[path + step].text == value)
    if f"{path}.{value}" in marks:
        yield f".{value}"


def _numbered(marks: Marks, path: str) -> Iterator[str]:
    return takewhile(lambda step: path + step in marks, (f"[{number}]" for number in count()))


def _stated(marks: Marks, name: str) -> str:
    """The path of a field as the record states it, or of one that stands beside its values."""
    return next((path for path in (f"values.{name}", name) if name and path in marks), "")


def _decided(marks: Marks, name: str) -> str:
    """The path of the last decision on a field."""
    return _signed(marks, "decisions", name)


def _signed(marks: Marks, kind: str, name: str) -> str:
    """The path of the last of what is signed on a field."""
    head = name.partition(".")[0]
    paths = [f"{kind}{step}" for step in _numbered(marks, kind)]
    return next((path for path in reversed(paths) if _text(marks, f"{path}.property") == head), "")


def _printed(marks: Marks, name: str) -> str:
    """The path of the first capture of a field: of its text, if it repeats that."""
    captures = [
        f"sources{source}.values{capture}"
        for source in _numbered(marks, "sources")
        for capture in _numbered(marks, f"sources{source}.values")
    ]
    found = next((path for path in captures if _is_of(_text(marks, f"{path}.property"), name)), "")
    return f"{found}.text" if f"{found}.text" in marks else found


def _is_of(captured: str, name: str) -> bool:
    """Whether a capture of one property is one of a field; of a field with parts, any part is."""
    return captured == name or captured.partition(".")[0] == name


def _text(marks: Marks, path: str) -> str:
    return marks[path].text if path in marks else ""
