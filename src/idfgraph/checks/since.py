"""The findings of a full check that concern what has changed since a git revision: records whose
file, decisions or pages have, or all of them where what all of them use has changed.
"""

import os
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

from ..graph.setting import Setting
from ..model.errors import BadInput, Place
from ..model.findings import Finding
from ..model.records import Record
from ..sources.files import mentioned
from ..sources.kept import File
from ..sources.kinds import kind_of
from ..sources.origin import Sourced
from ..sources.page_bytes import read_page_bytes
from ..sources.page_facts import ADDRESSES, LOG, told_of
from ..sources.pages import read_page
from ..sources.parts import DATASET, REFERENCE, desk_around, is_signed, signed_for
from ..sources.records import read_record, read_records
from ..sources.refusal import tried
from ..system import resources
from ..system.disk import real
from ..system.git import RevisionChanges, changes_since
from .shards import record_of

#: In a repository: what the program is that checks it.
_PROGRAM = (".github/idfgraph/", ".github/workflows/idfgraph.yaml")


@contextmanager
def changed_records(
    revision: str, sources: Sequence[Path], setting: Setting
) -> Iterator["ChangedRecords"]:
    """What concerns the changes since a revision of the repository that the first source is in;
    raises BadConfig where there is none.
    """
    first = real(sources[0])
    with changes_since(revision, first if first.is_dir() else first.parent) as changes:
        yield ChangedRecords(changes, sources, setting)


class ChangedRecords:
    """The records that have changed, as all records pass, and what stands in their files."""

    def __init__(self, changes: RevisionChanges, sources: Sequence[Path], setting: Setting) -> None:
        self._setting = setting
        self._paths = {os.path.normcase(changes.root / path) for path in changes.paths}
        self._above = {str(above) for path in self._paths for above in Path(path).parents}
        desks = {real(desk_around(source) or source) for source in sources}
        self._places = {os.path.normcase(desk) for desk in desks}
        shared = tuple(self._shared(desks, changes.root))
        paths = [Path(path) for path in self._paths]
        self._all = any(path.is_relative_to(one) for path in paths for one in shared)
        self.ids = set[str]()
        self._files, self._lines = set[str](), set[tuple[str, int]]()
        self._was, self._pages = set[str](), set[str]()
        self._changed_lines = dict[str, set[int]]()
        if not self._all:
            self._look_back(changes)

    def note(self, sourced: Sourced) -> None:
        """Takes note of a record, if it has changed."""
        record, origin = sourced
        named = {*(one.page for one in record.sources), *origin.instead, *origin.instead.values()}
        pages = [str(file) for page in named if (file := self._setting.files.pages.get(page))]
        files = {origin.file, *(one.file for one in origin.others)}
        is_changed = (
            self._all
            or record.id.casefold() in self._was
            or not named.isdisjoint(self._pages)
            or any(map(self._is_changed, pages))
            or any(self._stands_changed(file, origin.line) for file in files)
        )
        if is_changed:
            self.ids.add(record.id)
            self._files.update(pages, files - self._changed_lines.keys() - self._line_files)
            self._lines.update((file, origin.line) for file in files & self._line_files)

    def only(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings that concern a record or a file that has changed."""
        return tuple(one for one in findings if self._all or self._concerns(one))

    @property
    def _line_files(self) -> frozenset[str]:
        return _shown(self._setting.files.lines)

    def _concerns(self, found: Finding) -> bool:
        result = found.result
        of_record = result.focus and record_of(self._setting, result) in self.ids
        return bool(of_record) or any(map(self._holds, (found.place, *found.also)))

    def _holds(self, place: Place) -> bool:
        """Whether a place is in what has changed, or signed for a record that has."""
        if is_signed(file := Path(place.file)) and signed_for(file.name) in self._was:
            return True
        if (place.file, place.line) in self._lines or place.file in self._files:
            return True
        return bool(place.file) and self._stands_changed(place.file, place.line)

    def _stands_changed(self, file: str, line: int) -> bool:
        if file in self._line_files:
            return line in self._changed_lines.get(file, ())
        return self._is_changed(file)

    def _is_changed(self, file: str) -> bool:
        """Whether a file has changed, or where its link leads, or anything in a folder."""
        places = {os.path.normcase(place) for place in (Path(file).absolute(), real(Path(file)))}
        return not places.isdisjoint(self._paths | self._above)

    def _shared(self, desks: Iterable[Path], root: Path) -> Iterator[str]:
        """What all records are to be looked at anew for, once it has changed: what data sets are,
        reference data, and the program.
        """
        words = (resources.SHAPES, resources.ONTOLOGY, resources.CONTEXT, resources.REFERENCE)
        places = (
            *(desk / name for desk in desks for name in (DATASET, REFERENCE)),
            *(real(Path(str(folder))) for folder in self._setting.folders),
            *(root / name for name in _PROGRAM),
            *(real(word) for word in (*words, resources.STARTER.parents[1])),
        )
        yield from map(os.path.normcase, places)

    def _look_back(self, changes: RevisionChanges) -> None:
        """Notes which records and pages stood in what has changed."""
        for name in filter(partial(self._is_within, changes.root), changes.paths):
            now, before = changes.root / name, changes.before / name
            if now.name in (ADDRESSES, LOG):
                self._note_facts(now, before)
                continue
            for file in (one for one in (before, now) if one.is_file()):
                for _ in tried(partial(self._note_file, file), _passed_over):
                    pass
        for lines in self._setting.files.lines:
            self._note_lines(Path(str(lines)), changes)
        pages = self._setting.files.pages
        for page in [*self._pages & pages.keys()]:
            for record in tried(partial(_of_page, pages[page]), _passed_over):
                self._was.update(_ids([record]))

    def _is_within(self, root: Path, name: str) -> bool:
        """Whether a path is in a data folder or source that is checked."""
        path = Path(os.path.normcase(root / name))
        return any(map(path.is_relative_to, self._places))

    def _note_file(self, file: Path) -> None:
        """Notes the records of a file as it is or was, and the pages they name, or the page."""
        with file.open("rb") as content:
            kind = kind_of(content.read(4096), file.suffix)
        if kind == "page":
            self._pages.add(sha256(read_page_bytes(file)).hexdigest())
            self._was.update(_ids([_of_page(file)]))
        elif is_signed(file):
            self._was.add(signed_for(file.name))
        elif kind == "record":
            self._pages.update(mentioned(file))
            self._was.update(_ids([read_record(file).record]))

    def _note_lines(self, file: Path, changes: RevisionChanges) -> None:
        """Notes the lines of a file that were not in it, and the records of those that were."""
        if not self._is_changed(str(file)):
            return
        before = changes.before / real(file).relative_to(changes.root)
        old = before.read_bytes().splitlines() if before.is_file() else []
        new = file.read_bytes().splitlines()
        gone, come = {*old} - {*new}, {*new} - {*old}
        self._changed_lines[str(file)] = _numbers(new, come)
        for one, numbers in ((before, _numbers(old, gone)), (file, _numbers(new, come))):
            for record, origin in read_records(one, _passed_over) if numbers else ():
                if origin.line in numbers:
                    self._was.update(_ids([record]))
                    self._pages.update(source.page for source in record.sources)

    def _note_facts(self, now: Path, before: Path) -> None:
        """Notes the pages of which the list beside them says something else."""
        sides = [next(tried(partial(told_of, side), _passed_over), None) for side in (now, before)]
        new, old = sides
        for page, file in self._setting.files.pages.items():
            path = Path(str(file))
            if real(path).parent == real(now).parent and (
                new is None or old is None or new.get(path.name) != old.get(path.name)
            ):
                self._pages.add(page)


def _numbers(lines: Iterable[bytes], some: Container[bytes]) -> set[int]:
    """The numbers of some of the lines of a file."""
    return {number for number, line in enumerate(lines, 1) if line in some}


def _ids(records: Iterable[Record]) -> Iterator[str]:
    """The ids of records as they are compared."""
    return (record.id.casefold() for record in records)


def _of_page(file: File) -> Record:
    """The record that a page makes."""
    return read_page(file).record


def _passed_over(_error: BadInput) -> None:
    """Leaves an error to those who tell of it."""


@cache
def _shown(files: tuple[object, ...]) -> frozenset[str]:
    """The paths of files as people know them."""
    return frozenset(map(str, files))
