"""Shapes compiled one by one; one that says more than is understood is unsure of every node."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import NamedTuple

from ....model.vocab import RDF_TYPE, SH
from ..raw import Raw
from .constraints import CHECKS, SEVERAL, Check, Conforms, each
from .paths import HERE, Path, listed, path_of
from .read_terms import Unsure
from .statements import Statements

_PATH, _PROPERTY, _SEVERITY = f"<{SH}path>", f"<{SH}property>", f"<{SH}severity>"
_IGNORED, _OR, _NODE, _CLOSED, _UNIQUE = (
    f"<{SH}{name}>" for name in ("ignoredProperties", "or", "node", "closed", "uniqueLang")
)

#: The targets that are understood.
TARGET_CLASS, TARGET_SUBJECTS = f"<{SH}targetClass>", f"<{SH}targetSubjectsOf>"

#: What constrains nothing by itself.
_NO_CONSTRAINT = frozenset(
    {f"<{RDF_TYPE}>", _PATH, _SEVERITY, _IGNORED, TARGET_CLASS, TARGET_SUBJECTS}
)

_VIOLATION = f"{SH}Violation"


#: What depends on the number of values and on their languages; on each value by itself, wherever it
#: stands; what is made of other shapes; and what a node without values can break.
_OF_ALL, _OF_EACH, _OF_SHAPES, _OF_ABSENCE = (
    frozenset(f"<{SH}{name}>" for name in names)
    for names in (
        ("minCount", "maxCount", "uniqueLang"),
        (
            *("hasValue", "in", "datatype", "nodeKind", "pattern", "maxLength"),
            *("minExclusive", "languageIn"),
        ),
        ("or", "not", "node"),
        ("hasValue", "equals"),
    )
)


class CompiledCheck(NamedTuple):
    """A check of a shape, the predicate of its constraint, and what its outcome depends on: on the
    kind of a node alone, or on each value by itself; the shapes that it is made of.
    """

    constraint: str
    check: Check
    is_of_kinds: bool = False
    is_of_value: bool = False
    shapes: "tuple[CompiledShape, ...]" = ()


class CompiledShape(NamedTuple):
    """A shape: its name as a term, what a result of it says whatever breaks it, its path, its own
    checks, and its property shapes.
    """

    name: str
    result: Raw
    path: Path
    checks: tuple[CompiledCheck, ...]
    properties: tuple["CompiledShape", ...]

    @property
    def is_of_kinds(self) -> bool:
        """Whether all nodes of a kind conform, or none."""
        return all(one.is_of_kinds for one in self.checks) and all(
            one.is_of_kinds for one in self.properties
        )

    @property
    def is_of_value(self) -> bool:
        """Whether a node conforms wherever it stands, or nowhere."""
        return (
            self.path is HERE
            and not self.properties
            and all(one.is_of_value for one in self.checks)
        )

    def told(self, statements: Statements, focus: str) -> Sequence[Raw]:
        """What an engine reports of a node, property shapes apart; Unsure where that is not
        certain, or is a violation.
        """
        values = self.path.walk(statements, focus)
        raws: tuple[Raw, ...] = ()
        for constraint, check, *_ in self.checks:
            if broken := check(statements, focus, values):
                if self.result.severity == _VIOLATION or "\\" in "".join(broken):
                    raise Unsure
                component = _component(constraint)
                about = self.result._replace(focus=focus[1:-1], component=component)
                raws += tuple(about._replace(value=value) for value in broken)
        return raws

    def conforms(self, statements: Statements, node: str) -> bool:
        """Whether a node conforms."""
        values = self.path.walk(statements, node)
        for asked in self.checks:
            if asked.check(statements, node, values):
                return False
        return all(one.conforms(statements, node) for one in self.properties)

    def open_for(self, statements: Statements, focus: str) -> "CompiledShape":
        """The shape with those of its own checks alone that nodes of the kind of a focus node can
        break.
        """
        values = self.path.walk(statements, focus) if self.checks else ()
        left = (one for one in self.checks if not self._settles(one, statements, focus, values))
        return self._replace(checks=tuple(self._opened(one, statements, focus) for one in left))

    def _opened(self, asked: CompiledCheck, statements: Statements, focus: str) -> CompiledCheck:
        """A check of which nodes of the kind of a focus node can break something; of a shape that
        the node itself is to conform to, what that is.
        """
        if self.path is not HERE or asked.constraint != _NODE:
            return asked
        (shape,) = asked.shapes
        opened = shape.open_for(statements, focus)
        parts = (one.open_for(statements, focus) for one in shape.properties)
        rest = opened._replace(properties=tuple(one for one in parts if one.checks))
        return asked._replace(check=each(rest.conforms))

    def _settles(
        self, asked: CompiledCheck, statements: Statements, focus: str, values: Collection[str]
    ) -> bool:
        """Whether all nodes of the kind of a focus node pass a check."""
        if asked.is_of_kinds:
            with suppress(Unsure):
                return not asked.check(statements, focus, values)
            return False
        return bool(self.path.predicate) and not values and asked.constraint not in _OF_ABSENCE


class Compiler:
    """Compiles the shapes that some statements describe."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._compiled: dict[str, CompiledShape] = {}
        #: What is asked of each value of a predicate by itself, or of the languages of all.
        self.of_values: dict[str, list[Check]] = defaultdict(list)

    def compiled(self, name: str) -> CompiledShape:
        """The shape of a name, which is a term; one that leads back to itself is unsure there."""
        if name not in self._compiled:
            self._compiled[name] = _unsure(name)
            with suppress(Unsure):
                self._compiled[name] = self._read(name)
        return self._compiled[name]

    def _read(self, name: str) -> CompiledShape:
        said = self._statements.said(name)
        if any(len(said.get(one, ())) > 1 for one in (_PATH, _SEVERITY, _IGNORED)):
            raise Unsure
        path = path_of(self._statements, *said[_PATH]) if _PATH in said else HERE
        properties = () if _PATH in said else tuple(said.get(_PROPERTY, ()))
        written = _Written(self, self._statements, name)
        checks: list[CompiledCheck] = []
        for predicate, terms in said.items():
            if predicate in _NO_CONSTRAINT or (predicate == _PROPERTY and properties):
                continue
            if predicate not in CHECKS or (len(terms) > 1 and predicate not in SEVERAL):
                raise Unsure
            checks.extend(self._asked(path, predicate, one, written) for one in terms)
        (severity,) = said.get(_SEVERITY, (f"<{_VIOLATION}>",))
        result = Raw(_iri(severity), _iri(name), "", _iri(path.predicate), "", "")
        parts = tuple(map(self.compiled, properties))
        return CompiledShape(name, result, path, tuple(checks), parts)

    def _asked(self, path: Path, constraint: str, term: str, written: "_Written") -> CompiledCheck:
        """A constraint of a shape of a path, compiled."""
        check = CHECKS[constraint](written, term)
        shapes: list[CompiledShape] = []
        if constraint in _OF_SHAPES:
            names = listed(self._statements, term) if constraint == _OR else (term,)
            shapes = [self.compiled(one) for one in names]
        is_of_value = constraint in _OF_EACH or (
            bool(shapes) and all(one.is_of_value for one in shapes)
        )
        if path is HERE:
            is_of_kinds = constraint == _CLOSED or (
                bool(shapes) and all(one.is_of_kinds for one in shapes)
            )
            return CompiledCheck(constraint, check, is_of_kinds, is_of_value, tuple(shapes))
        if path.predicate and (is_of_value or constraint == _UNIQUE):
            self.of_values[path.predicate].append(check)
        is_of_kinds = path.predicate != "" and (is_of_value or constraint in _OF_ALL)
        return CompiledCheck(constraint, check, is_of_kinds)


class _Written(NamedTuple):
    """A shape as constraints need it."""

    compiler: Compiler
    statements: Statements
    name: str

    def listed(self, head: str) -> tuple[str, ...]:
        """The items of a list; Unsure where it is none."""
        return listed(self.statements, head)

    def conforms(self, shape: str) -> Conforms:
        """Whether nodes conform to another shape."""
        return self.compiler.compiled(shape).conforms

    def known_predicates(self) -> frozenset[str]:
        """The predicates that are told of by properties, or ignored."""
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
        """Raises Unsure, whatever is asked."""
        raise Unsure

    return CompiledShape(name, Raw("", "", "", "", "", ""), HERE, (CompiledCheck("", check),), ())
