"""The steward's story: a captured page becomes a YAML record to look over; what people wrote is never overwritten."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from .errors import BadInput, Place
from .publish import write_text
from .records import Capture, Record, Source, Unidentified
from .resolve import accepted_values
from .setting import Setting, linked, prepare
from .sources import address_of, read_page, read_record, render_record


class Extracted(NamedTuple):
    """What became of one page: the record's file (None: not written), a word for it, and notes to look at."""

    page: Path
    file: Path | None
    outcome: str
    notes: tuple[str, ...]


def extract(
    pages: Sequence[Path],
    into: Path,
    *,
    url: str | None = None,
    encoding: str | None = None,
    programme: str | None = None,
) -> Iterator[Extracted]:
    """Writes a YAML record for each page, and yields what became of it.

    `programme` is the id that a person gives to a page that names no project, `url` the page's address. Raises BadInput
    for a page that cannot be read, and where a record exists that differs: it is left as it is.
    """
    if len(pages) > 1 and (url or programme):
        raise BadInput("an address or a programme's id goes with one page", hint="extract the pages one by one")
    if url and not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", url):
        raise BadInput(f"{url!r} is no address", hint="give one that begins with http:// or https://")
    setting = prepare([])
    for page in pages:
        record, _ = read_page(page, url=url or address_of(page), encoding=encoding, programme=programme)
        yield _written(setting, page, record, into)


def reviewed_form(setting: Setting, record: Record) -> Record:
    """The record as it stands in YAML: with the values its pages give, long texts once."""
    if isinstance(record, Unidentified):
        return record
    sources = tuple(replace(source, values=tuple(_short(source))) for source in record.sources)
    return replace(record, values=accepted_values(record, setting.reference), sources=sources)


def _written(setting: Setting, page: Path, record: Record, into: Path) -> Extracted:
    notes = tuple(_notes(linked(setting, record).node.get("qualityNote", ())))
    if isinstance(record, Unidentified):
        return Extracted(page, None, "names no project; give it an id with --programme, or publish it as it is", notes)
    file, text = into / f"{record.id}.yaml", render_record(reviewed_form(setting, record))
    if not file.exists():
        write_text(file, text)
        return Extracted(page, file, "written", notes)
    known = read_record(file).record
    if all(source in known.sources for source in reviewed_form(setting, record).sources):
        return Extracted(page, file, "unchanged", notes)
    raise BadInput(
        "exists, and was not made from this page as it is now",
        Place(str(file)),
        hint="compare it with the page; nothing was overwritten",
    )


def _short(source: Source) -> Iterator[Capture]:
    """The captures without the text that the values hold."""
    for capture in source.values:
        yield replace(capture, text=None) if capture.property == "narrative" else capture


def _notes(notes: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The grave and doubtful notes, in English."""
    for note in notes:
        if note.get("severity") != "Info":
            yield f"{note.get('aboutProperty')}: {note.get('body', {}).get('en')}"
