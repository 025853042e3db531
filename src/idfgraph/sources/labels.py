"""The labels that pages print before their values: what each stands for, and in which language it is."""

from collections.abc import Mapping
from typing import NamedTuple

from ..names import folded
from ..records import Language


class Field(NamedTuple):
    """The property that a label stands for, and the language of the label."""

    property: str
    language: Language


_PRINTED: Mapping[str, Field] = {
    "Date de début": Field("startYear", "fr"),
    "Date de fin": Field("statedEndYear", "fr"),
    "Statut du projet": Field("status", "fr"),
    "Type de projet": Field("projectType", "fr"),
    "Budget Amount (USD)": Field("budget.value", "en"),
    "Couverture": Field("coverage", "fr"),
    "Année": Field("allocationYear", "fr"),
    "IDF Region": Field("fundRegion", "en"),
    "Prima ID": Field("primaId", "en"),
    "Projet ID": Field("projectId", "fr"),
    "Etat(s) membre(s) beneficiaires remplissant les conditions requises": Field("beneficiary", "fr"),
}

#: Folded label -> field.
LABELS: Mapping[str, Field] = {folded(label): field for label, field in _PRINTED.items()}

#: Folded lines that begin the site's own matter after a narrative.
FOOTERS = frozenset(map(folded, ("- Plus d'information", "- Contactez-nous")))

#: Folded last line of the site's own matter before a page's content.
PREAMBLE_END = folded("- 2030 AGENDA")

#: Words that tell the language of a narrative.
COMMON_WORDS: Mapping[Language, frozenset[str]] = {
    "en": frozenset(["the", "of", "and", "to", "in", "for", "with", "on", "by", "is"]),
    "fr": frozenset(["le", "la", "les", "des", "et", "du", "dans", "pour", "une", "est"]),
    "es": frozenset(["el", "los", "las", "del", "y", "en", "para", "con", "una", "por"]),
}
