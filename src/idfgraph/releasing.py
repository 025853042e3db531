"""A folder's releases: one built aside and swapped in; those before listed, gone back to, pruned."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from . import releases as kept
from .errors import BadConfig, LostData, Place
from .iris import SUMS
from .publish import Folder
from .records import Dataset, Expectation
from .releases import Before, Kept, Release, Store, Summary, Tally

#: How releases stand in their folder; `auto` is links where the system has them.
LAYOUTS = ("auto", "links", "plain")


class Target(NamedTuple):
    """Where a release goes, how it stands there, what nothing may be lost against, and whether it may all the same.

    `previous` is `current`, the name or the path of a release, or `none`.
    """

    out: Path
    layout: str = "auto"
    previous: str = "current"
    allow_removals: bool = False


class Building(NamedTuple):
    """A release in the making, where it goes, and whether a symbolic link will lead to it."""

    folder: Folder
    store: Store
    target: Target
    links: bool

    def earlier(self, dataset: Dataset) -> Sequence[Kept]:
        """What earlier releases gave under their versions, as far as the data set still publishes it."""
        shown, withdrawn = dataset.shows_narratives, dataset.withdrawn_versions
        return list(kept.versions(self.store, narratives=shown, withdrawn=withdrawn))

    def take(self, earlier: Iterable[Kept]) -> None:
        """Takes along what earlier releases gave, but for this version; BadOutput if any of it has changed since."""
        own = {kept.version_of(path) for path in self.folder.sums}
        for file in earlier:
            file.check()
            if kept.version_of(file.path) not in own:
                self.folder.link(*file)

    def before(self) -> Before | None:
        """The release that nothing may be lost against; BadConfig if what is named is none."""
        store, previous = self.store, self.target.previous
        if previous == "none" or (previous == "current" and not (store.out / SUMS).is_file()):
            return None
        named = None if previous == "current" else kept.find(store, previous)
        release = named.path if named else store.out if previous == "current" else Path(previous)
        if not (release / SUMS).is_file():
            hint = "give --previous a name of idfgraph releases, or none"
            raise BadConfig("is no release", Place(previous), hint=hint)
        return Before.of(release)

    def notes(self) -> Iterator[str]:
        """What to know of how it will stand."""
        if self.target.layout == "auto" and not self.links:
            yield f"there are no symbolic links here, so {self.target.out} is a folder, as with --layout plain"


class Row(NamedTuple):
    """A release in a list: what it is, what it holds (None: it does not tell), and the bytes that it takes.

    Of files that are one on disk (hard links), one counts; others may share it with other releases.
    """

    release: Release
    summary: Summary | None
    size: int


@contextmanager
def building(target: Target) -> Iterator[Building]:
    """A release in the making that becomes the current one when the block ends well, and is removed when it does not.

    Raises BadConfig for an unknown layout, and BadOutput, leaving what was there, when it cannot be written, is no
    release of ours, or another process is at it.
    """
    if target.layout not in LAYOUTS:
        raise BadConfig(f"there is no layout {target.layout!r}", hint=f"use {', '.join(LAYOUTS)}")
    store = Store(target.out)
    with store.locked():
        links = target.layout == "links" or (target.layout == "auto" and store.takes_links())
        made = Building(Folder(store.begin()), store, target, links)
        yield made
        made.folder.seal()
        store.publish(made.folder.root, links=links)


def lost(
    made: Building, before: Before | None, counted: Tally, expected: Expectation | None, iri: Callable[[str], str]
) -> tuple[str, ...]:
    """What this release loses against the one before, as is allowed; LostData if it is not.

    `iri` gives the N-Triples term of a compact IRI.
    """
    lines = tuple(kept.losses(counted, before, expected, lambda name: iri(name)[1:-1]))
    if lines and not made.target.allow_removals:
        raise LostData(lines)
    return lines


def releases(out: Path) -> Sequence[Row]:
    """The releases of a folder, in the order in which they were made; BadOutput if there is none.

    >>> releases(Path("no-such-folder"))
    []
    """
    return [_row(release) for release in kept.releases(Store(out))]


def keep(out: Path, count: int) -> Sequence[str]:
    """Prunes all releases but the current and so many of the newest to dumps and tombstones; returns their names."""
    store = Store(out)
    with store.locked():
        return kept.keep(store, count)


def rollback(out: Path, name: str | None = None) -> str:
    """Makes a release the current one again, once it is whole: the one named, or the one before; returns its name."""
    store = Store(out)
    with store.locked():
        return kept.rollback(store, name)


def _row(release: Release) -> Row:
    files = (path.lstat() for path in release.path.rglob("*") if path.is_file() and not path.is_symlink())
    sizes = {(file.st_dev, file.st_ino): file.st_size for file in files}
    return Row(release, kept.read_summary(release.path), sum(sizes.values()))


def described(earlier: Iterable[Kept]) -> Sequence[str]:
    """The versions that have a page among what earlier releases gave, the newest first."""
    return sorted({kept.version_of(file.path) for file in earlier if file.path.endswith(".html")}, reverse=True)
