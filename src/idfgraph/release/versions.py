"""What a release gave under its version stays at that address: each later release takes it
along.
"""

import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..model.errors import BadOutput, Place
from ..model.layout import ARCHIVE, RELEASES
from .shelf import releases_of
from .store import ReleaseStore
from .sums import read_sums, sha256_of
from .tally import read_summary

#: What describes a version (`release/{version}.ttl`), and what it gives to download
#: (`archive/{version}/data/idf.nq`).
_DESCRIBED = re.compile(rf"{RELEASES}([0-9a-z-]+)(?:\.\w+)+")
_GIVEN = re.compile(rf"{ARCHIVE}([0-9a-z-]+)/(?:[\w-]+/)*[\w-]+\.\w+")


class VersionFile(NamedTuple):
    """A file of a version: its path in a release, where it is now, and its SHA-256."""

    path: str
    file: Path
    sha256: str

    def check(self) -> None:
        """Nothing, or BadOutput if the file is no longer what its sum says."""
        try:
            same = sha256_of(self.file) == self.sha256 and not self.file.is_symlink()
        except OSError as error:
            place = Place(str(self.file))
            raise BadOutput(
                f"cannot be read: {error.strerror}", place, hint="put its release back"
            ) from error
        if not same:
            place = Place(str(self.file))
            raise BadOutput(
                "is not what its sum says", place, hint="put its release back as it was published"
            )


def version_files(
    store: ReleaseStore, *, narratives: bool, withdrawn: Container[str] = ()
) -> Iterator[VersionFile]:
    """The files of the versions that releases of a folder have, unchecked, the first release that
    has one giving it.

    Of versions that are `withdrawn`, and without `narratives` of those that were published with
    them, only what describes them.
    """
    seen: set[str] = set()
    for release in releases_of(store):
        summary = read_summary(release.path)
        whole = narratives or (summary is not None and not summary.narratives)
        for path, digest in read_sums(release.path).items():
            given = whole and version_of(path) not in withdrawn and _GIVEN.fullmatch(path)
            if path not in seen and (given or _DESCRIBED.fullmatch(path)):
                seen.add(path)
                yield VersionFile(path, release.path / path, digest)


def versions_with_pages(files: Iterable[VersionFile]) -> list[str]:
    """The versions that have a page among these files, the newest first."""
    pages = {version_of(file.path) for file in files if file.path.endswith(".html")}
    return sorted(pages, reverse=True)


def version_of(path: str) -> str:
    """The version that a file of a release is of; empty for any other file.

    >>> version_of("archive/2026-11-21-0123456789ab/data/idf.nq"), version_of("data/idf.nq")
    ('2026-11-21-0123456789ab', '')
    """
    found = _DESCRIBED.fullmatch(path) or _GIVEN.fullmatch(path)
    return found[1] if found else ""
