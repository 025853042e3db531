"""What stands in the sources: files by their use, what cannot be read, and what nobody uses."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

from ..model.errors import BadInput, Place
from ..model.layout import MARK
from ..model.text import N_
from ..system.reading import unreadable
from ..system.within import FolderEntry, Within
from .file_names import is_for_people, is_read, pages_beside
from .foreign import Foreign, foreign
from .kept import File
from .page_facts import ADDRESSES, LOG
from .parts import (
    DATASET,
    PAGES,
    RECORDS,
    REFERENCE,
    around,
    desk_around,
    is_signed,
    record_of_signed,
    refuse_nameless,
    signed_around,
)
from .reference_files import REFERENCE_FILES
from .refusal import missing, no_file
from .schema_words import RECORD_SCHEMA
from .unused import Unused, belonging, looks_meant, misplaced, unread, unread_reference

_PARTS = (PAGES, RECORDS)

#: How much of a file that is not read is looked at to tell what it is.
_LOOKED_AT = 65_536

_SPELLING = N_("Is not used: write the end of its name in small letters")
_ENDING = N_("Is not used: nothing is read whose name ends so")
_DEAD = N_("Is not used: it is a link that leads nowhere")
_LINK = N_("Is not used: it is a link to a folder; only those to files are followed")
_NO_FILE = N_("Is not used: it is no file")
_RELEASE = N_("Is not used: it is a release that idfgraph publish made")
_PEOPLE = N_("Is not used: it is for people, and no page")
_BELONGS = N_("Is not used: it holds what belongs to the page saved beside it")
_SECOND = N_("Is not used: what the first data folder says of the data set counts")


#: Makes what later steps read of a regular file: given the folder of the source, where it is in
#: there, and its path as people know it. Raises OSError.
Keep = Callable[[Within, PurePath, File], File]


def in_place(_folder: Within, _inside: PurePath, path: File) -> File:
    """Leaves a file to be read where it stands."""
    return path


class Listing:
    """What was found in sources.

    `inputs` are pages and records, `settings` and `reference` those of the first data folder,
    `refused` is what cannot be read, `beside` what is signed beside records that are named.
    """

    def __init__(self, keep: Keep = in_place) -> None:
        self._keep = keep
        self.inputs: list[File] = []
        self.beside: list[File] = []
        self.settings: File | None = None
        self.reference: File | None = None
        self.refused: list[BadInput] = []
        self.unused: list[Unused] = []
        self._roots: list[tuple[str, str]] = []

    def add(self, source: File) -> None:
        """Lists a source; BadInput if it is not there, or what it says of the data set cannot be
        read.
        """
        try:
            real = Path(os.path.realpath(source, strict=True))
            if not real.is_dir():
                self._named(Within(real.parent), PurePath(real.name), source)
                return
            folder = Within(real)
            names = folder.names()
        except OSError as error:
            raise missing(source, error) from error
        if DATASET in names:
            self._desk(folder, names, source)
        else:
            refuse_nameless(source)
            self._part(folder, PurePath(), source, whole=False)

    def along(self, source: Path) -> None:
        """Takes what the data folder says of the data set along, of which a source is a part;
        BadInput if that cannot be read.
        """
        desk = desk_around(source)
        for nameless in () if desk else around(source):
            refuse_nameless(nameless)
        if desk:
            folder = Within(Path(os.path.realpath(desk)))
            self.settings = self._needed(folder, PurePath(DATASET), desk / DATASET)
            if (desk / REFERENCE).is_dir():
                self._shelf(folder, PurePath(REFERENCE), desk / REFERENCE)

    def _named(self, folder: Within, inside: PurePath, source: File) -> None:
        """Lists a file that is named, and what stands beside it that says more of it; of what is
        signed for a record, that record.
        """
        if isinstance(source, Path) and is_signed(source) and (record := record_of_signed(source)):
            folder, inside, source = Within(record.parent), PurePath(record.name), record
        if is_for_people(source.name):
            place = Place(str(source))
            self.refused.append(
                BadInput(N_("is for people, and no page"), place, hint=N_("name a page"))
            )
            return
        try:
            self.inputs.append(self._taken(folder, folder.entry(inside), source))
        except BadInput as error:
            self.refused.append(error)
        beside = Within(source.parent)
        for name in (ADDRESSES, LOG):
            if os.path.lexists(source.parent / name):
                path = source.parent / name
                self._input(beside, beside.entry(PurePath(name)), path)
        for path in signed_around(source):
            inside = PurePath(path.parent.name, path.name)
            self.beside.append(self._needed(beside, inside, path))

    def _desk(self, folder: Within, names: list[str], source: File) -> None:
        """Lists a data folder: what it says of the data set, its reference data and its parts."""
        first = self.settings is None
        for name in names:
            inside, path = PurePath(name), source / name
            if name in (DATASET, REFERENCE) and not first:
                self.unused.append(Unused(Place(str(path)), _SECOND))
            elif name == DATASET:
                self.settings = self._needed(folder, inside, path)
            elif name == REFERENCE:
                self._shelf(folder, inside, path)
            elif name in _PARTS:
                self._root(folder, inside, path)
            elif not _is_beside(name, path):
                self.unused.append(unread(folder, name, path))

    def misplaced(self, file: File, part: str) -> Iterator[Unused]:
        """That a file is in another part of its data folder than it belongs in, if it is."""
        name = str(file)
        root = next((root for root, _ in self._roots if name.startswith(root)), "")
        if root and (root, part) not in self._roots:
            yield misplaced(name, part)

    def _root(self, folder: Within, inside: PurePath, path: File) -> None:
        """Lists `records` or `pages`, which may be a link to a folder in the data folder."""
        entry = self._entry(folder, inside, path)
        if entry and entry.kind == "folder":
            self._roots.append((str(path / "-")[:-1], path.name))
            self._part(folder, entry.inside, path, whole=True)
        elif entry:
            self.refused.append(no_file(entry, path))

    def _part(self, folder: Within, start: PurePath, source: File, *, whole: bool) -> None:
        """Lists what is in a folder; BadInput where that is not `whole`, but holds what a data
        folder has.
        """
        for entry, path in self._walk(folder, start, source):
            if not whole:
                _refuse_part(source, path)
            if is_read(path.name) and entry.kind not in ("dead", "folder"):
                self._input(folder, entry, path)
            else:
                self._leave(folder, entry, path)

    def _walk(
        self, folder: Within, start: PurePath, source: File
    ) -> Iterator[tuple[FolderEntry, File]]:
        """What is in a folder and in those in it, in the order of their paths; no link is followed
        to a folder, and none is entered whose name begins with a full stop.
        """
        waiting = [self._names(folder, start, source)]
        while waiting:
            inside, path = next(waiting[-1], (None, source))
            entry = inside and self._entry(folder, inside, path)
            if inside is None:
                waiting.pop()
            elif (
                entry and entry == FolderEntry(entry.name, "folder", inside) and path.name[0] != "."
            ):
                waiting.append(self._entered(folder, inside, path))
            elif entry:
                yield entry, path

    def _entered(
        self, folder: Within, inside: PurePath, path: File
    ) -> Iterator[tuple[PurePath | None, File]]:
        """The same of a folder in a folder, unless that belongs to a saved page."""
        if any((path.parent / page).is_file() for page in pages_beside(path.name)):
            self.unused.append(Unused(Place(str(path)), _BELONGS, meant=False))
            return iter(())
        return self._names(folder, inside, path)

    def _names(
        self, folder: Within, inside: PurePath, path: File
    ) -> Iterator[tuple[PurePath | None, File]]:
        """The paths of what is in a folder; none where it is refused."""
        try:
            names = folder.names(inside)
        except OSError as error:
            self.refused.append(unreadable(path, error))
            names = []
        if MARK in names:
            self.unused.append(Unused(Place(str(path)), _RELEASE))
            names = []
        return ((inside / name, path / name) for name in names)

    def _entry(self, folder: Within, inside: PurePath, path: File) -> FolderEntry | None:
        """What stands at a path; None where that cannot be told, which is refused."""
        try:
            return folder.entry(inside)
        except OSError as error:
            self.refused.append(unreadable(path, error))
            return None

    def _input(self, folder: Within, entry: FolderEntry, path: File) -> None:
        """Lists a page or a file of records, or what says more of those beside it."""
        if elsewhere := belonging(path):
            self.unused.append(elsewhere)
            return
        try:
            file = self._taken(folder, entry, path)
        except BadInput as error:
            self.refused.append(error)
        else:
            if path.name not in (ADDRESSES, LOG):
                self.inputs.append(file)

    def _shelf(self, folder: Within, inside: PurePath, path: File) -> None:
        """Lists reference data; BadInput where any of it cannot be read."""
        try:
            entry = folder.entry(inside)
            names = folder.names(entry.inside) if entry.kind == "folder" else []
        except OSError as error:
            raise unreadable(path, error) from error
        if entry.kind != "folder":
            raise no_file(entry, path)
        for name in names:
            if name in REFERENCE_FILES:
                self.reference = self._needed(folder, entry.inside / name, path / name).parent
            else:
                self.unused.append(unread_reference(path / name))

    def _needed(self, folder: Within, inside: PurePath, path: File) -> File:
        """A file without which nothing can be read; BadInput if it cannot be."""
        try:
            return self._taken(folder, folder.entry(inside), path)
        except OSError as error:
            raise unreadable(path, error) from error

    def _taken(self, folder: Within, entry: FolderEntry, path: File) -> File:
        """What later steps read of a file; BadInput for what is none, or cannot be read."""
        if entry.kind != "file":
            raise no_file(entry, path)
        try:
            return self._keep(folder, entry.inside, path)
        except OSError as error:
            raise unreadable(path, error) from error

    def _leave(self, folder: Within, entry: FolderEntry, path: File) -> None:
        """Lists what no reader takes."""
        link = entry.kind == "folder" and not path.name.startswith(".")
        why = _DEAD if entry.kind == "dead" else _LINK if link else _NO_FILE
        if entry.kind == "file":
            alike = is_read(path.name.casefold())
            why = _SPELLING if alike else _PEOPLE if is_for_people(path.name) else _ENDING
        meant = entry.kind in ("dead", "out") or link or looks_meant(path.name)
        kind = _kind_of(folder, entry) if why is _ENDING else None
        self.unused.append(Unused(Place(str(path)), why, meant, kind))


def _kind_of(folder: Within, entry: FolderEntry) -> Foreign | None:
    """What a file is that is not read; None where that cannot be told."""
    try:
        with folder.opened(entry.inside) as file:
            return foreign(file.read(_LOOKED_AT), entry.inside.name)
    except OSError:
        return None


def _is_beside(name: str, path: File) -> bool:
    """Whether what stands in a data folder is known there, though nothing reads it: for people, for
    programs, or a release.
    """
    is_known = is_for_people(name) or name == RECORD_SCHEMA or name.startswith(".")
    return is_known or (path / MARK).is_file()


def _refuse_part(source: File, path: File) -> None:
    """Nothing, or BadInput where a folder holds settings or reference data that nobody would read
    as such.
    """
    if path.name == DATASET:
        raise BadInput(
            N_("holds the data folder {parent}"),
            Place(str(source)),
            hint=N_("name that folder"),
            parent=path.parent,
        )
    if path.parent != source and path.parent.name in (*_PARTS, REFERENCE):
        refuse_nameless(path.parent.parent)
    if path.parent.name == REFERENCE and is_read(path.name):
        hint = N_("write one, as idfgraph init does, or name its records and pages")
        place = Place(str(path.parent.parent))
        raise BadInput(
            N_("has reference data, but no {dataset}"), place, hint=hint, dataset=DATASET
        )
