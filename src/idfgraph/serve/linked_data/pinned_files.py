"""The files of one release, read only where they are what its sums say."""

import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ...model.errors import BadOutput, Place
from ...model.layout import SIGNATURES, SUMS
from ...release.sums import named, parse_sums
from ...system.within import Within


class PinnedFiles:
    """The files of a release that its sums name, and those that stand beside these: no link is
    followed, nothing else is opened.

    The folder is pinned where the system can do that: what takes its place is not read. BadOutput
    where it is no release.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.since = folder, 0.0
        self._within = Within(folder, pinned=True)
        try:
            with self._within.opened(PurePosixPath(SUMS)) as file:
                text = file.read().decode()
            self.sums = parse_sums(text)
        except (OSError, ValueError) as error:
            self._within.close()
            raise BadOutput("is no release", Place(str(folder))) from error
        self.version = named(text)
        self.beside = frozenset(name for name in (SUMS, *SIGNATURES) if (folder / name).is_file())

    def close(self) -> None:
        """Lets go of the folder."""
        self._within.close()

    def opened(self, path: str) -> BinaryIO:
        """A file, for reading; OSError where it cannot be."""
        if path not in self.sums and path not in self.beside:
            raise FileNotFoundError(path)
        return self._within.opened(PurePosixPath(path))

    def size(self, path: str) -> tuple[int, float]:
        """How many bytes a file has, and when it was written, or took another's place: of a release
        that comes back its files are older than what clients have.
        """
        with self.opened(path) as file:
            about = os.fstat(file.fileno())
        return about.st_size, max(about.st_mtime, self.since)

    def read(self, path: str) -> bytes:
        """The bytes of a file; BadOutput where they are not those that its sum tells of."""
        with self.opened(path) as file:
            data = file.read()
        if path in self.sums and sha256(data).hexdigest() != self.sums[path]:
            raise BadOutput("is not what its sum says", Place(path))
        return data

    @contextmanager
    def mapped(self, path: str) -> Iterator[bytes | mmap.mmap]:
        """The bytes of a file, of which what is looked at is read."""
        with self.opened(path) as file:
            if not os.fstat(file.fileno()).st_size:
                yield b""
                return
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as seen:
                yield seen
