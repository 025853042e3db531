"""A Turtle and a JSON-LD file for each document of a release."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from ..graph.lines import Document, render_jsonld, render_turtle_document
from ..graph.mapping import Mapper
from ..model.nodes import Node, parts_of
from .metadata import document_nodes

#: Takes the path of a file in the release and its pieces.
Write = Callable[[str, Iterable[str]], None]


def write_document(
    write: Write, document: Document, mapper: Mapper, prefixes: Mapping[str, str]
) -> None:
    """Writes the Turtle and the JSON-LD document of a resource."""
    nodes = document_nodes(document.resource, document.path, document.nodes)
    write_nodes(write, document.path, nodes, mapper, prefixes, topic=document.resource)


def write_nodes(
    write: Write,
    path: str,
    nodes: Sequence[Node],
    mapper: Mapper,
    prefixes: Mapping[str, str],
    *,
    topic: str,
) -> None:
    """Writes nodes (and graphs of nodes) as a Turtle and a JSON-LD document; its topic, a compact
    IRI, comes first.
    """
    plain = [node for item in nodes for node in parts_of(item, "@graph") or [item]]
    lines = sorted({line for node in plain for line in mapper.quads(node)})
    write(f"{path}.ttl", [render_turtle_document(lines, prefixes, mapper.iri(topic)[1:-1])])
    write(f"{path}.jsonld", render_jsonld(nodes, mapper.context_for(nodes)))
