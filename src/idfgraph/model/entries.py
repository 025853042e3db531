"""Reference data before RDF: entries with their labels and identifiers, memberships, and names that
people add, as frozen structs.
"""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from .datatypes import END, Address, Day, Form, PartName, Share, Text, Texts
from .fields import PRINTED
from .iris import SLUG
from .names import word_spans
from .text import Language

#: The ids of entries: states, areas of M49, organisations, concepts and their schemes.
EntryId = Annotated[
    str, Meta(pattern=f"^(st:[A-Z]{{3}}|unarea:[0-9]{{3}}|(ag|code):{SLUG}){END}", max_length=200)
]

#: The ids of organisations.
OrganisationId = Annotated[str, Meta(pattern=f"^ag:{SLUG}{END}")]

#: What an entry is.
EntryType = Literal["State", "Concept", "ConceptScheme", "Organization", "OrganizationalUnit"]

#: An identifier elsewhere: a compact IRI, or a full one.
Elsewhere = Annotated[
    str,
    Meta(
        pattern=r"^([a-z][a-z0-9]*:[A-Za-z0-9][A-Za-z0-9._/-]*|https?://[A-Za-z0-9.-]+(:[0-9]+)?/[!-;=?-Z_a-z~]*)"
        + END,
        max_length=500,
    ),
]

#: A code that a list gives, or an identifier.
Notation = Annotated[str, Meta(min_length=1, max_length=100)]


#: What an entry is called; nothing has a longer name or definition.
Name = Annotated[str, Meta(min_length=1, max_length=2_000)]


class Label(Form, frozen=True, kw_only=True):
    """A name and the keys of the sources that give it."""

    text: Name
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuses a name that no page can print as one."""
        _check_name(self.text)


class Match(Form, frozen=True, kw_only=True):
    """An identifier elsewhere (a compact or full IRI), the keys of the sources that give it, and
    who looked it over, if anybody did.
    """

    id: Elsewhere
    sources: tuple[str, ...] = ()
    reviewer: Name | None = None


class Membership(Form, frozen=True, kw_only=True):
    """That a state belongs, or belonged, to an organisation, on days that a source gives.

    A source is a key of `sources.jsonl`, or the address of a page. A membership without a first day
    began before all days, one without a last day goes on.
    """

    organization: OrganisationId
    member_from: Day | None = None
    member_until: Day | None = None
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuses a day that is in no calendar, and an end before the beginning."""
        for day in filter(None, (self.member_from, self.member_until)):
            date.fromisoformat(day)
        if self.member_from and self.member_until and self.member_from > self.member_until:
            raise ValueError(f"ends on {self.member_until}, before it begins on {self.member_from}")

    def covers(self, day: str) -> bool:
        """Whether it holds on a day (YYYY-MM-DD), its first and its last day included.

        >>> uk = Membership(organization="ag:eu", member_until="2020-01-31")
        >>> uk.covers("2020-01-31"), uk.covers("2020-02-01")
        (True, False)
        """
        return (self.member_from or day) <= day <= (self.member_until or day)


class Entry(Form, frozen=True, kw_only=True):
    """A reference entry: a state, area, organisation, concept or scheme with its labels and
    identifiers; `replaces` are codes that it took the place of.
    """

    id: EntryId
    type: EntryType
    pref_label: Mapping[Language, Label] = {}
    alt_label: Mapping[Language, tuple[Label, ...]] = {}
    definition: Mapping[Language, Label] = {}
    notation: tuple[Notation, ...] = ()
    iso2: str | None = None
    iso3: str | None = None
    m49: str | None = None
    identifier: tuple[Notation, ...] = ()
    broader: tuple[EntryId, ...] = ()
    membership: tuple[Membership, ...] = ()
    unit_of: tuple[EntryId, ...] = ()
    exact_match: tuple[Match, ...] = ()
    close_match: tuple[Match, ...] = ()
    broad_match: tuple[Match, ...] = ()
    narrow_match: tuple[Match, ...] = ()
    in_scheme: tuple[EntryId, ...] = ()
    replaces: tuple[EntryId, ...] = ()
    mention: bool = True
    sources: Mapping[str, tuple[str, ...]] = {}

    def __post_init__(self) -> None:
        """Refuses two memberships in one organisation: they would share one name."""
        for name, count in Counter(each.organization for each in self.membership).items():
            if count > 1:
                raise ValueError(f"has {count} memberships in {name}; keep one")

    @property
    def links(self) -> Mapping[str, tuple[Match, ...]]:
        """What it is matched to elsewhere, by the property that says so.

        >>> list(Entry(id="ag:eu", type="Organization").links)[:2]
        ['sameAs', 'closeMatch']
        """
        is_agent = self.type in ("Organization", "OrganizationalUnit")  # who is no concept
        return {
            "sameAs" if is_agent else "exactMatch": self.exact_match,
            "closeMatch": self.close_match,
            "broadMatch": self.broad_match,
            "narrowMatch": self.narrow_match,
        }


class Alias(Form, frozen=True, kw_only=True):
    """A name that people added for a reference entry, why (in English, or by language), and on what
    evidence, if there is any: the address of a page.
    """

    alias: Name
    lang: Language
    id: EntryId
    why: Text | Texts
    source: Address | None = None

    def __post_init__(self) -> None:
        """Refuses a name that no page can print as one."""
        _check_name(self.alias)

    @property
    def reasons(self) -> Mapping[Language, str]:
        """Why, by language.

        >>> Alias(alias="Burma", lang="en", id="st:MMR", why="name until 1989").reasons
        {'en': 'name until 1989'}
        """
        return {"en": self.why} if isinstance(self.why, str) else self.why


#: What closes a group of a phrase, and how deep groups may stand in one another.
_PAIRS = {"[": "]", "(": ")"}
_BRACKETS = re.compile(r"[][()]")
PHRASE_DEPTH = 8

#: A group with none in it: one that may be missing, or the choices of one that must be there.
_GROUP = re.compile(r"\[[^][()]*\]|\(([^][()]*)\)")


#: What words say: a property, or a part of one after a dot, with what it is a part of.
Said = Annotated[str, Meta(pattern=r"^[A-Za-z]+(\.[A-Za-z0-9-]+)?" + END)]


class Phrase(Form, frozen=True, kw_only=True):
    """Words of pages, and what they say of what stands beside them: a property, with its part, or
    what the words themselves are (see docs/prose.md).
    """

    lang: Language
    says: Said
    at: Literal["before", "after", "label", "word"]
    words: Annotated[str, Meta(min_length=1, max_length=4_000)]
    certainty: Share = "0.9"

    def __post_init__(self) -> None:
        """Refuses brackets that are not paired, or stand in one another too deep."""
        open_: list[str] = []
        for sign in _BRACKETS.findall(self.words):
            if sign in _PAIRS:
                open_.append(_PAIRS[sign])
            elif not open_ or open_.pop() != sign:
                raise ValueError(f"has a {sign} that closes nothing")
            if len(open_) > PHRASE_DEPTH:
                raise ValueError(f"has more than {PHRASE_DEPTH} groups in one another")
        if open_:
            raise ValueError(f"lacks a {open_[-1]}")
        if _may_be_empty(self.words):
            raise ValueError("fits where no word stands; leave one word outside of [ ]")


def _may_be_empty(words: str) -> bool:
    """Whether a phrase with paired brackets fits where nothing stands: all of it may be missing."""
    inner = ""
    while inner != words:
        inner = words
        words = _GROUP.sub(lambda one: "" if one[1] is None or _is_bare(one[1]) else "x", words)
    return _is_bare(words)


def _is_bare(words: str) -> bool:
    """Whether one of the choices of words has nothing in it that must be there."""
    return any(not one.strip(" ~") for one in words.split("|"))


class RegionException(Form, frozen=True, kw_only=True):
    """A state that the Fund itself puts in a region outside its M49 area, and the page that shows
    it.
    """

    state: EntryId
    region: EntryId
    page: Address


class ReferenceSource(Form, frozen=True, kw_only=True):
    """What labels, identifiers and memberships were taken from: its key, and where it is."""

    key: str
    title: Text
    url: Address
    licence: Text
    checked: Day

    def __post_init__(self) -> None:
        """Refuses a day that is in no calendar."""
        date.fromisoformat(self.checked)


class FieldLabel(Form, frozen=True, kw_only=True):
    """A label that pages print above a value, the property that it stands for (`budget.value`), and
    its language.
    """

    label: Name
    property: PartName
    lang: Language

    def __post_init__(self) -> None:
        """Refuses a label that no page can print as one, and a property that no page prints."""
        _check_name(self.label)
        if self.property not in PRINTED:
            raise ValueError(f"is of {self.property}, which is none of {', '.join(PRINTED)}")


class ReferenceData(Form, frozen=True, kw_only=True):
    """Entries in file order, aliases that people added, the Fund's own region assignments, phrases
    of pages, the addresses of sources by their keys, and what the files give twice.
    """

    entries: tuple[Entry, ...]
    aliases: tuple[Alias, ...] = ()
    exceptions: tuple[RegionException, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    sources: Mapping[str, Address] = {}
    notes: tuple[str, ...] = ()


def _check_name(text: str) -> None:
    """Nothing, or ValueError for a name without a letter or a digit: it is found in every text, or
    in none.
    """
    if next(word_spans(text), None) is None:
        raise ValueError("is a name without a letter or a digit")
