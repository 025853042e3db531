"""A page as lines that know where they stand."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..records import Span

_LINE = re.compile(r"[^\r\n]+")


class Line(NamedTuple):
    """A line of a page without its outer white space, and its span in code points."""

    text: str
    start: int

    @property
    def span(self) -> Span:
        """Start and end in code points."""
        return self.start, self.start + len(self.text)


def lines_of(page: str) -> tuple[Line, ...]:
    """The lines of a page that are not blank.

    >>> lines_of("a\\n\\n  b ")
    (Line(text='a', start=0), Line(text='b', start=5))
    """
    found = (stripped(page, match.span()) for match in _LINE.finditer(page))
    return tuple(Line(page[start:end], start) for start, end in found if start < end)


def stripped(page: str, span: Span) -> Span:
    """The span without white space (and byte order mark) at its ends."""
    start, end = span
    text = page[start:end]
    return start + len(text) - len(text.lstrip(" \t\r\n\xa0\ufeff")), start + len(text.rstrip(" \t\r\n\xa0\ufeff"))


def hull(lines: Sequence[Line]) -> Span:
    """The span from the first line's start to the last line's end."""
    return lines[0].start, lines[-1].span[1]
