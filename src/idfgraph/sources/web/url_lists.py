"""Addresses as people list them: a text file, one a line."""

import re
from collections.abc import Iterator
from pathlib import Path

from ...model.errors import BadInput, Place

#: The largest list, in bytes.
LIMIT = 10_000_000

_COMMENT = re.compile(r"(?:^|\s)#.*")


def read_list(path: Path) -> Iterator[str]:
    """The addresses in a file, one a line; what follows `#`, first on its line or after a space, is
    a comment.

    Raises BadInput if the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", Place(str(path))) from error
    if len(data) > LIMIT:
        raise BadInput(f"is larger than {LIMIT:,} bytes", Place(str(path)), hint="split it")
    lines = (_COMMENT.sub("", line).strip() for line in _text(data, path).splitlines())
    return (line for line in lines if line)


def _text(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(str(path), data.count(b"\n", 0, error.start) + 1)
        raise BadInput("is not text in UTF-8", place, hint="write one address a line") from error
