"""Lines of source files, for quoting them beside what is said of them."""

import re
from collections.abc import Generator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Self

from ...model.errors import BadInput
from ...system.reading import opened

#: How many bytes of a line are kept; what follows on it is passed over.
LINE_LIMIT = 2_097_152

#: Ending of a file's name -> what ends a line there besides a line feed, as its reader counts
#: lines.
_BREAKS = {
    ".jsonl": re.compile(r"(?!)"),
    ".ndjson": re.compile(r"(?!)"),
    ".yaml": re.compile(r"\r(?!\Z)|[\x85\u2028\u2029]"),
    ".yml": re.compile(r"\r(?!\Z)|[\x85\u2028\u2029]"),
}
_PAGE_BREAKS = re.compile(r"\r(?!\Z)")


class Lines:
    """Lines by file and number; a file is read once when its lines are asked for in order, and one
    line is kept.
    """

    def __init__(self) -> None:
        self._file, self._number, self._line = "", 0, ""
        self._lines: Generator[str, None, None] = _lines("")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()

    def line(self, file: str, number: int) -> str | None:
        """The line of a file, counted from 1, without its end; None where there is no such file or
        line.

        >>> with Lines() as lines:
        ...     lines.line("no such file", 1)
        """
        if file != self._file or number < self._number:
            self._lines.close()
            self._file, self._number, self._lines = file, 0, _lines(file)
        while self._number < number:
            found = next(self._lines, None)
            if found is None:
                return None
            self._line, self._number = found, self._number + 1
        return self._line


def _lines(file: str) -> Generator[str, None, None]:
    """The lines of a file, decoded as UTF-8, without a byte order mark; none where it cannot be
    read.
    """
    breaks = _BREAKS.get(Path(file).suffix.lower(), _PAGE_BREAKS)
    inside, encoding = False, "utf-8-sig"
    with suppress(BadInput), opened(Path(file)) as stream:
        for piece in iter(partial(stream.readline, LINE_LIMIT), b""):
            if not inside:
                text = piece.decode(encoding, "replace").removesuffix("\n").removesuffix("\r")
                yield from breaks.split(text)
            inside, encoding = not piece.endswith(b"\n"), "utf-8"
