"""A record and reference data in, a linked record out. Pure: no file, no clock, no network."""

from .issues import KINDS, places
from .linked import Linked, accepted_values, resolve
from .readings import language_of
from .reference import Reference, alias_warnings, unused_aliases
from .variants import earlier, without

__all__ = [
    "KINDS",
    "Linked",
    "Reference",
    "accepted_values",
    "alias_warnings",
    "earlier",
    "language_of",
    "places",
    "resolve",
    "unused_aliases",
    "without",
]
