"""Linked records, and the ontology, to JSON-LD for people and machines: compact, the context
embedded, so that no processor fetches it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any

import msgspec
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ...model.nodes import Node
from ...model.vocab import RDF_TYPE

#: How the nodes of a dump begin, are parted, and end; how many of them are parsed at a time.
_GRAPH, _NEXT, _END, _PART = '  "@graph": [\n', ",\n", "  ]\n}\n", 200

_PREFIX = re.compile(r"^@prefix ([A-Za-z0-9-]+): <([^>]+)> \.", re.MULTILINE)


def render_jsonld(nodes: Iterable[Node], context: Mapping[str, object]) -> Iterator[str]:
    """Nodes (and graphs) as one indented JSON-LD document."""
    document = msgspec.json.encode({"@context": context, "@graph": list(nodes)})
    yield msgspec.json.format(document, indent=2).decode() + "\n"


def render_jsonld_dump(lines: Iterable[str], context: Mapping[str, object]) -> Iterator[str]:
    """Nodes, given as lines of JSON, as one JSON-LD document with a node a line."""
    head = json.dumps({"@context": context}, ensure_ascii=False, indent=2)
    yield head.removesuffix("\n}") + f",\n{_GRAPH}"
    before = ""
    for line in lines:
        yield f"{before}    {line.rstrip()}"
        before = _NEXT
    yield f"\n{_END}"


def jsonld_parts(lines: Iterable[str]) -> Iterator[str]:
    """A JSON-LD dump, given as lines as `render_jsonld_dump` writes them, as documents of some
    nodes: together they say what it says. Raises ValueError where it is not as written.

    >>> dump = "".join(render_jsonld_dump(['{"id": "e:a"}'], {"id": "@id"}))
    >>> list(jsonld_parts(dump.splitlines(keepends=True))) == [dump]
    True
    """
    rest = iter(lines)
    head = "".join(iter(lambda: next(rest, _GRAPH), _GRAPH)) + _GRAPH
    nodes, is_last = list[str](), False
    for line in takewhile(lambda line: line != _END.partition("\n")[0] + "\n", rest):
        if is_last:
            raise ValueError(f"no comma before {line[:40]}")
        is_last = not line.endswith(_NEXT)
        nodes.append(line.removesuffix("\n").removesuffix(","))
        if len(nodes) == _PART:
            yield head + _NEXT.join(nodes) + f"\n{_END}"
            nodes = []
    if not is_last or "".join(rest) != _END.partition("\n")[2]:
        raise ValueError("does not end as it should")
    yield head + _NEXT.join(nodes) + f"\n{_END}"


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
