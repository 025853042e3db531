"""A document as a page of one language shows it: its values with who says so, its notes, what links
to it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from ...model.fields import DERIVED, FORMS, WAYS_TO_BENEFIT
from ...model.nodes import Node, id_of, is_stub
from ...model.text import named
from .attribution import says
from .citations import Citation, Work, citation
from .content import LIST_OF
from .frame import own_words
from .inbound import InboundLinks, groups_of
from .maps import PlaceMap, place_map
from .markup import NOTHING, visible
from .neighbours import Neighbours, neighbours
from .page_voice import PageVoice
from .printed_here import printed
from .project_rows import ProjectList, project_list
from .property_rows import NoteGroup, noted, shown_row, summary
from .shown_document import ShownDocument
from .side_by_side import PageComparison, side_by_side
from .surroundings import SmallGraph, surroundings
from .told_values import ToldValue

#: Prefixes of what comes from reference data.
_REFERENCE = frozenset({"st", "ag", "code"})


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
    rows: Sequence[tuple[str, Markup]]
    map: PlaceMap | None
    graph: SmallGraph | None
    narratives: Sequence[tuple[Markup, Markup]]
    notes: Sequence[NoteGroup]
    pages: PageComparison | None
    passages: Markup
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
    resource, own, heading = document.resource, document.own, document.heading
    projects, near, told = document.projects, document.near, document.narratives
    groups, further = groups_of(voice, document.links)
    name, other = voice.name(resource)
    kind = _kind(voice, own)
    return View(
        kind=kind,
        title=voice.site_address(name),
        summary=summary(voice, kind, document.rows),
        title_language=other,
        titled=says(voice, heading.values[0].passages) if heading else NOTHING,
        rows=[(one.key, shown_row(voice, one)) for one in document.rows if one is not heading],
        map=_map(voice, own),
        graph=surroundings(voice, own),
        narratives=[_narrative(voice, one) for one in told.told(voice.language) if one.said],
        notes=[noted(voice, group) for group in document.notes],
        pages=side_by_side(voice, document.stated, document.rows),
        passages=printed(voice, document.printed, str(own.get("language", ""))),
        groups=groups,
        further=further,
        referenced=resource.partition(":")[0] in _REFERENCE,
        is_gone=is_stub(own),
        gone=[_gone(voice, resource, node) for node in document.gone],
        projects=project_list(voice, resource, projects) if projects else None,
        neighbours=neighbours(voice, near) if near else None,
        citation=_citation(voice, own, name),
    )


def _narrative(voice: PageVoice, told: ToldValue) -> tuple[Markup, Markup]:
    """A narrative, and who says so."""
    return told.said.shown(voice) if told.said else NOTHING, says(voice, told.passages)


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
