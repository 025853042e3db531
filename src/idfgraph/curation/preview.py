"""What `extract` would read of a page, before anything is written: its words, marked with what they
are read as, and what is unknown, left out and doubtful.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Literal, NamedTuple

from ..graph.resolve import accepted_values, as_meant
from ..graph.setting import Setting, linked, prepare
from ..model.datatypes import Span
from ..model.nodes import NoteNode
from ..model.records import Capture, Unidentified
from ..sources.files import desk_of
from ..sources.page_facts import facts_of
from ..sources.pages import LeftOut, left_out, page_text, read_page, taught
from ..sources.refusal import Refuse, tried
from .merge import plain

#: What words of a page are: read, under a label nobody knows, a label, or nothing that is read.
Kind = Literal["read", "unknown", "label", ""]


class Stretch(NamedTuple):
    """Words of a page that are one thing, and the property that they are read as."""

    text: str
    kind: Kind
    property: str = ""


class Preview(NamedTuple):
    """A page as it would be read."""

    page: Path
    captures: Sequence[Capture]
    stretches: Sequence[Stretch]
    left: Sequence[LeftOut]
    notes: Sequence[NoteNode]
    values: Mapping[str, object]


def previews(
    pages: Iterable[Path],
    into: Path,
    *,
    encoding: str | None = None,
    programme: str | None = None,
    refuse: Refuse | None = None,
) -> Iterator[Preview]:
    """What would be read of each page for a folder of records; BadInput or BadPage for one that
    cannot be read, or, with `refuse`, that is handed to it.
    """
    setting = prepare(desk_of(into))
    for page in pages:
        yield from tried(partial(_preview, setting, page, encoding, programme), refuse)


def _preview(setting: Setting, page: Path, encoding: str | None, programme: str | None) -> Preview:
    known, prose = facts_of(page), setting.reference.prose.read
    with taught(setting.files.labels):
        read = read_page(page, known, encoding=encoding, programme=programme, prose=prose)
    record = read.record
    (source,) = record.sources
    text, named = page_text(page, encoding), not isinstance(record, Unidentified)
    captures = [as_meant(capture, setting.reference) for capture in source.values]
    return Preview(
        page,
        captures,
        tuple(stretches(text, captures)),
        left_out(page, encoding),
        tuple(linked(setting, record).notes),
        plain(accepted_values(record, setting.reference)) if named else {},
    )


def stretches(page: str, captures: Iterable[Capture]) -> Iterator[Stretch]:
    """The words of a page cut where they begin or end to be a capture, or the label of one.

    >>> capture = Capture(property="status", label="Status", text="Active", span=(8, 14))
    >>> [(one.text, one.kind) for one in stretches("Status: Active.", [capture])]
    [('Status', 'label'), (': ', ''), ('Active', 'read'), ('.', '')]
    """
    painted: list[tuple[Kind, str, int]] = [("", "", -1)] * len(page)
    for number, (start, end, kind, name) in enumerate(_places(page, captures)):
        painted[start:end] = [(kind, name, number)] * (end - start)
    at = 0
    for (kind, name, _), letters in groupby(painted):
        length = sum(1 for _ in letters)
        yield Stretch(page[at : at + length], kind, name)
        at += length


def _places(page: str, captures: Iterable[Capture]) -> list[tuple[int, int, Kind, str]]:
    """Where captures and their labels stand, the longest first."""
    found: list[tuple[int, int, Kind, str]] = []
    before = 0
    for capture in captures:
        kind: Kind = "unknown" if capture.property == "unknown" else "read"
        if label := _label(page, capture, before):
            found.append((*label, kind if kind == "unknown" else "label", ""))
            before = label[1]
        if capture.span:
            found.append((*capture.span, kind, capture.property))
            before = max(before, capture.span[1])
    return sorted(found, key=lambda one: one[0] - one[1])


def _label(page: str, capture: Capture, before: int) -> Span | None:
    """Where the label of a capture stands: the last before its value, or the next."""
    if not capture.label:
        return None
    at = page.rfind(capture.label, 0, capture.span[0]) if capture.span else -1
    at = page.find(capture.label, before) if at < 0 else at
    return (at, at + len(capture.label)) if at >= 0 else None
