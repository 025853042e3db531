"""Offsets of a text as lines and columns; lines end as editors see them, columns count code
points.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

#: What ends a line.
BREAK = re.compile(r"\r\n?|\n")


class Mark(NamedTuple):
    """Where a field stands: from its key to the end of its value (0: unknown), and the text that it
    holds, if any.

    Lines and columns count from 1, columns in code points; `end_column` is the column after the
    last one.
    """

    line: int
    column: int
    end_line: int = 0
    end_column: int = 0
    text: str = ""


class Positions:
    """The lines of a text; a byte order mark at its beginning has no column."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(found.end() for found in BREAK.finditer(text))]
        self._unseen = int(text.startswith("\ufeff"))

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset.

        >>> Positions("one\\r\\ntwo").at(6)
        (2, 2)
        """
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        return line, max(offset - start + 1 - (self._unseen if line == 1 else 0), 1)

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column.

        >>> Positions("one\\r\\ntwo").offset(2, 2)
        6
        """
        return self._starts[line - 1] + column - 1 + (self._unseen if line == 1 else 0)

    def mark(self, start: int, end: int, text: str = "") -> Mark:
        """The mark of what stands from one offset to another (not included); without an end if it
        is empty.
        """
        return Mark(*self.at(start), *(self.at(end) if end > start else (0, 0)), text)

    def line_end(self, offset: int) -> int:
        """The offset where the line of an offset ends, before its break."""
        found = BREAK.search(self._text, offset)
        return found.start() if found else len(self._text)
