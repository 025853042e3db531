"""What stands beside captured pages: the address of each, and when it was captured.

`pages.yaml` is written by people and by fetching: a file's address, or its address and the time of
capture. The fetch log knows the time of what it fetched, as long as the file is still that.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import msgspec

from ..model.datatypes import Address, Form, Moment, is_moment
from ..model.errors import BadRecord, Place
from ..model.text import N_
from .kept import File
from .page_bytes import read_page_bytes
from .records import read_yaml

#: A file beside pages that gives their addresses: file name -> URL, or URL and time of capture.
ADDRESSES = "pages.yaml"

#: The log's file name, in the folder of the pages.
LOG = "fetch-log.jsonl"


_HEADER = "# Where each page was captured from, as far as it is known.\n"

#: How a line begins that tells of a page: its name, as it is or in quotes.
_NAMED = re.compile(r"""(?:"([^"\\]+)"|'([^']+)'|([^\s#"'][^:]*)):(?=\s|$)""")

#: File names and addresses that YAML takes as they are.
_KEY = re.compile(r"[A-Za-z][\w.-]*\.[A-Za-z]+(?:\.gz)?", re.ASCII)
_PLAIN = re.compile(r"https?://[A-Za-z0-9._~:/?\[\]@!$&'()*+,;=%-]*[A-Za-z0-9/_=-]")


class PageFacts(Form, frozen=True, kw_only=True):
    """Where a page was captured from, and when; None where that is not known."""

    url: Address | None = None
    captured: Moment | None = None


class _Fetch(msgspec.Struct, frozen=True):
    """What a line of the fetch log says of the file that it has."""

    time: str = ""
    file: str = ""
    sha256: str = ""


class _Fetched(NamedTuple):
    """The bytes of a file as they were fetched, by their SHA-256, and when."""

    sha256: str
    time: str


def facts_of(page: File) -> PageFacts:
    """What `pages.yaml` and the fetch log beside a page know of it; BadRecord if `pages.yaml` is
    none.

    >>> facts_of(Path("data/pages/000_3cd946cab0f19b2c.txt")).url
    'https://iom.int/fr/node/175831'
    """
    stated = _listed(page.parent / ADDRESSES).get(page.name, PageFacts())
    fetched = _fetched(page)
    return msgspec.structs.replace(stated, captured=fetched) if fetched else stated


def address_of(page: File) -> str | None:
    """The address of a page as `pages.yaml` beside it gives it, or None; BadRecord if that file
    gives no addresses.
    """
    return _listed(page.parent / ADDRESSES).get(page.name, PageFacts()).url


def told_of(path: Path) -> Mapping[str, object]:
    """File name of a page -> what a `pages.yaml` or a fetch log says of it; BadRecord if it is
    none.
    """
    if not path.is_file():
        return {}
    return _log(path, path.stat().st_mtime_ns) if path.name == LOG else _listed(path)


def with_facts(text: str, name: str, facts: PageFacts) -> str:
    """The text of a `pages.yaml` that says this of a page, in its place by name, instead of what it
    said of it; all other lines, and how lines end, stay as they are.

    >>> with_facts("# Mine\\na.txt: http://e/a\\nc.txt: http://e/c\\n", "b.txt", PageFacts(url="http://e/b"))
    '# Mine\\na.txt: http://e/a\\nb.txt: http://e/b\\nc.txt: http://e/c\\n'
    """
    bare = text.removeprefix("\ufeff")
    mark = text[: len(text) - len(bare)]
    newline = "\r\n" if "\r\n" in bare else "\n"
    lines = (bare or _HEADER).splitlines(keepends=True)
    if not lines[-1].endswith("\n"):
        lines[-1] += newline
    named = [(number, _name_at(line)) for number, line in enumerate(lines)]
    for number in (number for number, found in named if found == name):
        inner = takewhile(lambda line: line[:1] in " \t", lines[number + 1 :])
        del lines[number : number + 1 + len(list(inner))]
        return with_facts(f"{mark}{''.join(lines)}", name, facts)
    at = next((number for number, found in named if found > name), len(lines))
    lines.insert(at, f"{_written(name)}: {_entry(facts)}{newline}")
    return f"{mark}{''.join(lines)}"


def _name_at(line: str) -> str:
    """The name of the page that a line of `pages.yaml` begins to tell of; empty where none is."""
    found = _NAMED.match(line)
    return (found[1] or found[2] or found[3]) if found else ""


def _entry(facts: PageFacts) -> str:
    """What is known of a page, as a value in YAML on one line."""
    url = facts.url and (facts.url if _PLAIN.fullmatch(facts.url) else json.dumps(facts.url))
    if not facts.captured:
        return str(url)
    known = [f"url: {json.dumps(facts.url)}"] if url else []
    return f"{{{', '.join([*known, f'captured: {facts.captured}'])}}}"


def _written(name: str) -> str:
    """A file name as a key in YAML."""
    return name if _KEY.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def addresses_in(path: Path) -> Mapping[str, str]:
    """File name -> address, of those that a `pages.yaml` gives; BadRecord if it gives none."""
    return {name: facts.url for name, facts in _listed(path).items() if facts.url}


def _fetched(page: File) -> str | None:
    """When the bytes of a page were fetched, the last time they were; None where no log says so."""
    log = page.parent / LOG
    known = _log(log, log.stat().st_mtime_ns).get(page.name) if log.is_file() else None
    if not known:
        return None
    digest = sha256(read_page_bytes(page)).hexdigest()
    return known.time if known.sha256 == digest else None


def _listed(path: File) -> Mapping[str, PageFacts]:
    return _pages(path, path.stat().st_mtime_ns) if path.is_file() else {}


@lru_cache(maxsize=8)
def _pages(path: File, _changed: int) -> Mapping[str, PageFacts]:
    """What a `pages.yaml` says of its pages, read anew when the file has changed."""
    found: Mapping[str, str | PageFacts] = read_yaml(path, dict[str, Address | PageFacts])[0]
    facts = {
        name: PageFacts(url=said) if isinstance(said, str) else said for name, said in found.items()
    }
    for name, one in facts.items():
        if one.captured and not is_moment(one.captured):
            message = N_("was captured on {captured}, which is in no calendar")
            raise BadRecord(
                message,
                Place(str(path), field=name),
                hint=N_("mend the day"),
                captured=one.captured,
            )
    return facts


@lru_cache(maxsize=8)
def _log(path: File, _changed: int) -> Mapping[str, _Fetched]:
    """Name of a file -> what was fetched into it last; lines that are none are passed over."""
    found: dict[str, _Fetched] = {}
    with path.open("rb") as file:
        for line in file:
            try:
                entry = msgspec.json.decode(line, type=_Fetch)
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue
            if entry.file and entry.sha256 and (time := _utc(entry.time)):
                found[entry.file] = _Fetched(entry.sha256, time)
    return found


def _utc(time: str) -> str | None:
    """A time of the log as records have it, in UTC to the second; None where it is none.

    >>> _utc("2026-11-20T10:03:11+01:00"), _utc("yesterday")
    ('2026-11-20T09:03:11Z', None)
    """
    try:
        moment = datetime.fromisoformat(time)
        there = moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):  # no moment, or one that UTC has in no year
        return None
    return there.replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ") if there else None
