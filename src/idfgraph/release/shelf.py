"""The releases that are kept: listed, gone back to, pruned to what must never go, their dumps and
tombstones.
"""

import os
from pathlib import Path
from typing import NamedTuple

from ..model.errors import BadOutput, Place
from ..model.layout import SUMS, TOMBSTONES
from ..model.text import N_
from .adoption import age
from .mark import PRUNED, clear_paths, listed, read_mark, strangers
from .set_aside import read_set_aside
from .store import NAME, ReleaseStore
from .sums import digest_of, fault, name_of
from .tombstones import staying

_MEND = N_("idfgraph releases --repair mends it where a sound copy is left")


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
    found = [path for path in store.folders() if (path / SUMS).is_file() or read_mark(path)]
    return [_release(path, store) for path in sorted(found, key=age)]


def find(store: ReleaseStore, name: str) -> Release | None:
    """The release with this name, or whose name alone begins so, with all its files if there is one
    that has; None if there is none. BadOutput where several names begin so.
    """
    alike = [release for release in releases_of(store) if name and release.name.startswith(name)]
    names = sorted({release.name for release in alike})
    if len(names) > 1:
        said = N_("{name} is the beginning of several releases: {names}")
        raise BadOutput(
            said,
            Place(str(store.out)),
            hint=N_("write more of its name"),
            name=name,
            names=", ".join(names),
        )
    return min(alike, key=lambda release: release.is_pruned, default=None)


def bring_back(store: ReleaseStore, name: str | None = None) -> str:
    """Makes a release the current one again: the one named, or the one made before; returns its
    name.

    To be called when locked. Raises BadOutput if there is none, or if it is not whole.
    """
    release = find(store, name) if name else _before(store)
    if release is None:
        lacks = N_("has no release {name}") if name else N_("has no release before the current one")
        raise BadOutput(lacks, Place(str(store.out)), hint=N_("see idfgraph releases"), name=name)
    if release.is_pruned:
        place = Place(str(release.path))
        raise BadOutput(N_("only its dumps are left"), place, hint=N_("publish its data again"))
    if wrong := _wrong(release):
        raise BadOutput(
            N_("is not whole: {wrong}"), Place(str(release.path)), hint=_MEND, wrong=wrong
        )
    if not release.is_current:
        store.refuse_guests()
        absent = not os.path.lexists(store.out)
        links = store.out.is_symlink() or (absent and store.takes_links())
        store.bring_in(release.path, links=links)
    return release.name


def prune(store: ReleaseStore, count: int) -> list[str]:
    """Prunes all but the current and the newest so many releases, and of those only what is ours;
    returns their names. To be called when locked.

    One that holds what is not ours, or whose tombstones are not as they should be, stays whole.
    """
    whole = [release for release in releases_of(store) if not release.is_pruned]
    old = [release for release in whole[: max(0, len(whole) - count)] if not release.is_current]
    pruned = [one.name for one in old if _can_be_pruned(one.path) and store.retire(one.path)]
    for path in store.root.glob(f"*{PRUNED}"):
        if NAME.fullmatch(path.name.removesuffix(PRUNED)) and _can_be_pruned(path):
            stays = staying(path)
            clear_paths(path, {one for one in listed(path) if not stays(one)}, itself=False)
    return pruned


def _can_be_pruned(release: Path) -> bool:
    if not read_mark(release) or _has_guests(release):
        return False
    return digest_of(release / TOMBSTONES) == listed(release).get(TOMBSTONES)


def _has_guests(release: Path) -> bool:
    """Whether a release holds what is not ours, or cannot tell."""
    try:
        return bool(strangers(release))
    except BadOutput:
        return True


def _release(path: Path, store: ReleaseStore) -> Release:
    current, pruned = store.current() or "", path.name.endswith(PRUNED)
    name = current if path == store.out else path.name.removesuffix(PRUNED)
    return Release(name, path, name == current and not pruned, pruned)


def _before(store: ReleaseStore) -> Release | None:
    """The last release with all its files that was made before the current one, if that is there,
    and that is not set aside.
    """
    aside = read_set_aside(store).releases
    whole = [
        release
        for release in releases_of(store)
        if release.is_current or not (release.is_pruned or release.name in aside)
    ]
    at = next((number for number, one in enumerate(whole) if one.is_current), len(whole))
    return whole[at - 1] if at else None


def _wrong(release: Release) -> str | None:
    """What is wrong with a release that should be whole, and has the name that its list gives."""
    if not (release.path / SUMS).is_file():
        return f"{SUMS} is missing"
    if name_of(release.path) != release.name:
        return f"{SUMS} is not what its name says"
    try:
        return fault(release.path)
    except BadOutput:
        return f"{SUMS} cannot be read"
