"""What a release says of its own files: `SHA256SUMS`, read, and held against what is there."""

import os
from collections.abc import Iterator, Mapping
from hashlib import file_digest, sha256
from pathlib import Path

from ..model.errors import BadOutput, Place
from ..model.layout import SUMS


def name_of(release: Path) -> str:
    """The name of a release: the first 16 hex digits of the SHA-256 of its list of sums; equal
    content, equal name.
    """
    return sha256((release / SUMS).read_bytes()).hexdigest()[:16]


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file, in hex; OSError if it cannot be read."""
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


def read_sums(release: Path) -> Mapping[str, str]:
    """The SHA-256 of each file of a release, by its path; BadOutput if it has no such list."""
    try:
        pairs = (line.partition("  ") for line in (release / SUMS).read_text("utf-8").splitlines())
        return {path: digest for digest, _, path in pairs}
    except (OSError, ValueError) as error:
        raise BadOutput(
            "is no release", Place(str(release)), hint=f"name a folder with a {SUMS}"
        ) from error


def fault(release: Path) -> str | None:
    """The first file of a release that is missing, not told of, or not what its sum says; None if
    it is whole.
    """
    sums = read_sums(release)
    found = set(_files(release))
    for path in sorted(found ^ {*sums, SUMS}):
        return f"{path} is {'not among its sums' if path in found else 'missing'}"
    wrong = (path for path, digest in sums.items() if _digest(release / path) != digest)
    return next((f"{path} is not what its sum says" for path in wrong), None)


def _files(release: Path) -> Iterator[str]:
    """The paths of all that is no folder; links are not followed."""
    for folder, inner, files in os.walk(release):
        links = (name for name in inner if Path(folder, name).is_symlink())
        yield from (Path(folder, name).relative_to(release).as_posix() for name in (*files, *links))


def _digest(path: Path) -> str | None:
    """The SHA-256 of a file; None for what is none, or cannot be read."""
    try:
        return None if path.is_symlink() else sha256_of(path)
    except OSError:
        return None
