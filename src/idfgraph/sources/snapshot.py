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

from ..system.depot import Depot
from ..system.temporary import temporary_folder
from ..system.within import Within
from .brought import brought
from .files import Inputs, listed
from .keeping import pieces, write
from .kept import File, Kept
from .listing import Listing

#: How often a file that changes meanwhile is read again.
_TRIES = 5


@contextmanager
def snapshot(sources: Iterable[Path | str], depot: Depot | None = None) -> Iterator[Inputs]:
    """What is to be read of sources (texts are addresses), as it is now; gone when the block ends.
    Other machines have it from a depot, if one is given.

    Of a page or a record that is longer than any may be, no more is kept than shows that. Raises
    BadInput if there is nothing to read, and BadOutput if it cannot be kept.

    >>> with snapshot([Path("data/records")]) as inputs:
    ...     str(inputs.files.records[0])
    'data/records/PX.0220.yaml'
    """
    with temporary_folder() as folder:
        found = [one if isinstance(one, Path) else brought(one, folder) for one in sources]
        yield listed(found, Listing(partial(_kept, folder, depot)))


def _kept(root: Path, depot: Depot | None, folder: Within, inside: PurePath, path: File) -> Kept:
    """What is kept of a file, at a place that its path gives, or where it was brought; OSError if
    it cannot be read.
    """
    if isinstance(path, Kept):
        kept = path._replace(depot=depot)
    else:
        beside = root / sha256(os.fsencode(path.parent.absolute())).hexdigest()[:16]
        kept = Kept(str(path), str(beside / path.name), depot)
        if kept.is_file():
            return kept
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
            write(at, pieces(file, suffix))
            if _state(file) == before:
                unless_kept.pop_all()
                return
    raise OSError(errno.EBUSY, "it changes all the time")


def _state(file: BinaryIO) -> tuple[int, int]:
    """What differs once a file has been written to."""
    known = os.fstat(file.fileno())
    return known.st_size, known.st_mtime_ns
