"""Who says so: which words of which page, and which decisions, support a value of a document."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup
from msgspec import convert

from ...model.nodes import EvidenceNode, LiteralValue, Node, PageNode, parts_of
from ...model.text import chosen, gettext
from .markup import joined, link, quoted, text
from .page_voice import PageVoice

_COMMA, _DASH = Markup(", "), Markup(" – ")


class Passage(NamedTuple):
    """A source value and the page it stands on, or a decision, which stands on none."""

    node: EvidenceNode
    page: PageNode | None


class Says(NamedTuple):
    """Who says a value: a line for each passage and decision, how many pages and decisions these
    are.
    """

    lines: Sequence[Markup] = ()
    pages: int = 0
    decisions: int = 0


class EvidenceView:
    """All passages of a document, by the resource and the property that they are about; what was
    used is noted.
    """

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._known: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        self._used: set[int] = set()
        for graph in nodes:
            for node in parts_of(graph, "@graph"):
                for passage in _passages(node):
                    key = (passage.node.about_resource, passage.node.about_property)
                    self._known[key].append(passage)

    def __bool__(self) -> bool:
        return bool(self._known)

    def of(self, resource: str, key: str, value: str, language: str = "") -> Sequence[Passage]:
        """The passages that support a value: those that name it, print it, or are in its language,
        if any do.
        """
        known = self._known.get((resource, key))
        found = _narrowed(known, value, language) if known else ()
        if found:
            self._used.update(id(passage.node) for passage in found)
        return found

    def unused(self) -> Iterator[Passage]:
        """The passages that supported nothing yet."""
        return (passage for passage in self.all() if id(passage.node) not in self._used)

    def all(self) -> Iterator[Passage]:
        """All passages, by what they are about."""
        for _, passages in sorted(self._known.items(), key=lambda item: item[0]):
            yield from passages


def says(voice: PageVoice, passages: Sequence[Passage]) -> Says:
    """Who says so, in the order of the passages; a decision on both parts of an amount is one."""
    pages = {passage.page.id for passage in passages if passage.page}
    told = {attribution(voice, one): one.page is None for one in passages}
    return Says(list(told), len(pages), sum(told.values()))


def attribution(voice: PageVoice, passage: Passage) -> Markup:
    """Who says so: the words quoted from a page, where they stand, and the page; or a decision with
    its reasons.
    """
    node, page = passage
    if page is None:
        return _decision(voice, node)
    quote = quoted_words(voice, node, page.language)
    before = (quote, _DASH) if quote else ()
    after = () if node.rank in ("", "accepted") else (_DASH, worth(voice, node))
    status = voice.code("evidenceStatus", page.evidence_status) if page.evidence_status else ""
    doubt = (_DASH, voice.resource(status)) if status else ()
    return joined(*before, _place(voice, node, page), *after, *doubt)


def worth(voice: PageVoice, node: EvidenceNode) -> Markup:
    """The rank of the value that a page states, and why it has it; nothing if it has none."""
    codes = (("rank", node.rank), ("reason", node.reason))
    return _COMMA.join(voice.resource(voice.code(key, code)) for key, code in codes if code)


def quoted_words(voice: PageVoice, node: EvidenceNode, language: str) -> Markup:
    """The words that a source value quotes, and the label that the page prints above them; nothing
    if it has none.
    """
    if not node.source_text:
        return Markup()
    quote = quoted(node.source_text, "" if language == voice.language else language)
    if not node.source_field:
        return quote
    label = quoted(*chosen(node.source_field, voice.language))
    return voice.gettext("{words} under {label}", words=quote, label=label)


def span(node: EvidenceNode) -> str:
    """Where a source value stands: the characters of the page, or the place in a document."""
    if node.locator:
        return node.locator
    return f"{node.span_start}–{node.span_end}" if node.span_start else ""


def _decision(voice: PageVoice, node: EvidenceNode) -> Markup:
    by = ", ".join(filter(None, (node.decided_by, node.decided_on)))
    method = voice.resource(voice.code("method", node.method))
    how = joined(method, _COMMA, text(by)) if by else method
    decision = voice.gettext("Decision ({how})", how=how)
    if node.comment:
        decision = voice.labelled(decision, voice.text(node.comment))
    return _DASH.join([decision, *map(voice.resource, node.evidence)])


def _place(voice: PageVoice, node: EvidenceNode, page: PageNode) -> Markup:
    """A link to the place of a passage among what its page says, and how sure its reading is where
    that was told.
    """
    where = voice.site_address(page.page_url or voice.name(page.id)[0])
    place = span(node)
    if place and not node.locator:
        place = gettext("characters {span}", voice.language, span=place)
    words = ", ".join(filter(None, (where, place)))
    href = voice.address(node.id)
    shown = link(href, words) if href else text(words)
    if not node.certainty:
        return shown
    return joined(shown, _COMMA, voice.gettext("certainty {number}", number=node.certainty))


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
