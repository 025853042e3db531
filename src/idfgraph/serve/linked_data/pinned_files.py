"""The files of one release, read only where they are what its sums say."""

import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest, sha256
from io import BufferedReader
from pathlib import Path, PurePosixPath

from ...model.errors import BadOutput, Place
from ...model.layout import SIGNATURES, SUMS
from ...model.text import N_
from ...release.sums import named, parse_sums
from ...system.within import Within

#: Which file it is, its size, and when it was written.
_State = tuple[int, int, int]


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
            raise BadOutput(N_("is no release"), Place(str(folder))) from error
        self.version = named(text)
        self._digests = {**self.sums, SUMS: sha256(text.encode()).hexdigest()}
        self._found: dict[str, tuple[_State, str]] = {}
        self.beside = frozenset(name for name in (SUMS, *SIGNATURES) if (folder / name).is_file())

    def close(self) -> None:
        """Lets go of the folder."""
        self._within.close()

    def opened(self, path: str) -> BufferedReader:
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
        self._compare(path, sha256(data).hexdigest())
        return data

    def digest(self, path: str) -> str | None:
        """The SHA-256 that a file should have; None for what stands beside the sums."""
        return self._digests.get(path)

    def check(self, path: str) -> None:
        """Reads a file once, and again when it has changed: BadOutput where its bytes are not those
        that its sum tells of.
        """
        with self.opened(path) as file:
            self._check(path, file)

    def is_checked(self, path: str) -> bool:
        """Whether a file was found to be what its sum says, and has not changed since."""
        with self.opened(path) as file:
            found = self._found.get(path)
            return found is not None and found == (_state(file), self._digests.get(path, found[1]))

    @contextmanager
    def mapped(self, path: str) -> Iterator[bytes | mmap.mmap]:
        """The bytes of a file, of which what is looked at is read once all was checked."""
        with self.opened(path) as file:
            self._check(path, file)
            if not os.fstat(file.fileno()).st_size:
                yield b""
                return
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as seen:
                yield seen

    def _check(self, path: str, file: BufferedReader) -> None:
        found, state = self._found.get(path), _state(file)
        if found is None or found[0] != state:
            found = self._found[path] = (state, file_digest(file, "sha256").hexdigest())
        self._compare(path, found[1])

    def _compare(self, path: str, digest: str) -> None:
        if self._digests.get(path, digest) != digest:
            raise BadOutput(N_("is not what its sum says"), Place(path))


def _state(file: BufferedReader) -> _State:
    """What tells that a file has changed."""
    about = os.fstat(file.fileno())
    return about.st_ino, about.st_size, about.st_mtime_ns
