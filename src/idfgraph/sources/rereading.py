"""Evidence re-read: each quote of a record held against the page that it names, as that is at hand
or as it was published before.
"""

from hashlib import sha256

from msgspec.structs import replace

from ..model.errors import BadRecord, advice
from ..model.records import Capture, Source
from ..model.text import N_, Texts, texts
from ..model.visible import apart
from .decode import PAGE_LIMIT, read_bytes
from .files import Files
from .kept import File
from .origin import Sourced
from .pages import page_text, strange_label
from .parts import quoted

_HINT = N_("captures repeat the page; run: idfgraph extract {page}")
_SAYS = N_("says {said!r} where {where} has {there!r} at {start} to {end}")
_PRINTS = N_("says that {where} prints the label {label!r}, which it does not")
_LABELLED = N_("says that it has the label {label!r} on {where}, which {strange}")


def is_reread(source: Source, files: Files) -> bool:
    """Whether there are bytes that the quotes of a source can be held against: not of a document
    that is no page, nor of a page that is neither at hand nor published.
    """
    known = source.page in files.pages or source.page in files.copies
    return known and not source.media_type


def reread(sourced: Sourced, files: Files) -> Sourced:
    """The record, each of its quotes re-read if that can be, with the texts that its captures leave
    to their spans.

    Raises BadRecord where a capture's text or its label is not what its page has.
    """
    record = sourced.record
    sources = [
        _reread(sourced, number, source, files) if is_reread(source, files) else source
        for number, source in enumerate(record.sources)
    ]
    return sourced._replace(record=replace(record, sources=tuple(sources)))


def _reread(sourced: Sourced, number: int, source: Source, files: Files) -> Source:
    page, where = _page(source, files)
    values = list(source.values)
    for place, capture in enumerate(values):
        if fault := _fault(capture, page, where):
            field = f"sources[{number}].values[{place}]"
            path = files.pages.get(source.page)
            file = quoted(path) if path else "PAGE"
            raise BadRecord(fault, sourced.origin.place(field), hint=_HINT, page=file)
        values[place] = replace(capture, text=page[slice(*(capture.span or (0, 0)))] or None)
    return replace(source, values=tuple(values))


def _fault(capture: Capture, page: str, where: str) -> Texts:
    """What of a capture does not stand on its page; empty where all does."""
    start, end = capture.span or (0, 0)
    text = page[start:end]
    if not 0 <= start <= end <= len(page) or capture.text not in (None, text):
        said, there = apart((capture.text or "", text))
        what, span = texts(where), {"start": start, "end": end}
        return advice(_SAYS, "", said=said, there=there, where=what, **span).message
    if capture.label and capture.label not in page:
        return advice(_PRINTS, "", where=texts(where), label=capture.label).message
    label = capture.label if capture.span else None
    if label and (strange := strange_label(page, label, capture.property, start)):
        told = advice(_LABELLED, "", where=texts(where), label=label, strange=strange)
        return told.message
    return {}


def _page(source: Source, files: Files) -> tuple[str, str]:
    """The text of a page, and what it is."""
    if path := files.pages.get(source.page):
        return page_text(path, source.encoding), N_("the page")
    return _copied(files.copies[source.page], source), N_("the published copy of the page")


def _copied(copy: File, source: Source) -> str:
    """The text of a page as it was published: its bytes, or of HTML its rendition in UTF-8."""
    data = read_bytes(copy, PAGE_LIMIT)
    if sha256(data).hexdigest() == source.page:
        return page_text(copy, source.encoding)
    return data.decode("utf-8", "replace")
