"""A document as a page of one language shows it: its values with who says so, its notes, what links
to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup
from msgspec import convert

from ...model.fields import DERIVED
from ...model.labels import NOT_KNOWN
from ...model.nodes import (
    EvidenceNode,
    Json,
    Node,
    NoteNode,
    id_of,
    is_node,
    is_stub,
    parts_of,
    record_of,
)
from .attribution import EvidenceView, attribution, quoted_words, span, worth
from .inbound import InboundLinks, groups_of, rank
from .markup import link, text
from .page_voice import PageVoice
from .project_rows import ProjectList, project_list
from .selections import projects_of

#: Prefixes of what comes from reference data.
_REFERENCE = frozenset({"st", "ag", "code"})

#: Keys whose texts say the same in each language.
_EXPLAINING = frozenset({"comment", "definition", "description", "rights"})

#: Keys that have a place of their own on a page, or repeat what others say.
_APART = frozenset(
    {"id", "type", "narrative", "record", "primaryTopic", "qualityNote", "sourceValue", *DERIVED}
)


class Value(NamedTuple):
    """A value, or the rows of one that has parts; who says so; its language where that is not the
    page's.
    """

    shown: Markup | str
    rows: "Sequence[PropertyRow]"
    says: Sequence[Markup]
    language: str = ""


class PropertyRow(NamedTuple):
    """A property and its values."""

    key: str
    label: Markup
    values: Sequence[Value]


class Note(NamedTuple):
    """A quality note: the last part of its IRI, its severity (a local name of SHACL) and what that
    is called, its issue with the property concerned, its words, what it refers to.
    """

    name: str
    severity: str
    badge: str
    heading: Markup
    body: Markup
    links: Sequence[Markup]


class PageQuote(NamedTuple):
    """A source value on its page: the last part of its IRI, its property, words, what they are
    taken for, what that is worth, its place.
    """

    name: str
    label: Markup
    words: Markup
    meant: Sequence[Markup]
    method: Markup
    worth: Markup
    span: str


class GonePart(NamedTuple):
    """What an earlier release told of: its name on the page (empty: none), its IRI, what took its
    place.
    """

    name: str
    iri: str
    successor: Markup | None


class View(NamedTuple):
    """All that a page shows of a document; `is_gone` says that the resource itself is no more,
    `projects` are those that a code or a state has.
    """

    kind: Markup
    title: str
    title_language: str
    rows: Sequence[PropertyRow]
    narratives: Sequence[Value]
    notes: Sequence[Note]
    printed: Sequence[tuple[Markup, Markup]]
    decided: Sequence[tuple[Markup, Markup]]
    passages: Sequence[PageQuote]
    groups: Sequence[InboundLinks]
    further: int
    referenced: bool
    is_gone: bool
    gone: Sequence[GonePart]
    projects: ProjectList | None


def view(voice: PageVoice, resource: str, nodes: Sequence[Node]) -> View:
    """The view of a document's nodes: those of the resource itself, named graphs, what links to
    it.
    """
    own = next((node for node in nodes if node.get("id") == resource), {"id": resource})
    evidence = EvidenceView(nodes)
    record = record_of(own)
    rows = list(_rows(voice, {**record, **own}, evidence, _APART))
    if own.get("type") == "SourceRecord" and "capturedOn" not in own:
        unknown = Value(voice.gettext(NOT_KNOWN), (), ())
        rows.append(PropertyRow("capturedOn", voice.property("capturedOn"), [unknown]))
        rows.sort(key=lambda row: (rank(row.key), row.key))
    narratives = list(_values(voice, resource, "narrative", own.get("narrative", {}), evidence))
    projects = projects_of(voice.lexicon.site.overview, resource)
    counted = frozenset(one.id for one in projects.projects) if projects else frozenset[str]()
    groups, further = groups_of(voice, resource, nodes, counted)
    name, other = voice.name(resource)
    left = list(evidence.unused())
    return View(
        kind=_kind(voice, own),
        title=voice.site_address(name),
        title_language=other,
        rows=rows,
        narratives=narratives,
        notes=[_note(voice, convert(note, NoteNode)) for note in parts_of(record, "qualityNote")],
        printed=[
            (voice.property(key), attribution(voice, passage))
            for key, passage in left
            if passage.page
        ],
        decided=[
            (voice.property(key), attribution(voice, passage))
            for key, passage in left
            if not passage.page
        ],
        passages=[
            _quote(voice, convert(value, EvidenceNode), str(own.get("language", "")))
            for value in parts_of(own, "sourceValue")
        ],
        groups=groups,
        further=further,
        referenced=resource.partition(":")[0] in _REFERENCE,
        is_gone=is_stub(own),
        gone=[_gone(voice, resource, node) for node in nodes if _is_gone_part(node, resource)],
        projects=project_list(voice, resource, projects) if projects else None,
    )


def _is_gone_part(node: Node, resource: str) -> bool:
    """Whether a node is no more; that of a named graph stands in a graph with nothing in it."""
    said = {key: value for key, value in node.items() if key != "@graph"}
    return node["id"] != resource and is_stub(said)


def _gone(voice: PageVoice, resource: str, node: Node) -> GonePart:
    successor = node.get("isReplacedBy")
    whole, _, name = (iri := id_of(node)).partition("#")
    return GonePart(
        name=name if whole == resource else "",
        iri=voice.iri(iri),
        successor=voice.resource(str(successor)) if successor else None,
    )


def _kind(voice: PageVoice, node: Node) -> Markup:
    """What a resource is, or that it is no more, or was withdrawn."""
    if is_stub(node):
        return voice.gettext("No longer described")
    if "deprecated" in node:
        return voice.gettext("Withdrawn record")
    return voice.kind(str(node.get("type", "")))


def _rows(
    voice: PageVoice, node: Node, evidence: EvidenceView, apart: frozenset[str]
) -> Iterator[PropertyRow]:
    for key in sorted(node.keys() - apart, key=lambda key: (rank(key), key)):
        values = list(_values(voice, id_of(node), key, node[key], evidence))
        yield PropertyRow(key, voice.property(key), values)


def _values(
    voice: PageVoice, resource: str, key: str, value: Json, evidence: EvidenceView
) -> Iterator[Value]:
    """The values of a key: texts by language, parts, links and plain texts."""
    if isinstance(value, list):
        for item in value:
            yield from _values(voice, resource, key, item, evidence)
    elif isinstance(value, str):
        iri = voice.code(key, value)
        shown = voice.resource(iri) if iri else voice.plain(key, value)
        yield Value(shown, (), _says(voice, evidence, resource, key, iri or value))
    elif is_node(value):
        rows = list(_rows(voice, value, evidence, frozenset({"id", "type", "isPartOf"})))
        yield Value("", rows, _says(voice, evidence, resource, key, id_of(value)))
    elif isinstance(value, Mapping):
        for language, words in _spoken(voice, key, dict(value.items())):
            for word in map(str, words if isinstance(words, list) else [words]):
                says = _says(voice, evidence, resource, key, word, language=language)
                other = _other(voice, language)
                yield Value(text(word, other), (), says, other)


def _spoken(voice: PageVoice, key: str, texts: Mapping[str, Json]) -> Sequence[tuple[str, Json]]:
    """The texts of a key, that in the page's language first; of what only explains that one alone,
    if it is there.
    """
    ordered = sorted(texts.items(), key=lambda item: item[0] != voice.language)
    return ordered[:1] if key in _EXPLAINING and voice.language in texts else ordered


def _says(
    voice: PageVoice,
    evidence: EvidenceView,
    resource: str,
    key: str,
    value: str,
    *,
    language: str = "",
) -> Sequence[Markup]:
    return [attribution(voice, passage) for passage in evidence.of(resource, key, value, language)]


def _note(voice: PageVoice, note: NoteNode) -> Note:
    issue = voice.resource(voice.code("issueType", note.issue_type))
    return Note(
        name=note.id.partition("#")[2],
        severity=note.severity,
        badge=voice.badge(note.severity),
        heading=voice.labelled(issue, voice.property(note.about_property)),
        body=voice.text(note.comment),
        links=[_reference(voice, target) for target in note.references],
    )


def _reference(voice: PageVoice, target: str) -> Markup:
    """A link to a page, or to a passage of it, named by the page's address."""
    whole, hash_, part = target.partition("#")
    href = voice.address(target)
    if href and target.startswith("src:"):
        return link(href, f"{voice.site_address(voice.name(whole)[0])}{hash_}{part}")
    return voice.resource(target)


def _quote(voice: PageVoice, value: EvidenceNode, language: str) -> PageQuote:
    """A source value on the page that prints it, which is in a language."""
    linked = (said for said in value.about_value or () if isinstance(said, str))
    meant = [voice.resource(target) for target in linked if "#" not in target]
    return PageQuote(
        name=value.id.partition("#")[2],
        label=voice.property(value.about_property),
        words=quoted_words(voice, value, language),
        meant=meant,
        method=voice.resource(voice.code("method", value.method)),
        worth=worth(voice, value),
        span=span(value),
    )


def _other(voice: PageVoice, language: str) -> str:
    return "" if language == voice.language else language
