"""Files of a source to records: each recognised by its content, pages of one project joined, identical ones once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from ..errors import BadInput, BadRecord, Place
from ..records import Address, Source
from .joining import Waiting
from .json_lines import read_records
from .origin import Sourced
from .page import page_text, read_page
from .text import PAGE_LIMIT, read_bytes, unreadable
from .yaml_record import read_record, read_yaml

#: A file beside pages that gives their addresses: file name -> URL.
ADDRESSES = "pages.yaml"

_RECORD_SUFFIXES = (".yaml", ".yml")
_SUFFIXES = (".txt", ".html", ".htm", *_RECORD_SUFFIXES, ".jsonl", ".ndjson")
_SETTINGS = frozenset({"dataset.yaml", ADDRESSES, "overrides.yaml", "fetch-log.jsonl"})

#: A SHA-256 as records name their pages.
_DIGEST = re.compile(rb"[0-9a-f]{64}")


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
    return Files(tuple(by_kind.pop("record")), tuple(by_kind.pop("lines")), _distinct(by_kind.pop("page")))


def read(sources: Iterable[Path], *, encoding: str | None = None) -> Iterator[Sourced]:
    """The records of the sources, streamed: records first, then one for each project that only pages name.

    A page that no record names joins the record of the project whose Projet ID it prints.

    Raises BadInput, BadPage or BadRecord with file, line and field at the first input that cannot be used.
    """
    return read_files(find_files(sources), encoding=encoding)


def read_files(files: Files, *, encoding: str | None = None) -> Iterator[Sourced]:
    """As read, for files that have been found."""
    waiting = Waiting()
    mentioned = frozenset(_mentioned(files)) if files.pages else frozenset()
    yield from _unclaimed(waiting, files.pages, files.pages.keys() - mentioned, encoding)
    named: set[str] = set()
    for sourced in _records(files):
        named.update(source.page for source in sourced.record.sources)
        yield waiting.join(completed(sourced, files.pages))
    yield from _unclaimed(waiting, files.pages, (files.pages.keys() & mentioned) - named, encoding)
    yield from waiting.rest()


def completed(sourced: Sourced, pages: Mapping[str, Path]) -> Sourced:
    """The record with the texts that its captures leave to their spans, from those of its pages that are at hand.

    Raises BadRecord where a capture's text is not what its page has at its span.
    """
    record = sourced.record
    sources = [
        _completed(sourced, number, source, pages[source.page]) if source.page in pages else source
        for number, source in enumerate(record.sources)
    ]
    return sourced._replace(record=replace(record, sources=tuple(sources)))


def address_of(page: Path) -> str | None:
    """The address of a page as `pages.yaml` beside it gives it, or None; BadRecord if that file gives no addresses."""
    addresses = page.parent / ADDRESSES
    if not addresses.is_file():
        return None
    return _addresses(addresses, addresses.stat().st_mtime_ns).get(page.name)


@lru_cache(maxsize=8)
def _addresses(path: Path, _changed: int) -> Mapping[str, str]:
    """The addresses of a folder's pages, read anew when the file has changed."""
    found: Mapping[str, str] = read_yaml(path, dict[str, Address])[0]
    return found


def _distinct(paths: Iterable[Path]) -> Mapping[str, Path]:
    """Each page's SHA-256 and file; of files with the same bytes the first, or the first whose address is known."""
    pages: dict[str, Path] = {}
    for path in sorted(paths):
        digest = sha256(read_bytes(path, PAGE_LIMIT)).hexdigest()
        kept = pages.setdefault(digest, path)
        if kept is not path and address_of(kept) is None and address_of(path):
            pages[digest] = path
    return pages


def _mentioned(files: Files) -> Iterator[str]:
    """All that reads as a SHA-256 in files of records: the pages that they name are among them."""
    for path in (*files.records, *files.lines):
        tail = b""
        for chunk in _chunks(path, 1_048_576):
            yield from (found.decode() for found in _DIGEST.findall(tail + chunk))
            tail = (tail + chunk)[-63:]


def _unclaimed(
    waiting: Waiting, pages: Mapping[str, Path], digests: Iterable[str], encoding: str | None
) -> Iterator[Sourced]:
    """The pages among these that name no project; the others wait for their project's record."""
    for digest in sorted(digests):
        path = pages[digest]
        if unidentified := waiting.add(read_page(path, url=address_of(path), encoding=encoding)):
            yield unidentified


def _completed(sourced: Sourced, place: int, source: Source, path: Path) -> Source:
    page = page_text(path, source.encoding)
    captures = list(source.values)
    for number, capture in enumerate(captures):
        start, end = capture.span or (0, 0)
        text = page[start:end]
        if (capture.text is not None and text != capture.text) or not 0 <= start <= end <= len(page):
            raise BadRecord(
                f"says {capture.text!r} where the page has {text[:80]!r} at {start} to {end}",
                sourced.origin.place(f"sources[{place}].values[{number}]"),
                hint="captures repeat the page; extract it again",
            )
        captures[number] = replace(capture, text=text or None)
    return replace(source, values=tuple(captures))


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
    head = next(_chunks(path, 4096), b"").removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{") or (head and path.suffix in (".jsonl", ".ndjson")):
        return "lines"
    keys = (b"format:", b"kind:", b"id:", b"---", b"values:", b"sources:")
    first = next((line for line in head.splitlines() if line.strip() and not line.startswith(b"#")), b"")
    return "record" if first.startswith(keys) or path.suffix in _RECORD_SUFFIXES else "page"


def _chunks(path: Path, size: int) -> Iterator[bytes]:
    """The bytes of a file, some at a time; BadInput if it cannot be read."""
    try:
        with path.open("rb") as file:
            while chunk := file.read(size):
                yield chunk
    except OSError as error:
        raise unreadable(path, error) from error
