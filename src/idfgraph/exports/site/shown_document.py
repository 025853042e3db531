"""What pages of all languages show of a document: read, ordered and joined once for all of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from msgspec import convert
from msgspec.structs import replace

from ...graph.lines import Document
from ...model.fields import DERIVED, WAYS_TO_BENEFIT
from ...model.labels import NOT_KNOWN
from ...model.nodes import (
    EvidenceNode,
    Node,
    NoteNode,
    PageNode,
    id_of,
    is_node,
    is_stub,
    parts_of,
    record_of,
)
from ..figures import ProjectSum
from .inbound import InboundLink, links_to, rank
from .markup import shown
from .neighbours import NearProjects, near
from .page_voice import Lexicon
from .passages import DocumentEvidence, EvidenceView, Passage
from .selections import GAPS, projects_of
from .told_values import PhraseValue, ToldRow, ToldValue, ToldValues

#: A passage, after the property of the resource that it is about.
StatedPassage = tuple[str, Passage]

#: Quality notes that say the same of several properties.
SaidAlike = Sequence[NoteNode]

#: Keys that have a place of their own on a page, or repeat what others say.
_APART = frozenset(
    {"id", "type", "narrative", "record", "primaryTopic", "qualityNote", "sourceValue", *DERIVED}
)

#: What a page says in a sentence of what is no more.
_STUB = frozenset({"deprecated"})

#: The issue of a value that no page gives.
_ABSENT = "missing-value"


class ShownDocument(NamedTuple):
    """A resource, its own node, the rows of what it and its record say, the one among them that
    says no more than the heading of the page, its narratives, its quality notes,
    what it prints itself as a page, the passages of its evidence with the property of the
    resource that each is about; the nodes of parts that are no more; the projects that it has as a
    code or a state, what links to it but for these, and the projects near it.
    """

    resource: str
    own: Node
    rows: Sequence[ToldRow]
    heading: ToldRow | None
    narratives: ToldRow
    notes: Sequence[SaidAlike]
    printed: Sequence[EvidenceNode]
    stated: Sequence[StatedPassage]
    gone: Sequence[Node]
    projects: ProjectSum | None
    links: Sequence[InboundLink]
    near: NearProjects | None


def shown_document(document: Document, lexicon: Lexicon) -> ShownDocument:
    """A document as its pages show it: its nodes are those of the resource itself, named graphs,
    what links to it.
    """
    nodes, resource, overview = shown(document.nodes), document.resource, lexicon.site.overview
    own = next((node for node in nodes if node.get("id") == resource), {"id": resource})
    record = record_of(own)
    sources = record.get("source")
    evidence = DocumentEvidence(nodes, sources if isinstance(sources, list) else ())
    view, stated = EvidenceView(evidence), list(_stated(own, evidence.all))
    values = ToldValues(lexicon.code, view)
    apart = _APART | _STUB if is_stub(own) else _APART
    rows = _with_unknown_day(values.rows({**record, **own}, apart), own)
    narratives = list(values.values(resource, "narrative", own.get("narrative", {})))
    notes = [_note(note, evidence.only) for note in parts_of(record, "qualityNote")]
    others = [(key, one) for key, one in stated if not view.has_used(one)]
    told = _doubted(rows, notes, others, _asked(own))
    projects = projects_of(overview, resource)
    counted = frozenset(one.id for one in projects.projects) if projects else frozenset[str]()
    return ShownDocument(
        resource,
        own,
        told,
        next((row for row in told if row.key == "title" and _is_heading(row)), None),
        ToldRow("narrative", narratives),
        _alike(notes),
        [convert(value, EvidenceNode) for value in parts_of(own, "sourceValue")],
        stated,
        [node for node in nodes if _is_gone_part(node, resource)],
        projects,
        links_to(resource, nodes, counted),
        near(overview, resource),
    )


def _with_unknown_day(rows: list[ToldRow], own: Node) -> list[ToldRow]:
    """The rows of a resource; of a page, the day of its capture even where that is not known."""
    if own.get("type") != "SourceRecord" or "capturedOn" in own:
        return rows
    unknown = ToldRow("capturedOn", [ToldValue(PhraseValue(NOT_KNOWN), ())])
    return sorted([*rows, unknown], key=lambda row: (rank(row.key), row.key))


def _asked(own: Node) -> Set[str]:
    """The values that lists tell a resource without, if it is a project; who benefits in one way
    need not in another.
    """
    if own.get("type") != "Project":
        return frozenset()
    return GAPS.keys() - (() if own.keys().isdisjoint(WAYS_TO_BENEFIT) else WAYS_TO_BENEFIT)


def _doubted(
    rows: Sequence[ToldRow],
    notes: Sequence[NoteNode],
    others: Sequence[StatedPassage],
    asked: Set[str],
) -> Sequence[ToldRow]:
    """The rows with the doubts of their values and what else pages and decisions say of them, and
    one for each property that has only these, or whose value is not published: those that notes say
    so of, and others that are `asked` for.
    """
    doubts, saying = defaultdict[str, list[NoteNode]](list), defaultdict[str, list[Passage]](list)
    for note in notes:
        if note.severity == "Warning" and note.issue_type != _ABSENT:
            doubts[note.about_property].append(note)
    for key, passage in others:
        saying[key].append(passage)
    absent = (note.about_property for note in notes if note.issue_type == _ABSENT)
    lacking = {*absent, *saying, *asked} - {row.key for row in rows} - _APART
    told = [
        ToldRow(key, values, doubts.get(key, ()), saying.get(key, ()))
        for key, values, *_ in [*rows, *(ToldRow(key, ()) for key in lacking)]
    ]
    return sorted(told, key=lambda row: (rank(row.key), row.key))


def _is_heading(row: ToldRow) -> bool:
    """Whether a row of titles says no more than the heading of the page."""
    return len(row.values) == 1 and not row.doubts and not row.others


def _alike(notes: Sequence[NoteNode]) -> Sequence[SaidAlike]:
    """Notes by what they say, those that say the same of several properties together."""
    found = defaultdict[object, list[NoteNode]](list)
    for note in notes:
        said = tuple(sorted(note.comment.items()))
        found[note.severity, note.issue_type, said, note.references].append(note)
    return list(found.values())


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
