"""Lines in; out comes what is certain of their nodes, and the lines that an engine is to be asked
of.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from ....model.vocab import RDF_TYPE, RDFS, SH
from ....system.memo import Memo
from ..raw import Raw
from .read_terms import Unsure
from .shapes import TARGET_CLASS, TARGET_SUBJECTS, CompiledShape, Compiler
from .statements import Said, Statements
from .traits import Kind, Kinds

_TYPE, _SUBCLASS, _INVERSE = f"<{RDF_TYPE}>", f"<{RDFS}subClassOf>", f"<{SH}inversePath>"

#: The classes of what shapes are made of: one of another class is a target, or no part of Core.
_KINDS = frozenset({f"<{SH}NodeShape>", f"<{SH}PropertyShape>"})

#: The predicates of Core that look no further than paths lead, compiled or not
#: (https://www.w3.org/TR/shacl/#core-components).
_CORE = frozenset(
    f"<{SH}{name}>"
    for name in (
        *("targetClass", "targetSubjectsOf", "property", "path", "severity", "deactivated"),
        *("inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"),
        *("class", "datatype", "nodeKind", "minCount", "maxCount", "hasValue", "in", "closed"),
        *("minExclusive", "minInclusive", "maxExclusive", "maxInclusive", "ignoredProperties"),
        *("minLength", "maxLength", "pattern", "flags", "languageIn", "uniqueLang"),
        *("equals", "disjoint", "lessThan", "lessThanOrEquals"),
        *("not", "and", "or", "xone", "node", "qualifiedValueShape", "qualifiedMinCount"),
        *("qualifiedMaxCount", "qualifiedValueShapesDisjoint"),
    )
)


class Proven(NamedTuple):
    """What an engine would report of most nodes, and the lines of all others, with whatever shapes
    can reach from these.
    """

    raws: list[Raw]
    rest: list[str]


class Prover:
    """Shapes of Core as an N-Triples text, compiled: what is understood of them proves what nodes
    break.
    """

    def __init__(self, core: str) -> None:
        shapes = Statements(core.splitlines(keepends=True))
        self._backwards = frozenset(
            one for node in shapes.rests for one in shapes.values(node, _INVERSE)
        )
        self._is_local = all(map(_is_local, map(shapes.said, shapes.rests)))
        compiler = Compiler(shapes)
        self._by_class = _by_target(shapes, TARGET_CLASS, compiler)
        self._by_predicate = _by_target(shapes, TARGET_SUBJECTS, compiler)
        self._kind_of = Kinds(compiler.of_values).kind_of
        self._asked_of = Memo[Kind, list[CompiledShape]]()

    def prove(self, statements: Statements) -> Proven:
        """What is certain of statements."""
        outlines = set(statements.outlines.values())
        if not self._is_local or any(_SUBCLASS in one.at for one in outlines):
            return Proven([], list(statements.lines(statements.rests)))
        told: dict[str, list[Raw]] = {}
        unsure: list[str] = []
        for focus, outline in statements.outlines.items():
            kind = self._kind_of(outline, statements.rests[focus])
            if (asked := self._asked_of.get(kind)) is None:
                asked = self._asked_of.keep(kind, list(self._asked(statements, focus)))
            try:
                if raws := [raw for one in asked for raw in one.told(statements, focus)]:
                    told[focus] = raws
            except Unsure:
                unsure.append(focus)
        rest = statements.around(unsure, self._backwards)
        sure = [raw for focus, own in told.items() if focus not in rest for raw in own]
        return Proven(sure, list(statements.lines(rest)))

    def _asked(self, statements: Statements, focus: str) -> Iterator[CompiledShape]:
        """The shapes, with their property shapes, that a node is a target of, and that nodes like
        it can break.
        """
        said = statements.said(focus)
        by_class = (one for type_ in said.get(_TYPE, ()) for one in self._by_class.get(type_, ()))
        by_predicate = (one for name in said for one in self._by_predicate.get(name, ()))
        targeting = {one.name: one for group in (by_class, by_predicate) for one in group}
        for shape in targeting.values():
            parts = (shape, *shape.properties)
            still = (one.open_for(statements, focus) for one in parts)
            yield from (one for one in still if one.checks)


def prove(statements: Statements, core: tuple[str, ...]) -> Proven:
    """What is certain of statements as the mapper writes them, of shapes given as N-Triples texts,
    which are compiled once a process.

    >>> prove(Statements(["<x:a> <x:p> <x:b> .\\n"]), ())
    Proven(raws=[], rest=[])
    """
    return _prover(core).prove(statements)


@lru_cache(maxsize=4)
def _prover(core: tuple[str, ...]) -> Prover:
    return Prover("".join(core))


def _is_local(said: Said) -> bool:
    """Whether what a node of the shapes asks depends on what paths reach from a target alone."""
    names = (name for name in said if name.startswith(f"<{SH}"))
    inverse = (one.startswith("<") for one in said.get(_INVERSE, ()))
    return _CORE.issuperset(names) and _KINDS.issuperset(said.get(_TYPE, ())) and all(inverse)


def _by_target(
    shapes: Statements, kind: str, compiler: Compiler
) -> Mapping[str, list[CompiledShape]]:
    """The compiled shapes by what their targets of a kind are."""
    found: dict[str, list[CompiledShape]] = {}
    for name in shapes.rests:
        for target in shapes.values(name, kind):
            found.setdefault(target, []).append(compiler.compiled(name))
    return found
