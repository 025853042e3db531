"""Files of the release before that are taken as they are: those that would be made of the same.

What each was made of is kept as hashes beside the releases. It is not needed for anything but time:
without it, or where a file is not what its sum says, files are made anew.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from ..exports.render import RenderTask
from ..exports.site import Ingredients, MadeOf
from ..model import iris
from ..model.formats import DOCUMENTS
from ..model.layout import PAGE_SUFFIXES
from ..model.text import N_, Texts, texts
from ..system.disk import write_text
from ..system.folder import Folder
from .losses import PreviousRelease
from .mark import lists_of
from .store import MADE_OF, ReleaseStore
from .sums import named

_TAKEN = N_("{path} is taken from {release}: nothing that it is made of has changed")
_UNKNOWN = N_("{path} is made anew: of the release before it is not known what it was made of")
_NEW = N_("{path} is made anew: the release before does not have it")
_DAMAGED = N_("{path} is made anew: it, or a file beside it, is damaged in {release}")
_SAID = N_("{path} is made anew: what is said of {resource} has changed")
_NAMED = N_("{path} is made anew: something that it shows has another name")
_COUNTED = N_("{path} is made anew: what it tells of projects has changed")
_ALWAYS = N_("{path} is made anew for each release")
_ALONG = N_("{path} is taken along as an earlier release gave it")
_NOWHERE = N_("{path} is no file of this release")

#: What all files share -> why they are made anew where that has changed; files for machines are
#: made of the first two alone.
_SHARED: Mapping[str, str] = {
    "program": N_("{path} is made anew: the program, or what it is installed with, is another"),
    "words": N_("{path} is made anew: the vocabulary, its context or the base has changed"),
    "dataset": N_("{path} is made anew: what the data set says of itself has changed"),
    "site": N_("{path} is made anew: pages are made in another way"),
}
_BY_MACHINES = ("program", "words")


class _KnownHead(msgspec.Struct):
    """Of which release it is known what its files were made of, and what all share."""

    release: str
    shared: Mapping[str, str]


class _Before(NamedTuple):
    """The release before, its name, and what its files were made of, row by row."""

    release: PreviousRelease
    name: str
    shared: Mapping[str, str]
    rows: Iterator[tuple[str, MadeOf]]


class Reuse:
    """Takes files for a release from the one before, and tells which are left to be made."""

    def __init__(self, store: ReleaseStore, aside: Path, paths: Iterable[str] = ()) -> None:
        """Notes in a folder what files are made of; `paths` are those of which it is to be told why
        they were made anew, or not.
        """
        self._store, self._rows, self._paths = store, aside / MADE_OF, tuple(dict.fromkeys(paths))
        self._shared: Mapping[str, str] = {}
        self._has_files = True
        self._told: dict[str, Texts] = {}

    def left(
        self,
        folder: Folder,
        before: PreviousRelease | None,
        resources: Iterable[Sequence[str]],
        ingredients: Ingredients,
    ) -> Iterator[RenderTask]:
        """What is left to be made of resources, given by their spool lines, once files of the
        release before are taken.
        """
        self._shared, self._has_files = ingredients.shared, ingredients.has_files
        known = self._known(before) if before else None
        was = next(known.rows, None) if known else None
        with self._rows.open("w", encoding="utf-8", newline="\n") as rows:
            for lines in resources:
                resource = lines[0].partition("\t")[0]
                now = ingredients.of(resource, lines)
                rows.write("\t".join((resource, *now)) + "\n")
                while known and was and was[0] < resource:
                    was = next(known.rows, None)
                then = was[1] if was and was[0] == resource else None
                anew = [
                    not self._is_taken(folder, known, resource, (then, now), pages=pages)
                    for pages in (False, True)
                ]
                if any(anew):
                    yield RenderTask(lines, *anew)

    def keep(self) -> None:
        """Keeps what files are made of, of the release that is the current one by now."""
        if not self._rows.is_file():
            return
        head = msgspec.json.encode(_KnownHead(self._store.current() or "", self._shared))
        with self._rows.open(encoding="utf-8", newline="\n") as rows:
            write_text(self._store.root / MADE_OF, self._pieces(head.decode(), rows))

    def told(self, folder: Folder, along: Container[str]) -> tuple[Texts, ...]:
        """Why each file that was asked for was made anew, or not, in the order of asking. `along`
        are the paths of what is taken along from earlier releases.
        """
        for path in self._paths:
            if path not in self._told:
                other = _ALONG if path in along else _NOWHERE
                self._tell(path, _ALWAYS if path in folder.sums else other)
        return tuple(self._told[path] for path in self._paths)

    def _pieces(self, head: str, rows: Iterable[str]) -> Iterator[str]:
        yield f"{head}\n"
        yield from rows

    def _known(self, before: PreviousRelease) -> _Before | None:
        """What is known of the release before; None where nothing is."""
        if before.release not in self._store.folders() or not (lists := lists_of(before.release)):
            return None
        rows = _rows(self._store.root / MADE_OF)
        try:
            head = msgspec.json.decode(next(rows, ""), type=_KnownHead)
        except (OSError, msgspec.DecodeError):
            return None
        name = named(lists[0])
        return _Before(before, name, head.shared, _read(rows)) if head.release == name else None

    def _is_taken(
        self,
        folder: Folder,
        known: _Before | None,
        resource: str,
        made: tuple[MadeOf | None, MadeOf],
        *,
        pages: bool,
    ) -> bool:
        """Whether files of a resource are taken, those for machines or its pages, or are none."""
        path = iris.document(resource)
        if not path or not (self._shared.get("site") if pages else self._has_files):
            return True
        ends = PAGE_SUFFIXES.values() if pages else [f".{form}" for form in DOCUMENTS]
        paths = [f"{path}{end}" for end in ends]
        reason = self._reason(known, *made, pages=pages) if known else _UNKNOWN
        if known and not reason:
            reason = _take(folder, known.release, paths)
        name = known.name if known else ""
        for asked in filter(paths.__contains__, self._paths):
            self._tell(asked, reason or _TAKEN, resource=resource, release=name)
        return not reason

    def _reason(self, known: _Before, then: MadeOf | None, now: MadeOf, *, pages: bool) -> str:
        """Why files of a resource are made anew; empty where what they are made of is the same."""
        parts = _SHARED if pages else _BY_MACHINES
        for part in parts:
            if known.shared.get(part) != self._shared[part]:
                return _SHARED[part]
        if not then:
            return _NEW
        if then.said != now.said:
            return _SAID
        if pages and then.named != now.named:
            return _NAMED
        return _COUNTED if pages and then.counted != now.counted else ""

    def _tell(self, path: str, message: str, resource: str = "", release: str = "") -> None:
        self._told[path] = texts(message, path=path, resource=resource, release=release)


def _take(folder: Folder, before: PreviousRelease, paths: Sequence[str]) -> str:
    """Takes files, or tells why they cannot be taken."""
    if not all(path in before.sums for path in paths):
        return _NEW
    found = {path: (before.release / path, before.sums[path]) for path in paths}
    return "" if folder.take(found) else _DAMAGED


def _rows(file: Path) -> Iterator[str]:
    """The lines of a file; none where there is none."""
    if file.is_file() and not file.is_symlink():
        with file.open(encoding="utf-8", errors="replace", newline="\n") as lines:
            yield from lines


def _read(rows: Iterable[str]) -> Iterator[tuple[str, MadeOf]]:
    """What each resource was made of."""
    for row in rows:
        resource, *parts = row.rstrip("\n").split("\t")
        if len(parts) == len(MadeOf._fields):
            yield resource, MadeOf(*parts)
