"""What links to a resource, by the kind of link; and the order of properties on a page."""

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from ...model import iris
from ...model.fields import DERIVED
from ...model.nodes import Json, Node, id_of, is_node, is_stub, parts_of
from .page_voice import PageVoice

#: Properties in the order in which a page shows them; others come after, by name.
_ORDER = (
    "prefLabel altLabel definition budget value currency status statusAsOf startYear endYear",
    "coverage beneficiary otherBeneficiary targetsGovernmentOf projectType fundRegion",
    "allocationYear association role agent result count",
    "measure hasPart phaseNumber isPartOf projectId primaId iatiIdentifier title mentionsState",
    "notation iso2 iso3 m49 inScheme broader",
    "membership organization memberFrom memberUntil evidence unitOf sameAs exactMatch closeMatch",
    "broadMatch narrowMatch pageUrl capturedOn generatedAtTime format language contentUrl",
    "identifier sha256 citationSha256 characterEncoding evidenceStatus source",
)
_RANK = {key: rank for rank, key in enumerate(" ".join(_ORDER).split())}

#: Keys of a node that only say what it is called, or repeat what others say.
_NO_LINKS = frozenset({"id", "type", "title", "prefLabel", *DERIVED})

#: How many links to a resource a page shows.
_MOST = 500


class InboundLink(NamedTuple):
    """A link to a resource: its property, the role that a partner has (empty: none), and what it
    comes from.
    """

    key: str
    role: str
    id: str


class InboundLinks(NamedTuple):
    """Links of one kind that lead to a resource."""

    label: Markup
    links: Sequence[Markup]


def rank(key: str) -> int:
    """The place of a property among those of a page.

    >>> rank("prefLabel")
    0
    """
    return _RANK.get(key, len(_RANK))


def links_to(
    resource: str, nodes: Sequence[Node], shown_apart: Container[str]
) -> Sequence[InboundLink]:
    """What links to a resource; some of that is shown elsewhere."""
    return [
        InboundLink(key, role, id_)
        for node in nodes
        if (id_ := id_of(node)) not in shown_apart
        and "@graph" not in node
        and not is_stub(node)
        and iris.resource_of(id_) != resource
        for key, value in _said(node)
        for role in _roles(key, value) or [""]
    ]


def groups_of(voice: PageVoice, links: Sequence[InboundLink]) -> tuple[Sequence[InboundLinks], int]:
    """Links by their kind, as pages tell them apart, and how many are left out."""
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for link in links:
        label = voice.resource(voice.code("role", link.role)) if link.role else None
        found[rank(link.key), str(label or voice.property(link.key))].add(link.id)
    groups, left = [], _MOST
    for (_, said), linking in sorted(found.items(), key=lambda item: item[0]):
        shown = sorted(linking)[:left]
        left -= len(shown)
        if shown:
            groups.append(InboundLinks(Markup(said), [voice.resource(id_) for id_ in shown]))  # noqa: S704 - made by Voice
    return groups, sum(map(len, found.values())) - (_MOST - left)


def _said(node: Node) -> Iterator[tuple[str, Json]]:
    """What a node and its record say, but for what they are called."""
    for key in node.keys() - _NO_LINKS:
        if key == "record":
            for record in parts_of(node, key):
                yield from _said(record)
        else:
            yield key, node[key]


def _roles(key: str, value: Json) -> set[str]:
    """The roles of the partners that are linked to."""
    partners = value if key == "association" and isinstance(value, list) else ()
    return {str(item["role"]) for item in partners if is_node(item) and "role" in item}
