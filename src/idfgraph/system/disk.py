"""What the disk is asked for: that a file is there whole or not at all, that a folder's entries
outlast a power cut, that something goes away.
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from ..model.errors import BadOutput, Place
from ..model.system_words import of_system
from ..model.text import N_

#: How many bytes are read at a time.
_PIECE = 1 << 18


def write_text(path: Path, text: str | Iterable[str]) -> None:
    """Writes one file of text, or pieces of it, as UTF-8; whole or not at all, like `write_bytes`;
    raises BadOutput.
    """
    pieces = [text] if isinstance(text, str) else text
    write_bytes(path, (piece.encode() for piece in pieces))


def write_bytes(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes one file whole or not at all, a device or a pipe that is read as it is; raises
    BadOutput.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        _pour(path, pieces)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        swap_in(path, pieces)
    except OSError as error:
        raise BadOutput(
            N_("cannot be written: {strerror}"), Place(str(path)), strerror=of_system(error)
        ) from error


def swap_in(path: Path, pieces: Iterable[bytes]) -> None:
    """Puts one file, written beside its place and synced, where it belongs, whatever but a folder
    stands there; raises OSError, and then nothing has changed.
    """
    aside = unfinished(path)
    try:
        aside.unlink(missing_ok=True)
        with aside.open("xb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        with suppress(OSError):
            aside.unlink()


def unfinished(path: Path) -> Path:
    """Where a file stands while it is written; what a killed run left there is of no use.

    >>> unfinished(Path("public/SHA256SUMS")).name
    '.SHA256SUMS.idfgraph-new'
    """
    return path.with_name(f".{path.name}.idfgraph-new")


def _pour(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes into a device, or into a pipe that somebody reads."""
    try:
        handle = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        if hasattr(os, "set_blocking"):
            os.set_blocking(handle, True)
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
    except OSError as error:
        raise BadOutput(
            N_("cannot be written: {strerror}"), Place(str(path)), strerror=of_system(error)
        ) from error


def real(path: Path) -> Path:
    """Where a path leads once all links are followed; of links that lead in a circle, one of them.

    >>> real(Path("data/../data")) == Path.cwd() / "data"
    True
    """
    return Path(os.path.realpath(path))


def sync(path: Path) -> None:
    """Syncs a folder's entries, or a file that is only read, to disk where the system can (not on
    Windows).
    """
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sum_of(handle: int) -> str:
    """The SHA-256 of an open file from its place on, in hex; a small file takes a third of the time
    that `hashlib.file_digest` takes.
    """
    digest = sha256()
    while piece := os.read(handle, _PIECE):
        digest.update(piece)
    return digest.hexdigest()


def flush(folder: Path) -> None:
    """Has the system write all that it holds for the file system of a folder, where it can do that
    (Linux: syncfs); syncing many files one after another takes little time then. What could not be
    written is told by syncing the file.
    """
    if sys.platform == "linux":
        handle = os.open(folder, os.O_RDONLY)
        try:
            ctypes.CDLL(None).syncfs(handle)
        finally:
            os.close(handle)


def remove(path: Path) -> None:
    """Removes what stands there, if anything does; of a link, the link."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
