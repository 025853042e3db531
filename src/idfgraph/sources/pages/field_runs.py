"""Runs of fields on a page, and which of them are not the page's: what stands under a heading or in
a container of its own is perhaps another project's, and under a title that leads to another page
that page's; what stands under a heading that says what fields are about is a group of the page's.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby, takewhile

from ...model.errors import BadPage, Place
from ...model.names import folded
from ...model.text import N_
from ...model.visible import shortened
from .html_rows import HtmlElement, HtmlRow
from .page_labels import field_of
from .pieces import Piece
from .rendition import LeftOut
from .site_words import is_group

Path = Sequence[HtmlElement]

#: How much of a title is told.
_TOLD = 60


class FieldRun:
    """Fields with nothing between them, in one section, and what is written over them: the line
    right before them, and the headings of the sections that they stand in.
    """

    def __init__(
        self, number: int, pieces: Sequence[Piece], before: Sequence[Piece], over: Sequence[HtmlRow]
    ) -> None:
        self.number, self.pieces, self.over = number, pieces, over
        self.captions = [one for one in before[-1:] if not (one.is_field or one.is_prose)]
        self.titles = [one for one in before[-2:-1] if not (one.is_prose or one.rows[-1].rank)]
        self.known = [piece for piece in pieces if piece.known]

    @cached_property
    def leads_away(self) -> bool:
        """Whether it stands under a line that leads to another page."""
        return any(one.rows[-1].leads_away for one in self.captions)

    @cached_property
    def is_group(self) -> bool:
        """Whether the heading right over it says what its fields are about."""
        return any(one.rows[-1].rank and is_group(one.rows[-1].text) for one in self.captions)

    @cached_property
    def section(self) -> int:
        """The section of the page that it stands in."""
        return self.pieces[0].rows[0].section

    @cached_property
    def said(self) -> frozenset[tuple[str, ...]]:
        """The known fields that have values, as they are told to be the same."""
        return frozenset(piece.said for piece in self.known if len(piece.rows) > 1)

    @cached_property
    def properties(self) -> frozenset[str]:
        """The properties of its known fields that have values."""
        return frozenset(map(_property, self.said))

    @cached_property
    def identifier(self) -> str:
        """The Projet ID that it prints."""
        ids = ("".join(said[1:]) for said in self.said if _property(said) == "projectId")
        return next(ids, "")

    @cached_property
    def paths(self) -> Sequence[Path]:
        """The elements that its labels stand in."""
        return [piece.rows[0].path for piece in self.known]

    @cached_property
    def holder(self) -> Path:
        """The elements that all its labels stand in."""
        return _common(self.paths)

    @cached_property
    def forms(self) -> Collection[tuple[str, ...]]:
        """What elements its labels stand in inside of what holds them all."""
        return frozenset(_form(path, self.holder) for path in self.paths)

    def repeats(self, other: "FieldRun") -> bool:
        """Whether it says something else of a property that another run has."""
        return any(_property(said) in other.properties for said in self.said - other.said)


def field_runs(pieces: Sequence[Piece]) -> Sequence[FieldRun]:
    """The runs with known fields among the fields and texts of a page; what has no word, as a line
    with a dash alone, ends none.
    """
    runs: list[FieldRun] = []
    before: Sequence[Piece] = ()
    over: list[HtmlRow] = []
    told = (piece for piece in pieces if any(piece.said))
    for is_field, group in groupby(
        told, lambda one: (one.is_field, one.is_field and _section(one))
    ):
        together = list(group)
        for part in _parted(together, before) if is_field[0] else ():
            if any(piece.known for piece in part):
                runs.append(FieldRun(len(runs), part, before, tuple(over)))
            before = ()
        for row in (row for piece in together for row in piece.rows if row.rank):
            over = [*(one for one in over if one.rank < row.rank), row]
        before = together
    return runs


def _parted(fields: Sequence[Piece], before: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """Fields under a title that leads to another page, and those behind them in another container
    or in the second of two lists; else all of them.
    """
    above = [one.rows[-1] for one in before[-1:] if not one.is_field and one.rows[-1].leads_away]
    around = _common(row.path for row in (*above, fields[0].rows[0]))
    inside = list(takewhile(lambda one: _common((around, one.rows[0].path)) == around, fields))
    lists = [list(one) for _, one in groupby(inside, lambda one: _step(one, around))]
    if above and len(inside) == len(fields) and len(lists) == 2 and len(lists[1]) > 1:
        inside = lists[0]
    yield inside if above else fields
    if above and len(inside) < len(fields):
        yield fields[len(inside) :]


def _step(piece: Piece, around: Path) -> Path:
    """What holds a field, right inside of what is around it."""
    return piece.rows[0].path[len(around) : len(around) + 1]


def main_run(runs: Sequence[FieldRun]) -> FieldRun:
    """The run with the most known fields, the first of equals; groups count together, and what
    leads to another page comes last.
    """
    grouped = sum(len(run.known) for run in runs if run.is_group)

    def weight(run: FieldRun) -> tuple[bool, int, int]:
        """How much speaks for a run."""
        known = len(run.known)
        return not run.leads_away, grouped if run.is_group else known, known

    return max(runs, key=weight)


def without_others(pieces: Sequence[Piece], file: str) -> tuple[Sequence[Piece], Sequence[LeftOut]]:
    """The pieces without fields that are perhaps another project's, with what is written over
    them, and these; BadPage where no fields but another page's are there.
    """
    runs = field_runs(pieces)
    main = main_run(runs) if runs else None
    if main and main.leads_away and main.captions[0].rows[-1].rank:
        title = main.captions[0].rows[-1]
        raise BadPage(
            N_("has its fields under the title {title!r}, which leads to another page"),
            Place(file, title.line),
            hint=N_("capture that page, or give this one as text without what is not its own"),
            title=shortened(title.text, _TOLD),
        )
    others = [run for run in runs if main and run is not main and _is_anothers(run, main)]
    gone = {id(piece) for run in others for piece in (*run.captions, *run.pieces)}
    return [piece for piece in pieces if id(piece) not in gone], list(map(_left, others))


def _left(run: FieldRun) -> LeftOut:
    rows = [row for piece in (*run.captions, *run.pieces) for row in piece.rows]
    return LeftOut(
        "other-project" if run.identifier else "apart",
        " ".join(row.text for row in rows),
        rows[0].line,
    )


def _is_anothers(run: FieldRun, main: FieldRun) -> bool:
    """Whether a run is not the page's: it stands apart and has no id or another one.

    What repeats labels of the page with other values is kept all the same, for the page to be
    refused, where nothing tells which of the two is the page's.
    """
    if run.said <= main.said or (run.identifier and run.identifier == main.identifier):
        return False
    if run.leads_away and not main.leads_away:
        return True
    if _is_group_of(run, main):
        return False
    beside, same = _is_beside(run, main), run.section == main.section
    if beside and same and not run.captions:
        return False
    within = len(main.paths) > 1 and _common((main.holder, *run.paths)) == main.holder
    headed = bool(run.section) and not main.section
    return not run.repeats(main) or headed or (not beside and (within or _is_card(run, main)))


def _is_group_of(run: FieldRun, main: FieldRun) -> bool:
    """Whether a run is a group of the fields that the main one is of: no title but the page's
    stands over it.
    """
    titles = [row for row in run.over if row not in main.over]
    if not run.is_group or run.repeats(main) or not all(is_group(row.text) for row in titles):
        return False
    path = run.captions[0].rows[0].path
    around = _common((path, *(one.rows[0].path for one in run.titles)))
    return not run.titles or _common((around, main.holder)) == around


def _is_card(run: FieldRun, main: FieldRun) -> bool:
    """Whether a run has an id, stands after the main one, says less, and is no item of a list."""
    is_list = main.section or any(one.tag == "li" for one in main.holder)
    less = run.number > main.number and len(run.known) < len(main.known)
    return bool(run.identifier) and less and not is_list


def _is_beside(run: FieldRun, main: FieldRun) -> bool:
    """Whether the labels of a run stand in what holds those of the main one, and as they do."""
    if len(main.paths) == 1:
        both = _common((*main.paths, *run.paths))
        return {_form(path, both) for path in run.paths} == {_form(main.paths[0], both)}
    if _common((main.holder, *run.paths)) != main.holder:
        return False
    return all(_form(path, main.holder) in main.forms for path in run.paths)


def _form(path: Path, holder: Path) -> tuple[str, ...]:
    """What elements a label stands in inside of what holds it."""
    return tuple(one.name for one in path[len(holder) :])


def _common(paths: Iterable[Path]) -> Path:
    """The elements that all paths begin with."""
    steps: Iterator[tuple[HtmlElement, ...]] = zip(*paths, strict=False)
    return [step[0] for step in takewhile(lambda step: len(set(step)) == 1, steps)]


def _section(piece: Piece) -> int:
    return piece.rows[0].section


def _property(said: tuple[str, ...]) -> str:
    field = field_of(said[0])
    return field.property if field else folded(said[0])
