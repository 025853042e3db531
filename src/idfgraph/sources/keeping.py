"""How the bytes of an input are kept on disk: no more of them than any reader wants."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from ..model.errors import BadOutput
from ..model.system_words import of_system
from ..model.text import N_
from .decode import RECORD_LIMIT
from .kinds import kind_of
from .page_bytes import page_limit

#: How many bytes are kept at a time.
_PIECE = 1 << 20


def pieces(file: BinaryIO, suffix: str) -> Iterator[bytes]:
    """The bytes of a file; of a page or a record no more than the first that are too many."""
    head = file.read(RECORD_LIMIT + 1)
    yield head
    if len(head) > RECORD_LIMIT:
        if kind_of(head[:4096], suffix) == "lines":
            yield from iter(partial(file.read, _PIECE), b"")
        elif (limit := page_limit(head[:4096])) > len(head):
            yield file.read(limit + 1 - len(head))


def write(at: Path, bytes_: Iterable[bytes]) -> None:
    """Writes what is kept; BadOutput if that cannot be written."""
    with _writing():
        at.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy = at.open("wb", buffering=0)
    with copy:
        for piece in bytes_:
            left = memoryview(piece)
            while left:  # a disk that is full takes what fits, and refuses only the rest
                with _writing():
                    left = left[copy.write(left) :]


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = N_("the inputs cannot be kept in {parent}: {strerror}")
        raise BadOutput(
            what,
            hint=N_("make room, or name another folder by TMPDIR"),
            parent=tempfile.gettempdir(),
            strerror=of_system(error),
        ) from error
