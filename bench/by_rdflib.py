"""What rdflib does with the statements of a dump: it builds a graph, and writes it."""

from itertools import islice
from pathlib import Path
from typing import Any

from measuring import Watch
from pyoxigraph import Literal, Quad, RdfFormat, parse
from rdflib import Graph
from rdflib import Literal as PeerLiteral
from rdflib import URIRef as PeerIri


def rdflib_build(work: Path, watch: Watch, *, plain: bool = False) -> None:
    """The same statements, graphs forgotten, to N-Triples by rdflib; reading them is not
    counted.
    """
    graph = Graph()
    file, name = ("map-dump-plain.nq", "plain") if plain else ("map-dump.nq", "build")
    quads = iter(parse(path=str(work / file), format=RdfFormat.N_QUADS))
    while chunk := [_plain(quad) for quad in islice(quads, 10_000)]:
        with watch:
            for subject, predicate, object_ in chunk:
                graph.add((PeerIri(subject), PeerIri(predicate), _peer_term(object_)))
    with watch:
        graph.serialize(str(work / f"rdflib-{name}.nt"), format="nt", encoding="utf-8")


def _plain(quad: Quad) -> tuple[str, str, Any]:
    """The terms of a statement without blank nodes: texts for IRIs, text, language and datatype for
    a literal.
    """
    subject, object_ = str(quad.subject)[1:-1], quad.object
    if isinstance(object_, Literal):
        return (
            subject,
            quad.predicate.value,
            (object_.value, object_.language, object_.datatype.value),
        )
    return subject, quad.predicate.value, str(object_)[1:-1]


def _peer_term(object_: Any) -> PeerIri | PeerLiteral:
    if isinstance(object_, str):
        return PeerIri(object_)
    text, language, datatype = object_
    if language or datatype.endswith("#string"):
        return PeerLiteral(text, lang=language)
    return PeerLiteral(text, datatype=PeerIri(datatype), normalize=False)
