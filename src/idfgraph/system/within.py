"""What stands in a folder: listed with its kind, and opened only if it is a regular file in it."""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path, PurePath
from typing import Literal, NamedTuple

#: What an entry is, links followed: `out` leads out of the folder, `dead` nowhere; `other` is a
#: pipe, a socket or a device.
Kind = Literal["file", "folder", "out", "dead", "other"]

#: How folders and files are opened: no link is followed, and no pipe is waited for.
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_FILE = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
)

#: A handle of nothing.
_CLOSED = -1

#: Whether the system opens by name what is in an open folder.
_STEPWISE = os.open in os.supports_dir_fd


class FolderEntry(NamedTuple):
    """An entry of a folder: its name, what it is, and where that is once links are followed."""

    name: str
    kind: Kind
    inside: PurePath


class Within:
    """A folder, outside of which nothing is read.

    >>> data = Within(Path("data"))
    >>> [name for name in data.names() if data.entry(PurePath(name)).kind == "folder"]
    ['pages', 'records', 'reference']
    >>> with data.opened(PurePath("dataset.yaml")) as file:
    ...     file.readable()
    True
    """

    def __init__(self, folder: os.PathLike[str], *, pinned: bool = False) -> None:
        """Raises OSError where there is no such folder. Files of a pinned one are those of the
        folder that stands there now, also when another takes its place, where the system can do
        that; it must be closed.
        """
        self.root = Path(os.path.realpath(folder, strict=True))
        self._pin = os.open(self.root, _FOLDER) if pinned and _STEPWISE else None

    def close(self) -> None:
        """Lets go of a pinned folder: nothing in it is opened any more."""
        if self._pin is not None and self._pin != _CLOSED:
            os.close(self._pin)
            self._pin = _CLOSED

    def names(self, inside: PurePath = PurePath()) -> list[str]:
        """The names in a folder in it, sorted; OSError if it cannot be listed."""
        with os.scandir(self.root / inside) as found:
            return sorted(entry.name for entry in found)

    def entry(self, inside: PurePath) -> FolderEntry:
        """What stands at a path in it; OSError if that cannot be told."""
        path = self.root / inside
        if not stat.S_ISLNK(path.lstat().st_mode):
            return FolderEntry(inside.name, _kind(path), inside)
        try:
            real = Path(os.path.realpath(path, strict=True))
        except OSError as error:
            if error.errno not in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
                raise
            return FolderEntry(inside.name, "dead", inside)
        if not real.is_relative_to(self.root):
            return FolderEntry(inside.name, "out", inside)
        return FolderEntry(inside.name, _kind(real), real.relative_to(self.root))

    def opened(self, inside: PurePath) -> BufferedReader:
        """A file in it, for reading; OSError for what is no regular file, or on the way to which a
        link stands.
        """
        file = os.fdopen(self._handle(inside), "rb")
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            raise OSError(errno.EINVAL, "is no regular file")
        return file

    def _handle(self, inside: PurePath) -> int:
        """A handle of what stands at a path in it, every step of which is no link."""
        if not _STEPWISE:
            return os.open(self.root / inside, _FILE)
        folder = os.open(self.root, _FOLDER) if self._pin is None else os.dup(self._pin)
        for part in inside.parts[:-1]:
            folder = _below(folder, part, _FOLDER)
        return _below(folder, inside.name, _FILE)


def _below(folder: int, name: str, how: int) -> int:
    """A handle of an entry of an open folder, which is closed."""
    try:
        return os.open(name, how, dir_fd=folder)
    finally:
        os.close(folder)


def _kind(path: Path) -> Kind:
    mode = path.lstat().st_mode
    return "file" if stat.S_ISREG(mode) else "folder" if stat.S_ISDIR(mode) else "other"
