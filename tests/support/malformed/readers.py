"""The readers of files, and sound inputs of each; malformed inputs and fuzzers take them from
here.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from idfgraph.model.datatypes import Address
from idfgraph.model.entries import Alias, Entry
from idfgraph.model.errors import Place
from idfgraph.model.iris import checked_base
from idfgraph.model.records import Dataset
from idfgraph.sources.pages import read_page
from idfgraph.sources.records import read_json_lines, read_record, read_records, read_yaml
from support.rendering import RECORDS, STRUCTURES, html, text

ROOT = Path(__file__).parents[3]
DATA = ROOT / "data"


class Reader(NamedTuple):
    """What reads a file, the name of that file, and sound inputs."""

    read: Callable[[Path], Any]
    file: str
    seeds: Callable[[], Iterator[bytes]]


def _records(path: Path) -> Any:
    return list(read_records(path))


def _entries(path: Path) -> Any:
    return list(read_json_lines(path, Entry))


def _dataset(path: Path) -> Any:
    return checked_base(read_yaml(path, Dataset)[0].base, Place(str(path)))


def _addresses(path: Path) -> Any:
    return read_yaml(path, dict[str, Address])


def _aliases(path: Path) -> Any:
    return read_yaml(path, tuple[Alias, ...])


def _files(pattern: str) -> Iterator[bytes]:
    return (path.read_bytes() for path in sorted(ROOT.glob(pattern)))


def _pages() -> Iterator[bytes]:
    yield from _files("data/pages/*.txt")
    yield from _files("tests/data/cases/[!c]*/page.txt")
    yield from (text(facts).encode() for facts in RECORDS)


def _html() -> Iterator[bytes]:
    return (html(facts, name).encode() for facts in RECORDS[:6] for name in STRUCTURES)


def _lines() -> Iterator[bytes]:
    paths = sorted(DATA.glob("records/*.yaml"))
    return (msgspec.json.encode(read_record(path).record) + b"\n" for path in paths)


def _reference() -> Iterator[bytes]:
    names = ("areas", "concepts", "organisations", "states")
    return (
        line
        for name in names
        for line in (DATA / "reference" / f"{name}.jsonl").read_bytes().splitlines(True)
    )


#: Reader of a kind of file, by the name that fuzzers and malformed inputs know it by.
READERS = {
    "yaml": Reader(read_record, "record.yaml", lambda: _files("data/records/*.yaml")),
    "json_lines": Reader(_records, "records.jsonl", _lines),
    "page": Reader(read_page, "page.txt", _pages),
    "html": Reader(read_page, "page.html", _html),
    "reference": Reader(_entries, "states.jsonl", _reference),
    "dataset": Reader(_dataset, "dataset.yaml", lambda: _files("data/dataset.yaml")),
    "addresses": Reader(_addresses, "pages.yaml", lambda: _files("data/pages/pages.yaml")),
    "overrides": Reader(
        _aliases, "overrides.yaml", lambda: _files("data/reference/overrides.yaml")
    ),
}
