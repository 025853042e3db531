"""Sorted lines, of which some are found without reading all of them."""

import mmap
from collections.abc import Iterator
from typing import TypeAlias

#: The bytes of a file of sorted lines.
SortedLines: TypeAlias = bytes | mmap.mmap


def beginning(lines: SortedLines, start: bytes) -> Iterator[bytes]:
    """The lines of sorted ones that begin so.

    >>> list(beginning(b"a 1\\na 2\\nb 1\\n", b"a"))
    [b'a 1\\n', b'a 2\\n']
    """
    at = _first(lines, start)
    while lines[at : at + len(start)] == start and start:
        end = lines.find(b"\n", at) + 1 or len(lines)
        yield lines[at:end]
        at = end


def _first(lines: SortedLines, start: bytes) -> int:
    """Where the first line begins that is not before a text."""
    low, high = 0, len(lines)
    while low < high:
        middle = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.find(b"\n", middle, high) + 1 or high
        if lines[middle : middle + len(start)] < start:
            low = end
        else:
            high = middle
    return low
