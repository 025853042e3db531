"""What several pages print of one project or programme, side by side, and what is accepted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from ...model.nodes import LiteralValue, PageNode, Term
from .inbound import rank
from .markup import quoted
from .page_voice import PageVoice
from .passages import ACCEPTED, Passage
from .shown_document import StatedPassage
from .told_values import ToldRow

#: Properties whose words fill no cell of a table.
_TEXTS = frozenset({"narrative", "mentionsState"})

#: Values by the resource and the property that they are about.
_Terms = Mapping[tuple[str, str], set[Term]]


class ComparedPage(NamedTuple):
    """A page at the head of its column: its name, as a link and alone, its language, the day on
    which it was seen.
    """

    link: Markup
    name: str
    language: str
    captured: str


class ComparedCell(NamedTuple):
    """The words that a page prints of a property, and whether they differ from what is accepted."""

    words: Sequence[Markup]
    differs: bool


class ComparedRow(NamedTuple):
    """A property, a cell for each page, and what is accepted."""

    label: Markup
    cells: Sequence[ComparedCell]
    accepted: Sequence[Markup]

    @property
    def differs(self) -> bool:
        """Whether a page prints something else than is accepted."""
        return any(cell.differs for cell in self.cells)


class PageComparison(NamedTuple):
    """Pages, the properties that they print, and in how many of these a page differs."""

    pages: Sequence[ComparedPage]
    rows: Sequence[ComparedRow]
    differing: int


def side_by_side(
    voice: PageVoice, passages: Iterable[StatedPassage], rows: Sequence[ToldRow]
) -> PageComparison | None:
    """What the pages of a resource print in its passages, as its rows have it; None where it has
    not several pages.
    """
    printed: dict[str, dict[str, list[Passage]]] = defaultdict(lambda: defaultdict(list))
    pages: dict[str, PageNode] = {}
    for key, passage in passages:
        if passage.page and key not in _TEXTS:
            pages[passage.page.id] = passage.page
            printed[key][passage.page.id].append(passage)
    if len(pages) < 2:
        return None
    order = sorted(pages, key=lambda id_: (pages[id_].language, pages[id_].page_url, id_))
    told = {row.key: row.told(voice.language) for row in rows}
    values = {
        key: [one.said.shown(voice) for one in found if one.said] for key, found in told.items()
    }
    compared = [
        ComparedRow(voice.property(key), _cells(voice, printed[key], order), values.get(key, ()))
        for key in sorted(printed, key=lambda key: (rank(key), key))
    ]
    heads = [_page(voice, pages[id_]) for id_ in order]
    return PageComparison(heads, compared, sum(row.differs for row in compared))


def _page(voice: PageVoice, page: PageNode) -> ComparedPage:
    name = voice.site_address(voice.name(page.id)[0])
    return ComparedPage(voice.resource(page.id), name, page.language, page.captured_on)


def _cells(
    voice: PageVoice, printed: Mapping[str, Sequence[Passage]], order: Sequence[str]
) -> Sequence[ComparedCell]:
    accepted = _accepted(passage for passages in printed.values() for passage in passages)
    return [_cell(voice, printed.get(page, ()), accepted) for page in order]


def _cell(voice: PageVoice, passages: Sequence[Passage], accepted: _Terms) -> ComparedCell:
    """A cell differs where a page prints what is not accepted, or lacks some of what others
    print.
    """
    words = [_words(voice, passage) for passage in _in_order(passages)]
    aside = any(passage.node.rank not in ACCEPTED for passage in passages)
    printed = _accepted(passages)
    return ComparedCell(words, aside or any(accepted[key] != printed[key] for key in printed))


def _words(voice: PageVoice, passage: Passage) -> Markup:
    language = passage.page.language if passage.page else ""
    return quoted(passage.node.source_text, "" if language == voice.language else language)


def _in_order(passages: Sequence[Passage]) -> Sequence[Passage]:
    return sorted(passages, key=lambda passage: int(passage.node.span_start or 0))


def _accepted(passages: Iterable[Passage]) -> _Terms:
    """What accepted passages stand for, as far as it does not depend on the language."""
    found: dict[tuple[str, str], set[Term]] = defaultdict(set)
    for passage in passages:
        node = passage.node
        if node.rank in ACCEPTED:
            found[node.about_resource, node.about_property].update(
                term
                for term in node.about_value or ()
                if not isinstance(term, LiteralValue) or not term.language
            )
    return found
