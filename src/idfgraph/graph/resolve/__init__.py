"""A record and reference data in, a linked record out. Pure: no file, no clock, no network."""

from .aliases import alias_warnings, unused_aliases
from .coining import CodeNames, Coined, coined
from .entries import linked_entries
from .issues import KINDS, places
from .languages import language_of
from .linked import Linked, accepted_values, contested, resolve, stated_values
from .readings import as_meant, property_of
from .reference import Reference
from .variants import earlier, without

__all__ = [
    "KINDS",
    "CodeNames",
    "Coined",
    "Linked",
    "Reference",
    "accepted_values",
    "alias_warnings",
    "as_meant",
    "coined",
    "contested",
    "earlier",
    "language_of",
    "linked_entries",
    "places",
    "property_of",
    "resolve",
    "stated_values",
    "unused_aliases",
    "without",
]
