"""What pages of all languages show of a document: read, ordered and joined once for all of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import convert
from msgspec.structs import replace

from ...graph.lines import Document
from ...model.nodes import (
    EvidenceNode,
    Json,
    Node,
    NoteNode,
    PageNode,
    id_of,
    is_node,
    is_stub,
    parts_of,
    record_of,
)
from ..figures import Overview, ProjectSum
from .evidence import DocumentEvidence, Passage
from .inbound import InboundLink, links_to
from .markup import shown
from .neighbours import NearProjects, near
from .selections import projects_of

#: A passage, after the property of the resource that it is about.
StatedPassage = tuple[str, Passage]


class ShownDocument(NamedTuple):
    """A resource, its own node, what it and its record say, its quality notes,
    what it prints itself as a page, its evidence, and the passages of that with the property of the
    resource that each is about; the nodes of parts that are no more; the projects that it has as a
    code or a state, what links to it but for these, and the projects near it.
    """

    resource: str
    own: Node
    values: Mapping[str, Json]
    notes: Sequence[NoteNode]
    printed: Sequence[EvidenceNode]
    evidence: DocumentEvidence
    stated: Sequence[StatedPassage]
    gone: Sequence[Node]
    projects: ProjectSum | None
    links: Sequence[InboundLink]
    near: NearProjects | None


def shown_document(document: Document, overview: Overview) -> ShownDocument:
    """A document as its pages show it: its nodes are those of the resource itself, named graphs,
    what links to it.
    """
    nodes, resource = shown(document.nodes), document.resource
    own = next((node for node in nodes if node.get("id") == resource), {"id": resource})
    record = record_of(own)
    sources = record.get("source")
    evidence = DocumentEvidence(nodes, sources if isinstance(sources, list) else ())
    projects = projects_of(overview, resource)
    counted = frozenset(one.id for one in projects.projects) if projects else frozenset[str]()
    return ShownDocument(
        resource,
        own,
        {**record, **own},
        [_note(note, evidence.only) for note in parts_of(record, "qualityNote")],
        [convert(value, EvidenceNode) for value in parts_of(own, "sourceValue")],
        evidence,
        list(_stated(own, evidence.all)),
        [node for node in nodes if _is_gone_part(node, resource)],
        projects,
        links_to(resource, nodes, counted),
        near(overview, resource),
    )


def _note(node: Node, only: PageNode | None) -> NoteNode:
    """A quality note, which need not refer to the page on which all stands."""
    note = convert(node, NoteNode)
    found = tuple(one for one in note.references if not only or one != only.id)
    return replace(note, references=found)


def _stated(own: Node, passages: Sequence[Passage]) -> Iterator[StatedPassage]:
    """Passages with the property of a resource that they are about, those about a part of it with
    the property that leads there.
    """
    parts = {id_of(part): key for key in own for part in _parts(own, key)}
    for passage in passages:
        about = passage.node.about_resource
        yield parts.get(about, passage.node.about_property), passage


def _parts(own: Node, key: str) -> Sequence[Node]:
    value = own[key]
    return [value] if is_node(value) else parts_of(own, key)


def _is_gone_part(node: Node, resource: str) -> bool:
    """Whether a node is no more; that of a named graph stands in a graph with nothing in it."""
    said = {key: value for key, value in node.items() if key != "@graph"}
    return node["id"] != resource and is_stub(said)
