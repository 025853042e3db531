"""The page on what is not known, what is in doubt and what was not re-read, with the list behind
each number.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from ...model.text import LANGUAGES, N_
from ..figures import AsideWords, Overview, Warned, by_thing
from .edition import Edition
from .frame import endonym
from .gaps import GapRow, gap_rows
from .markup import quoted, visible
from .page_voice import PageVoice
from .quality_lists import (
    ASIDE,
    ELSEWHERE,
    NO_NOTE,
    NO_RULE,
    NOT_OF_PROJECTS,
    NOTES_ALONE,
    RULES_ALONE,
    UNREAD,
    elsewhere,
    kind_name,
    noted,
    unnamed,
)
from .selections import DOUBTED, printed_as

#: How many pages are named whose evidence was not re-read, and how much of what is not accepted.
_NAMED = 100


#: Class of things that have a name -> the list of all of them, which they are called as.
_LISTS = {
    "Project": "projects",
    "Programme": "programmes",
    "State": "states",
    "Organization": "partners",
    "Concept": "codes",
}


#: The signs of the parts that are shown even of nothing: what is begun with, and the whole.
_SHOWN = ("", "=")


class Count(NamedTuple):
    """A number and the address of the list of what it counts (none of zero)."""

    number: int
    href: str


class IssueRow(NamedTuple):
    """Notes of one kind: its name and severity, how many there are, and of how many things."""

    name: Markup
    severity: str
    badge: str
    notes: Count
    things: Count


class AsideRow(NamedTuple):
    """What a page prints of a record and is not accepted: the record, what it is about, the words,
    the page, and why.
    """

    record: Markup
    about: str
    words: Markup
    page: Markup
    reason: Markup


class NameRow(NamedTuple):
    """Things of one class: their list, how many there are, and how many have no name in each
    language.
    """

    list_name: str
    number: Count
    lacking: Sequence[Count]


class WarningPart(NamedTuple):
    """A part of the warnings of a report: its sign, what it is, how many it has, and of how many
    projects these are (0: that is not told).
    """

    sign: str
    name: Markup
    number: Count
    projects: int


class QualityView(NamedTuple):
    """What the page shows: all projects, gaps by value, notes by kind, what the
    warnings of the report come to from the doubts of projects, provisional codes with the
    projects that have them, pages whose evidence was not re-read, and the first of these; what
    pages print and is not accepted, and the first of that; how many names there are in each
    language; and the ids of the records that are left out.
    """

    projects: Count
    gaps: Sequence[GapRow]
    issues: Sequence[IssueRow]
    warnings: Sequence[WarningPart]
    provisional: Sequence[tuple[Markup, Count]]
    unread: Count
    unverified: Sequence[Markup]
    all_aside: Count
    aside: Sequence[AsideRow]
    names: Sequence[NameRow]
    languages: Sequence[str]
    left_out: Sequence[str]


def quality(edition: Edition, overview: Overview) -> QualityView:
    """The view of the page in a language."""
    voice, known = edition.voice(""), overview.quality
    return QualityView(
        projects=_count(voice, len(overview.all.projects), "projects"),
        gaps=gap_rows(voice, overview),
        issues=list(_issues(voice, overview)),
        warnings=[
            WarningPart(sign, voice.gettext(name), count, 0 if sign else len(overview.doubted))
            for sign, name, count in _warnings(voice, overview, edition.site.warned)
            if count.number or sign in _SHOWN
        ],
        provisional=list(_provisional(voice, overview)),
        unread=_count(voice, len(known.unverified), UNREAD),
        unverified=list(map(voice.resource, sorted(known.unverified, key=voice.place)[:_NAMED])),
        all_aside=_count(voice, len(known.aside), ASIDE),
        aside=[_aside(voice, one) for one in known.aside[:_NAMED]],
        names=[one for one in _names(voice, overview) if one.number.number],
        languages=[endonym(language) for language in LANGUAGES],
        left_out=[visible(one) for one in edition.site.left_out],
    )


def _count(voice: PageVoice, number: int, name: str) -> Count:
    return Count(number, voice.list_address(name))


def _issues(voice: PageVoice, overview: Overview) -> Iterator[IssueRow]:
    kinds = overview.quality.notes
    for kind in kinds:
        sizes = (len(kind.notes), len(by_thing(kind.notes)))
        notes, things = (_count(voice, size, noted(kind)) for size in sizes)
        name = kind_name(voice, kind, kinds)
        yield IssueRow(name, kind.severity, voice.badge(kind.severity), notes, things)


def _warnings(
    voice: PageVoice, overview: Overview, warned: Warned
) -> Iterator[tuple[str, str, Count]]:
    """What is added to the doubts of projects, and taken away, to come to the warnings."""

    def count(things: Sequence[object], name: str) -> Count:
        """How many these are, with a link to them."""
        return _count(voice, len(things), name)

    yield "", N_("Values in doubt, of projects"), _count(voice, overview.doubts, DOUBTED)
    yield "+", NOT_OF_PROJECTS, count(elsewhere(overview), ELSEWHERE)
    for kind in overview.quality.notes:
        if kind.severity == "Warning" and kind.notes[0].is_absence:
            yield "+", N_("Values that are missing"), count(kind.notes, noted(kind))
    yield "+", NO_NOTE, count(warned.only_told, RULES_ALONE)
    yield "−", NO_RULE, count(warned.only_noted, NOTES_ALONE)
    yield "=", N_("Warnings of the report"), Count(warned.number, "report.ttl")


def _provisional(voice: PageVoice, overview: Overview) -> Iterator[tuple[Markup, Count]]:
    for code in overview.quality.provisional:
        number = len(overview.using(code).projects)
        yield voice.resource(code), _count(voice, number, printed_as(code))


def _names(voice: PageVoice, overview: Overview) -> Iterator[NameRow]:
    """The names of things of each class; all are those of the list that their number leads to."""
    for one in overview.quality.names:
        list_ = _LISTS[one.kind]
        number = len(voice.lexicon.catalogue.lists[list_])
        lacking = [
            _count(voice, len(things), unnamed(one.kind, language))
            for language, things in one.by_language()
        ]
        yield NameRow(list_, _count(voice, number, list_), lacking)


def _aside(voice: PageVoice, one: AsideWords) -> AsideRow:
    return AsideRow(
        voice.resource(one.record),
        voice.own(one.about),
        quoted(one.words),
        voice.resource(one.page),
        voice.resource(one.reason),
    )
