"""The inputs of a run as they were when it began: each file opened once, and kept on disk for all
that reads it later.
"""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePath
from typing import BinaryIO

from ..model.errors import BadOutput
from ..model.system_words import of_system
from ..model.text import N_
from ..system.depot import Depot
from ..system.temporary import temporary_folder
from ..system.within import Within
from .decode import RECORD_LIMIT
from .files import Inputs, listed
from .kept import Kept
from .kinds import kind_of
from .listing import Listing
from .page_bytes import page_limit

#: How many bytes are kept at a time, and how often a file that changes meanwhile is read again.
_PIECE, _TRIES = 1 << 20, 5


@contextmanager
def snapshot(sources: Iterable[Path], depot: Depot | None = None) -> Iterator[Inputs]:
    """What is to be read of sources, as it is now; gone when the block ends. Other machines have it
    from a depot, if one is given.

    Of a page or a record that is longer than any may be, no more is kept than shows that. Raises
    BadInput if there is nothing to read, and BadOutput if it cannot be kept.

    >>> with snapshot([Path("data/records")]) as inputs:
    ...     str(inputs.files.records[0])
    'data/records/PX.0220.yaml'
    """
    with temporary_folder() as folder:
        yield listed(sources, Listing(partial(_kept, folder, depot)))


def _kept(root: Path, depot: Depot | None, folder: Within, inside: PurePath, path: Path) -> Kept:
    """What is kept of a file, at a place that its path gives; OSError if it cannot be read."""
    beside = root / sha256(os.fsencode(path.parent.absolute())).hexdigest()[:16]
    kept = Kept(str(path), str(beside / path.name), depot)
    if not kept.is_file():
        with folder.opened(inside) as file:
            _copy(file, path.suffix, Path(kept.at))
        if depot:
            depot.put(Path(kept.at), kept.deposited)
    return kept


def _copy(file: BinaryIO, suffix: str, at: Path) -> None:
    """Keeps the bytes of a file that stays the same meanwhile; OSError if none do."""
    with ExitStack() as unless_kept:
        unless_kept.callback(at.unlink, missing_ok=True)
        for _ in range(_TRIES):
            before = _state(file)
            file.seek(0)
            _write(at, _pieces(file, suffix))
            if _state(file) == before:
                unless_kept.pop_all()
                return
    raise OSError(errno.EBUSY, "it changes all the time")


def _state(file: BinaryIO) -> tuple[int, int]:
    """What differs once a file has been written to."""
    known = os.fstat(file.fileno())
    return known.st_size, known.st_mtime_ns


def _pieces(file: BinaryIO, suffix: str) -> Iterator[bytes]:
    """The bytes of a file; of a page or a record no more than the first that are too many."""
    head = file.read(RECORD_LIMIT + 1)
    yield head
    if len(head) > RECORD_LIMIT:
        if kind_of(head[:4096], suffix) == "lines":
            yield from iter(partial(file.read, _PIECE), b"")
        elif (limit := page_limit(head[:4096])) > len(head):
            yield file.read(limit + 1 - len(head))


def _write(at: Path, pieces: Iterable[bytes]) -> None:
    """Writes what is kept; BadOutput if that cannot be written."""
    with _writing(at):
        at.parent.mkdir(mode=0o700, exist_ok=True)
        copy = at.open("wb", buffering=0)
    with copy:
        for piece in pieces:
            left = memoryview(piece)
            while left:  # a disk that is full takes what fits, and refuses only the rest
                with _writing(at):
                    left = left[copy.write(left) :]


@contextmanager
def _writing(at: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = N_("the inputs cannot be kept in {parent}: {strerror}")
        raise BadOutput(
            what,
            hint=N_("make room, or name another folder by TMPDIR"),
            parent=at.parent.parent.parent,
            strerror=of_system(error),
        ) from error
