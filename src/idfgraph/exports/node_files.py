"""A file of each form for every document of a release, with the same triples, all in the default
graph.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from ..graph.lines import (
    Document,
    lines_of,
    render_jsonld,
    render_turtle_document,
    settled,
)
from ..graph.mapping import Mapper
from ..model.formats import DOCUMENTS
from ..model.nodes import Node, parts_of
from .metadata import document_nodes

#: Takes the path of a file in the release and its pieces.
Write = Callable[[str, Iterable[str]], None]


def write_document(
    write: Write,
    document: Document,
    mapper: Mapper,
    prefixes: Mapping[str, str],
    forms: Collection[str] = DOCUMENTS,
) -> None:
    """Writes the documents of a resource, or those of some forms."""
    nodes = document_nodes(document.resource, document.path, document.nodes)
    write_nodes(write, document.path, nodes, mapper, prefixes, topic=document.resource, forms=forms)


def write_nodes(
    write: Write,
    path: str,
    nodes: Sequence[Node],
    mapper: Mapper,
    prefixes: Mapping[str, str],
    *,
    topic: str,
    forms: Collection[str] = DOCUMENTS,
) -> None:
    """Writes nodes as a document in each form, those of named graphs as all others; in Turtle its
    topic, a compact IRI, comes first.
    """
    plain = flat(nodes)
    lines = list(lines_of(settled(sorted(mapper.blocks(plain)))))
    if "ttl" in forms:
        write(f"{path}.ttl", [render_turtle_document(lines, prefixes, mapper.iri(topic)[1:-1])])
    if "nt" in forms:
        write(f"{path}.nt", lines)
    if "jsonld" in forms:
        write(f"{path}.jsonld", render_jsonld(plain, mapper.context_for(plain)))


def flat(nodes: Iterable[Node]) -> list[Node]:
    """Nodes as documents have them: those of named graphs as all others."""
    return [node for item in nodes for node in _flat(item)]


def _flat(node: Node) -> Iterator[Node]:
    """The node; of a named graph what describes it, then the nodes in it."""
    if "@graph" not in node:
        yield node
        return
    said = {key: value for key, value in node.items() if key != "@graph"}
    if len(said) > 1:
        yield said
    yield from parts_of(node, "@graph")
