"""Who says so: which words of which page, and which decisions, support a value of a document."""

from collections.abc import Sequence

from markupsafe import Markup

from ...model.nodes import EvidenceNode, PageNode
from ...model.text import chosen, gettext
from .markup import NOTHING, disclosed, joined, link, quoted, text
from .page_voice import PageVoice
from .passages import ACCEPTED, Passage


def says(voice: PageVoice, passages: Sequence[Passage], *, accepted: bool = True) -> Markup:
    """Who says so, in the order of the passages, under how many pages and decisions these are;
    nothing where nobody does.
    """
    if not passages:
        return NOTHING
    pages = len({passage.page.id for passage in passages if passage.page})
    told = {attribution(voice, one): one.page is None for one in passages}
    decisions = sum(told.values())
    counts = (
        _pages(voice, pages) if pages else "",
        voice.ngettext("%(shown)s decision", "%(shown)s decisions", decisions) if decisions else "",
    )
    summary = ", ".join(filter(None, counts))
    if not accepted:
        refused = gettext("not accepted", voice.language)
        summary = f"{summary}{voice.colon}{refused}"
    return disclosed(summary, list(told))


def says_together(voice: PageVoice, passages: Sequence[Passage]) -> Markup:
    """Who says so of passages with the same label, of which no more is told than their places: the
    words of each, the label, the place of each.
    """
    words = (_quote(voice, one.node, one.page.language) for one in passages if one.page)
    places = (_linked(voice, one.node, span(one.node)) for one in passages)
    said = _labelled(voice, joined(*words, by=", "), passages[0].node)
    place = voice.gettext("characters {span}", span=joined(*places, by=", "))
    return disclosed(_pages(voice, 1), [joined(said, place, by=" – ")])


def attribution(voice: PageVoice, passage: Passage) -> Markup:
    """Who says so: the words quoted from a page, where they stand, and the page; or a decision with
    its reasons.
    """
    node, page, is_alone = passage
    if page is None:
        return _decision(voice, node)
    said = [
        quoted_words(voice, node, page.language),
        _place(voice, node, "" if is_alone else _address(voice, page)),
    ]
    if node.rank not in ACCEPTED:
        said.append(worth(voice, node))
    if not is_alone:
        said.append(status(voice, page))
    return joined(*filter(None, said), by=" – ")


def status(voice: PageVoice, page: PageNode) -> Markup:
    """How sure it is that a page says what is quoted of it; nothing where nothing is told."""
    told = page.evidence_status
    return voice.resource(voice.code("evidenceStatus", told)) if told else NOTHING


def worth(voice: PageVoice, node: EvidenceNode) -> Markup:
    """The rank of the value that a page states, and why it has it; nothing if it has none."""
    if not node.rank and not node.reason:
        return NOTHING
    codes = (("rank", node.rank), ("reason", node.reason))
    return joined(*(voice.resource(voice.code(key, code)) for key, code in codes if code), by=", ")


def quoted_words(voice: PageVoice, node: EvidenceNode, language: str) -> Markup:
    """The words that a source value quotes, and the label that the page prints above them; nothing
    if it has none.
    """
    if not node.source_text:
        return NOTHING
    return _labelled(voice, _quote(voice, node, language), node)


def span(node: EvidenceNode) -> str:
    """Where a source value stands: the characters of the page, or the place in a document."""
    if node.locator:
        return node.locator
    return f"{node.span_start}–{node.span_end}" if node.span_start else ""


def _decision(voice: PageVoice, node: EvidenceNode) -> Markup:
    by = ", ".join(filter(None, (node.decided_by, node.decided_on)))
    method = voice.resource(voice.code("method", node.method))
    how = joined(method, text(by), by=", ") if by else method
    decision = voice.gettext("Decision ({how})", how=how)
    if node.comment:
        decision = voice.labelled(decision, voice.text(node.comment))
    return joined(decision, *map(voice.resource, node.evidence), by=" – ")


def _address(voice: PageVoice, page: PageNode) -> str:
    """What a page is called: its address, or else its name."""
    return voice.site_address(page.page_url or voice.name(page.id)[0])


def _place(voice: PageVoice, node: EvidenceNode, where: str) -> Markup:
    """A link to the place of a passage among what its page says, after what that is called (empty:
    it need not be said), and how sure its reading is where that was told.
    """
    place = span(node)
    if place and not node.locator:
        place = voice.characters(place)
    words = f"{where}, {place}" if where and place else where or place
    shown = _linked(voice, node, words)
    if not node.certainty:
        return shown
    return joined(shown, voice.gettext("certainty {number}", number=node.certainty), by=", ")


def _linked(voice: PageVoice, node: EvidenceNode, words: str) -> Markup:
    """Words that lead to a passage, if what it stands on has a page."""
    href = voice.address(node.id)
    return link(href, words) if href else text(words)


def _pages(voice: PageVoice, number: int) -> str:
    return voice.ngettext("%(shown)s page", "%(shown)s pages", number)


def _quote(voice: PageVoice, node: EvidenceNode, language: str) -> Markup:
    return quoted(node.source_text, "" if language == voice.language else language)


def _labelled(voice: PageVoice, words: Markup, node: EvidenceNode) -> Markup:
    """Words under the label that the page prints above them, if it prints one."""
    if not node.source_field:
        return words
    before, behind = voice.under(*chosen(node.source_field, voice.language))
    return joined(before, words, behind, by="")
