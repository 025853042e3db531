"""The tables of a release in, honest sums out: what is counted, what is not known, what several
states share.
"""

from .budget_sums import SEVERAL, UNKNOWN, ProjectSum, summed
from .changes import ChangedRows, ChangeHistory, VersionChanges
from .list_entries import CodeUses, ListedPage, Listings
from .note_counts import AsideWords, NameCount
from .notes import Noted, NoteKind, by_thing, doubts
from .overview import NONE, Overview, overview_of, read_overview
from .project_facts import ProjectFacts
from .rule_warnings import RuleWarning, Warned, warned

__all__ = [
    "NONE",
    "SEVERAL",
    "UNKNOWN",
    "AsideWords",
    "ChangeHistory",
    "ChangedRows",
    "CodeUses",
    "ListedPage",
    "Listings",
    "NameCount",
    "NoteKind",
    "Noted",
    "Overview",
    "ProjectFacts",
    "ProjectSum",
    "RuleWarning",
    "VersionChanges",
    "Warned",
    "by_thing",
    "doubts",
    "overview_of",
    "read_overview",
    "summed",
    "warned",
]
