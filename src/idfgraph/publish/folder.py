"""The one writer: files of a release built aside, hashed, synced to disk, and swapped in whole."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from ..errors import BadOutput, Place

#: The file that lists the SHA-256 of all others; a folder without it is not a release of ours.
SUMS = "SHA256SUMS"


class Folder:
    """A folder in the making: each path is written once, inside it, and its SHA-256 kept."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._sums: dict[str, str] = {}

    def write(self, path: str, pieces: Iterable[str | bytes]) -> None:
        """Writes a file from pieces of text (UTF-8, no newline translation) or bytes; refuses to write it twice."""
        target = self.root / path
        if path in self._sums or not target.resolve().is_relative_to(self.root.resolve()):
            raise BadOutput(f"{path!r} would be written twice, or outside the release", Place(str(self.root)))
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = sha256()
        with target.open("xb") as file:
            for piece in pieces:
                data = piece.encode() if isinstance(piece, str) else piece
                digest.update(data)
                file.write(data)
            file.flush()
            os.fsync(file.fileno())
        self._sums[path] = digest.hexdigest()

    def read(self, path: str) -> Iterator[str]:
        """The lines of a file written before, newlines kept."""
        with (self.root / path).open(encoding="utf-8", newline="\n") as file:
            yield from file

    def seal(self) -> None:
        """Writes the list of SHA-256 sums, the last file, and syncs every folder."""
        lines = [f"{digest}  {path}\n" for path, digest in sorted(self._sums.items())]
        self.write(SUMS, lines)
        for folder in (self.root, *self.root.rglob("*")):
            if folder.is_dir():
                _sync(folder)


@contextmanager
def building(out: Path) -> Iterator[Folder]:
    """A folder beside `out` that takes its place when the block ends well, and is removed when it does not.

    A link is followed. Raises BadOutput, and leaves what `out` was, when it cannot be written or is no release of ours.
    """
    try:
        out = out.resolve()
        aside, old = _prepare(out)
        try:
            folder = Folder(aside)
            yield folder
            folder.seal()
            _swap(aside, out, old)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or str(error)
        place = Place(str(error.filename or out))
        raise BadOutput(f"cannot be written: {reason}", place, hint="nothing published was changed") from error


def write_text(path: Path, text: str) -> None:
    """Writes one file of text whole or not at all, a device or pipe as it is; raises BadOutput."""
    if path.exists() and not path.is_file() and not path.is_dir():
        path.write_text(text, "utf-8", newline="\n")
        return
    aside = path.parent / f".{path.name}.new"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        raise BadOutput(f"cannot be written: {error.strerror}", Place(str(path))) from error


def _prepare(out: Path) -> tuple[Path, Path]:
    """The paths of the folder aside and of the old one; what an interrupted run left is put right first."""
    aside, old = out.parent / f".{out.name}.new", out.parent / f".{out.name}.old"
    out.parent.mkdir(parents=True, exist_ok=True)
    if old.exists() and not out.exists():
        old.rename(out)
    for left in (aside, old):
        if left.exists():
            shutil.rmtree(left)
    if out.exists() and not (out / SUMS).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise BadOutput("is not a release, and is not empty", Place(str(out)), hint="name another folder with --out")
    aside.mkdir()
    return aside, old


def _swap(aside: Path, out: Path, old: Path) -> None:
    _sync(out.parent)
    if out.exists():
        out.rename(old)
    try:
        aside.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    _sync(out.parent)
    shutil.rmtree(old, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Syncs a folder's entries where the system can (not on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
