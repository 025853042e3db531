"""A release built aside, held against the one before, and swapped in."""

from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from ..checks.kept_shards import KeptShards, ShardFile
from ..graph.lines import Spool
from ..graph.setting import Setting
from ..model.errors import BadConfig, BadOutput, LostData, Place
from ..model.layout import DOCUMENT_KINDS, LAYOUTS, MARK, PUBLIC, SITES, SUMS
from ..model.records import Dataset
from ..model.text import N_
from ..sources.parts import DATASET, refuse_nameless
from ..system.disk import real
from ..system.folder import Folder
from ..system.interrupts import Interrupted, undisturbed
from ..system.temporary import temporary_folder
from .losses import AcceptedLosses, PreviousRelease, told_losses, undone, unmet
from .make import ReleaseParts
from .mark import ReleaseMark
from .record_values import lost, read_records
from .redaction import check_redacted
from .reuse import Reuse
from .set_aside import read_set_aside, write_set_aside
from .shelf import Release, find, releases_of
from .signing import check_key, signature
from .store import CHECKED, ReleaseStore
from .sums import name_of
from .tally import Tally, read_summary
from .versions import VersionFile, version_files, version_of


class Target(NamedTuple):
    """Where a release goes, how it stands there, and what nothing may be lost against.

    `previous` is `current`, the name or the path of a release, or `none`; `accepted` is what may be
    lost; `sign` a secret key that its sums are signed with, `parts` what it holds; `why` the paths
    of files of which it is to be told why they were made anew, or not.
    """

    out: Path
    layout: str = "auto"
    previous: str = "current"
    accepted: AcceptedLosses = AcceptedLosses()
    sign: Path | None = None
    parts: ReleaseParts = ReleaseParts()
    why: tuple[str, ...] = ()


class ReleaseBuild(NamedTuple):
    """A release in the making, where it goes, whether a symbolic link will lead to it, what takes
    files for it from the release before, and the shards that need not be checked again.
    """

    folder: Folder
    store: ReleaseStore
    target: Target
    links: bool
    reuse: Reuse
    shards: KeptShards

    def earlier(self, dataset: Dataset) -> Sequence[VersionFile]:
        """What earlier releases gave under their versions, as far as the data set still publishes
        it.
        """
        shown, withdrawn = dataset.shows_narratives, dataset.withdrawn_versions
        return version_files(self.store, narratives=shown, withdrawn=withdrawn)

    def take(self, earlier: Iterable[VersionFile]) -> None:
        """Takes along what earlier releases gave, but for this version; BadOutput if any of it has
        changed since.
        """
        own = {version_of(path) for path in self.folder.sums}
        for file in earlier:
            sound = file.sound()
            if version_of(file.path) not in own:
                self.folder.link(file.path, sound, file.sha256)

    def losses(
        self,
        was: Iterable[str],
        lines: Iterable[str],
        now: Tally,
        setting: Setting,
        written: Container[str],
    ) -> tuple[str, ...]:
        """What this release loses and what its data set expects in vain, as is accepted; LostData
        if it is not.

        `was` are the rows of what was published of records, `lines` those of this release,
        `written` the ids of the records that are more than pages.
        """
        withdrawn = {one.id for one in now.tombstones}
        before = self.before()
        base = (before and before.base) or setting.base
        back = undone(before, setting, now.ids - withdrawn, written)
        with Spool() as rows:
            decided = read_records(lines, setting, rows)
            gone = (
                loss
                for loss in lost(was, rows.sorted(), withdrawn, decided)
                if loss.field != "narrative" or setting.dataset.shows_narratives
            )
            expected = setting.dataset.expect
            found = told_losses(
                chain(gone, back),
                unmet(now.summary("", 0), expected) if expected else (),
                self.target.accepted,
                lambda id_: f"{base}{setting.mapper.iri(id_)[1:-1].removeprefix(setting.base)}",
            )
        if found.refused:
            raise LostData(found.refused, found.fields)
        return (
            *(f"accepted: {what}" for what in found.accepted),
            *(f"--accept-loss {name}: nothing of it is lost" for name in found.idle),
        )

    def before(self) -> PreviousRelease | None:
        """The release that nothing may be lost against; BadConfig if what is named is none."""
        previous = self.target.previous
        if previous in {"none", "current"}:
            latest = self._latest() if previous == "current" else None
            return PreviousRelease.of(latest.path) if latest else None
        named = find(self.store, previous)
        release = named.path if named else Path(previous)
        if not (release / SUMS).is_file():
            hint = N_("give --previous a name of idfgraph releases, or none")
            raise BadConfig(N_("is no release"), Place(previous), hint=hint)
        return PreviousRelease.of(release)

    def _latest(self) -> Release | None:
        """The current release; where it is set aside, or is not there, the newest that is not."""
        aside = read_set_aside(self.store).releases
        found = [release for release in releases_of(self.store) if release.name not in aside]
        current = [release for release in found if release.is_current]
        return next(reversed(current or found), None)

    def check_pages(self, pages: Iterable[str]) -> None:
        """Nothing, or BadInput where a page (a compact IRI) was taken out of all releases."""
        check_redacted(self.store, pages)

    def notes(self) -> Iterator[str]:
        """What to know of how it will stand, and of what it was held against."""
        latest = self._latest() if self.target.previous == "current" else None
        if latest and not latest.is_current:
            yield f"held against {latest.name}: the current release is gone, or set aside"
        if self.target.layout == "auto" and not self.links:
            yield (
                f"there are no symbolic links here, so {self.target.out} is a folder, "
                "as with --layout plain"
            )

    def dated(self, as_of: str) -> Iterator[str]:
        """What to know of the day of the data: that a release there is of a later one."""
        found = (read_summary(one.path) for one in releases_of(self.store))
        newest = max((one.issued for one in found if one), default="")
        if newest > as_of:
            yield (
                f"asOf in dataset.yaml is {as_of}, before that of a release here ({newest}): "
                "write the day of the data, unless an older state is meant"
            )


def refuse_sources(sources: Iterable[Path], out: Path) -> None:
    """Nothing, or BadConfig where a release would stand in one of its sources, or a source in it;
    but that it may be the folder `public` of a data folder, of which nothing is read. BadInput for
    a data folder that does not say what its data set is.
    """
    store = ReleaseStore(out)
    for source in sources:
        refuse_nameless(source)
        where = real(source)
        if store.out == where / PUBLIC and (where / DATASET).is_file():
            continue
        for place in (store.out, store.root):
            if where.is_relative_to(place) or (where.is_dir() and place.is_relative_to(where)):
                raise BadConfig(
                    N_("source and release would be one in the other"),
                    Place(f"{source}, {store.out}"),
                    hint=N_("name another --out; of a data folder, {public} may stand in it"),
                    public=PUBLIC,
                )


def _swap_in(build: ReleaseBuild) -> None:
    """Makes a release the current one: a signal stops that before or after it, never half way."""
    name, store = name_of(build.folder.root), build.store
    try:
        with undisturbed():
            store.publish(build.folder.root, links=build.links)
            aside = read_set_aside(store)
            if (left := aside.without(name, build.folder.sums)) != aside:
                write_set_aside(store, left)
            with suppress(BadOutput):
                build.reuse.keep()
            with suppress(BadOutput, OSError):
                build.shards.move(store.root / CHECKED)
    except Interrupted as stopped:
        stopped.outcome = f"{build.target.out} is the new release"
        raise


def _beside(number: int, key: Path | None, sums: str) -> dict[str, str]:
    """What stands beside the sums of a release: its mark, and a signature if there is a key."""
    return {MARK: ReleaseMark(number, sums).text, **(signature(sums, key) if key else {})}


def _check(target: Target) -> None:
    """Nothing, or BadConfig for a word that an option does not have, or for pages without documents
    that they are of.
    """
    layout, (site, documents) = target.layout, target.parts
    for message, word, words in (
        (N_("there is no layout {layout!r}"), layout, LAYOUTS),
        (N_("there is no site {site!r}"), site, SITES),
        (N_("there are no documents {documents!r}"), documents, DOCUMENT_KINDS),
    ):
        if word not in words:
            raise BadConfig(
                message,
                hint=N_("use {names}"),
                layout=layout,
                site=site,
                documents=documents,
                names=", ".join(words),
            )
    if documents == "none" and site != "none":
        raise BadConfig(
            N_("without documents there are no pages that a site could lead to"),
            hint=N_("give --site none too, or --documents html"),
        )
    if documents == "html" and site == "none":
        raise BadConfig(
            N_("without a site there are no pages"),
            hint=N_("give --documents none, or leave --site out"),
        )


@contextmanager
def release_build(target: Target) -> Iterator[ReleaseBuild]:
    """A release in the making that becomes the current one when the block ends well, and is removed
    when it does not.

    Raises BadConfig for a layout, a site or documents that there are not, or not together, and
    BadOutput, leaving what was there, when it cannot be written, is no release of ours, or another
    process is at it.
    """
    _check(target)
    target.accepted.check()
    if target.sign:
        check_key(target.sign)
    store = ReleaseStore(target.out)
    with store.locked():
        links = target.layout == "links" or (target.layout == "auto" and store.takes_links())
        if not links or not store.out.is_symlink():
            store.refuse_guests()
        with store.building() as folder, temporary_folder() as aside:
            reuse = Reuse(store, aside, target.why)
            shards = KeptShards(ShardFile.of(store.root / CHECKED), aside / CHECKED)
            build = ReleaseBuild(folder, store, target, links, reuse, shards)
            yield build
            folder.seal(partial(_beside, store.next_number(), target.sign))
            _swap_in(build)
