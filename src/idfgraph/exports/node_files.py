"""A Turtle and a JSON-LD file for each document of a release."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from ..graph.lines import Document, render_jsonld, render_turtle_document
from .metadata import document_node

#: Takes the path of a file in the release and its pieces.
Write = Callable[[str, Iterable[str]], None]


class Writing(Protocol):
    """What turns nodes into N-Quads lines, and knows the part of the context that they use."""

    def quads(self, node: Mapping[str, Any], graph: str = "") -> Iterator[str]:
        """The lines of a node."""

    def iri(self, iri: str) -> str:
        """The N-Triples term of a compact IRI."""

    def context_for(self, nodes: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """The part of the context that nodes use."""


def write_document(
    write: Write, document: Document, writing: Writing, prefixes: Mapping[str, str]
) -> None:
    """Writes the Turtle and the JSON-LD document of a resource."""
    nodes = [*document.nodes, document_node(document.resource, document.path)]
    write_nodes(write, document.path, nodes, writing, prefixes, topic=document.resource)


def write_nodes(
    write: Write,
    path: str,
    nodes: Sequence[Mapping[str, Any]],
    writing: Writing,
    prefixes: Mapping[str, str],
    *,
    topic: str,
) -> None:
    """Writes nodes (and graphs of nodes) as a Turtle and a JSON-LD document; its topic, a compact
    IRI, comes first.
    """
    plain = [node for item in nodes for node in item.get("@graph", [item])]
    lines = sorted({line for node in plain for line in writing.quads(node)})
    write(f"{path}.ttl", [render_turtle_document(lines, prefixes, writing.iri(topic)[1:-1])])
    write(f"{path}.jsonld", render_jsonld(nodes, writing.context_for(nodes)))
