"""The lines of a page put in order: its heading, its fields together, then what it tells.

Pages print fields before, beside and after their text, in one place or in several, for wide screens
and for narrow ones. Readers of pages know one block of fields.
"""

from collections.abc import Sequence
from itertools import pairwise

from ...model.names import folded
from .field_runs import FieldRun, field_runs, main_run, without_others
from .html_rows import HtmlRow
from .pieces import Piece, is_prose, pieces_of, with_values
from .rendition import LeftOut


def fields_first(
    rows: Sequence[HtmlRow], heading: int | None, file: str
) -> tuple[Sequence[HtmlRow], Sequence[LeftOut]]:
    """The lines with all fields below the heading where they stood apart, and what is left out:
    fields printed twice alike or perhaps another project's, and links that end the page.

    Raises BadPage where all fields of a page with a heading stand under a title that leads to
    another page.
    """
    top = 0 if heading is None else heading + 1
    kept, links = _without_links(_at_home(rows, heading), top)
    pieces = pieces_of(kept[top:])
    is_flat = _is_flat(pieces)
    pieces, others = without_others(with_values(pieces) if is_flat else pieces, file)
    pieces, again = _once(pieces)
    if heading is not None and (not is_flat or any(run.is_group for run in field_runs(pieces))):
        pieces = _in_order(pieces)
    lines = [*kept[:top], *(row for piece in pieces for row in piece.rows)]
    return lines, [*links, *others, *again]


def _at_home(rows: Sequence[HtmlRow], heading: int | None) -> Sequence[HtmlRow]:
    """The lines, of which none leads away that is the page's own heading, or may be it."""
    own = "" if heading is None else folded(rows[heading].text)
    return [
        row._replace(leads_away=bool(own) and folded(row.text) != own) if row.leads_away else row
        for row in rows
    ]


def _without_links(
    rows: Sequence[HtmlRow], top: int
) -> tuple[Sequence[HtmlRow], Sequence[LeftOut]]:
    """The lines without those at the end, below the heading, that are nothing but links, and no
    one's value.
    """
    end = len(rows)
    while end > max(1, top) and _leads_away(rows[end - 1]):
        end -= 1
    if rows[end - 1].text.endswith(":") or rows[end - 1].is_label:
        end = len(rows)
    return rows[:end], [LeftOut("links", row.text, row.line) for row in rows[end:]]


def _leads_away(row: HtmlRow) -> bool:
    return row.linked and not row.owned and not row.is_label and not is_prose(row)


def _once(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], Sequence[LeftOut]]:
    """The pieces without known fields that say again what one before said."""
    seen: set[tuple[str, ...]] = set()
    once: list[Piece] = []
    again: list[LeftOut] = []
    for piece in pieces:
        if piece.known and len(piece.rows) > 1 and piece.said in seen:
            again.append(LeftOut("twice", " ".join(r.text for r in piece.rows), piece.rows[0].line))
            continue
        seen.add(piece.said)
        once.append(piece)
    return once, again


def _is_flat(pieces: Sequence[Piece]) -> bool:
    """Whether values of known fields stand below their labels as any text does."""
    return any(
        label.known and len(label.rows) == 1 and not after.is_field and not after.is_prose
        for label, after in pairwise(pieces)
    )


def _in_order(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces with fields first, after what is written over them, if text stands on both sides
    of them or between them.
    """
    runs = field_runs(pieces)
    if not runs or (len(runs) == 1 and runs[0].pieces[0] is pieces[0]):
        return pieces
    if len(runs) == 1 and runs[0].pieces[-1] is pieces[-1]:
        return pieces
    main = main_run(runs)
    labels = {piece.said[0] for piece in main.pieces}
    chosen: list[FieldRun] = []
    for run in runs:
        others = {piece.said[0] for piece in run.pieces}
        if run is main or run.repeats(main) or labels.isdisjoint(others):
            chosen.append(run)
            labels |= others
    fields = [piece for run in chosen for piece in run.pieces]
    captions = [piece for run in chosen for piece in run.captions]
    moved = {id(piece) for piece in (*fields, *captions)}
    return [*captions, *fields, *(piece for piece in pieces if id(piece) not in moved)]
