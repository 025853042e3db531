"""Page text to record: the labelled layout (a `-` line, a label line, a value line) and pages without fields.

The page's own words are kept as captures: text verbatim, label, span. What they mean is not decided here.
"""

import re
from collections.abc import Sequence
from functools import lru_cache, partial
from hashlib import sha256
from itertools import count, takewhile
from pathlib import Path

from ..errors import BadPage, Place
from ..names import folded
from ..records import PROJECT_ID, Capture, Language, Programme, Project, Record, Remark, Source, Span, Unidentified
from .labels import COMMON_WORDS, FOOTERS, LABELS, PREAMBLE_END
from .lines import Line, hull, lines_of, stripped
from .narrative import programme_captures
from .origin import Marks, Origin, Sourced
from .text import PAGE_LIMIT, decode, position, read_bytes, refuse_unsafe

_QUOTES = {'"': '"', "“": "”", "«": "»"}


def read_page(
    path: Path, *, url: str | None = None, encoding: str | None = None, programme: str | None = None
) -> Sourced:
    """The record of one captured page; `programme` is the id a person gives to a page that names no project.

    Raises BadInput or BadPage, with file and line, when the page cannot be read or has no title.
    """
    data = read_bytes(path, PAGE_LIMIT)
    page = refuse_unsafe(decode(data, str(path), encoding or "utf-8"), str(path), BadPage)
    captures, remarks = _captures(page, str(path))
    source = Source(
        page=sha256(data).hexdigest(),
        identifier=path.stem,
        language=_language(captures),
        url=url,
        encoding=encoding,
        values=captures,
        remarks=remarks,
    )
    return Sourced(_record(source, programme), Origin(str(path), 1, partial(_marks, path, encoding)))


def page_text(path: Path, encoding: str | None = None) -> str:
    """The text of a page, decoded strictly; spans count its code points."""
    return decode(read_bytes(path, PAGE_LIMIT), str(path), encoding or "utf-8")


def _record(source: Source, programme: str | None) -> Record:
    if programme:
        return Programme(id=programme, sources=(source,))
    identifiers = [capture.text for capture in source.values if capture.property == "projectId" and capture.text]
    if identifiers and re.fullmatch(PROJECT_ID, identifiers[0]):
        return Project(id=identifiers[0], sources=(source,))
    return Unidentified(id=source.page[:16], sources=(source,))


@lru_cache(maxsize=8)
def _marks(path: Path, encoding: str | None) -> Marks:
    """The marks of a page that has been read before, found again rather than kept."""
    page = page_text(path, encoding)
    captures, _ = _captures(page, str(path))
    marks: dict[str, tuple[int, int]] = {}
    for capture in captures:
        if capture.span:
            marks.setdefault(capture.property.partition(".")[0], position(page, capture.span[0]))
    return marks


def _captures(page: str, file: str) -> tuple[tuple[Capture, ...], tuple[Remark, ...]]:
    lines = _without_footer(lines_of(page))
    first = _first_field(lines)
    if first is None:
        return _unlabelled(page, lines)
    fields, rest = _fields(page, lines[first:], file)
    title = _title(lines[:first], file)
    body, remarks = _narrative(page, rest)
    return (title, *fields, *body), remarks


def _without_footer(lines: Sequence[Line]) -> Sequence[Line]:
    return tuple(takewhile(lambda line: folded(line.text) not in FOOTERS, lines))


def _first_field(lines: Sequence[Line]) -> int | None:
    pairs = zip(count(), lines, lines[1:])
    return next((i for i, dash, label in pairs if dash.text == "-" and folded(label.text) in LABELS), None)


def _title(before: Sequence[Line], file: str) -> Capture:
    title = before[-1] if before else None
    if title is None or title.text.startswith("-"):
        raise BadPage("has no title before its first field", Place(file), hint="capture the page again with its title")
    return Capture(property="title", text=title.text, span=title.span)


def _fields(page: str, lines: Sequence[Line], file: str) -> tuple[list[Capture], Sequence[Line]]:
    captures: list[Capture] = []
    seen: dict[str, Line] = {}
    while len(lines) > 1 and lines[0].text == "-":
        label, value = lines[1], lines[2] if len(lines) > 2 and lines[2].text != "-" else None
        _refuse_twice(page, label, seen, file)
        captures += _field(label, value)
        lines = lines[3:] if value else lines[2:]
    return captures, lines


def _refuse_twice(page: str, label: Line, seen: dict[str, Line], file: str) -> None:
    key = folded(label.text)
    if key in seen:
        first, column = position(page, label.start), position(page, seen[key].start)[0]
        raise BadPage(
            f"prints the label {label.text!r} twice, first on line {column}",
            Place(file, *first),
            hint="decide which one is the page's and capture it again",
        )
    seen[key] = label


def _field(label: Line, value: Line | None) -> list[Capture]:
    field = LABELS.get(folded(label.text))
    named = Capture(
        property=field.property if field else "unknown",
        label=label.text,
        label_language=field.language if field else None,
        text=value.text if value else None,
        span=value.span if value else None,
    )
    return [named, *_currency(label)] if named.property == "budget.value" and value else [named]


def _currency(label: Line) -> list[Capture]:
    found = re.search(r"\(([A-Z]{3})\)", label.text)
    if not found:
        return []
    start, end = (label.start + offset for offset in found.span(1))
    return [Capture(property="budget.currency", text=found[1], span=(start, end))]


def _narrative(page: str, lines: Sequence[Line]) -> tuple[list[Capture], tuple[Remark, ...]]:
    if not lines:
        return [], ()
    span = hull(lines)
    inner = _unquoted(page, span)
    remarks = (Remark(issue="quoted-narrative", property="narrative"),) if inner != span else ()
    return [Capture(property="narrative", text=page[slice(*inner)], span=inner)], remarks


def _unquoted(page: str, span: Span) -> Span:
    """The span without one balanced pair of outer quotes, and nothing else."""
    start, end = span
    return stripped(page, (start + 1, end - 1)) if _is_quotation(page[start:end]) else span


def _is_quotation(text: str) -> bool:
    """Whether the first character is a quote that only the last one closes; a straight quote opens after a space."""
    opening, closing, depth = text[0], _QUOTES.get(text[0]), 0
    for i, mark in enumerate(text):
        if closing is None or mark not in (opening, closing):
            continue
        opens = mark == opening and (opening != closing or i == 0 or text[i - 1] in " \n([’'")
        depth += 1 if opens else -1
        if depth == 0:
            return i == len(text) - 1
    return False


def _unlabelled(page: str, lines: Sequence[Line]) -> tuple[tuple[Capture, ...], tuple[Remark, ...]]:
    ends = [i for i, line in enumerate(lines) if folded(line.text) == PREAMBLE_END]
    body, remarks = _narrative(page, lines[ends[-1] + 1 :] if ends else lines)
    facts = [fact for capture in body if capture.span for fact in programme_captures(page, capture.span)]
    return (*body, *facts), (*remarks, Remark(issue="missing-value", property="title"))


def _language(captures: Sequence[Capture]) -> Language:
    words = [word for capture in captures if not capture.label for word in (capture.text or "").casefold().split()]
    labels = [capture.label_language for capture in captures if capture.label_language not in (None, "en")]
    votes = {language: sum(word in common for word in words) for language, common in COMMON_WORDS.items()}
    return labels[0] or "en" if labels else max(votes, key=lambda language: votes[language])
