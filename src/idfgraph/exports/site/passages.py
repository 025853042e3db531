"""The passages and decisions that support the values of a document: found once for pages of all
languages.
"""

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec import convert

from ...model.nodes import EvidenceNode, LiteralValue, Node, PageNode, parts_of

#: The ranks of what is accepted.
ACCEPTED = frozenset({"", "accepted"})


class Passage(NamedTuple):
    """A source value and the page it stands on, or a decision, which stands on none; whether all
    that pages say of the resource is on this page, which is named once for all of it.
    """

    node: EvidenceNode
    page: PageNode | None
    is_alone: bool = False

    @property
    def label(self) -> tuple[tuple[str, str], ...] | None:
        """The label that the only page prints above words of which nothing is told but their
        place; None where there is more to tell, or no such page.
        """
        node = self.node
        told = node.locator or node.certainty or node.rank not in ACCEPTED
        if told or not (self.is_alone and self.page and node.source_text and node.span_start):
            return None
        return tuple(sorted(node.source_field.items()))


class DocumentEvidence:
    """All passages of a document, by the resource and the property that they are about; `named` are
    the pages that it names as its sources, `only` is the page of all passages, if that is one.
    """

    def __init__(self, nodes: Sequence[Node], named: Container[str] = ()) -> None:
        self._known: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        self._found: dict[tuple[str, str, str, str], Sequence[Passage]] = {}
        parts = (node for graph in nodes for node in parts_of(graph, "@graph"))
        passages = [passage for node in parts for passage in _passages(node)]
        pages = {one.page.id: one.page for one in passages if one.page}
        alone = len(pages) == 1 and all(page in named for page in pages)
        self.only = next(iter(pages.values())) if alone else None
        for node, page, _ in passages:
            key = (node.about_resource, node.about_property)
            self._known[key].append(Passage(node, page, alone))

    def of(self, resource: str, key: str, value: str, language: str) -> Sequence[Passage]:
        """The passages that support a value: those that name it, print it, or are in its language,
        if any do.
        """
        known = self._known.get((resource, key))
        if not known:
            return ()
        asked = (resource, key, value, language)
        if asked not in self._found:
            self._found[asked] = _narrowed(known, value, language)
        return self._found[asked]

    @cached_property
    def all(self) -> Sequence[Passage]:
        """All passages, by what they are about."""
        return [one for _, known in sorted(self._known.items(), key=_about) for one in known]


class EvidenceView:
    """The evidence of a document as one page shows it: what supported a value there is noted."""

    def __init__(self, evidence: DocumentEvidence) -> None:
        self._evidence, self.only = evidence, evidence.only
        self._used: set[int] = set()

    def of(self, resource: str, key: str, value: str, language: str = "") -> Sequence[Passage]:
        """The passages that support a value."""
        found = self._evidence.of(resource, key, value, language)
        self._used.update(id(passage.node) for passage in found)
        return found

    def has_used(self, passage: Passage) -> bool:
        """Whether a passage supported a value."""
        return id(passage.node) in self._used


def _about(item: tuple[tuple[str, str], Sequence[Passage]]) -> tuple[str, str]:
    return item[0]


def _passages(node: Node) -> Iterator[Passage]:
    if node.get("type") == "SourceRecord":
        page = convert(node, PageNode)
        yield from (Passage(value, page) for value in page.source_value)
    elif node.get("type") == "Decision":
        yield Passage(convert(node, EvidenceNode), None)


def _narrowed(found: Sequence[Passage], value: str, language: str) -> Sequence[Passage]:
    """Of what names the value, or else names none: the decisions; and what prints it, or is in its
    language, if any.
    """
    naming = [passage for passage in found if _names(passage.node, value, language)]
    if naming:
        return naming
    found = [passage for passage in found if passage.node.about_value is None]
    if len(found) < 2:
        return found
    decisions = [passage for passage in found if passage.page is None]
    read = [passage for passage in found if passage.page]
    printing = [passage for passage in read if passage.node.source_text == value]
    spoken = [
        passage
        for passage in read
        if language and passage.page and passage.page.language == language
    ]
    return [*(printing or spoken or read), *decisions]


def _names(node: EvidenceNode, value: str, language: str) -> bool:
    """Whether a source value or decision says a value: its compact IRI, or its text."""
    return any(
        (value, language) == (said.value, said.language)
        if isinstance(said, LiteralValue)
        else value == said
        for said in node.about_value or ()
    )
