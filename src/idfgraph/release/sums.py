"""What a release says of its own files: `SHA256SUMS`, read, and held against what is there."""

import os
import re
from collections.abc import Iterator, Mapping
from errno import ENOENT
from hashlib import sha256
from pathlib import Path

from ..model.errors import BadOutput, Place
from ..model.layout import BESIDE, SUMS
from ..model.text import N_
from ..system.disk import sum_of
from ..system.folder import is_inside

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def named(sums: str) -> str:
    """The name of a release with this list of sums: the first 16 hex digits of its SHA-256; equal
    content, equal name.

    >>> named("")
    'e3b0c44298fc1c14'
    """
    return sha256(sums.encode()).hexdigest()[:16]


def name_of(release: Path) -> str:
    """The name of a release, from its list of sums."""
    return sha256(_list_of(release)).hexdigest()[:16]


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file, in hex; OSError if it cannot be read."""
    with file.open("rb", buffering=0) as content:
        return sum_of(content.fileno())


def parse_sums(text: str) -> Mapping[str, str]:
    """The SHA-256 of each file by its path, from a list of sums; ValueError for a line that is
    none, or a path that leads out.

    >>> parse_sums("0" * 64 + "  ../a")
    Traceback (most recent call last):
    ValueError: leads out: ../a
    """
    found: dict[str, str] = {}
    for line in text.splitlines():
        if not (match := _LINE.fullmatch(line)):
            raise ValueError(f"is no sum: {line[:80]}")
        if not is_inside(match[2]):
            raise ValueError(f"leads out: {match[2][:80]}")
        found[match[2]] = match[1]
    return found


def read_sums(release: Path) -> Mapping[str, str]:
    """The SHA-256 of each file of a release, by its path; BadOutput if it has no such list."""
    try:
        return parse_sums(_list_of(release).decode())
    except (OSError, ValueError) as error:
        raise BadOutput(
            N_("is no release"),
            Place(str(release)),
            hint=N_("name a folder with a {sums}"),
            sums=SUMS,
        ) from error


def _list_of(release: Path) -> bytes:
    """The list of sums of a release; OSError where there is no file of it: a pipe never ends."""
    file = release / SUMS
    if not file.is_file():
        raise FileNotFoundError(ENOENT, os.strerror(ENOENT), str(file))
    return file.read_bytes()


def fault(release: Path) -> str | None:
    """The first file of a release that is missing, not told of, or not what its sum says; None if
    it is whole.
    """
    sums = read_sums(release)
    found = set(files_of(release)) - BESIDE
    for path in sorted(found ^ {*sums, SUMS}):
        return f"{path} is {'not among its sums' if path in found else 'missing'}"
    wrong = (path for path, digest in sums.items() if digest_of(release / path) != digest)
    return next((f"{path} is not what its sum says" for path in wrong), None)


def files_of(release: Path) -> Iterator[str]:
    """The paths of all that is no folder; links are not followed."""
    for folder, inner, files in os.walk(release):
        links = (name for name in inner if Path(folder, name).is_symlink())
        yield from (Path(folder, name).relative_to(release).as_posix() for name in (*files, *links))


def digest_of(path: Path) -> str | None:
    """The SHA-256 of a file; None for what is none, or cannot be read."""
    try:
        return sha256_of(path) if path.is_file() and not path.is_symlink() else None
    except OSError:
        return None
