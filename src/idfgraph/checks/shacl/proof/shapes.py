"""Shapes compiled one by one; one that says more than is understood is unsure of every node."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import NamedTuple

from ....model.vocab import RDF_TYPE, SH
from ..raw import Raw
from .constraints import CHECKS, SEVERAL, Check, Conforms
from .paths import HERE, Path, listed, path_of
from .statements import Statements
from .terms import Unsure

_PATH, _PROPERTY, _SEVERITY = f"<{SH}path>", f"<{SH}property>", f"<{SH}severity>"
_IGNORED, _OR = f"<{SH}ignoredProperties>", f"<{SH}or>"

#: The targets that are understood.
TARGET_CLASS, TARGET_SUBJECTS = f"<{SH}targetClass>", f"<{SH}targetSubjectsOf>"

#: What constrains nothing by itself.
_NO_CONSTRAINT = frozenset(
    {f"<{RDF_TYPE}>", _PATH, _SEVERITY, _IGNORED, TARGET_CLASS, TARGET_SUBJECTS}
)

_VIOLATION = f"{SH}Violation"


#: What depends on the number of values alone, what else a node without values can break, and what
#: depends on the predicates of a node alone.
_OF_NUMBERS, _OF_ABSENCE, _OF_PREDICATES = (
    frozenset(f"{SH}{name}ConstraintComponent" for name in names)
    for names in (("MinCount", "MaxCount"), ("HasValue", "Equals"), ("Closed",))
)


#: What depends on which values a node has, of those that shapes name; what is made of other shapes.
OF_VALUES = frozenset(f"<{SH}{name}>" for name in ("hasValue", "in"))
_OF_KINDS = OF_VALUES | {f"<{SH}{name}>" for name in ("minCount", "maxCount")}
_OF_SHAPES = frozenset({_OR, *(f"<{SH}{name}>" for name in ("not", "node"))})


class CompiledShape(NamedTuple):
    """A shape: its name as a term, what a result of it says whatever breaks it, its path, its own
    checks by component, its property shapes, and whether all nodes of a kind break it, or none.
    """

    name: str
    result: Raw
    path: Path
    checks: tuple[tuple[str, Check], ...]
    properties: tuple["CompiledShape", ...]
    is_of_kinds: bool = False

    def told(self, statements: Statements, focus: str) -> Sequence[Raw]:
        """What an engine reports of a node, property shapes apart; Unsure where that is not
        certain, or is a violation.
        """
        values = self.path.walk(statements, focus)
        raws: tuple[Raw, ...] = ()
        for component, check in self.checks:
            if broken := check(statements, focus, values):
                if self.result.severity == _VIOLATION or "\\" in "".join(broken):
                    raise Unsure
                about = self.result._replace(focus=focus[1:-1], component=component)
                raws += tuple(about._replace(value=value) for value in broken)
        return raws

    def conforms(self, statements: Statements, node: str) -> bool:
        """Whether a node conforms."""
        values = self.path.walk(statements, node)
        for _, check in self.checks:
            if check(statements, node, values):
                return False
        return all(one.conforms(statements, node) for one in self.properties)

    def open_for(self, statements: Statements, focus: str) -> "CompiledShape":
        """The shape with those of its own checks alone that nodes of the kind of a focus node can
        break: they have as many values of each predicate, and the same of those that shapes name.
        """
        values = self.path.walk(statements, focus) if self.checks else ()
        checks = [one for one in self.checks if not self._settles(*one, statements, focus, values)]
        return self if len(checks) == len(self.checks) else self._replace(checks=tuple(checks))

    def _settles(
        self,
        component: str,
        check: Check,
        statements: Statements,
        focus: str,
        values: Collection[str],
    ) -> bool:
        """Whether all nodes of the kind of a focus node pass a check."""
        if self.is_of_kinds or self.path is HERE:
            with suppress(Unsure):
                is_settled = self.is_of_kinds or component in _OF_PREDICATES
                return is_settled and not check(statements, focus, values)
            return False
        if not self.path.predicate:
            return False
        if component in _OF_NUMBERS:
            return not check(statements, focus, values)
        return not values and component not in _OF_ABSENCE


class Compiler:
    """Compiles the shapes that some statements describe."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._compiled: dict[str, CompiledShape] = {}

    def compiled(self, name: str) -> CompiledShape:
        """The shape of a name, which is a term; one that leads back to itself is unsure there."""
        if name not in self._compiled:
            self._compiled[name] = _unsure(name)
            with suppress(Unsure):
                self._compiled[name] = self._read(name)
        return self._compiled[name]

    def _read(self, name: str) -> CompiledShape:
        said = self._statements.about.get(name, {})
        if any(len(said.get(one, ())) > 1 for one in (_PATH, _SEVERITY, _IGNORED)):
            raise Unsure
        path = path_of(self._statements, *said[_PATH]) if _PATH in said else HERE
        properties = () if _PATH in said else tuple(said.get(_PROPERTY, ()))
        written = _Written(self, self._statements, name)
        checks: list[tuple[str, Check]] = []
        for predicate, terms in said.items():
            if predicate in _NO_CONSTRAINT or (predicate == _PROPERTY and properties):
                continue
            if predicate not in CHECKS or (len(terms) > 1 and predicate not in SEVERAL):
                raise Unsure
            checks.extend((_component(predicate), CHECKS[predicate](written, one)) for one in terms)
        (severity,) = said.get(_SEVERITY, (f"<{_VIOLATION}>",))
        result = Raw(_iri(severity), _iri(name), "", _iri(path.predicate), "", "")
        parts = tuple(map(self.compiled, properties))
        asked = {one: terms for one, terms in said.items() if one in CHECKS}
        is_of_kinds = all(part.is_of_kinds for part in parts) and all(
            self._is_of_kinds(path, one, term) for one, terms in asked.items() for term in terms
        )
        return CompiledShape(name, result, path, tuple(checks), parts, is_of_kinds)

    def _is_of_kinds(self, path: Path, predicate: str, term: str) -> bool:
        """Whether a constraint is broken by all nodes of a kind, or none."""
        if path is HERE and predicate in _OF_SHAPES:
            shapes = listed(self._statements, term) if predicate == _OR else (term,)
            return all(self.compiled(one).is_of_kinds for one in shapes)
        return path.predicate != "" and predicate in _OF_KINDS


class _Written(NamedTuple):
    """A shape as constraints need it."""

    compiler: Compiler
    statements: Statements
    name: str

    def listed(self, head: str) -> tuple[str, ...]:
        return listed(self.statements, head)

    def conforms(self, shape: str) -> Conforms:
        return self.compiler.compiled(shape).conforms

    def known_predicates(self) -> frozenset[str]:
        own = self.statements.values(self.name, _PROPERTY)
        paths = {path for one in own for path in self.statements.values(one, _PATH)}
        ignored = (self.listed(head) for head in self.statements.values(self.name, _IGNORED))
        return frozenset(paths.union(*ignored))


def _component(predicate: str) -> str:
    """The IRI of the component of a constraint, by its predicate."""
    name = predicate[1:-1].removeprefix(SH)
    return f"{SH}{name[0].upper()}{name[1:]}ConstraintComponent"


def _iri(term: str) -> str:
    return term[1:-1] if term.startswith("<") else ""


def _unsure(name: str) -> CompiledShape:
    def check(_: Statements, __: str, ___: Collection[str]) -> Collection[str]:
        raise Unsure

    return CompiledShape(name, Raw("", "", "", "", "", ""), HERE, (("", check),), ())
