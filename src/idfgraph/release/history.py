"""The releases of a folder: listed, checked, mended, pruned, gone back to, while nobody else is at
it.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..model.errors import BadOutput, BadQuery, Place
from ..model.layout import CONTEXT, MARK, PUBLIC, QUADS
from ..model.text import N_, Texts, texts
from ..system.disk import real
from .contents import copies_in
from .inspection import Inspected, inspect
from .losses import PreviousRelease
from .mark import listed, read_mark
from .redaction import redact as take_out
from .repair import repair
from .set_aside import read_set_aside
from .shelf import Release, bring_back, find, prune, releases_of
from .store import ReleaseStore
from .sums import digest_of
from .tally import Summary, read_summary


class ReleaseRow(NamedTuple):
    """A release in a list: what it is, what it holds (None: it does not tell), and the bytes that
    it takes.

    Of files that are one on disk (hard links), one counts; others may share it with other releases.
    """

    release: Release
    summary: Summary | None
    size: int
    is_aside: bool = False


def releases(out: Path) -> Sequence[ReleaseRow]:
    """The releases of a folder, in the order in which they were made; BadOutput if there is none.

    >>> releases(Path("no-such-folder"))
    Traceback (most recent call last):
    idfgraph.model.errors.BadOutput: no-such-folder: is no published release; name another folder
    """
    store = ReleaseStore(out)
    aside = read_set_aside(store).releases
    found = [_row(release, release.name in aside) for release in releases_of(store)]
    if not found:
        raise BadOutput(
            N_("is no published release"), Place(str(out)), hint=N_("name another folder")
        )
    return found


def keep(out: Path, count: int) -> Sequence[str]:
    """Prunes all releases but the current and so many of the newest to dumps and tombstones;
    returns their names.
    """
    store = ReleaseStore(out)
    with store.locked(stepwise=True):
        return prune(store, count)


def check(out: Path) -> Inspected:
    """Holds each byte of all releases of a folder against their sums; BadOutput if there is no
    release.
    """
    return inspect(_published(out))


def mend(out: Path) -> Sequence[str]:
    """Mends all releases of a folder from the copies that are sound, and sets aside what is left;
    returns what was done, a line each.
    """
    store = _published(out)
    bare = [folder for folder in store.folders() if not read_mark(folder)]
    with store.locked(stepwise=True):
        done = list(repair(store))
        return [*(f"marked: {one.name} is ours" for one in bare if read_mark(one)), *done]


def redact(out: Path, sha256: str, key: Path | None = None) -> Sequence[str]:
    """Takes the text of a page and the quotes from it out of all releases of a folder; returns what
    was done, a line each.
    """
    store = ReleaseStore(out)
    with store.locked(stepwise=True):
        return list(take_out(store, sha256, key))


def check_dump(release: Path) -> None:
    """Nothing, or BadQuery where what questions are asked of is not what the release's sums say."""
    try:
        sums = listed(real(release))
    except BadOutput as error:
        hint = N_("run idfgraph publish, or name the folder of a release")
        raise BadQuery(N_("is no published release"), Place(str(release)), hint=hint) from error
    for path in (QUADS, CONTEXT):
        if digest_of(release / path) != sums.get(path):
            hint = N_("idfgraph releases --check tells more, --repair mends it")
            raise BadQuery(N_("is not what its sum says"), Place(str(release / path)), hint=hint)


def rollback(out: Path, name: str | None = None) -> str:
    """Makes a release the current one again, once it is whole: the one named, or the one before;
    returns its name.
    """
    named = texts("name another folder, or a release with --to {name}", name=out.name)
    store = _published(out, named)
    with store.locked():
        return bring_back(store, name)


def located(name: str, out: Path) -> Path:
    """The folder of a release: a path, or where there is none such, the release of `out` whose name
    is, or begins, so; BadOutput where there is neither.
    """
    if Path(name).exists():
        return Path(name)
    release = find(ReleaseStore(out), name)
    if not release:
        hint = N_("name its folder, or a release of {out} as idfgraph releases lists it")
        raise BadOutput(N_("is no published release"), Place(name), hint=hint, out=out)
    return release.path


def page_copies(
    previous: str | None, sources: Iterable[Path], out: Path = Path(PUBLIC)
) -> Mapping[str, Path]:
    """The copies of pages in a release, by SHA-256: in the one that is named (its folder, or its
    name in `out`), in none (`none`), or else in `out`, or the folder public in a source or beside
    it.

    BadOutput if what is named is no release, or a copy has changed since.
    """
    if previous:
        release = None if previous == "none" else located(previous, out)
    else:
        folders = (folder / PUBLIC for one in sources for folder in (one, one.absolute().parent))
        release = next((one for one in (out, *folders) if (one / MARK).is_file()), None)
    return copies_in(PreviousRelease.of(release)) if release else {}


def left_aside(out: Path) -> bool:
    """Whether a release of a folder is set aside, or a version."""
    aside = read_set_aside(ReleaseStore(out))
    return bool(aside.releases or aside.versions)


def _published(out: Path, hint: str | Texts = N_("name another folder")) -> ReleaseStore:
    """The releases of a folder; BadOutput if there are none."""
    store = ReleaseStore(out)
    if not (store.folders() or store.out.is_symlink()):
        raise BadOutput(N_("is no published release"), Place(str(out)), hint=hint)
    return store


def _row(release: Release, is_aside: bool) -> ReleaseRow:
    files = (
        path.lstat() for path in release.path.rglob("*") if path.is_file() and not path.is_symlink()
    )
    sizes = {(file.st_dev, file.st_ino): file.st_size for file in files}
    return ReleaseRow(release, read_summary(release.path), sum(sizes.values()), is_aside)
