"""Runs of fields on a page, and which of them are not the page's: what stands under a heading or in
a container of its own is perhaps another project's.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby, takewhile

from ...model.names import folded
from .html_rows import HtmlElement
from .labels import field_of
from .pieces import Piece
from .rendition import LeftOut

Path = Sequence[HtmlElement]


class FieldRun:
    """Fields with nothing between them, in one section, and what is written over them."""

    def __init__(self, number: int, pieces: Sequence[Piece], before: Piece | None) -> None:
        self.number, self.pieces = number, pieces
        is_caption = before is not None and not (before.is_field or before.is_prose)
        self.captions = [before] if before is not None and is_caption else []
        self.known = [piece for piece in pieces if piece.known]

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
    before: Piece | None = None
    told = (piece for piece in pieces if any(piece.said))
    for _, group in groupby(told, lambda one: (one.is_field, one.is_field and _section(one))):
        together = list(group)
        if together[0].is_field and any(piece.known for piece in together):
            runs.append(FieldRun(len(runs), together, before))
        before = together[-1]
    return runs


def main_run(runs: Sequence[FieldRun]) -> FieldRun:
    """The run with the most known fields, the first of equals."""
    return max(runs, key=lambda run: len(run.known))


def without_others(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], Sequence[LeftOut]]:
    """The pieces without fields that are perhaps another project's, with what is written over
    them, and these.
    """
    runs = field_runs(pieces)
    main = main_run(runs) if runs else None
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
    beside, same = _is_beside(run, main), run.section == main.section
    if beside and same and not run.captions:
        return False
    within = len(main.paths) > 1 and _common((main.holder, *run.paths)) == main.holder
    headed = bool(run.section) and not main.section
    return not run.repeats(main) or headed or (not beside and (within or _is_card(run, main)))


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
