"""Files as they may be read: regular ones alone, never a pipe or a device, and no more of them than
is asked for.
"""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BufferedReader
from pathlib import Path

from ..model.errors import BadInput, Place
from ..model.system_words import of_system
from ..model.text import N_

#: The most that is read of a file, or of a line of one that is read line by line, unless its kind
#: has a limit of its own; in bytes.
LIMIT = 16_000_000

#: How many bytes are read at once where lines are wanted many at a time.
_PIECE = 1 << 18

#: Without waiting for the other end of a pipe, and as bytes.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """A regular file, open to be read; BadInput where there is none, or where reading it fails in
    the block.

    >>> with opened(Path("data/dataset.yaml")) as file:
    ...     len(file.read(5))
    5
    """
    try:
        with os.fdopen(_handle(path), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _irregular(path)
            yield file
    except OSError as error:
        raise unreadable(path, error) from error


def read_whole(path: Path, limit: int = LIMIT) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; BadInput if it cannot be read or is
    larger.

    >>> read_whole(Path("data/dataset.yaml"), 1)
    Traceback (most recent call last):
    idfgraph.model.errors.BadInput: data/dataset.yaml: is larger than 1 bytes; give a smaller one
    """
    with opened(path) as file:
        return _within(file.read(limit + 1), limit, path)


def read_text(path: Path, limit: int = LIMIT) -> str:
    """The text of a regular file in UTF-8, without a byte order mark, bounded like `read_whole`;
    BadInput names the line of what is none.

    >>> read_text(Path("data/dataset.yaml"), 10_000)[:6]
    '# What'
    """
    return to_text(read_whole(path, limit), path).removeprefix("\ufeff")


def read_lines(path: Path, limit: int = LIMIT) -> Iterator[str]:
    """The lines of a regular file in UTF-8, newlines kept, one at a time; BadInput names the line
    that is none, or longer than `limit` bytes.

    >>> next(read_lines(Path("data/dataset.yaml")))[:6]
    '# What'
    """
    with opened(path) as file:
        for number, line in enumerate(iter(partial(file.readline, limit + 1), b""), 1):
            if len(line) > limit:
                raise _long(path, number, limit)
            yield to_text(line, path, number)


def read_many_lines(path: Path, limit: int = LIMIT) -> Iterator[list[str]]:
    """The lines of a regular file as `read_lines` gives them, as many at a time as are read at
    once; the limit is kept to as many bytes.

    >>> len(next(read_many_lines(Path("data/dataset.yaml")))) > 1
    True
    """
    number, rest = 1, b""
    with opened(path) as file:
        while data := file.read(_PIECE):
            whole, newline, rest = (rest + data).rpartition(b"\n")
            if newline:
                lines = to_text(whole, path, number).split("\n")
                yield [f"{line}\n" for line in lines]
                number += len(lines)
            if len(rest) > limit:
                raise _long(path, number, limit)
    if rest:
        yield [to_text(rest, path, number)]


def read_input(limit: int) -> str:
    """The text of standard input, without a byte order mark, bounded like `read_whole`; BadInput if
    it is none.
    """
    path = Path("standard input")
    try:
        data = sys.stdin.buffer.read(limit + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    return to_text(_within(data, limit, path), path).removeprefix("\ufeff")


def to_text(data: bytes, path: Path, line: int = 1) -> str:
    """Bytes that begin on a line of a file, as text in UTF-8; BadInput names the line and the byte
    of what is none.

    >>> to_text(b"a\\n\\xff", Path("x"))
    Traceback (most recent call last):
    idfgraph.model.errors.BadInput: x:2: byte 0xff is not UTF-8; save the file as UTF-8
    """
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        place = Place(str(path), line + data.count(b"\n", 0, error.start))
        fault = N_("byte 0x{byte:02x} is not UTF-8")
        raise BadInput(
            fault, place, hint=N_("save the file as UTF-8"), byte=data[error.start]
        ) from error


def unreadable(path: object, error: OSError) -> BadInput:
    """The error for a file, known by its path, that the system does not give."""
    return BadInput(
        N_("cannot be read: {strerror}"),
        Place(str(path)),
        hint=N_("see that it is a file you may read"),
        strerror=of_system(error),
    )


def _handle(path: Path) -> int:
    """A handle of what stands at a path; BadInput for a path that no system has."""
    try:
        return os.open(path, _FLAGS)
    except ValueError as error:
        raise BadInput(N_("is no path"), Place(str(path)), hint=N_("name a file")) from error


def _within(data: bytes, limit: int, path: Path) -> bytes:
    """The bytes themselves; BadInput for more of them than the limit."""
    if len(data) > limit:
        fault = N_("is larger than {limit:,} bytes")
        raise BadInput(fault, Place(str(path)), hint=N_("give a smaller one"), limit=limit)
    return data


def _long(path: Path, number: int, limit: int) -> BadInput:
    """The error for a line that is longer than the limit."""
    fault = N_("is longer than {limit:,} bytes")
    return BadInput(fault, Place(str(path), number), hint=N_("break the line"), limit=limit)


def _irregular(path: Path) -> BadInput:
    """The error for what is a folder, a pipe, a socket or a device."""
    hint = N_("copy what is to be read into a file")
    return BadInput(N_("is no regular file"), Place(str(path)), hint=hint)
