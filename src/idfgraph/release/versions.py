"""What a release gave under its version stays at that address: each later release takes it
along.
"""

import re
from collections.abc import Container, Iterable
from pathlib import Path
from typing import NamedTuple

from ..model.errors import BadOutput, Place
from ..model.layout import ARCHIVE, ONTOLOGIES, RELEASES
from ..model.text import N_
from .mark import listed, lists_of
from .set_aside import read_set_aside
from .shelf import releases_of
from .store import ReleaseStore
from .sums import digest_of
from .tally import read_summary

#: What describes a version (`release/{version}.ttl`), what the ontology was in a version of its own
#: (`ontology/{version}.ttl`), and what a version gives to download
#: (`archive/{version}/data/idf.nq`).
_DESCRIBED = re.compile(rf"{RELEASES}([0-9a-z-]+)(?:\.\w+)+|({ONTOLOGIES}[0-9.]+)\.ttl")
_GIVEN = re.compile(rf"{ARCHIVE}([0-9a-z-]+)/(?:[\w-]+/)*[\w-]+(?:\.\w+)+")

_MEND = N_("idfgraph releases --repair mends it, or sets its version aside")


class VersionFile(NamedTuple):
    """A file of a version: its path in a release, where it is now, and its SHA-256."""

    path: str
    files: tuple[Path, ...]
    sha256: str

    def sound(self) -> Path:
        """The first of these files that is what its sum says; BadOutput if none is."""
        found = next((file for file in self.files if digest_of(file) == self.sha256), None)
        if found is None:
            there = any(file.is_file() for file in self.files)
            said = N_("is not what its sum says") if there else N_("cannot be read")
            raise BadOutput(said, Place(str(self.files[0])), hint=_MEND)
        return found


def version_files(
    store: ReleaseStore, *, narratives: bool, withdrawn: Container[str] = ()
) -> list[VersionFile]:
    """The files of the versions that releases of a folder have, unchecked, with all places where
    each of them is.

    Of versions that are `withdrawn` or set aside, and without `narratives` of those that were
    published with them, only what describes them.
    """
    aside, found = read_set_aside(store), dict[str, VersionFile]()
    for release in releases_of(store):
        if release.name in aside.releases and not lists_of(release.path):
            continue
        summary = read_summary(release.path)
        whole = narratives or (summary is not None and not summary.narratives)
        for path, digest in listed(release.path).items():
            version = version_of(path)
            damaged = aside.versions.get(version, ())
            given = whole and version not in withdrawn and not damaged and _GIVEN.fullmatch(path)
            if given or (_DESCRIBED.fullmatch(path) and path not in damaged):
                one = found.get(path, VersionFile(path, (), digest))
                if one.sha256 == digest:
                    found[path] = one._replace(files=(*one.files, release.path / path))
    return list(found.values())


def versions_with_pages(files: Iterable[VersionFile]) -> list[str]:
    """The versions that have a page among these files, the newest first."""
    pages = {version_of(file.path) for file in files if file.path.endswith(".html")}
    return sorted(pages, reverse=True)


def version_of(path: str) -> str:
    """The version that a file of a release is of; empty for any other file.

    >>> version_of("archive/2026-11-21-0123456789ab/data/idf.nq"), version_of("data/idf.nq")
    ('2026-11-21-0123456789ab', '')
    >>> version_of("ontology/1.0.0.ttl")
    'ontology/1.0.0'
    """
    found = _DESCRIBED.fullmatch(path) or _GIVEN.fullmatch(path)
    return found[found.lastindex or 0] if found else ""
