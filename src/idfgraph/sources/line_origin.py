"""Where a record on a line of JSON was read: its fields are found on the line again when something is to be told."""

import re
from functools import lru_cache, partial
from pathlib import Path

from .json_places import json_places
from .origin import Marks, Origin
from .positions import Mark
from .text import RECORD_LIMIT, unreadable


def line_origin(path: Path, number: int, offset: int, this: int) -> Origin:
    """Where a record on a line was read, in this reading; marks are found when something is to be told of them."""
    known = (path, offset, this)
    return Origin(str(path), number, partial(_marks, number, *known), mentions=partial(_mentions, *known))


@lru_cache(maxsize=8)
def _marks(number: int, path: Path, offset: int, this: int) -> Marks:
    """The marks of a line that has been read before, found again rather than kept."""
    return line_marks(_again(path, offset, this), number)


def _mentions(path: Path, offset: int, this: int, field: str) -> bool:
    """Whether a line can hold a field: its name, or a name with an escape; its beginning needs no mark."""
    data = _again(path, offset, this)
    name = re.split(r"[.\[]", field)[0]
    return bool(name) and (f'"{name}'.encode() in data or b"\\u" in data)


@lru_cache(maxsize=8)
def _again(path: Path, offset: int, _this: int) -> bytes:
    """A line that has been read before."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            return file.readline(RECORD_LIMIT)
    except OSError as error:
        raise unreadable(path, error) from error


def line_marks(data: bytes, number: int) -> Marks:
    """The marks of the fields of a line, of two with one path the second; the record begins with its bracket."""
    marks = dict(json_places(data.decode("utf-8", "replace"), number))
    whole = marks.get("", Mark(number, 1))
    return {**marks, "": Mark(number, whole.column, number, whole.column + 1)}
