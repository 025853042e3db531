"""The lists of pages and of codes: pages by what is read from them, codes by the list they are
on.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from ...model import names
from ...model.text import N_
from ..figures import CodeUses, ListedPage
from .frame import endonym
from .page_voice import PageVoice

#: What is not known of a page, and of what is no code on a list: a list itself.
_PAGE, _LIST = ListedPage((), "", ""), CodeUses("", 0)

_LISTS = N_("Lists of codes")


class PageRow(NamedTuple):
    """A page: its link, those of what is read from it, its language and the day of its capture."""

    link: Markup
    records: Sequence[Markup]
    language: str
    day: str


class CodeRow(NamedTuple):
    """A code: its link, its id, its other names, and how often it is used."""

    link: Markup
    id: str
    others: Sequence[str]
    uses: int


class CodeGroup(NamedTuple):
    """The codes of a list, under its link."""

    scheme: Markup
    codes: Sequence[CodeRow]


def by_record(voice: PageVoice, pages: Sequence[str]) -> Sequence[str]:
    """Pages in the order of what is read from them, of their languages, and of their days; those
    from which nothing is read come last.
    """
    return sorted(
        pages, key=lambda page: (not _page(voice, page).records, _page(voice, page), page)
    )


def page_rows(voice: PageVoice, pages: Sequence[str]) -> Iterator[PageRow]:
    """The rows of pages."""
    for page in pages:
        known = _page(voice, page)
        records = [voice.resource(record) for record in known.records]
        language = endonym(known.language) if known.language else ""
        yield PageRow(voice.resource(page), records, language, known.day)


def by_scheme(voice: PageVoice, codes: Sequence[str]) -> Sequence[str]:
    """Codes in the order of the names of their lists, and of their own; the lists come last."""

    def place(code: str) -> tuple[bool, str, str, str]:
        """By what a code is put in order: its list, then its own name."""
        scheme = _code(voice, code).scheme
        return not scheme, _folded(voice, scheme), _folded(voice, code), code

    return sorted(codes, key=place)


def code_groups(voice: PageVoice, codes: Sequence[str]) -> Iterator[CodeGroup]:
    """The groups of codes that are in the order of their lists."""
    for scheme, found in groupby(codes, key=lambda code: _code(voice, code).scheme):
        head = voice.resource(scheme) if scheme else voice.gettext(_LISTS)
        yield CodeGroup(head, [_row(voice, one) for one in found])


def _row(voice: PageVoice, code: str) -> CodeRow:
    id_ = code.partition(":")[2]
    uses = _code(voice, code).number
    return CodeRow(voice.resource(code), id_, voice.other_names(code), uses)


def _page(voice: PageVoice, page: str) -> ListedPage:
    return voice.lexicon.site.overview.listings.pages.get(page, _PAGE)


def _code(voice: PageVoice, code: str) -> CodeUses:
    return voice.lexicon.site.overview.listings.codes.get(code, _LIST)


def _folded(voice: PageVoice, resource: str) -> str:
    return names.folded(voice.name(resource)[0])
