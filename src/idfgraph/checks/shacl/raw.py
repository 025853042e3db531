"""What every engine gives: its validation report as N-Triples, read to one row for each result."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from ...model.vocab import SH

#: Data in, the engine's report out, both as N-Triples text; the shapes are compiled into it.
Engine = Callable[[str], str]

#: Shapes, as one Turtle text a file, to an engine.
Compiler = Callable[[tuple[str, ...]], Engine]


class Raw(NamedTuple):
    """A result as an engine reports it: IRIs, save `value`, an N-Triples term; empty for none and
    for blank nodes.

    A focus node that is a literal is an N-Triples term too; a path that is more than one IRI is
    empty.
    """

    severity: str
    shape: str
    focus: str
    path: str
    value: str
    component: str


#: The properties of a result, in the order of Raw
#: (https://www.w3.org/TR/shacl/#results-validation-result).
_PROPERTIES = (
    f"{SH}resultSeverity",
    f"{SH}sourceShape",
    f"{SH}focusNode",
    f"{SH}resultPath",
    f"{SH}value",
    f"{SH}sourceConstraintComponent",
)


def read_report(report: str) -> Iterator[Raw]:
    """The results of a report given as N-Triples text, in its order; what `sh:detail` nests is left
    out.

    >>> list(read_report(""))
    []
    """
    nodes: dict[Any, dict[str, Any]] = defaultdict(dict)
    results = []
    for triple in parse(report, format=RdfFormat.N_TRIPLES):
        if triple.predicate.value == f"{SH}result":
            results.append(triple.object)
        else:
            nodes[triple.subject][triple.predicate.value] = triple.object
    return (_raw(nodes[node]) for node in results)


def _raw(node: dict[str, Any]) -> Raw:
    severity, shape, focus, path, value, component = map(node.get, _PROPERTIES)
    return Raw(_iri(severity), _iri(shape), _iri(focus), _iri(path), _term(value), _iri(component))


def _iri(term: Any) -> str:
    return term.value if isinstance(term, NamedNode) else _term(term)


def _term(term: Any) -> str:
    return "" if term is None or isinstance(term, BlankNode) else str(term)
