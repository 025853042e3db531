"""The releases of a folder, on disk: locked, listed, swapped, pruned, and held against what was published before."""

from .losses import Before, losses
from .shelf import Release, find, keep, releases, rollback
from .store import Store
from .sums import fault
from .tally import SUMMARY, TOMBSTONES, Summary, Tally, read_summary, render_summary, render_tombstones, tally
from .versions import Kept, version_of, versions

__all__ = [
    "SUMMARY",
    "TOMBSTONES",
    "Before",
    "Kept",
    "Release",
    "Store",
    "Summary",
    "Tally",
    "fault",
    "find",
    "keep",
    "losses",
    "read_summary",
    "releases",
    "render_summary",
    "render_tombstones",
    "rollback",
    "tally",
    "version_of",
    "versions",
]
