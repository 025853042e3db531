"""The releases that are kept: listed, gone back to, pruned to what must never go, their dumps and
tombstones.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ..model.errors import BadOutput, Place
from ..model.layout import ARCHIVE, DUMPS, RELEASES, SUMMARY, SUMS, TOMBSTONES
from .store import NAME, PRUNED, ReleaseStore
from .sums import fault
from .tombstones import tombstone_documents


class Release(NamedTuple):
    """A release on disk: its name, where it is, whether it is the current one, whether only its
    dumps are left.
    """

    name: str
    path: Path
    is_current: bool
    is_pruned: bool


def releases_of(store: ReleaseStore) -> list[Release]:
    """All releases of a folder, in the order in which they were made."""
    paths = [
        path
        for path in store.root.glob("[0-9a-f]*")
        if NAME.fullmatch(path.name.removesuffix(PRUNED))
    ]
    if not store.out.is_symlink():
        paths.append(store.out)
    found = [path for path in paths if (path / SUMS).is_file() and not path.is_symlink()]
    found.sort(key=lambda path: ((path / SUMS).stat().st_mtime_ns, path.name))
    return [_release(path, store) for path in found]


def find(store: ReleaseStore, name: str) -> Release | None:
    """The release with this name, with all its files if there is one that has; None if there is
    none.
    """
    named = [release for release in releases_of(store) if release.name == name]
    return min(named, key=lambda release: release.is_pruned, default=None)


def bring_back(store: ReleaseStore, name: str | None = None) -> str:
    """Makes a release the current one again: the one named, or the one made before; returns its
    name.

    To be called when locked. Raises BadOutput if there is none, or if it is not whole.
    """
    release = find(store, name) if name else _before(store)
    if release is None:
        lacks = f"has no release {name}" if name else "has no release before the current one"
        raise BadOutput(lacks, Place(str(store.out)), hint="see idfgraph releases")
    wrong = "only its dumps are left" if release.is_pruned else fault(release.path)
    if wrong:
        raise BadOutput(
            f"is not whole: {wrong}", Place(str(release.path)), hint="publish its data again"
        )
    if not release.is_current:
        store.bring_in(release.path, links=store.out.is_symlink())
    return release.name


def prune(store: ReleaseStore, count: int) -> list[str]:
    """Prunes all but the current and the newest so many releases; returns their names. To be called
    when locked.
    """
    whole = [release for release in releases_of(store) if not release.is_pruned]
    old = [release for release in whole[: max(0, len(whole) - count)] if not release.is_current]
    for release in old:
        store.retire(release.path)
    for path in store.root.glob(f"*{PRUNED}"):
        _prune(path)
    return [release.name for release in old]


def _release(path: Path, store: ReleaseStore) -> Release:
    current, pruned = store.current() or "", path.name.endswith(PRUNED)
    name = current if path == store.out else path.name.removesuffix(PRUNED)
    return Release(name, path, name == current and not pruned, pruned)


def _before(store: ReleaseStore) -> Release | None:
    """The last release with all its files that was made before the current one."""
    whole = [release for release in releases_of(store) if not release.is_pruned]
    at = next((number for number, release in enumerate(whole) if release.is_current), 0)
    return whole[at - 1] if at else None


def _prune(release: Path) -> None:
    """Removes all of a release but its dumps, versions, tombstones and what tells of it; links are
    not followed.
    """
    kept = (DUMPS, ARCHIVE, RELEASES, *(f"{path}." for path in tombstone_documents(release)))
    for folder, _, files in os.walk(release, topdown=False):
        for file in files:
            path = Path(folder, file).relative_to(release).as_posix()
            if path not in {SUMS, SUMMARY, TOMBSTONES} and not path.startswith(kept):
                Path(folder, file).unlink()
        with suppress(OSError):
            Path(folder).rmdir()
