"""Pieces in order, however many: what does not fit in memory lies on disk in sorted runs, which are
merged.
"""

import heapq
import secrets
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Self

from ...system.temporary import temporary_folder

#: How many bytes are held in memory before they are sorted to disk, and what a piece takes beside
#: its own.
_HELD, _BESIDE = 16 << 20, 48

#: How many runs are merged at a time: each is an open file.
_RUNS = 128

#: How many bytes of a run say how long a piece is, and how many are read or written at a time.
_LENGTH, _BUFFER = 4, 1 << 16


class Pieces:
    """Collects pieces of bytes and gives them back sorted; they are gone from disk when its block
    ends.
    """

    def __init__(self) -> None:
        self._life = ExitStack()
        self.folder = self._life.enter_context(temporary_folder())
        self._held: list[bytes] = []
        self._size = 0
        self._levels: list[list[Path]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._life.close()

    def take(self, pieces: Iterable[bytes]) -> None:
        """Takes pieces in any order."""
        for piece in pieces:
            self._held.append(piece)
            self._size += len(piece) + _BESIDE
            if self._size >= _HELD:
                self.adopt(write_run(self.folder, self._held))
                self._held, self._size = [], 0

    def adopt(self, run: Path, level: int = 0) -> None:
        """Takes a run that lies in a folder of its own while it is needed; many become one of the
        next level.
        """
        self._levels.extend([] for _ in range(level + 1 - len(self._levels)))
        runs = self._levels[level]
        runs.append(run)
        if len(runs) >= _RUNS:
            self._levels[level] = []
            self.adopt(_write(self.folder, heapq.merge(*map(_read, runs))), level + 1)
            for old in runs:
                old.unlink()

    def pieces(self) -> Iterator[bytes]:
        """All that was taken so far, in order.

        >>> with Pieces() as pieces:
        ...     pieces.take([b"b", b"a", b"b"])
        ...     list(pieces.pieces())
        [b'a', b'b', b'b']
        """
        self._held.sort()
        return heapq.merge(self._held, *(_read(run) for runs in self._levels for run in runs))


class Spool(Pieces):
    """Collects lines, that end in a newline, and gives them back sorted by code point, without
    doubles.
    """

    def add(self, lines: Iterable[str]) -> None:
        """Takes lines in any order."""
        self.take(map(str.encode, lines))

    def sorted(self) -> Iterator[str]:
        """All lines taken so far, in order, each once.

        >>> with Spool() as spool:
        ...     spool.add(["b\\n", "a\\n", "b\\n"])
        ...     list(spool.sorted())
        ['a\\n', 'b\\n']
        """
        return (line.decode() for line, _ in groupby(self.pieces()))


def write_run(folder: Path, pieces: Iterable[bytes]) -> Path:
    """A new file in a folder with pieces in order, to be adopted."""
    return _write(folder, sorted(pieces))


def copy_run(folder: Path, data: bytes) -> Path:
    """A new file in a folder with the bytes of another run, to be adopted."""
    run = _new(folder)
    run.write_bytes(data)
    return run


def _write(folder: Path, pieces: Iterable[bytes]) -> Path:
    run = _new(folder)
    with run.open("xb", buffering=_BUFFER) as file:
        for piece in pieces:
            file.write(len(piece).to_bytes(_LENGTH, "big") + piece)
    return run


def _new(folder: Path) -> Path:
    return folder / f"run-{secrets.token_hex(8)}"


def _read(run: Path) -> Iterator[bytes]:
    with run.open("rb", buffering=_BUFFER) as file:
        while size := file.read(_LENGTH):
            yield file.read(int.from_bytes(size, "big"))
