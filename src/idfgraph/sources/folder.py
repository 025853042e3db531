"""Files of a source to records: each recognised by its content, pages that a record names read once."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ..errors import BadInput, BadRecord, Place
from ..records import Address, Capture, Source
from .json_lines import read_records
from .origin import Sourced
from .page import page_text, read_page
from .text import PAGE_LIMIT, read_bytes
from .yaml_record import read_record, read_yaml

#: A file beside pages that gives their addresses: file name -> URL.
ADDRESSES = "pages.yaml"

_RECORD_SUFFIXES = (".yaml", ".yml")
_SUFFIXES = (".txt", *_RECORD_SUFFIXES, ".jsonl", ".ndjson")
_SETTINGS = frozenset({"dataset.yaml", ADDRESSES, "overrides.yaml"})


class Files(NamedTuple):
    """The files of the sources by kind, and the pages by the SHA-256 of their bytes."""

    records: tuple[Path, ...]
    lines: tuple[Path, ...]
    pages: Mapping[str, Path]


def find_files(sources: Iterable[Path]) -> Files:
    """The files of folders (without reference data and settings) and the files named; BadInput if there are none."""
    paths = [path for source in sources for path in _paths(source)]
    if not paths:
        raise BadInput("no page and no record found", hint="name a folder or file of pages, YAML records or JSON Lines")
    by_kind: dict[str, list[Path]] = {"page": [], "record": [], "lines": []}
    for path in paths:
        by_kind[_kind(path)].append(path)
    pages = {sha256(read_bytes(path, PAGE_LIMIT)).hexdigest(): path for path in by_kind.pop("page")}
    return Files(tuple(by_kind.pop("record")), tuple(by_kind.pop("lines")), pages)


def read(sources: Iterable[Path], *, encoding: str | None = None) -> Iterator[Sourced]:
    """The records of the sources, streamed: records first, then each page that no record names.

    Raises BadInput, BadPage or BadRecord with file, line and field at the first input that cannot be used.
    """
    return read_files(find_files(sources), encoding=encoding)


def read_files(files: Files, *, encoding: str | None = None) -> Iterator[Sourced]:
    """As read, for files that have been found."""
    named: set[str] = set()
    for sourced in _records(files):
        check_spans(sourced, files.pages)
        named.update(source.page for source in sourced.record.sources)
        yield sourced
    for digest in sorted(files.pages.keys() - named):
        yield read_page(files.pages[digest], url=address_of(files.pages[digest]), encoding=encoding)


def check_spans(sourced: Sourced, pages: Mapping[str, Path]) -> None:
    """Nothing, or BadRecord where a capture's text is not what its page has at its span; pages not at hand pass."""
    for number, source in enumerate(sourced.record.sources):
        if source.page in pages:
            _check_source(sourced, f"sources[{number}]", source, page_text(pages[source.page], source.encoding))


def address_of(page: Path) -> str | None:
    """The address of a page as `pages.yaml` beside it gives it, or None."""
    addresses = page.parent / ADDRESSES
    return read_yaml(addresses, dict[str, Address])[0].get(page.name) if addresses.is_file() else None


def _check_source(sourced: Sourced, field: str, source: Source, page: str) -> None:
    for number, capture in enumerate(source.values):
        start, end = capture.span or (0, 0)
        text, place = _stated(sourced, f"{field}.values[{number}]", source, capture)
        if (text is not None and page[start:end] != text) or not 0 <= start <= end <= len(page):
            shown = text if text is None or len(text) <= 80 else f"{text[:79]}…"
            raise BadRecord(
                f"says {shown!r} where the page has {page[start:end][:80]!r} at {start} to {end}",
                place,
                hint="captures repeat the page; extract it again, or write a decision",
            )


def _stated(sourced: Sourced, field: str, source: Source, capture: Capture) -> tuple[str | None, Place]:
    """The text that a record gives for a capture, and where: a narrative's stands among the values."""
    if capture.text is not None or capture.property != "narrative":
        return capture.text, sourced.origin.place(field)
    values = getattr(sourced.record, "values", None)
    return (values.narrative.get(source.language) if values else None), sourced.origin.place("narrative")


def _records(files: Files) -> Iterator[Sourced]:
    for path in files.records:
        yield read_record(path)
    for path in files.lines:
        yield from read_records(path)


def _paths(source: Path) -> list[Path]:
    if source.is_dir():
        inner = [source / "records", source / "pages"] if (source / "dataset.yaml").is_file() else [source]
        found = (path for folder in inner for path in folder.rglob("*") if path.suffix in _SUFFIXES and path.is_file())
        return sorted(path for path in found if path.name not in _SETTINGS)
    if not source.exists():
        raise BadInput("does not exist", Place(str(source)), hint="name a folder or file of pages or records")
    return [source]


def _kind(path: Path) -> str:
    """What a file is, by its first words: `{` begins JSON Lines, a record's key a record, anything else a page."""
    try:
        with path.open("rb") as file:
            head = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError as error:
        hint = "give it back, or leave it out"
        raise BadInput(f"cannot be read: {error.strerror}", Place(str(path)), hint=hint) from error
    if head.startswith(b"{"):
        return "lines"
    keys = (b"format:", b"kind:", b"id:", b"---", b"values:", b"sources:")
    first = next((line for line in head.splitlines() if line.strip() and not line.startswith(b"#")), b"")
    return "record" if first.startswith(keys) or path.suffix in _RECORD_SUFFIXES else "page"
