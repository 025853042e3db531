"""Lines in; out comes what is certain of their nodes, and the lines that an engine is to be asked
of.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from ....model.vocab import RDF_TYPE, RDFS, SH
from ....system.memo import Memo
from ..raw import Raw
from .shapes import OF_VALUES, TARGET_CLASS, TARGET_SUBJECTS, CompiledShape, Compiler
from .statements import Said, Statements
from .terms import Unsure

_TYPE, _SUBCLASS = f"<{RDF_TYPE}>", f"<{RDFS}subClassOf>"
_PATH, _INVERSE = f"<{SH}path>", f"<{SH}inversePath>"

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
            one for node in shapes.about for one in shapes.values(node, _INVERSE)
        )
        self._is_local = all(map(_is_local, shapes.about.values()))
        compiler = Compiler(shapes)
        #: The predicates of which shapes name values.
        self._named = {_TYPE}.union(
            *(said.get(_PATH, ()) for said in shapes.about.values() if OF_VALUES & said.keys())
        )
        #: By what nodes have alike: their predicates, how many values of each, and which of those.
        self._asked_of = Memo[object, list[CompiledShape]]()
        self._by_class = _by_target(shapes, TARGET_CLASS, compiler)
        self._by_predicate = _by_target(shapes, TARGET_SUBJECTS, compiler)

    def prove(self, lines: Collection[str]) -> Proven:
        """What is certain of lines."""
        statements = Statements(lines)
        if not self._is_local or any(_SUBCLASS in said for said in statements.about.values()):
            return Proven([], list(lines))
        told: dict[str, list[Raw]] = {}
        unsure: list[str] = []
        for focus, said in statements.about.items():
            which = tuple([tuple(said[name]) for name in said if name in self._named])
            kind = (tuple(said), tuple(map(len, said.values())), which)
            if (asked := self._asked_of.get(kind)) is None:
                asked = self._asked_of.keep(kind, list(self._asked(statements, focus)))
            try:
                told[focus] = [raw for one in asked for raw in one.told(statements, focus)]
            except Unsure:
                unsure.append(focus)
        rest = statements.around(unsure, self._backwards)
        raws = [raw for focus, own in told.items() if focus not in rest for raw in own]
        return Proven(raws, list(statements.lines(rest)))

    def _asked(self, statements: Statements, focus: str) -> Iterator[CompiledShape]:
        """The shapes, with their property shapes, that a node is a target of, and that nodes like
        it can break.
        """
        said = statements.about[focus]
        by_class = (one for type_ in said.get(_TYPE, ()) for one in self._by_class.get(type_, ()))
        by_predicate = (one for name in said for one in self._by_predicate.get(name, ()))
        targeting = {one.name: one for group in (by_class, by_predicate) for one in group}
        for shape in targeting.values():
            parts = (shape, *shape.properties)
            still = (one.open_for(statements, focus) for one in parts)
            yield from (one for one in still if one.checks)


def prove(lines: Collection[str], core: tuple[str, ...]) -> Proven:
    """What is certain of lines as the mapper writes them, of shapes given as N-Triples texts, which
    are compiled once a process.

    >>> prove(["<x:a> <x:p> <x:b> .\\n"], ())
    Proven(raws=[], rest=[])
    """
    return _prover(core).prove(lines)


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
    for name in shapes.about:
        for target in shapes.values(name, kind):
            found.setdefault(target, []).append(compiler.compiled(name))
    return found
