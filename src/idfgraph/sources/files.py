"""The files of a source: each recognised by its content, identical pages once, with the addresses
beside them.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ..model.datatypes import Address
from ..model.errors import BadConfig, BadInput, Place
from .decode import PAGE_LIMIT, read_bytes
from .records import read_yaml
from .refusal import tried

#: What makes a folder a data folder: the file in which it says what its data set is.
DATASET = "dataset.yaml"

#: A file beside pages that gives their addresses: file name -> URL.
ADDRESSES = "pages.yaml"

_RECORD_SUFFIXES = (".yaml", ".yml")
_SUFFIXES = (".txt", ".html", ".htm", *_RECORD_SUFFIXES, ".jsonl", ".ndjson")
_SETTINGS = frozenset({DATASET, ADDRESSES, "overrides.yaml", "fetch-log.jsonl"})

#: A SHA-256 as records name their pages.
_DIGEST = re.compile(rb"[0-9a-f]{64}")

#: A folder or a file of pages and records, or several.
Sources = str | Path | Iterable[str | Path]


class Files(NamedTuple):
    """The files of the sources by kind, and the pages by the SHA-256 of their bytes."""

    records: tuple[Path, ...]
    lines: tuple[Path, ...]
    pages: Mapping[str, Path]


def as_paths(sources: Sources) -> tuple[Path, ...]:
    """The paths of sources, one or several; BadConfig for what is no path.

    >>> [path.name for path in as_paths("data")], [path.name for path in as_paths(["a", Path("b")])]
    (['data'], ['a', 'b'])
    """
    if isinstance(sources, str | Path):
        return (Path(sources),)
    try:
        return tuple(map(Path, sources))
    except TypeError as error:
        hint = "give a path, or a list of paths, of folders or files"
        raise BadConfig(f"{sources!r} is no source", hint=hint) from error


def find_files(sources: Iterable[Path]) -> Files:
    """The files of folders (without reference data and settings) and the files named; BadInput if
    there are none.
    """
    paths = [path for source in sources for path in _paths(source)]
    if not paths:
        raise BadInput(
            "no page and no record found",
            hint="name a folder or file of pages, YAML records or JSON Lines",
        )
    by_kind: dict[str, list[Path]] = {"page": [], "record": [], "lines": []}
    for path in paths:
        by_kind[_kind(path)].append(path)
    return Files(
        tuple(by_kind.pop("record")), tuple(by_kind.pop("lines")), _distinct(by_kind.pop("page"))
    )


def address_of(page: Path) -> str | None:
    """The address of a page as `pages.yaml` beside it gives it, or None; BadRecord if that file
    gives no addresses.
    """
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
    """Each page's SHA-256 and file; of files with the same bytes the first, or the first whose
    address is known.

    A file that cannot be read stands under the SHA-256 of its name: what is wrong with it is told
    when it is read.
    """
    pages: dict[str, Path] = {}
    for path in sorted(paths):
        content = next(tried(partial(read_bytes, path, PAGE_LIMIT), _later), os.fsencode(path))
        digest = sha256(content).hexdigest()
        kept = pages.setdefault(digest, path)
        if kept is not path and not _has_address(kept) and _has_address(path):
            pages[digest] = path
    return pages


def _has_address(page: Path) -> bool:
    return any(tried(partial(address_of, page), _later))


def _later(_error: BadInput) -> None:
    """Says nothing yet: the error comes again when the file is read."""


def mentioned(path: Path) -> Iterator[str]:
    """All that reads as a SHA-256 in a file of records, as far as it can be read: the pages it
    names are among them.
    """
    tail = b""
    for chunk in _chunks(path, 1_048_576):
        yield from (found.decode() for found in _DIGEST.findall(tail + chunk))
        tail = (tail + chunk)[-63:]


def _paths(source: Path) -> list[Path]:
    if source.is_dir():
        is_whole = (source / DATASET).is_file()
        found = sorted(
            path
            for folder in ([source / "records", source / "pages"] if is_whole else [source])
            for path in folder.rglob("*")
            if path.suffix in _SUFFIXES and path.is_file()
        )
        if not is_whole:
            _refuse_parts(source, found)
        return [path for path in found if path.name not in _SETTINGS]
    if not source.exists():
        raise BadInput(
            "does not exist", Place(str(source)), hint="name a folder or file of pages or records"
        )
    return [source]


def _refuse_parts(source: Path, found: Iterable[Path]) -> None:
    """Nothing, or BadInput where a folder holds settings or reference data that nobody would read
    as such.
    """
    for path in found:
        if path.name == DATASET:
            raise BadInput(
                f"holds the data folder {path.parent}", Place(str(source)), hint="name that folder"
            )
        if path.parent.name == "reference":
            whole = path.parent.parent
            raise BadInput(
                f"has reference data, but no {DATASET}",
                Place(str(whole)),
                hint="write one, as idfgraph init does, or name its records and pages",
            )


def _kind(path: Path) -> str:
    """What a file is, by its first words: `{` begins JSON Lines, a record's key a record, anything
    else a page.
    """
    head = next(_chunks(path, 4096), b"").removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{") or (head and path.suffix in (".jsonl", ".ndjson")):
        return "lines"
    keys = (b"format:", b"kind:", b"id:", b"---", b"values:", b"sources:")
    first = next(
        (line for line in head.splitlines() if line.strip() and not line.startswith(b"#")), b""
    )
    return "record" if first.startswith(keys) or path.suffix in _RECORD_SUFFIXES else "page"


def _chunks(path: Path, size: int) -> Iterator[bytes]:
    """The bytes of a file, some at a time; none if it cannot be read, which is told when its kind
    of reader tries.
    """
    with suppress(OSError), path.open("rb") as file:
        while chunk := file.read(size):
            yield chunk
