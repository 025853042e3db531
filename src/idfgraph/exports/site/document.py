"""A document as a page of one language shows it: its values with who says so, its notes, what links
to it.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from ...model.fields import DERIVED, FORMS, WAYS_TO_BENEFIT
from ...model.labels import NOT_KNOWN
from ...model.nodes import EvidenceNode, Node, id_of, is_stub
from ...model.text import named
from .attribution import quoted_words, span, worth
from .citations import Citation, Work, citation
from .content import LIST_OF
from .evidence import EvidenceView, Passage
from .frame import own_words
from .inbound import InboundLinks, groups_of, rank
from .maps import PlaceMap, place_map
from .markup import visible
from .neighbours import Neighbours, neighbours
from .page_voice import PageVoice
from .project_rows import ProjectList, project_list
from .property_rows import (
    APART,
    NoteGroup,
    PropertyRow,
    Value,
    doubted,
    grouped,
    rows_of,
    summary,
    values_of,
)
from .shown_document import ShownDocument
from .side_by_side import PageComparison, side_by_side
from .surroundings import SmallGraph, surroundings

#: Prefixes of what comes from reference data.
_REFERENCE = frozenset({"st", "ag", "code"})


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
    """All that a page shows of a document; `titled` is who says its title, `is_gone` that the
    resource itself is no more, `projects` are those that a code or a state has, `map` shows that
    state or those that benefit.
    """

    kind: Markup
    title: str
    summary: str
    title_language: str
    titled: Markup
    rows: Sequence[PropertyRow]
    map: PlaceMap | None
    graph: SmallGraph | None
    narratives: Sequence[Value]
    notes: Sequence[NoteGroup]
    pages: PageComparison | None
    passages: Sequence[PageQuote]
    groups: Sequence[InboundLinks]
    further: int
    referenced: bool
    is_gone: bool
    gone: Sequence[GonePart]
    projects: ProjectList | None
    neighbours: Neighbours | None
    citation: Citation | None


def view(voice: PageVoice, document: ShownDocument) -> View:
    """The view of a document."""
    resource, own, notes = document.resource, document.own, document.notes
    evidence = EvidenceView(document.evidence)
    rows = list(rows_of(voice, document.values, evidence, APART))
    if own.get("type") == "SourceRecord" and "capturedOn" not in own:
        unknown = Value(voice.gettext(NOT_KNOWN), (), Markup())
        rows.append(PropertyRow("capturedOn", voice.property("capturedOn"), [unknown]))
        rows.sort(key=lambda row: (rank(row.key), row.key))
    narratives = list(values_of(voice, resource, "narrative", own.get("narrative", {}), evidence))
    projects, near = document.projects, document.near
    groups, further = groups_of(voice, document.links)
    name, other = voice.name(resource)
    others = defaultdict[str, list[Passage]](list)
    for key, passage in document.stated:
        if not evidence.has_used(passage):
            others[key].append(passage)
    told = doubted(voice, rows, notes, others)
    kind = _kind(voice, own)
    titles = [row for row in told if row.key == "title" and _is_heading(row)]
    return View(
        kind=kind,
        title=voice.site_address(name),
        summary=summary(kind, told),
        title_language=other,
        titled=titles[0].values[0].says if titles else Markup(),
        rows=[row for row in told if row not in titles],
        map=_map(voice, own),
        graph=surroundings(voice, own),
        narratives=narratives,
        notes=grouped(voice, notes),
        pages=side_by_side(voice, document.stated, told),
        passages=[_quote(voice, one, str(own.get("language", ""))) for one in document.printed],
        groups=groups,
        further=further,
        referenced=resource.partition(":")[0] in _REFERENCE,
        is_gone=is_stub(own),
        gone=[_gone(voice, resource, node) for node in document.gone],
        projects=project_list(voice, resource, projects) if projects else None,
        neighbours=neighbours(voice, near) if near else None,
        citation=_citation(voice, own, name),
    )


def _is_heading(row: PropertyRow) -> bool:
    """Whether a row of titles says no more than the heading of the page."""
    return len(row.values) == 1 and not row.doubts and not row.others


def _map(voice: PageVoice, own: Node) -> PlaceMap | None:
    """The map of a state, or of those that benefit in any way."""
    outlines = voice.lexicon.site.outlines
    if own.get("type") == "State":
        return place_map(voice, "", [id_of(own)], outlines)
    (derived,) = DERIVED
    codes = own.get(derived)
    states = [voice.code(derived, str(code)) for code in codes] if isinstance(codes, list) else []
    under = next((key for key in WAYS_TO_BENEFIT if key in own), "")
    return place_map(voice, under, states, outlines)


def _citation(voice: PageVoice, own: Node, name: str) -> Citation | None:
    """How a project or programme is cited."""
    if own.get("type") not in FORMS:
        return None
    setting = voice.lexicon.site.setting
    within = own_words(setting.dataset.title, voice.language)
    address = voice.iri(id_of(own))
    publisher = visible(named(setting.dataset.publisher, voice.language))
    work = Work(name, within, publisher, setting.as_of, address)
    return citation(work, voice.language)


def _gone(voice: PageVoice, resource: str, node: Node) -> GonePart:
    successor = node.get("isReplacedBy")
    whole, _, name = (iri := id_of(node)).partition("#")
    return GonePart(
        name=name if whole == resource else "",
        iri=voice.iri(iri),
        successor=voice.resource(str(successor)) if successor else None,
    )


def _kind(voice: PageVoice, node: Node) -> Markup:
    """What a resource is, linked to the list of these; or that it is no more, or was withdrawn."""
    if is_stub(node):
        return voice.gettext("No longer described")
    if "deprecated" in node:
        return voice.gettext("Withdrawn record")
    kind = str(node.get("type", ""))
    return voice.listed(kind, LIST_OF[kind]) if kind in LIST_OF else voice.kind(kind)


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
