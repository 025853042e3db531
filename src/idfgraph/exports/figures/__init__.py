"""The tables of a release in, honest sums out: what is counted, what is not known, what several
states share.
"""

from .changes import ChangedRows, ChangeHistory, VersionChanges
from .listings import CodeUses, PageFacts
from .note_counts import NameCount, SetAside
from .overview import NONE, Overview, overview_of, read_overview
from .project_facts import ProjectFacts
from .sums import SEVERAL, UNKNOWN, ProjectSum, summed

__all__ = [
    "NONE",
    "SEVERAL",
    "UNKNOWN",
    "ChangeHistory",
    "ChangedRows",
    "CodeUses",
    "NameCount",
    "Overview",
    "PageFacts",
    "ProjectFacts",
    "ProjectSum",
    "SetAside",
    "VersionChanges",
    "overview_of",
    "read_overview",
    "summed",
]
