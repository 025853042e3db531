"""The lines of a page as fields with their values and lines of text."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ...model.names import folded
from .html_rows import HtmlRow
from .page_labels import field_of
from .page_lines import PageLine


class Piece(NamedTuple):
    """A field with its value, or a line of text; whether the field is a known one."""

    rows: Sequence[HtmlRow]
    is_field: bool = False
    known: bool = False

    @property
    def is_labelled(self) -> bool:
        """Whether it is a value, or a text, under a label."""
        return self.rows[0].is_label and len(self.rows) > 1

    @property
    def is_prose(self) -> bool:
        """Whether it begins as a text."""
        return is_prose(self.rows[0])

    @property
    def said(self) -> tuple[str, ...]:
        """What it says, by which two are told to be the same."""
        return tuple(folded(row.text) for row in self.rows)


def pieces_of(rows: Sequence[HtmlRow]) -> Sequence[Piece]:
    """The fields and the lines of text among lines."""
    return list(_whole(_pieces(rows)))


def with_values(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces, each label with the line below it that is its value as any text is."""
    joined: list[Piece] = []
    for piece in pieces:
        label = joined[-1] if joined else None
        is_value = not (piece.rows[0].is_label or piece.is_prose)
        if label and label.rows[0].is_label and len(label.rows) == 1 and is_value:
            joined[-1] = Piece((*label.rows, *piece.rows), is_field=True, known=label.known)
        else:
            joined.append(piece)
    return joined


def is_prose(row: HtmlRow) -> bool:
    """Whether a line reads as a text."""
    return PageLine(row.text, 0).prose


def _pieces(rows: Sequence[HtmlRow]) -> Iterator[Piece]:
    at = 0
    while at < len(rows):
        end = at + 1
        if rows[at].is_label:
            while end < len(rows) and rows[end].owned and not rows[end].is_label:
                end += 1
        values = rows[at + 1 : end]
        known = rows[at].is_label and field_of(rows[at].text) is not None
        told = bool(values) and not any(map(is_prose, values))
        yield Piece(rows[at:end], rows[at].is_label and (known or told), known)
        at = end


def _whole(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, texts under labels as fields where known fields stand on both sides of them."""
    for is_labelled, run in groupby(pieces, lambda one: one.is_labelled):
        together = list(run)
        known = [place for place, one in enumerate(together) if one.known and is_labelled]
        for place, piece in enumerate(together):
            inside = bool(known) and known[0] < place < known[-1]
            yield piece._replace(is_field=True) if inside else piece
