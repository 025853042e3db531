"""Examples of the profile: statements of real releases, and of made-up ones where these have none
(`ontology/examples.ttl`).
"""

from collections import defaultdict
from collections.abc import Callable, Mapping

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ...model.vocab import RDF_TYPE, XSD

#: Class and property, as full IRIs -> a thing and a value of it, as Turtle writes them; what has no
#: class has an empty one.
Examples = Mapping[tuple[str, str], tuple[str, str]]


def read_examples(turtle: str, compact: Callable[[str], str]) -> Examples:
    """The first example of each class with each property.

    >>> read_examples("<x:a> a <x:C> ; <x:p> 'b'@fr .", str)
    {('x:C', 'x:p'): ('x:a', '"b"@fr')}
    """
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in parse(turtle.encode(), format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            value = quad.object
            is_type = quad.predicate.value == RDF_TYPE
            shown = value.value if is_type else term(value, compact)
            said[quad.subject.value][quad.predicate.value].append(shown)
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for subject, values in said.items():
        for class_ in values.get(RDF_TYPE, [""]):
            for predicate, (first, *_) in values.items():
                if predicate != RDF_TYPE:
                    found.setdefault((class_, predicate), (compact(subject), first))
    return found


def term(value: NamedNode | Literal, compact: Callable[[str], str]) -> str:
    """A term as Turtle writes it, with prefixes.

    >>> term(Literal("1", datatype=NamedNode(f"{XSD}decimal")), lambda iri: iri.rpartition("#")[2])
    '"1"^^decimal'
    """
    if isinstance(value, NamedNode):
        return compact(value.value)
    said = str(Literal(value.value))
    if value.language:
        return f"{said}@{value.language}"
    return (
        said
        if value.datatype.value == f"{XSD}string"
        else f"{said}^^{compact(value.datatype.value)}"
    )
