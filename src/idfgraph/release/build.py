"""A release built aside, held against the one before, and swapped in."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ..graph.lines import Spool
from ..graph.setting import Setting
from ..model.errors import BadConfig, LostData, Place
from ..model.layout import LAYOUTS, SUMS
from ..model.records import Dataset
from ..system.folder import Folder
from ..system.interrupts import Interrupted, undisturbed
from .losses import Accepted, PreviousRelease, told_losses, unmet
from .record_values import lost, read_records
from .shelf import find
from .store import ReleaseStore
from .tally import Tally
from .versions import VersionFile, version_files, version_of


class Target(NamedTuple):
    """Where a release goes, how it stands there, and what nothing may be lost against.

    `previous` is `current`, the name or the path of a release, or `none`; `accepted` is what may be
    lost.
    """

    out: Path
    layout: str = "auto"
    previous: str = "current"
    accepted: Accepted = Accepted()


class ReleaseBuild(NamedTuple):
    """A release in the making, where it goes, and whether a symbolic link will lead to it."""

    folder: Folder
    store: ReleaseStore
    target: Target
    links: bool

    def earlier(self, dataset: Dataset) -> Sequence[VersionFile]:
        """What earlier releases gave under their versions, as far as the data set still publishes
        it.
        """
        shown, withdrawn = dataset.shows_narratives, dataset.withdrawn_versions
        return list(version_files(self.store, narratives=shown, withdrawn=withdrawn))

    def take(self, earlier: Iterable[VersionFile]) -> None:
        """Takes along what earlier releases gave, but for this version; BadOutput if any of it has
        changed since.
        """
        own = {version_of(path) for path in self.folder.sums}
        for file in earlier:
            file.check()
            if version_of(file.path) not in own:
                self.folder.link(*file)

    def losses(
        self, was: Iterable[str], lines: Iterable[str], now: Tally, setting: Setting
    ) -> tuple[str, ...]:
        """What this release loses and what its data set expects in vain, as is accepted; LostData
        if it is not.

        `was` are the rows of what was published of records, `lines` those of this release.
        """
        withdrawn = {one.id for one in now.tombstones}
        with Spool() as rows:
            decided = read_records(lines, setting, rows)
            gone = (
                loss
                for loss in lost(was, rows.sorted(), withdrawn, decided)
                if loss.field != "narrative" or setting.dataset.shows_narratives
            )
            expected = setting.dataset.expect
            found = told_losses(
                gone,
                unmet(now.summary("", 0), expected) if expected else (),
                self.target.accepted,
                lambda id_: setting.mapper.iri(id_)[1:-1],
            )
        if found.refused:
            raise LostData(found.refused)
        return (*found.told, *found.notes)

    def before(self) -> PreviousRelease | None:
        """The release that nothing may be lost against; BadConfig if what is named is none."""
        store, previous = self.store, self.target.previous
        if previous == "none" or (previous == "current" and not (store.out / SUMS).is_file()):
            return None
        named = None if previous == "current" else find(store, previous)
        release = named.path if named else store.out if previous == "current" else Path(previous)
        if not (release / SUMS).is_file():
            hint = "give --previous a name of idfgraph releases, or none"
            raise BadConfig("is no release", Place(previous), hint=hint)
        return PreviousRelease.of(release)

    def notes(self) -> Iterator[str]:
        """What to know of how it will stand."""
        if self.target.layout == "auto" and not self.links:
            yield (
                f"there are no symbolic links here, so {self.target.out} is a folder, "
                "as with --layout plain"
            )


def _swap_in(build: ReleaseBuild) -> None:
    """Makes a release the current one: a signal stops that before or after it, never half way."""
    try:
        with undisturbed():
            build.store.publish(build.folder.root, links=build.links)
    except Interrupted as stopped:
        stopped.outcome = f"{build.target.out} is the new release"
        raise


@contextmanager
def release_build(target: Target) -> Iterator[ReleaseBuild]:
    """A release in the making that becomes the current one when the block ends well, and is removed
    when it does not.

    Raises BadConfig for an unknown layout, and BadOutput, leaving what was there, when it cannot be
    written, is no release of ours, or another process is at it.
    """
    if target.layout not in LAYOUTS:
        raise BadConfig(f"there is no layout {target.layout!r}", hint=f"use {', '.join(LAYOUTS)}")
    target.accepted.check()
    store = ReleaseStore(target.out)
    with store.locked():
        links = target.layout == "links" or (target.layout == "auto" and store.takes_links())
        build = ReleaseBuild(Folder(store.begin()), store, target, links)
        yield build
        build.folder.seal()
        _swap_in(build)
