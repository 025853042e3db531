"""pySHACL, the reference engine. Literals are taken as written: rdflib would turn "007" into "7" on
the way.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import pyoxigraph
import pyshacl
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from ...model.errors import BadConfig
from ...model.text import N_
from .raw import Engine

_PLAIN = pyoxigraph.Literal("").datatype.value
_TAGGED = pyoxigraph.Literal("", language="en").datatype.value


class QueriedGraph(Graph):
    """A graph that parses a query once: pySHACL gives it the same text for every focus node.

    >>> QueriedGraph().query("ASK { ?this ?path ?value }").askAnswer
    False
    """

    def query(
        self, query_object: str | Query, processor: Any = "sparql", result: Any = "sparql",
        initNs: Any = None, *others: Any, **named: Any,  # noqa: N803
    ) -> Result:  # fmt: skip
        """What rdflib answers; a query given as text is prepared."""
        if isinstance(query_object, str):
            prefixes = initNs or dict(self.namespaces())
            query_object = _prepared(query_object, tuple(prefixes.items()))
        return super().query(query_object, processor, result, initNs, *others, **named)


@lru_cache(maxsize=256)
def _prepared(text: str, prefixes: tuple[tuple[str, Any], ...]) -> Query:
    return prepareQuery(text, initNs=dict(prefixes))


def compile_shapes(shapes: tuple[str, ...]) -> Engine:
    """pySHACL with these shapes, given as Turtle texts; raises BadConfig for shapes that it cannot
    run.

    >>> compile_shapes(())("").count("conforms")
    1
    """
    rules = _graph(
        quad
        for text in shapes
        for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)
    )

    def run(data: str) -> str:
        """The report on some data, both as N-Triples."""
        graph = _graph(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_TRIPLES))
        try:
            _, report, _ = pyshacl.validate(graph, shacl_graph=rules, inplace=True)
        except RuntimeError as error:  # what it names ReportableRuntimeError, or has not made
            raise _unusable(error) from error
        if not isinstance(report, Graph):  # a failure is returned, not raised
            raise _unusable(report)
        return report.serialize(format="nt")

    return run


def _unusable(error: object) -> BadConfig:
    return BadConfig(
        N_("pySHACL cannot run the shapes: {error}"), hint=N_("mend the shapes"), error=error
    )


def _graph(quads: Iterable[Any]) -> Graph:
    graph = QueriedGraph()
    graph.addN((*triple, graph) for triple in _triples(quads))
    return graph


def _triples(quads: Iterable[Any]) -> Iterator[tuple[Node, Node, Node]]:
    for quad in quads:
        yield _node(quad.subject), URIRef(quad.predicate.value), _node(quad.object)


def _node(term: Any) -> Node:
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    datatype = None if term.datatype.value in {_PLAIN, _TAGGED} else URIRef(term.datatype.value)
    return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
