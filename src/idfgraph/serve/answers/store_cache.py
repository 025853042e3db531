"""Stores of releases, each built once and kept: beside others, whole or not at all, as long as some
server reads it.
"""

import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pyoxigraph

from ...model.errors import BadOutput, BadQuery, Place
from ...model.layout import QUADS, SUMMARY
from ...model.system_words import of_system
from ...model.text import N_
from ...release.sums import digest_of, name_of, read_sums
from ...release.tally import read_summary
from ...system.child import Child, Ended
from ...system.disk import remove, swap_in, sync
from ...system.lock import held
from ..engine import COPY, Build, Figures, build, from_text, to_text

#: What a kept store consists of: the engine's folder, and the figures that are written last.
_STORE, _FIGURES = "store", "figures.json"

#: What locks end in, what folders in the making begin with, and the lock of the whole cache.
_LOCK, _NEW, _GATE = ".lock", ".new-", ".gate"

#: What building may take: seconds, bytes of address space.
_SECONDS, _BYTES = 3_600.0, 64 << 30

#: Stores that no server reads any more and that stay all the same, the ones used last; seconds
#: that others may take at the gate, and between two tries to enter it.
_SPARE, _PATIENCE, _PAUSE = 2, 30.0, 0.05

#: What to do where there is no room for a store.
_HINT = N_("make room, or name another folder with --cache")


class Exchanged(BadOutput):
    """Another release took the place of one while that was opened: to be tried again."""

    def __init__(self, release: Path) -> None:
        super().__init__("was exchanged while it was opened", Place(str(release)), hint="try again")


class KeptStore(NamedTuple):
    """A store on disk: where it is, what it holds, and the files that hold it."""

    path: Path
    figures: Figures
    files: tuple[Path, ...]

    def is_there(self) -> bool:
        """Whether none of its files was removed."""
        return all(file.exists() for file in self.files)


def default_cache() -> Path:
    """The folder in which programs of this user keep what they can make again."""
    if sys.platform == "win32":
        above = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        above = Path.home() / "Library" / "Caches"
    else:
        above = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(above) / "idfgraph"


def builder() -> Child[Build, Figures]:
    """What builds a store, in another process, which can be ended."""
    return Child(build, _BYTES)


@contextmanager
def kept(
    release: Path, cache: Path | None, own: Child[Build, Figures] | None = None
) -> Iterator[KeptStore]:
    """The store of a release, made if it is not there, by a builder of one's own or another, and
    kept until the block ends.

    Raises BadQuery for a release whose dump is not what its sum says, BadOutput where a store can
    neither be found nor made, Exchanged where the release is another by then.
    """
    folder = (cache or default_cache()) / "stores"
    place = folder / f"{name_of(release)}-{pyoxigraph.__version__}"
    mark = folder / f"{place.name}.{secrets.token_hex(8)}{_LOCK}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _marked(mark, mark.unlink):
            _make(release, place, own or builder())
            yield KeptStore(place / _STORE, _figures(place), _files(place))
    except OSError as error:
        where = Place(str(error.filename or folder))
        said = N_("no store can be kept: {strerror}")
        raise BadOutput(said, where, hint=_HINT, strerror=of_system(error)) from error


def _make(release: Path, place: Path, child: Child[Build, Figures]) -> None:
    """Makes a store where there is none that is whole, and sweeps what nobody needs."""
    with _gate(place.parent):
        _sweep(place)
        if _is_whole(place):
            os.utime(place)
            return
        remove(place)
    aside = place.parent / f"{_NEW}{secrets.token_hex(8)}"
    lock = aside.with_name(f"{aside.name}{_LOCK}")
    with _marked(lock, partial(_discard, lock)):
        aside.mkdir()
        _build(release, aside, child)
        if name_of(release) != place.name.partition("-")[0]:
            raise Exchanged(release)
        with _gate(place.parent):
            if not _is_whole(place):
                remove(place)
                aside.rename(place)
                sync(place.parent)


def _discard(lock: Path) -> None:
    """Removes what a lock belongs to, a store in the making or nothing, and the lock."""
    if lock.name.startswith(_NEW):
        remove(lock.with_name(lock.name.removesuffix(_LOCK)))
    lock.unlink()


def _build(release: Path, aside: Path, child: Child[Build, Figures]) -> None:
    """Builds the store of a release, and holds it against what that says."""
    dump = release / QUADS
    for path in (QUADS, SUMMARY):
        if digest_of(release / path) != read_sums(release).get(path):
            raise BadQuery(
                N_("is not what its sum says, so nothing is served of it"),
                Place(str(release / path)),
                hint=N_("publish it again"),
            )
    try:
        figures = child.ask(Build(dump, aside / _STORE), _SECONDS)
    except Ended as error:
        raise BadOutput(
            N_("no store can be built: the process {error}"), Place(str(aside)), error=error
        ) from error
    except OSError as error:
        raise BadOutput(
            N_("no store can be built: {error}"), Place(str(aside)), hint=_HINT, error=error
        ) from error
    except (SyntaxError, ValueError) as error:
        raise BadOutput(
            N_("no store can be built: {error}"), Place(str(dump)), error=error
        ) from error
    finally:
        child.end()
    summary = read_summary(release)
    if not summary or figures.quads != summary.statements:
        raise BadQuery(
            N_("holds {quads:,} statements, which is not what {summary} tells"),
            Place(str(dump)),
            hint=N_("publish it again"),
            quads=figures.quads,
            summary=SUMMARY,
        )
    swap_in(aside / _FIGURES, [_sealed(aside, figures).encode()])
    sync(aside)


def _sealed(place: Path, figures: Figures) -> str:
    """Figures, and the sums of the store's files, which tell whether it is still whole."""
    return f"{to_text(figures)}\n{_digests(place)}\n"


def _digests(place: Path) -> str:
    """The names and sums of the files that hold the statements."""
    return " ".join(f"{file.name}={digest_of(file)}" for file in _files(place))


def _files(place: Path) -> tuple[Path, ...]:
    store = place / _STORE
    return *sorted(store.glob("*.sst")), *sorted(store.glob("MANIFEST-*")), *place.glob(COPY)


def _figures(place: Path) -> Figures:
    return from_text((place / _FIGURES).read_text("utf-8").splitlines()[0])


def _is_whole(place: Path) -> bool:
    """Whether a store is there as it was built."""
    try:
        figures = _figures(place)
        return (place / _FIGURES).read_text("utf-8") == _sealed(place, figures)
    except (OSError, ValueError, IndexError):
        return False


def _sweep(place: Path) -> None:
    """Removes what killed servers left, and stores that nobody reads but some, and this one."""
    folder = place.parent
    for lock in sorted(folder.glob(f"*{_LOCK}")):
        with suppress(OSError, BadOutput), held(lock, partial(_discard, lock)):
            pass
    read = {lock.name.rpartition(".")[0].rpartition(".")[0] for lock in folder.glob(f"*{_LOCK}")}
    spare = [each for each in folder.iterdir() if each.is_dir() and each.name not in read]
    spare = [each for each in spare if not each.name.startswith(_NEW) and each != place]
    spare.sort(key=lambda each: each.stat().st_mtime, reverse=True)
    for each in spare[_SPARE:]:
        with suppress(OSError):
            remove(each)


@contextmanager
def _marked(lock: Path, leave: Callable[[], object]) -> Iterator[None]:
    """Holds a lock that says that something is in use, until the block ends. It is taken while
    nobody sweeps: who sweeps tries all locks, and would have it for that moment.
    """
    with ExitStack() as leaving:
        with _gate(lock.parent):
            leaving.enter_context(held(lock, leave))
        yield


@contextmanager
def _gate(folder: Path) -> Iterator[None]:
    """The cache to oneself, for as short as the block takes."""
    with ExitStack() as leaving:
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                leaving.enter_context(held(folder / _GATE))
                break
            except BadOutput:
                if time.monotonic() > until:
                    raise
                time.sleep(_PAUSE)
        yield
