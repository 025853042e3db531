"""What constraints ask, each as a function of a node and its values
(https://www.w3.org/TR/shacl/#core-components).
"""

import re
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from itertools import product
from typing import Protocol

from ....model.vocab import RDF_TYPE, SH, XSD
from ....system.memo import Made
from .read_terms import Unsure, is_literal, is_of, number_of, tag_of, text_of, whole_of
from .statements import Statements

#: Statements, a focus node and its values; which of these break a constraint. Of one that is about
#: all of them, the empty text; Unsure is raised where an engine would have to be asked.
Check = Callable[[Statements, str, Collection[str]], Collection[str]]

#: Whether a node conforms to a shape.
Conforms = Callable[[Statements, str], bool]

_TYPE = f"<{RDF_TYPE}>"
_TRUE = f'"true"^^<{XSD}boolean>'

#: Numbers, by their terms; Unsure of any other term.
_numbers = Made[str, Decimal](lambda term: Decimal(number_of(term)))

#: What is broken where it is not one of the values.
_WHOLE = ("",)

#: Patterns that are read alike by every engine: letters, digits, some marks, sets, counts, choices.
_PLAIN_PATTERN = re.compile(r"(?:[A-Za-z0-9^$()\[\]{}|,./#-]|\\[.])*")


class Written(Protocol):
    """A shape as constraints need it: its lists, the shapes that it names, the predicates that it
    knows.
    """

    def listed(self, head: str) -> tuple[str, ...]:
        """The items of a list."""

    def conforms(self, shape: str) -> Conforms:
        """Whether nodes conform to another shape."""

    def known_predicates(self) -> frozenset[str]:
        """The predicates that are told of by properties, or ignored."""


def each(fits: Conforms) -> Check:
    """That each value fits."""
    return lambda statements, _, values: [one for one in values if not fits(statements, one)]


def _remembered(term: str, fits: Conforms) -> Conforms:
    """The same, asked once of each value: many nodes link to one."""

    def is_known(statements: Statements, one: str) -> bool:
        """Whether a value fits, as was found when it was asked first."""
        known = statements.known.get((term, one))
        if known is None:
            known = statements.known[term, one] = fits(statements, one)
        return known

    return is_known


def _surely(holds: Callable[[Statements, str, Collection[str]], bool]) -> Check:
    """That something holds; Unsure where it does not."""

    def check(statements: Statements, focus: str, values: Collection[str]) -> Collection[str]:
        """Nothing, where it holds; else raises Unsure."""
        if not holds(statements, focus, values):
            raise Unsure
        return ()

    return check


def _min_count(_: Written, term: str) -> Check:
    least = whole_of(term)
    return lambda _, __, values: _WHOLE if len(values) < least else ()


def _max_count(_: Written, term: str) -> Check:
    most = whole_of(term)
    return lambda _, __, values: _WHOLE if len(values) > most else ()


def _has_value(_: Written, term: str) -> Check:
    return lambda _, __, values: () if term in values else _WHOLE


def _class(_: Written, term: str) -> Check:
    return each(lambda statements, one: term in statements.values(one, _TYPE))


def _datatype(_: Written, term: str) -> Check:
    return each(lambda _, one: is_of(one, term))


def _node_kind(_: Written, term: str) -> Check:
    if term != f"<{SH}IRI>":
        raise Unsure
    return each(lambda _, one: not is_literal(one))


def _in(shape: Written, term: str) -> Check:
    allowed = frozenset(shape.listed(term))
    return each(lambda _, one: one in allowed)


def _pattern(_: Written, term: str) -> Check:
    pattern = term[1:-1].replace("\\\\", "\\")
    if not _PLAIN_PATTERN.fullmatch(pattern):
        raise Unsure
    search = re.compile(pattern).search
    return each(lambda _, one: search(text_of(one)) is not None)


def _max_length(_: Written, term: str) -> Check:
    most = whole_of(term)
    return each(lambda _, one: len(text_of(one)) <= most)


def _min_exclusive(_: Written, term: str) -> Check:
    bound = _numbers[term]
    return each(lambda _, one: _numbers[one] > bound)


def _less_than(_: Written, term: str) -> Check:
    return _surely(
        lambda statements, focus, values: all(
            _numbers[one] < _numbers[other]
            for one, other in product(values, statements.values(focus, term))
        )
    )


def _equals(_: Written, term: str) -> Check:
    return _surely(
        lambda statements, focus, values: set(values) == set(statements.values(focus, term))
    )


def _unique_lang(_: Written, term: str) -> Check:
    if term != _TRUE:
        raise Unsure

    def is_unique(_: Statements, __: str, values: Collection[str]) -> bool:
        """Whether no two values are in one language."""
        tags = [tag for tag in map(tag_of, values) if tag] if len(values) > 1 else []
        return len(tags) == len(set(tags))

    return _surely(is_unique)


def _language_in(shape: Written, term: str) -> Check:
    tags = frozenset(map(text_of, shape.listed(term))) - {""}
    return _surely(lambda _, __, values: all(tag_of(one) in tags for one in values))


def _closed(shape: Written, term: str) -> Check:
    if term != _TRUE:
        raise Unsure
    known = shape.known_predicates()
    return _surely(
        lambda statements, _, values: all(known.issuperset(statements.said(one)) for one in values)
    )


def _node(shape: Written, term: str) -> Check:
    return each(_remembered(term, shape.conforms(term)))


def _not(shape: Written, term: str) -> Check:
    conforms = shape.conforms(term)
    return each(lambda statements, one: not conforms(statements, one))


def _or(shape: Written, term: str) -> Check:
    choices = tuple(map(shape.conforms, shape.listed(term)))
    return each(
        _remembered(
            term,
            lambda statements, one: any(conforms(statements, one) for conforms in choices),
        )
    )


#: The check of a constraint, by its predicate; raises Unsure for a parameter that is not known.
CHECKS: Mapping[str, Callable[[Written, str], Check]] = {
    f"<{SH}{name}>": check
    for name, check in {
        "class": _class,
        "closed": _closed,
        "datatype": _datatype,
        "equals": _equals,
        "hasValue": _has_value,
        "in": _in,
        "languageIn": _language_in,
        "lessThan": _less_than,
        "maxCount": _max_count,
        "maxLength": _max_length,
        "minCount": _min_count,
        "minExclusive": _min_exclusive,
        "node": _node,
        "nodeKind": _node_kind,
        "not": _not,
        "or": _or,
        "pattern": _pattern,
        "uniqueLang": _unique_lang,
    }.items()
}

#: Those that one shape can have several of.
SEVERAL = frozenset(
    f"<{SH}{name}>" for name in ("class", "equals", "hasValue", "lessThan", "node", "not", "or")
)
