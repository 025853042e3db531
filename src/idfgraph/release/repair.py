"""Damaged releases mended from sound copies; what cannot be is set aside, described, so that
publishing goes on.
"""

import os
from collections.abc import Iterator

from ..model.errors import BadOutput
from ..model.layout import MARK, SUMS
from ..system.disk import write_text
from .adoption import adopt
from .inspection import Damage, Inspection
from .mark import PRUNED, ReleaseMark, lists_of, read_mark, strangers
from .mend import make_way, put
from .set_aside import SetAside, write_set_aside
from .shelf import Release
from .store import ReleaseStore
from .sums import named
from .versions import version_of


def repair(store: ReleaseStore) -> Iterator[str]:
    """Mends all releases of a folder as far as there are sound copies, and sets aside what is left;
    yields what was done, a line each. To be called when locked.
    """
    yield from _renamed(store)
    yield from _mended(Inspection(store))
    adopt(store.folders())
    seen = Inspection(store)
    left = [damage for release in seen.releases for damage in seen.damages(release)]
    aside = _aside(left)
    for folder in set(store.folders()) - {release.path for release in seen.releases}:
        aside.releases[folder.name] = ["has no list of its files"]
    write_set_aside(store, aside)
    yield from aside.lines()
    yield from _brought_back(seen, aside)


def _renamed(store: ReleaseStore) -> Iterator[str]:
    """Gives releases that have another name than both of their lists give theirs back."""
    for folder in store.folders():
        mark, ending = read_mark(folder), PRUNED if folder.name.endswith(PRUNED) else ""
        if not mark or folder == store.out or lists_of(folder) != [mark.sums] or strangers(folder):
            continue
        own = folder.with_name(f"{named(mark.sums)}{ending}")
        if not os.path.lexists(own):
            folder.rename(own)
            yield f"mended: {folder.name} has its name again: {own.name}"


def _mended(seen: Inspection) -> Iterator[str]:
    """Mends what can be, and tells of each file."""
    for release in seen.releases:
        for damage in list(seen.damages(release)):
            try:
                source = _mend(seen, damage)
            except BadOutput as error:
                yield f"not mended: {error}"
                continue
            if source:
                yield f"mended: {damage}; from {source}"


def _mend(seen: Inspection, damage: Damage) -> str:
    """Mends a file, and tells from what; empty if it cannot be. BadOutput where something is in its
    way.
    """
    release, path = damage.release.path, damage.path
    make_way(release, path)
    if path == SUMS:
        write_text(release / SUMS, lists_of(release)[0])
        return MARK
    if path == MARK:
        if not (mark := read_mark(release)):
            return ""
        write_text(release / MARK, ReleaseMark(mark.number, lists_of(release)[0]).text)
        return SUMS
    copy = seen.copy_of(damage.digest) if damage.digest else None
    if not copy:
        return ""
    put(copy, release, path)
    return copy.relative_to(seen.store.out.parent).as_posix()


def _aside(left: list[Damage]) -> SetAside:
    """What is set aside for the damage that is left."""
    aside = SetAside({}, {})
    for damage in left:
        if version := version_of(damage.path):
            paths = aside.versions.setdefault(version, [])
            if damage.path not in paths:
                paths.append(damage.path)
        else:
            said = f"{damage.path} {damage.what}".strip()
            aside.releases.setdefault(damage.release.name, []).append(said)
    return aside


def _brought_back(seen: Inspection, aside: SetAside) -> Iterator[str]:
    """Where `public` leads to nothing: the newest release that is whole takes its place."""
    store = seen.store
    if store.out.exists():
        return
    whole = [one for one in seen.releases if _is_whole(seen, one, aside)]
    if whole:
        links = store.out.is_symlink() or store.takes_links()
        store.bring_in(whole[-1].path, links=links)
        yield f"{store.out.name} is {whole[-1].name}, the newest that is whole"


def _is_whole(seen: Inspection, release: Release, aside: SetAside) -> bool:
    return not (release.is_pruned or release.name in aside.releases or any(seen.damages(release)))
