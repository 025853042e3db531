"""The releases of a folder: listed, pruned, gone back to, while nobody else is at it."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..model.errors import BadOutput, Place
from .shelf import Release, bring_back, prune, releases_of
from .store import ReleaseStore
from .tally import Summary, read_summary


class ReleaseRow(NamedTuple):
    """A release in a list: what it is, what it holds (None: it does not tell), and the bytes that
    it takes.

    Of files that are one on disk (hard links), one counts; others may share it with other releases.
    """

    release: Release
    summary: Summary | None
    size: int


def releases(out: Path) -> Sequence[ReleaseRow]:
    """The releases of a folder, in the order in which they were made; BadOutput if there is none.

    >>> releases(Path("no-such-folder"))
    Traceback (most recent call last):
    idfgraph.model.errors.BadOutput: no-such-folder: is no published release; name another folder
    """
    found = [_row(release) for release in releases_of(ReleaseStore(out))]
    if not found:
        raise BadOutput("is no published release", Place(str(out)), hint="name another folder")
    return found


def keep(out: Path, count: int) -> Sequence[str]:
    """Prunes all releases but the current and so many of the newest to dumps and tombstones;
    returns their names.
    """
    store = ReleaseStore(out)
    with store.locked():
        return prune(store, count)


def rollback(out: Path, name: str | None = None) -> str:
    """Makes a release the current one again, once it is whole: the one named, or the one before;
    returns its name.
    """
    store = ReleaseStore(out)
    with store.locked():
        return bring_back(store, name)


def _row(release: Release) -> ReleaseRow:
    files = (
        path.lstat() for path in release.path.rglob("*") if path.is_file() and not path.is_symlink()
    )
    sizes = {(file.st_dev, file.st_ino): file.st_size for file in files}
    return ReleaseRow(release, read_summary(release.path), sum(sizes.values()))
