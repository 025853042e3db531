"""Linked records, and the ontology, to JSON-LD for people and machines: compact, the context
embedded, so that no processor fetches it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ...model.nodes import Node
from ...model.vocab import RDF_TYPE

_PREFIX = re.compile(r"^@prefix ([A-Za-z0-9-]+): <([^>]+)> \.", re.MULTILINE)


def render_jsonld(nodes: Iterable[Node], context: Mapping[str, object]) -> Iterator[str]:
    """Nodes (and graphs) as one indented JSON-LD document."""
    document = msgspec.json.encode({"@context": context, "@graph": list(nodes)})
    yield msgspec.json.format(document, indent=2).decode() + "\n"


def render_jsonld_dump(lines: Iterable[str], context: Mapping[str, object]) -> Iterator[str]:
    """Nodes, given as lines of JSON, as one JSON-LD document with a node a line."""
    head = json.dumps({"@context": context}, ensure_ascii=False, indent=2)
    yield head.removesuffix("\n}") + ',\n  "@graph": [\n'
    before = ""
    for line in lines:
        yield f"{before}    {line.rstrip()}"
        before = ",\n"
    yield "\n  ]\n}\n"


def prefixes_of(turtle: str) -> Mapping[str, str]:
    """The prefixes that a Turtle text declares.

    >>> prefixes_of("@prefix dct: <http://purl.org/dc/terms/> .")
    {'dct': 'http://purl.org/dc/terms/'}
    """
    return dict(_PREFIX.findall(turtle))


def render_triples(turtle: str) -> Iterator[str]:
    """The Turtle text (no blank nodes) as sorted N-Triples lines.

    >>> list(render_triples("<http://e/s> a <http://e/C> ."))
    ['<http://e/s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/C> .\\n']
    """
    return (f"{line} .\n" for line in sorted({str(triple) for triple in _triples(turtle)}))


def render_vocabulary(turtle: str) -> Mapping[str, object]:
    """The Turtle text (no blank nodes) as a JSON-LD document: its prefixes as context, a node for
    each subject.
    """
    prefixes = prefixes_of(turtle)
    nodes: dict[str, dict[str, list[object]]] = {}
    for triple in sorted(_triples(turtle), key=str):
        node = nodes.setdefault(_short(str(triple.subject.value), prefixes), {})
        key, value = _pair(triple, prefixes)
        node.setdefault(key, []).append(value)
    return {
        "@context": prefixes,
        "@graph": [{"@id": id_, **node} for id_, node in sorted(nodes.items())],
    }


def _triples(turtle: str) -> Iterator[Any]:
    return (quad.triple for quad in parse(turtle.encode(), format=RdfFormat.TURTLE))


def _pair(triple: Triple, prefixes: Mapping[str, str]) -> tuple[str, object]:
    value = triple.object
    if isinstance(value, Literal):
        tag = {"@language": value.language} if value.language else {"@type": value.datatype.value}
        return _short(triple.predicate.value, prefixes), {"@value": value.value, **tag}
    short = _short(value.value if isinstance(value, NamedNode) else "", prefixes)
    is_type = triple.predicate.value == RDF_TYPE
    return (
        ("@type", short) if is_type else (_short(triple.predicate.value, prefixes), {"@id": short})
    )


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    found: Iterable[str] = (
        f"{name}:{iri[len(base) :]}" for name, base in prefixes.items() if iri.startswith(base)
    )
    return min(found, key=len, default=iri)
