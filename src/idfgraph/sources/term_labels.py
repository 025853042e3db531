"""What the classes and properties of an ontology are called."""

from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ..model.text import Texts
from ..model.vocab import RDFS


def term_labels(turtle: bytes) -> Mapping[str, Texts]:
    """Class or property (full IRI) -> its labels by language; SyntaxError for what is no Turtle.

    >>> term_labels(b'<x:a> <http://www.w3.org/2000/01/rdf-schema#label> "statut"@fr .')
    {'x:a': {'fr': 'statut'}}
    """
    labels: dict[str, dict[str, str]] = {}
    for quad in parse(turtle, format=RdfFormat.TURTLE):
        subject, value = quad.subject, quad.object
        if quad.predicate.value != f"{RDFS}label" or not isinstance(subject, NamedNode):
            continue
        if isinstance(value, Literal) and value.language:
            labels.setdefault(subject.value, {})[value.language] = value.value
    return labels
