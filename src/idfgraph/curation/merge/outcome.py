"""What a merge did with a record and its page, and how each part of it is told."""

from typing import NamedTuple

from ...model.errors import Place
from ...model.text import Language, gettext
from ...model.visible import apart, in_words
from .three_way import Conflict


class Clash(NamedTuple):
    """A conflict, where the edit is in the record's file, and where the page says otherwise."""

    conflict: Conflict
    edit: Place
    page: Place

    def told(self, lang: Language) -> str:
        """One line: the edit at its line, the page at its line, and what was read before."""
        base, page, edit = values_shown(lang, *self.conflict[1:])
        return gettext(
            "conflict: {at}: {edit}; {there}: {page}; read before: {base}",
            lang,
            at=self.edit,
            edit=edit,
            there=self.page,
            page=page,
            base=base,
        )


class Stay(NamedTuple):
    """A value that stays as edited: where, what it is, and what pages and decisions give."""

    place: Place
    edit: object
    given: object

    def told(self, lang: Language) -> str:
        """One line: the edit at its line, and what is given."""
        edit, given = values_shown(lang, self.edit, self.given)
        return gettext(
            "stays as edited: {at}: {edit}; pages and decisions give: {given}",
            lang,
            at=self.place,
            edit=edit,
            given=given,
        )


class PageNews(NamedTuple):
    """A field of which a page says something else than it said: both, and what a person decided of
    it (None: nobody did).
    """

    field: str
    before: object
    after: object
    decided: object = None

    def told(self, lang: Language) -> str:
        """One line: what the page said, what it says, and what was decided."""
        before, after, decided = values_shown(lang, *self[1:])
        if self.decided is None:
            return gettext(
                "{field}: the page said {before}, and says {after}",
                lang,
                field=self.field,
                before=before,
                after=after,
            )
        return gettext(
            "{field}: the page said {before}, and says {after}; decided, and stays: {decided}",
            lang,
            field=self.field,
            before=before,
            after=after,
            decided=decided,
        )


class MergeOutcome(NamedTuple):
    """What a merge did: whether the file changed, the fields that followed the page, those kept as
    edited, clashes, and the fields of which no value is accepted any more, as two pages differ;
    whether the page is as it was, so that what changed is what its words mean; and what it says
    that it did not say before.
    """

    written: bool
    updated: tuple[str, ...]
    kept: tuple[Stay, ...]
    clashes: tuple[Clash, ...]
    contradictions: tuple[str, ...] = ()
    is_same_page: bool = False
    news: tuple[PageNews, ...] = ()


def value_shown(value: object, lang: Language) -> str:
    """A value as a message shows it, cut where it is long."""
    return values_shown(lang, value)[0]


def values_shown(lang: Language, *values: object) -> tuple[str, ...]:
    """Values as a message shows them beside one another, where they are long that where they
    differ.
    """
    texts = [" ".join(in_words(one).split()) for one in values if one is not None]
    cut, nothing = iter(apart(texts)), gettext("nothing", lang)
    return tuple(nothing if one is None else f'"{next(cut)}"' for one in values)
