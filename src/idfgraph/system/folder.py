"""The one writer: files of a release written once, hashed, read back and synced to disk."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from types import MappingProxyType

from ..model.errors import BadOutput, Place
from ..model.layout import SUMS
from ..model.text import N_
from .disk import flush, sum_of, sync

#: How many files are synced at a time: a disk writes what waits together at once.
_SYNCS = 8

#: Parts of a path that name no entry of the folder before.
_NOWHERE = frozenset({"", ".", ".."})

#: How many bytes are copied at a time.
_PIECE = 1 << 20


def render_sums(sums: Mapping[str, str]) -> str:
    """A list of SHA-256 sums by path as text, in the form of sha256sum.

    >>> render_sums({"b": "22", "a": "11"})
    '11  a\\n22  b\\n'
    """
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items()))


def _unnoted(_: str) -> None:
    """Notes nothing."""


def _nothing(_: str) -> Mapping[str, str]:
    """No files."""
    return {}


def write_file(target: Path, pieces: Iterable[str | bytes], *, again: bool = False) -> str:
    """Writes a file that is not there yet, or is made `again`, from pieces of text (UTF-8, no
    newline translation) or bytes; returns its SHA-256.
    """
    digest = sha256()
    with target.open("wb" if again else "xb") as file:
        for piece in pieces:
            data = piece.encode() if isinstance(piece, str) else piece
            digest.update(data)
            file.write(data)
    return digest.hexdigest()


class Folder:
    """A folder in the making, empty at first: each path is written once, inside it, and its SHA-256
    kept.

    `note` is called with each path before there is something there.
    """

    def __init__(self, root: Path, note: Callable[[str], object] = _unnoted) -> None:
        self.root = root
        self._note = note
        self._sums: dict[str, str] = {}
        self._placed: set[str] = set()
        self._taken: set[str] = set()
        self._folders = {root}

    @property
    def sums(self) -> Mapping[str, str]:
        """The SHA-256 of each file written so far, by path; of more, as more are written."""
        return MappingProxyType(self._sums)

    def place(self, path: str) -> Path:
        """Where a file goes that is to be written, once its folder is there; BadOutput where it
        would go twice, or outside.
        """
        if path in self._sums or path in self._placed or not is_inside(path):
            raise BadOutput(
                N_("{path!r} would be written twice, or outside the release"),
                Place(str(self.root)),
                path=path,
            )
        target = self.root / path
        self._placed.add(path)
        self._note(path)
        self._make(target.parent)
        return target

    def write(self, path: str, pieces: Iterable[str | bytes]) -> None:
        """Writes a file from pieces, as `write_file` does; refuses to write it twice."""
        self.adopt(path, write_file(self.place(path), pieces))

    def adopt(self, path: str, digest: str) -> None:
        """Takes a file that was written at its place, and had this SHA-256 then."""
        self._sums[path] = digest
        self._placed.discard(path)

    def copy(self, path: str, file: Path) -> None:
        """Writes a copy of a file, with bytes of its own on the disk."""
        self._copy(path, self.place(path), file)

    def link(self, path: str, file: Path, digest: str) -> None:
        """Takes a file that is known to have a SHA-256 by a hard link, or as a copy where that
        cannot be.
        """
        target = self.place(path)
        try:
            os.link(file, target)
        except OSError:
            self._copy(path, target, file)
        self.adopt(path, digest)

    def take(self, files: Mapping[str, tuple[Path, str]]) -> bool:
        """Takes files by hard links, or as copies, by their paths, each with the SHA-256 that it
        should have; all of them, or none where one is not that. Tells whether they are taken.
        """
        taken = list[str]()
        for path, (file, digest) in files.items():
            if not _is_plain(file):
                break
            taken.append(path)
            with suppress(OSError):
                self.link(path, file, digest)
            if not self._holds(path, digest):
                break
        else:
            return True
        for path in taken:
            (self.root / path).unlink(missing_ok=True)
            self._sums.pop(path, None)
            self._placed.discard(path)
            self._taken.discard(path)
        return False

    def read(self, path: str) -> Iterator[str]:
        """The lines of a file written before, newlines kept."""
        with (self.root / path).open(encoding="utf-8", newline="\n") as file:
            yield from file

    def seal(
        self,
        beside: Callable[[str], Mapping[str, str]] = _nothing,
        gone: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Writes the list of SHA-256 sums, reads every file back, and syncs it and every folder.

        `beside` gives the files that stand beside that list and are not in it, by their paths, when
        it is called with its text; `gone` are the sums of files that were there once. Raises
        BadOutput where a file does not hold what was written.
        """
        sums = render_sums({**gone, **self._sums})
        self.write(SUMS, [sums])
        for path, text in beside(sums).items():
            self.write(path, [text])
        flush(self.root)
        with ThreadPoolExecutor(_SYNCS) as pool:
            paths = list(self._sums)
            list(pool.map(self._settle, (paths[first::_SYNCS] for first in range(_SYNCS))))
            list(pool.map(sync, self._folders))

    def _copy(self, path: str, target: Path, file: Path) -> None:
        with file.open("rb") as content:
            self.adopt(path, write_file(target, iter(lambda: content.read(_PIECE), b"")))

    def _make(self, folder: Path) -> None:
        """Makes a folder and those above it; one that is there and not of our making is refused."""
        if folder not in self._folders:
            self._make(folder.parent)
            folder.mkdir()
            self._folders.add(folder)

    def _holds(self, path: str, digest: str) -> bool:
        """Whether a file has a SHA-256; a link that has it is not read again."""
        try:
            with _opened(self.root / path, os.O_RDONLY) as file:
                held = sum_of(file) == digest
                if held and os.name == "posix" and os.fstat(file).st_nlink > 1:
                    self._taken.add(path)
                return held
        except OSError:
            return False

    def _settle(self, paths: Iterable[str]) -> None:
        """Syncs files, once what was written is read back; what is taken was read, and may be what
        can only be read.
        """
        for path in paths:
            target = self.root / path
            if path in self._taken:
                sync(target)
                continue
            with _opened(target, os.O_RDWR) as file:
                if sum_of(file) != self._sums[path]:
                    raise BadOutput(
                        N_("does not hold what was written"),
                        Place(str(target)),
                        hint=N_("check the disk"),
                    )
                os.fsync(file)


def is_inside(path: str) -> bool:
    """Whether a path is that of an entry of a folder or of one below, and no other way to write it.

    >>> is_inside("data/idf.nq"), is_inside("/data"), is_inside("data/../.."), is_inside("data//a")
    (True, False, False, False)
    """
    return _NOWHERE.isdisjoint(path.split("/"))


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    """A file as its bytes are, open for a while."""
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    try:
        yield handle
    finally:
        os.close(handle)


def _is_plain(file: Path) -> bool:
    """Whether a path is that of a file, and not of a link to one."""
    try:
        return S_ISREG(file.lstat().st_mode)
    except OSError:
        return False
