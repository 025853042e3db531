"""Shapes against data with one of the engines; what it finds is told in our own words."""

from collections.abc import Iterable
from functools import partial

from ...model.findings import Report, ordered
from ...model.iris import BASE
from .engines import compiled
from .halves import halves
from .proof import Statements, prove
from .raw import read_report
from .wording import lines_about, worded


def validate(
    triples: Iterable[str], shapes: Iterable[str], base: str = BASE, engine: str = "auto"
) -> Report:
    """The report on N-Triples lines against shapes given as Turtle texts, both under a base IRI;
    data never raises.

    `engine` is a name in ENGINES, or auto for the fastest that is installed. The shapes are
    compiled once a process. Raises BadConfig for an engine that is not known or not installed, and
    for shapes that it cannot run.

    >>> validate([], []).conforms
    True
    """
    lines, texts = list(triples), tuple(shapes)
    raws = list(read_report(compiled(engine, texts)("".join(lines))))
    return ordered(worded(raws, partial(lines_about, lines), texts, base), base)


def validate_apart(
    statements: Statements,
    suspected: Iterable[str],
    shapes: Iterable[str],
    base: str = BASE,
    engine: str = "auto",
) -> Report:
    """As `validate`, of statements as the mapper writes them, where queries can find something in
    `suspected` alone; they are not asked where nothing is suspected.

    With `auto`, compiled shapes tell what they can prove, and the engine is asked of the rest; an
    engine that is named is asked of all.

    >>> validate_apart(Statements([]), [], []).conforms
    True
    """
    texts = tuple(shapes)
    core, queries = halves(texts)
    raws, rest = (
        prove(statements, core)
        if engine == "auto"
        else ([], list(statements.lines(statements.rests)))
    )
    if rest:
        raws.extend(read_report(compiled(engine, core)("".join(rest))))
    if suspects := "".join(suspected):
        raws.extend(read_report(compiled(engine, queries)(suspects)))
    return ordered(worded(raws, statements.lines, texts, base), base)
