"""Nodes of linked records: plain JSON as they are written, structs as they are read.

A node is written as plain JSON whose keys are the local names of the ontology, so that properties
pass through as `model.fields` lists them and the JSON-LD context stays the only mapping: its
compiled form refuses a key that it does not know. Whoever reads nodes back reads the keys that it
needs as attributes of one of these structs, which type checkers follow.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, TypeGuard

from msgspec import Struct, convert, field

from .text import Language

#: Plain JSON of our own: numbers are texts, and texts for people are by language.
Json: TypeAlias = "str | Sequence[Json] | Mapping[str, Json] | Mapping[Language, Json]"

#: A node: its id, its type, and its properties by their local names.
Node: TypeAlias = Mapping[str, Json]


#: The keys of a node of what was published and is no more.
_STUB = frozenset({"id", "deprecated", "isReplacedBy"})


def id_of(node: Node) -> str:
    """The compact IRI of a node.

    >>> id_of({"id": "prj:V47-805"})
    'prj:V47-805'
    """
    return str(node["id"])


def type_of(node: Node) -> str:
    """The class of a node by its local name; empty where it says none.

    >>> type_of({"id": "prj:V47-805", "type": "Project"})
    'Project'
    """
    return str(node.get("type", ""))


def is_node(value: Json) -> TypeGuard[Node]:
    """Whether a value is a node, and neither a text nor texts by language.

    >>> is_node({"id": "prj:X#budget"}), is_node({"fr": "Titre"})
    (True, False)
    """
    return not isinstance(value, str) and isinstance(value, Mapping) and "id" in value


def is_literal(value: Json) -> TypeGuard[Node]:
    """Whether a value is a literal as JSON-LD writes one where a resource could stand.

    >>> is_literal({"@value": "2024", "@type": "xsd:gYear"}), is_literal({"id": "prj:X"})
    (True, False)
    """
    return not isinstance(value, str) and isinstance(value, Mapping) and "@value" in value


def is_stub(node: Node) -> bool:
    """Whether all that is said of a node is that it is no more, and what took its place.

    >>> is_stub({"id": "src:0123456789abcdef", "deprecated": "true"}), is_stub({"id": "prj:X"})
    (True, False)
    """
    return "deprecated" in node and node.keys() <= _STUB


def parts_of(node: Node, key: str) -> list[Node]:
    """The nodes under a key of a node; none where it has none.

    >>> parts_of({"id": "prj:X", "result": [{"id": "prj:X#result-laws"}]}, "result")
    [{'id': 'prj:X#result-laws'}]
    """
    value = node.get(key)
    return [part for part in value if is_node(part)] if isinstance(value, list | tuple) else []


def record_of(node: Node) -> Node:
    """The node that has the sources and the notes of a node: its record, or itself if it has none.

    >>> record_of({"id": "prj:X", "record": {"id": "base:doc/project/X"}})
    {'id': 'base:doc/project/X'}
    """
    record = node.get("record", "")
    return record if is_node(record) else node


class LiteralValue(Struct, frozen=True, omit_defaults=True, rename=lambda name: f"@{name}"):
    """A value that is no resource: its text, with its datatype (a compact IRI) or its language.

    >>> LiteralValue("2024", "xsd:gYear").node()
    {'@value': '2024', '@type': 'xsd:gYear'}
    """

    value: str
    type: str = ""
    language: str = ""

    def node(self) -> Node:
        """The literal as nodes have it."""
        tags = {"@type": self.type, "@language": self.language}
        return {"@value": self.value, **{key: tag for key, tag in tags.items() if tag}}


#: What a statement is about as its value: the compact IRI of a resource, or a literal.
Term: TypeAlias = str | LiteralValue


def plain(term: Term) -> Json:
    """A term as nodes have it.

    >>> plain("st:ALB"), plain(LiteralValue("Appui", language="fr"))
    ('st:ALB', {'@value': 'Appui', '@language': 'fr'})
    """
    return term.node() if isinstance(term, LiteralValue) else term


class _Node(Struct, frozen=True, rename="camel"):
    """What every node has; keys that no field is for are passed over."""

    id: str
    type: str = ""


class MoneyNode(Struct, frozen=True):
    """An amount of money; what it is called is nothing to those who read it."""

    value: str | None = None
    currency: str | None = None


class PartnerNode(_Node, frozen=True):
    """Who takes part in an intervention, and in what role."""

    agent: str = ""
    role: str = ""


class ResultNode(_Node, frozen=True):
    """How many of what an intervention reports."""

    count: str = ""
    measure: str = ""


class PhaseNode(_Node, frozen=True):
    """A phase of a programme."""

    phase_number: str = ""


class NoteNode(_Node, frozen=True):
    """A quality note."""

    issue_type: str = ""
    severity: str = "Info"
    about_property: str = ""
    about_value: tuple[Term, ...] = ()
    references: tuple[str, ...] = ()
    has_target: tuple[str, ...] = ()
    comment: Mapping[str, str] = field(default_factory=dict)


def quality_notes(node: Node) -> tuple[NoteNode, ...]:
    """The quality notes on a node, or on its record if it has one.

    >>> node = {"id": "prj:X", "qualityNote": [{"id": "prj:X#note", "severity": "Warning"}]}
    >>> [note.severity for note in quality_notes(node)]
    ['Warning']
    """
    return convert(record_of(node).get("qualityNote", ()), tuple[NoteNode, ...])


class NodeDocument(Struct, frozen=True):
    """A document as JSON-LD, of which the nodes are read."""

    nodes: list[dict[str, Any]] = field(name="@graph")


class RecordNode(Struct, frozen=True, rename="camel"):
    """The record of a project or programme: its pages and notes, or since when it is withdrawn."""

    source: tuple[str, ...] = ()
    quality_note: tuple[NoteNode, ...] = ()
    invalidated_at_time: str = ""


class InterventionNode(_Node, frozen=True):
    """A project or a programme."""

    project_id: str | None = None
    prima_id: str | None = None
    iati_identifier: str | None = None
    title: Mapping[str, str] = field(default_factory=dict)
    narrative: Mapping[str, str] = field(default_factory=dict)
    start_year: str | None = None
    end_year: str | None = None
    allocation_year: str | None = None
    status: str | None = None
    status_as_of: str = ""
    project_type: tuple[str, ...] = ()
    coverage: str | None = None
    fund_region: str | None = None
    beneficiary: tuple[str, ...] = ()
    other_beneficiary: tuple[str, ...] = ()
    targets_government_of: tuple[str, ...] = ()
    mentions_state: tuple[str, ...] = ()
    budget: MoneyNode | None = None
    association: tuple[PartnerNode, ...] = ()
    has_part: tuple[PhaseNode, ...] = ()
    result: tuple[ResultNode, ...] = ()
    record: RecordNode = RecordNode()


class EvidenceNode(_Node, frozen=True):
    """A value as a page prints it, or a decision: what it is about, and who says so how."""

    about_resource: str = ""
    about_property: str = ""
    about_value: tuple[Term, ...] | None = None
    rank: str = ""
    reason: str = ""
    ranked_by: str = ""
    method: str = ""
    source_field: Mapping[str, str] = field(default_factory=dict)
    source_text: str = ""
    span_start: str = ""
    span_end: str = ""
    locator: str = ""
    certainty: str = ""
    evidence: tuple[str, ...] = ()
    comment: Mapping[str, str] = field(default_factory=dict)
    decided_by: str = ""
    decided_on: str = ""


class PageNode(_Node, frozen=True):
    """A captured page, with the values that it prints and, where it names no project, notes."""

    identifier: tuple[str, ...] = ()
    sha256: str = ""
    language: str = ""
    character_encoding: str | None = None
    captured_on: str = ""
    format: str = ""
    page_url: str = ""
    content_url: str = ""
    evidence_status: str = ""
    source_value: tuple[EvidenceNode, ...] = ()
    quality_note: tuple[NoteNode, ...] = ()


class EntryNode(_Node, frozen=True):
    """A state, an organisation or a concept of the reference data."""

    pref_label: Mapping[str, str] = field(default_factory=dict)
    alt_label: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    iso2: str | None = None
    iso3: str | None = None
    m49: str | None = None
    in_scheme: tuple[str, ...] = ()
