"""Shapes against data with pySHACL, the reference engine; what it finds is told in our own words."""

from collections.abc import Iterable, Iterator, Mapping

import pyshacl
from rdflib import Graph
from rdflib.term import Literal, Node, URIRef

from ..findings import Report, Result, ordered
from ..iris import BASE
from ..vocab import OA, SH


def validate(triples: Iterable[str], shapes: Iterable[str], base: str = BASE) -> Report:
    """The report on N-Triples lines against shapes given as Turtle texts, both under a base IRI; data never raises.

    >>> validate([], []).conforms
    True
    """
    data = Graph().parse(data="".join(triples), format="nt")
    rules = Graph()
    for text in shapes:
        rules.parse(data=text, format="turtle")
    _, found, _ = pyshacl.validate(data, shacl_graph=rules, inplace=True, allow_infos=False)
    return ordered(_results(found, data, rules, base) if isinstance(found, Graph) else iter(()), base)


def _results(found: Graph, data: Graph, rules: Graph, base: str) -> Iterator[Result]:
    for node in found.objects(None, URIRef(f"{SH}result")):
        shape, focus = _one(found, node, "sourceShape"), _one(found, node, "focusNode")
        path, value = _one(found, node, "resultPath"), _one(found, node, "value")
        note = _texts(data, focus, URIRef(f"{OA}bodyValue"))
        about = data.value(focus, URIRef(f"{base}def#aboutProperty")) or path
        yield Result(
            severity=str(_one(found, node, "resultSeverity")).removeprefix(SH),
            shape=str(shape),
            focus=str(focus),
            path=str(path) if isinstance(path, URIRef) else "",
            value=_n_triples(value),
            component=str(_one(found, node, "sourceConstraintComponent")),
            about=_local(about),
            names=_texts(rules, shape, URIRef(f"{SH}name")),
            messages=note or _texts(rules, shape, URIRef(f"{SH}message")),
        )


def _one(graph: Graph, node: Node, name: str) -> Node | None:
    return graph.value(node, URIRef(f"{SH}{name}"))


def _texts(graph: Graph, node: Node | None, predicate: URIRef) -> Mapping[str, str]:
    literals = (text for text in graph.objects(node, predicate) if isinstance(text, Literal)) if node else ()
    return dict(sorted((text.language or "en", str(text)) for text in literals))


def _n_triples(value: Node | None) -> str:
    """The value as an N-Triples term; empty for none and for what has no name."""
    if isinstance(value, URIRef):
        return value.n3()
    return value._literal_n3(use_plain=False) if isinstance(value, Literal) else ""


def _local(iri: Node | None) -> str:
    return str(iri).rsplit("#", 1)[-1].rsplit("/", 1)[-1] if isinstance(iri, URIRef) else ""
