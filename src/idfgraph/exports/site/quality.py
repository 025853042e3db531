"""The page on what is not known, what is in doubt and what was not re-read, with the list behind
each number.
"""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from ..figures import Overview
from .edition import Edition
from .gaps import GapRow, gap_rows

#: How many pages are named whose evidence was not re-read.
_NAMED = 100


class IssueRow(NamedTuple):
    """Notes of one kind: its name and severity, how many there are, and of how many records."""

    name: Markup
    severity: str
    badge: str
    notes: int
    records: int


class QualityView(NamedTuple):
    """What the page shows: gaps by value, notes by kind, provisional codes with the number of
    projects that have them, how many pages have evidence that was not re-read, and the first of
    these.
    """

    gaps: Sequence[GapRow]
    issues: Sequence[IssueRow]
    provisional: Sequence[tuple[Markup, int]]
    unread: int
    unverified: Sequence[Markup]


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
    )
