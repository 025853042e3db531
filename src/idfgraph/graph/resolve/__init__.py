"""A record and reference data in, a linked record out. Pure: no file, no clock, no network."""

from .earlier import earlier
from .issues import KINDS
from .linked import Linked, accepted_values, resolve
from .readings import language_of
from .reference import Node, Reference, alias_warnings, unused_aliases
from .variants import without

__all__ = [
    "KINDS",
    "Linked",
    "Node",
    "Reference",
    "accepted_values",
    "alias_warnings",
    "earlier",
    "language_of",
    "resolve",
    "unused_aliases",
    "without",
]
