"""One publisher at a time: a lock that the system holds, and lets go when its process ends, however
it ends.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from ..model.errors import BadOutput, Place
from ..model.system_words import of_system
from ..model.text import N_

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

#: The file that says that a run is at work in a folder.
LOCK = ".idfgraph-lock"


@contextmanager
def held(file: Path, leave: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Holds a lock on a file, made if need be, until the block ends; BadOutput at once if another
    process has it.

    `leave` takes the file away as the block ends, if the system lets it: while it is held, so that
    nobody has it by then, or, on Windows, which removes nothing that is open, right after.
    """
    handle = _taken(file)
    steps = [partial(_tried, leave), partial(os.close, handle)]
    with ExitStack() as leaving:
        for step in steps if sys.platform == "win32" else reversed(steps):
            leaving.callback(step)
        yield


def _tried(step: Callable[[], object]) -> None:
    with suppress(OSError):
        step()


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keeps others that ask for the same out of a folder until the block ends; BadOutput at once if
    one is at it.

    The folder is made if need be, with those above it, and goes again if nothing was put into it.

    >>> with alone_in(Path("data")):
    ...     pass
    """
    lock, new = folder / LOCK, [each for each in (folder, *folder.parents) if not each.exists()]
    with ExitStack() as leaving:
        leaving.callback(_remove_empty, new)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            leaving.enter_context(held(lock, lock.unlink))
        except OSError as error:
            place = Place(str(error.filename or folder))
            raise BadOutput(
                N_("cannot be written: {strerror}"), place, strerror=of_system(error)
            ) from error
        yield


def _remove_empty(folders: Iterable[Path]) -> None:
    """Removes folders, each in the next, up to one that is not empty."""
    with suppress(OSError):
        for each in folders:
            each.rmdir()


def _taken(file: Path) -> int:
    """The handle of the locked file, which is still the one that has this name."""
    while True:
        file.parent.mkdir(exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        with ExitStack() as unless_locked:
            unless_locked.callback(os.close, handle)
            _lock(handle, file)
            if file.exists() and os.path.samestat(os.fstat(handle), file.stat()):
                unless_locked.pop_all()
                return handle


def _lock(handle: int, file: Path) -> None:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        place = Place(str(file.parent))
        raise BadOutput(
            N_("is in use by another idfgraph"), place, hint=N_("wait until that has ended")
        ) from error
