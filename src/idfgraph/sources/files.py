"""The files of a source: each recognised by its content, identical pages once, with the addresses
beside them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ..model.entries import FieldLabel
from ..model.errors import BadInput, Place
from ..model.text import N_
from ..system.disk import real
from ..system.reading import unreadable
from .file_names import is_page_name
from .kept import File
from .kinds import kind_of
from .listing import Listing
from .page_bytes import read_page_bytes
from .page_facts import address_of
from .parts import PAGES, RECORDS, REFERENCE, as_record, is_signed, meant
from .reference_files import read_field_labels
from .refusal import Refuse, tried
from .unused import Unused, misnamed

#: A SHA-256 as records name their pages.
_DIGEST = re.compile(rb"[0-9a-f]{64}")

#: Kind of file -> the part of a data folder that it belongs in.
_PLACES = {"page": PAGES, "record": RECORDS, "lines": RECORDS}

_RECORDS = "Is not used: it holds records, and is no page"
_SAME = "Is not used: another page has the same bytes"
_RECORD = N_("holds a record, or what is signed for one, and is no page")
_NAME_PAGE = N_("name captured pages; records are read where they stand")


class Files(NamedTuple):
    """The files of the sources by kind, and the pages by the SHA-256 of their bytes; what of them
    cannot be read, and what is not used.

    `copies` are pages that are not at hand, as the release before published them, `labels` those of
    fields that the data folder adds. `signed` is what people sign for records, in files of its own;
    `beside` that which stands beside records that are named alone.
    """

    records: tuple[File, ...] = ()
    lines: tuple[File, ...] = ()
    pages: Mapping[str, File] = {}
    refused: tuple[BadInput, ...] = ()
    unused: tuple[Unused, ...] = ()
    copies: Mapping[str, File] = {}
    labels: tuple[FieldLabel, ...] = ()
    signed: tuple[File, ...] = ()
    beside: tuple[File, ...] = ()


class Inputs(NamedTuple):
    """What a run reads: its files, what the first data folder says of the data set (a file), and
    its reference data (a folder).
    """

    files: Files = Files()
    settings: File | None = None
    reference: File | None = None


def desk_of(records: Path) -> Inputs:
    """What the data folder of a folder of records adds to the reference data that ships; raises
    BadInput.

    >>> desk_of(Path("data/records")).reference.name
    'reference'
    """
    reference = records.absolute().parent / REFERENCE
    if not reference.is_dir():
        return Inputs()
    return Inputs(Files(labels=read_field_labels(reference)), reference=reference)


def find_files(sources: Iterable[Path]) -> Files:
    """The files of folders (without reference data and settings) and the files named; BadInput if
    there are none.
    """
    return listed(sources).files


def _found(folder: Path) -> Files:
    """The files of a folder, whatever data folder it is in; BadInput if there are none."""
    listing = Listing()
    listing.add(folder)
    files = _sorted(listing)
    if not any(files[:4]):
        raise _nothing([folder], listing.unused)
    return files


def pages_of(paths: Iterable[Path]) -> list[Path]:
    """The pages that are named, and those in folders that are, with what is named as a page and
    cannot be read; BadInput for a folder without, and for a record.
    """
    given, later = list(paths), list[BadInput]()
    for path in filter(Path.is_file, given):
        # What cannot be read is told when its turn comes.
        if any(kind != "page" for kind in tried(partial(_kind, path), later.append)):
            raise BadInput(_RECORD, Place(str(path)), hint=_NAME_PAGE)
    return list(_in_folders(given, _told_pages, "page", "*.txt"))


def skipped_of(paths: Iterable[Path]) -> tuple[Unused, ...]:
    """What stands in folders that are named and is none of their pages, and why."""
    return tuple(one for path in paths if path.is_dir() for one in _skipped(path))


def _skipped(folder: Path) -> Iterator[Unused]:
    listing = Listing()
    listing.add(folder)
    files = _sorted(listing)
    yield from files.unused
    records = set(map(str, (*files.records, *files.lines)))
    read = {*map(str, files.pages.values()), *(one.place.file for one in files.refused)}
    for name in map(str, listing.inputs):
        if name not in read:
            yield Unused(Place(name), _RECORDS if name in records else _SAME, meant=False)


def _told_pages(found: Files) -> Iterator[File]:
    refused = (Path(error.place.file) for error in found.refused)
    yield from found.pages.values()
    yield from (file for file in refused if is_page_name(file.name) and not file.is_dir())


def records_of(paths: Iterable[Path]) -> list[Path]:
    """The YAML records that are named, and those in folders that are; BadInput for a folder
    without.
    """
    return list(_in_folders(paths, lambda found: found.records, "YAML record", "*.yaml"))


def _in_folders(
    paths: Iterable[Path], some: Callable[[Files], Iterable[File]], what: str, pattern: str
) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield as_record(path)
            continue
        found = sorted({Path(str(file)) for file in some(_found(path))})
        if not found:
            hint = N_("name its files: {files}")
            raise BadInput(
                N_("is a folder that holds no {what}"),
                Place(str(path)),
                hint=hint,
                what=what,
                files=path / pattern,
            )
        yield from found


def pages_beside(paths: Iterable[Path]) -> Mapping[str, File]:
    """The pages of data folders of which only records are named, by the SHA-256 of their bytes."""
    found: dict[str, File] = {}
    homes = (path if path.is_dir() else path.parent for path in paths)
    for records in dict.fromkeys(homes):
        desk = real(records).parent
        if real(records).name == RECORDS and (desk / PAGES).is_dir():
            listing = Listing()
            listing.add(records.parent / PAGES if records.name == RECORDS else desk / PAGES)
            found.update(_sorted(listing).pages)
    return found


def listed(sources: Iterable[File], listing: Listing | None = None) -> Inputs:
    """What is to be read of sources, where it stands or as a listing keeps it; BadInput if there is
    nothing in them.
    """
    found, given = listing or Listing(), tuple(sources)
    for source in given:
        found.add(source)
    for source in given:
        if isinstance(source, Path) and not found.settings:
            found.along(source)
    files = _sorted(found)
    if given and not any(files[:4]):
        raise _nothing(given, found.unused)
    labels = read_field_labels(found.reference) if found.reference else ()
    return Inputs(files._replace(labels=labels), found.settings, found.reference)


def _nothing(sources: Sequence[File], unused: Iterable[Unused]) -> BadInput:
    """The error for sources that hold nothing to read: names what looks as if it was meant."""
    for one in unused:
        if part := meant(Path(one.place.file).name):
            hint = N_("did you mean {part}/? rename the folder")
            return BadInput(N_("no page and no record found"), one.place, hint=hint, part=part)
        if one.belongs in (f"{PAGES}/", f"{RECORDS}/"):
            hint = N_("put it into {belongs}")
            return BadInput(
                N_("no page and no record found"), one.place, hint=hint, belongs=one.belongs
            )
    place = Place(str(sources[0])) if len(sources) == 1 else Place()
    hint = N_("name a folder or file of pages, YAML records or JSON Lines")
    return BadInput(N_("no page and no record found"), place, hint=hint)


def _sorted(found: Listing) -> Files:
    """The files by kind; those whose kind cannot be told are refused."""
    by_kind: dict[str, list[File]] = {"page": [], "record": [], "lines": [], "signed": []}
    for file in found.inputs:
        for kind in tried(partial(_kind, file), found.refused.append):
            by_kind["signed" if is_signed(file) else kind].append(file)
    pages = _distinct(by_kind["page"], found.refused.append)
    misplaced = (
        one
        for kind, part in _PLACES.items()
        for file in by_kind[kind]
        for one in found.misplaced(file, part)
    )
    refused, unused = (
        tuple(found.refused),
        (*found.unused, *misplaced, *misnamed(map(str, found.inputs))),
    )
    return Files(
        tuple(by_kind["record"]),
        tuple(by_kind["lines"]),
        pages,
        refused,
        unused,
        signed=tuple(by_kind["signed"]),
        beside=tuple(found.beside),
    )


def _distinct(files: Iterable[File], refuse: Refuse) -> Mapping[str, File]:
    """Each page's SHA-256 and file; of files with the same bytes the first, or the first whose
    address is known.
    """
    pages: dict[str, File] = {}
    for file in sorted(files, key=lambda file: Path(str(file))):
        for content in tried(partial(read_page_bytes, file), refuse):
            digest = sha256(content).hexdigest()
            kept = pages.setdefault(digest, file)
            if kept is not file and not _has_address(kept, refuse) and _has_address(file, refuse):
                pages[digest] = file
    return pages


def _has_address(page: File, refuse: Refuse) -> bool:
    return any(tried(partial(address_of, page), refuse))


def mentioned(file: File) -> Iterator[str]:
    """All that reads as a SHA-256 in a file of records: the pages it names are among them; BadInput
    if it cannot be read.
    """
    tail = b""
    for chunk in _chunks(file, 1_048_576):
        yield from (found.decode() for found in _DIGEST.findall(tail + chunk))
        tail = (tail + chunk)[-63:]


def _kind(file: File) -> str:
    """What a file is, by its first words; BadInput if it cannot be read."""
    return kind_of(next(_chunks(file, 4096), b""), file.suffix)


def _chunks(file: File, size: int) -> Iterator[bytes]:
    """The bytes of a file, some at a time; BadInput if it cannot be read."""
    try:
        with file.open("rb") as content:
            while chunk := content.read(size):
                yield chunk
    except OSError as error:
        raise unreadable(file, error) from error
