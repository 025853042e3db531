"""The page on what is not known, what is in doubt and what was not re-read, with the list behind
each number.
"""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from ...model.text import LANGUAGES
from ..figures import AsideWords, NameCount, Overview
from .edition import Edition
from .frame import endonym
from .gaps import GapRow, gap_rows
from .markup import quoted, visible
from .page_voice import PageVoice

#: How many pages are named whose evidence was not re-read, and how much of what is not accepted.
_NAMED = 100


class IssueRow(NamedTuple):
    """Notes of one kind: its name and severity, how many there are, and of how many records."""

    name: Markup
    severity: str
    badge: str
    notes: int
    records: int


class AsideRow(NamedTuple):
    """What a page prints of a record and is not accepted: the record, what it is about, the words,
    the page, and why.
    """

    record: Markup
    about: str
    words: Markup
    page: Markup
    reason: Markup


class QualityView(NamedTuple):
    """What the page shows: gaps by value, notes by kind, provisional codes with the number of
    projects that have them, how many pages have evidence that was not re-read, and the first of
    these; how much that pages print is not accepted, and the first of that;
    how many names there are in each language; and the ids of the records that are left out.
    """

    gaps: Sequence[GapRow]
    issues: Sequence[IssueRow]
    provisional: Sequence[tuple[Markup, int]]
    unread: int
    unverified: Sequence[Markup]
    aside: Sequence[AsideRow]
    all_aside: int
    names: Sequence[NameCount]
    languages: Sequence[str]
    left_out: Sequence[str]


def quality(edition: Edition, overview: Overview) -> QualityView:
    """The view of the page in a language."""
    voice, known = edition.voice(""), overview.quality
    return QualityView(
        gaps=gap_rows(voice, overview),
        issues=[
            IssueRow(
                voice.resource(one.issue),
                one.severity,
                voice.badge(one.severity),
                one.notes,
                one.records,
            )
            for one in known.notes
        ],
        provisional=[(voice.resource(code), uses) for code, uses in known.provisional],
        unread=len(known.unverified),
        unverified=[voice.resource(page) for page in known.unverified[:_NAMED]],
        aside=[_aside(voice, one) for one in known.aside[:_NAMED]],
        all_aside=len(known.aside),
        names=[each for each in known.names if each.number],
        languages=[endonym(language) for language in LANGUAGES],
        left_out=[visible(one) for one in edition.site.left_out],
    )


def _aside(voice: PageVoice, one: AsideWords) -> AsideRow:
    return AsideRow(
        voice.resource(one.record),
        voice.own(one.about),
        quoted(one.words),
        voice.resource(one.page),
        voice.resource(one.reason),
    )
