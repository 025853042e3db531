"""Where a record on a line of JSON was read: its fields are found on the line again when something
is to be told.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache, partial

from ...system.reading import unreadable
from ..decode import RECORD_LIMIT
from ..kept import File
from ..origin import Marks, Origin
from ..positions import Mark
from .json_marks import json_places

#: The field of a record that holds what pages print.
_PRINTED = "sources"


def line_origin(path: File, number: int, offset: int, this: int) -> Origin:
    """Where a record on a line was read, in this reading; marks are found when something is to be
    told of them.
    """
    known = (path, offset, this)
    return Origin(
        str(path), number, partial(_marks, number, *known), mentions=partial(_mentions, *known)
    )


@lru_cache(maxsize=8)
def _marks(number: int, path: File, offset: int, this: int) -> Marks:
    """The marks of a line that has been read before, found again rather than kept."""
    return line_marks(_again(path, offset, this), number)


def _mentions(path: File, offset: int, this: int, field: str) -> bool:
    """Whether a line can hold a field: its name, or a name with an escape; its beginning needs no
    mark.
    """
    data = _again(path, offset, this)
    name = re.split(r"[.\[]", field)[0]
    return bool(name) and (f'"{name}'.encode() in data or b"\\u" in data)


@lru_cache(maxsize=8)
def _again(path: File, offset: int, _this: int) -> bytes:
    """A line that has been read before."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            return file.readline(RECORD_LIMIT)
    except OSError as error:
        raise unreadable(path, error) from error


def line_marks(data: bytes, number: int) -> Marks:
    """The marks of the fields of a line, of two with one path the second; the record begins with
    its bracket.
    """
    return _LineMarks(data.decode("utf-8", "replace"), number)


class _LineMarks(Mapping[str, Mark]):
    """The marks of a line; those of what pages print, which are most of them, are found when one is
    asked for.
    """

    def __init__(self, text: str, number: int) -> None:
        self._text, self._number = text, number

    @cached_property
    def _own(self) -> Mapping[str, Mark]:
        return self._found(_PRINTED)

    @cached_property
    def _all(self) -> Mapping[str, Mark]:
        return self._found(None)

    def _found(self, closed: str | None) -> Mapping[str, Mark]:
        marks = dict(json_places(self._text, self._number, closed=closed))
        column = marks[""].column if "" in marks else 1
        return {**marks, "": Mark(self._number, column, self._number, column + 1)}

    def _holding(self, path: str) -> Mapping[str, Mark]:
        return self._all if path.startswith(f"{_PRINTED}[") else self._own

    def __getitem__(self, path: str) -> Mark:
        return self._holding(path)[path]

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and path in self._holding(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)
