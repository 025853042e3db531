"""All releases of a folder looked at, each byte of them: what is damaged, of what there is a sound
copy, what is not ours.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ..model.errors import BadOutput
from ..model.layout import MARK, SUMS
from .mark import lists_of, read_mark, strangers
from .set_aside import read_set_aside
from .shelf import Release, releases_of
from .store import OWN, UNDER_WAY, ReleaseStore
from .sums import digest_of, named, parse_sums
from .tombstones import staying


class Damage(NamedTuple):
    """What is wrong with a file of a release; its SHA-256, where it should have one."""

    release: Release
    path: str
    what: str
    digest: str = ""

    def __str__(self) -> str:
        return f"{self.release.path.name}: {self.path} {self.what}".replace(":  ", ": ")


class Inspection:
    """The releases of a folder as they are now; files that are one on disk are read once."""

    def __init__(self, store: ReleaseStore) -> None:
        self.store = store
        self.releases = releases_of(store)
        self._digests: dict[tuple[int, int], str | None] = {}

    def lists(self, release: Release) -> Mapping[str, str]:
        """The SHA-256 of each file that a release should have, by its path; none if that is not
        known: nothing that tells is left, or it has another name than it gives.
        """
        for text in lists_of(release.path)[:1]:
            if release.path == self.store.out or named(text) == release.name:
                sums, stays = parse_sums(text), staying(release.path)
                return {
                    path: digest
                    for path, digest in sums.items()
                    if not release.is_pruned or stays(path)
                }
        return {}

    def damages(self, release: Release) -> Iterator[Damage]:
        """What is wrong with a release: its lists first, then its files, by path."""
        sums, mark = self.lists(release), read_mark(release.path)
        if not sums:
            yield Damage(release, "", "has no list of its files that is what its name says")
            return
        text, written = lists_of(release.path)[0], release.path / SUMS
        if digest_of(written) is None or written.read_bytes() != text.encode():
            yield Damage(release, SUMS, "is missing or changed")
        if not mark or mark.sums != text:
            yield Damage(release, MARK, "is missing or changed")
        for path, digest in sorted(sums.items()):
            file = release.path / path
            if (found := self.digest(file)) != digest:
                yield Damage(release, path, _said(file, found), digest)

    def strangers(self, release: Release) -> list[str]:
        """The paths in a release that are not ours."""
        try:
            return strangers(release.path)
        except BadOutput:
            return []

    def digest(self, file: Path) -> str | None:
        """The SHA-256 of a file; None for what is none, or cannot be read."""
        try:
            stat = file.lstat()
        except OSError:
            return None
        key = (stat.st_dev, stat.st_ino)
        if key not in self._digests:
            self._digests[key] = digest_of(file)
        return self._digests[key]

    def copy_of(self, digest: str) -> Path | None:
        """A sound file with this SHA-256, in any release."""
        return next((file for file in self._places[digest] if self.digest(file) == digest), None)

    def single(self) -> list[str]:
        """The SHA-256s of the files of more than one release that are one file on disk."""
        found = []
        for digest, files in self._places.items():
            sound = [file.stat() for file in files if self.digest(file) == digest]
            if len(sound) > 1 and len({(stat.st_dev, stat.st_ino) for stat in sound}) == 1:
                found.append(digest)
        return found

    @cached_property
    def _places(self) -> Mapping[str, list[Path]]:
        """Where files with a SHA-256 should be."""
        found = defaultdict[str, list[Path]](list)
        for release in self.releases:
            for path, digest in self.lists(release).items():
                found[digest].append(release.path / path)
        return found


class Inspected(NamedTuple):
    """What was found: lines that tell of damage, and lines that only tell."""

    damage: tuple[str, ...]
    notes: tuple[str, ...]


def inspect(store: ReleaseStore) -> Inspected:
    """All releases of a folder, each byte held against its sums."""
    seen = Inspection(store)
    return Inspected(tuple(_damage(seen)), tuple(_notes(seen)))


def _damage(seen: Inspection) -> Iterator[str]:
    store = seen.store
    if store.out.is_symlink() and not store.out.exists():
        yield f"{store.out.name}: leads to {store.out.readlink().name}, which is not there"
    elif not store.out.exists():
        yield f"{store.out.name}: is not there"
    aside = read_set_aside(store)
    yield from aside.release_lines()
    for release in seen.releases:
        for damage in seen.damages(release):
            if not aside.tells(release.name, damage.path, damage.what):
                yield f"{damage}{_remedy(seen, damage)}"
        for path in seen.strangers(release):
            yield f"{release.path.name}: {path} is not ours"
    known = {release.path for release in seen.releases}
    for folder in store.folders():
        if folder not in known and folder.name not in aside.releases:
            yield f"{folder.name}: has no list of its files"


def _said(file: Path, found: str | None) -> str:
    """What is wrong with a file that has another SHA-256, or none."""
    if found is not None:
        return "is not what its sum says"
    return "cannot be read as a file" if os.path.lexists(file) else "is missing"


def _remedy(seen: Inspection, damage: Damage) -> str:
    if not damage.digest:
        return ""
    copy = seen.copy_of(damage.digest)
    if not copy:
        return "; no sound copy is left"
    return f"; a sound copy is {copy.relative_to(seen.store.out.parent).as_posix()}"


def _notes(seen: Inspection) -> Iterator[str]:
    yield from read_set_aside(seen.store).version_lines()
    by_number = defaultdict[int, list[str]](list)
    for release in seen.releases:
        if mark := read_mark(release.path):
            by_number[mark.number].append(release.name)
    for number, names in sorted(by_number.items()):
        if len(set(names)) > 1:
            yield f"number {number} is that of {', '.join(sorted(names))}: ordered by their days"
    if single := seen.single():
        yield (
            f"{len(single)} files of several releases are one on this disk: "
            "a hard link is no copy, so keep another elsewhere"
        )
    if seen.store.root.is_dir():
        for name in _others(seen.store):
            yield f"{seen.store.root.name}/{name} is not ours"


def _others(store: ReleaseStore) -> list[str]:
    """The names beside the releases that are not ours; of what is under way, none."""
    ours = {*OWN, *(path.name for path in store.folders())}
    found = (path.name for path in store.root.iterdir() if path.name not in ours)
    return sorted(name for name in found if not name.startswith(UNDER_WAY))
