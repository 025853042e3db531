"""The lines of a page put in order: its heading, its fields together, then what it tells.

Pages print fields before, beside and after their text, in one place or in several, for wide screens
and for narrow ones. Readers of pages know one block of fields.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from ...model.names import folded
from .html_rows import HtmlRow
from .labels import field_of
from .page_lines import PageLine
from .rendition import LeftOut


class _Piece(NamedTuple):
    """A field with its value, or a line of text; whether the field is a known one."""

    rows: Sequence[HtmlRow]
    is_field: bool = False
    known: bool = False

    @property
    def is_labelled(self) -> bool:
        """Whether it is a value, or a text, under a label."""
        return self.rows[0].is_label and len(self.rows) > 1

    @property
    def said(self) -> tuple[str, ...]:
        """What it says, by which two are told to be the same."""
        return tuple(folded(row.text) for row in self.rows)


def fields_first(
    rows: Sequence[HtmlRow], heading: int | None
) -> tuple[Sequence[HtmlRow], Sequence[LeftOut]]:
    """The lines with all fields below the heading where they stood apart, and what is left out:
    fields of other projects, those printed twice alike, and links that end the page.
    """
    kept, links = _without_links(rows)
    top = 0 if heading is None else heading + 1
    pieces, others = _without_others(list(_whole(_pieces(kept[top:]))))
    pieces, again = _once(pieces)
    if heading is not None and not _is_flat(pieces):
        pieces = _in_order(pieces)
    lines = [*kept[:top], *(row for piece in pieces for row in piece.rows)]
    return lines, [*links, *others, *again]


def _without_links(rows: Sequence[HtmlRow]) -> tuple[Sequence[HtmlRow], Sequence[LeftOut]]:
    """The lines without those at the end that are nothing but links, and no one's value."""
    end = len(rows)
    while end > 1 and _leads_away(rows[end - 1]):
        end -= 1
    if rows[end - 1].text.endswith(":") or rows[end - 1].is_label:
        end = len(rows)
    return rows[:end], [LeftOut("links", row.text, row.line) for row in rows[end:]]


def _leads_away(row: HtmlRow) -> bool:
    return row.linked and not row.owned and not row.is_label and not _is_prose(row)


def _is_prose(row: HtmlRow) -> bool:
    return PageLine(row.text, 0).prose


def _pieces(rows: Sequence[HtmlRow]) -> Iterator[_Piece]:
    """The fields and the lines of text among lines."""
    at = 0
    while at < len(rows):
        end = at + 1
        if rows[at].is_label:
            while end < len(rows) and rows[end].owned and not rows[end].is_label:
                end += 1
        values = rows[at + 1 : end]
        known = rows[at].is_label and field_of(rows[at].text) is not None
        told = bool(values) and not any(map(_is_prose, values))
        yield _Piece(rows[at:end], rows[at].is_label and (known or told), known)
        at = end


def _whole(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """The pieces, texts under labels as fields where known fields stand on both sides of them."""
    for is_labelled, run in groupby(pieces, lambda one: one.is_labelled):
        together = list(run)
        known = [place for place, one in enumerate(together) if one.known and is_labelled]
        for place, piece in enumerate(together):
            inside = bool(known) and known[0] < place < known[-1]
            yield piece._replace(is_field=True) if inside else piece


def _without_others(pieces: Sequence[_Piece]) -> tuple[Sequence[_Piece], Sequence[LeftOut]]:
    """The pieces without fields of other projects, with what is written over them: fields together
    that have another Projet ID than the first of the page, and are no more than its own.
    """
    runs = [list(run) for _, run in groupby(_fields(pieces), lambda one: one[1])]
    ids = [[id_ for field, is_field in run if is_field and (id_ := _id(field))] for run in runs]
    own = next((id_ for found in ids for id_ in found), "")
    theirs = [at for at, found in enumerate(ids) if found and own not in found]
    fields = [sum(is_field for _, is_field in run) for run in runs]
    most = max((fields[at] for at in theirs), default=0)
    if not theirs or most > sum(fields) - sum(fields[at] for at in theirs):
        return pieces, []
    kept: list[_Piece] = []
    left: list[LeftOut] = []
    for at, run in enumerate(runs):
        rows = [row for field, _ in run for piece in field for row in piece.rows]
        if at not in theirs:
            kept += (piece for field, _ in run for piece in field)
            continue
        caption = [*kept.pop().rows] if at and kept and _is_caption(kept[-1]) else []
        text = " ".join(row.text for row in (*caption, *rows))
        left.append(LeftOut("other-project", text, (caption or rows)[0].line))
    return kept, left


def _fields(pieces: Sequence[_Piece]) -> Iterator[tuple[Sequence[_Piece], bool]]:
    """The pieces, those of one field together, and whether they are a field: a label may have its
    value in the piece below it.
    """
    at = 0
    while at < len(pieces):
        piece, after = pieces[at], pieces[at + 1 : at + 2]
        bare = piece.known and len(piece.rows) == 1
        value = [one for one in after if bare and not one.rows[0].is_label]
        value = [one for one in value if not _is_prose(one.rows[0])]
        yield (piece, *value), piece.known or piece.is_field
        at += 1 + len(value)


def _id(field: Sequence[_Piece]) -> str:
    """The Projet ID that a field gives; nothing where it is another field."""
    label, *values = (row for piece in field for row in piece.rows)
    printed = field_of(label.text) if label.is_label else None
    is_id = printed is not None and printed.property == "projectId"
    return folded(values[0].text) if is_id and values else ""


def _is_caption(piece: _Piece) -> bool:
    """Whether a line may be what is written over fields."""
    row = piece.rows[0]
    return len(piece.rows) == 1 and not (piece.is_field or row.item or _is_prose(row))


def _once(pieces: Sequence[_Piece]) -> tuple[Sequence[_Piece], Sequence[LeftOut]]:
    """The pieces without known fields that say again what one before said."""
    seen: set[tuple[str, ...]] = set()
    once: list[_Piece] = []
    again: list[LeftOut] = []
    for piece in pieces:
        if piece.known and len(piece.rows) > 1 and piece.said in seen:
            again.append(LeftOut("twice", " ".join(r.text for r in piece.rows), piece.rows[0].line))
            continue
        seen.add(piece.said)
        once.append(piece)
    return once, again


def _is_flat(pieces: Sequence[_Piece]) -> bool:
    """Whether values of known fields stand below their labels as any text does."""
    return any(
        label.known and len(label.rows) == 1 and not after.is_field and not _is_prose(after.rows[0])
        for label, after in pairwise(pieces)
    )


def _in_order(pieces: Sequence[_Piece]) -> Sequence[_Piece]:
    """The pieces with fields first, after what is written over them, if text stands on both sides
    of them or between them.
    """
    runs = [list(run) for is_field, run in groupby(pieces, lambda one: one.is_field)]
    own = [run for run in runs if any(piece.known for piece in run)]
    if not own or (len(own) == 1 and own[0] in (runs[0], runs[-1])):
        return pieces
    main = max(own, key=lambda run: sum(piece.known for piece in run))
    labels = {piece.said[0] for piece in main}
    fields: list[_Piece] = []
    for run in own:
        others = {piece.said[0] for piece in run}
        if run is main or labels.isdisjoint(others):
            fields += run
            labels |= others
    moved = {id(piece) for piece in fields}
    captions = [
        piece
        for piece, after in pairwise(pieces)
        if id(after) in moved and not piece.is_field and not _is_prose(piece.rows[0])
    ]
    moved |= {id(piece) for piece in captions}
    return [*captions, *fields, *(piece for piece in pieces if id(piece) not in moved)]
