"""A record and reference data in, a linked record out. Pure: no file, no clock, no network."""

from .aliases import alias_warnings, unused_aliases
from .coining import CodeNames, Coined, coined
from .deciding import NONE
from .decisions import pages_against, printed_against
from .issues import KINDS, places
from .languages import language_of
from .linked import Doubted, Linked, accepted_values, all_doubted, contested, resolve, stated_values
from .meanings import meaning_of
from .names import KnownName, States, loose
from .readings import as_meant, property_of
from .reference import Reference
from .reference_entries import linked_entries
from .settled import unsigned
from .variants import earlier, without

__all__ = [
    "KINDS",
    "NONE",
    "CodeNames",
    "Coined",
    "Doubted",
    "KnownName",
    "Linked",
    "Reference",
    "States",
    "accepted_values",
    "alias_warnings",
    "all_doubted",
    "as_meant",
    "coined",
    "contested",
    "earlier",
    "language_of",
    "linked_entries",
    "loose",
    "meaning_of",
    "pages_against",
    "places",
    "printed_against",
    "property_of",
    "resolve",
    "stated_values",
    "unsigned",
    "unused_aliases",
    "without",
]
