"""The words that pages print around and as values: labels, closed lists of values, and what tells a
language.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from ...model.entries import FieldLabel
from ...model.mending import mend
from ...model.names import folded
from ...model.text import Language, Texts, texts


class PageField(NamedTuple):
    """The property that a label stands for, and the language of the label."""

    property: str
    language: Language


#: Label as printed -> field, of those that ship.
PRINTED: Mapping[str, PageField] = {
    "Date de début": PageField("startYear", "fr"),
    "Start Date": PageField("startYear", "en"),
    "Fecha de inicio": PageField("startYear", "es"),
    "Date de fin": PageField("endYear", "fr"),
    "End Date": PageField("endYear", "en"),
    "Fecha de finalización": PageField("endYear", "es"),
    "Statut du projet": PageField("status", "fr"),
    "Project Status": PageField("status", "en"),
    "Type de projet": PageField("projectType", "fr"),
    "Project Type": PageField("projectType", "en"),
    "Tipo de proyecto": PageField("projectType", "es"),
    "Budget Amount (USD)": PageField("budget.value", "en"),
    "Couverture": PageField("coverage", "fr"),
    "Coverage": PageField("coverage", "en"),
    "Cobertura geográfica": PageField("coverage", "es"),
    "Année": PageField("allocationYear", "fr"),
    "Year": PageField("allocationYear", "en"),
    "Año": PageField("allocationYear", "es"),
    "IDF Region": PageField("fundRegion", "en"),
    "Other Countries Benefiting at Time of Allocation": PageField("otherBeneficiary", "en"),
    "Prima ID": PageField("primaId", "en"),
    "Projet ID": PageField("projectId", "fr"),
    "Projects ID": PageField("projectId", "en"),
    "Proyecto ID": PageField("projectId", "es"),
    "Etat(s) membre(s) beneficiaires remplissant les conditions requises": PageField(
        "beneficiary", "fr"
    ),
    "Benefiting Member States": PageField("beneficiary", "en"),
    "Estados Miembros Beneficiarios que Reúnen los Requisitos": PageField("beneficiary", "es"),
}

#: Folded label -> field, of those that ship.
_SHIPPED = {folded(label): field for label, field in PRINTED.items()}

#: Those that a desk adds, while its pages are read.
_TAUGHT: ContextVar[Mapping[str, PageField]] = ContextVar("_TAUGHT")


class _Labels(Mapping[str, PageField]):
    """Folded labels and their fields: those that ship, then those that a desk adds."""

    def __getitem__(self, label: str) -> PageField:
        known = _SHIPPED.get(label)
        return known or _TAUGHT.get({})[label]

    def __contains__(self, label: object) -> bool:
        return label in _SHIPPED or label in _TAUGHT.get({})

    def __iter__(self) -> Iterator[str]:
        return iter({**_SHIPPED, **_TAUGHT.get({})})

    def __len__(self) -> int:
        return len({**_SHIPPED, **_TAUGHT.get({})})


#: Folded label -> field.
LABELS: Mapping[str, PageField] = _Labels()


def field_of(label: str) -> PageField | None:
    """The field that a label stands for, read as people see it; None for one that nobody taught.

    >>> field_of("Ann&amp;eacute;e"), field_of("Thème")
    (PageField(property='allocationYear', language='fr'), None)
    """
    return LABELS.get(folded(mend(label).text))


@contextmanager
def taught(labels: Iterable[FieldLabel]) -> Iterator[None]:
    """Labels that a desk adds are known within the block.

    >>> with taught([FieldLabel(label="Thème", property="projectType", lang="fr")]):
    ...     LABELS["theme"].property
    'projectType'
    """
    before = _TAUGHT.set({folded(one.label): PageField(one.property, one.lang) for one in labels})
    try:
        yield
    finally:
        _TAUGHT.reset(before)


def label_notes(labels: Iterable[FieldLabel]) -> Iterator[str]:
    """A line for each label that ships already, and stays what it is.

    >>> list(label_notes([FieldLabel(label="Year", property="endYear", lang="en")]))
    ["label 'Year' is that of allocationYear already: what ships stays"]
    """
    for one in labels:
        if known := _SHIPPED.get(folded(one.label)):
            yield f"label {one.label!r} is that of {known.property} already: what ships stays"


#: Folded label that Spanish pages print twice: for the status, then for the type.
TWICE = folded("Tipo de proyecto")
STATUS_IN_SPANISH = PageField("status", "es")

#: Folded English labels that pages in all languages print.
SHARED = frozenset(
    map(
        folded,
        (
            "Budget Amount (USD)",
            "IDF Region",
            "Other Countries Benefiting at Time of Allocation",
            "Prima ID",
        ),
    )
)

#: Properties whose values can be several names.
SEVERAL = frozenset({"beneficiary", "otherBeneficiary"})

#: The values that pages print for a property, with the languages in which each is seen.
_VALUES: Mapping[str, Mapping[str, tuple[Language, ...]]] = {
    "status": {
        "Achevé": ("fr",),
        "Actif": ("fr",),
        "Completed": ("en",),
        "Active": ("en",),
        "Finalizado": ("es",),
        "Activo": ("es",),
    },
    "coverage": {
        "National": ("en", "fr", "es"),
        "Regional": ("en", "fr", "es"),
        "Global": ("en", "fr", "es"),
        "Régional": ("fr",),
        "Mondial": ("fr",),
        "Nacional": ("es",),
        "Mundial": ("es",),
    },
    "fundRegion": {
        "Afrique": ("fr",),
        "Amérique latine et Caraïbes": ("fr",),
        "Asie et Océanie": ("fr",),
        "Europe": ("en", "fr"),
        "Monde": ("fr",),
        "Africa": ("en",),
        "Latin America and the Caribbean": ("en",),
        "Asia and Oceania": ("en",),
        "Global": ("en", "es"),
        "África": ("es",),
        "América Latina y el Caribe": ("es",),
        "Asia y Oceanía": ("es",),
        "Europa": ("es",),
        "Mundo": ("es",),
    },
}

#: Property -> folded word -> the languages of the words that fold to it.
VALUES: Mapping[str, Mapping[str, tuple[Language, ...]]] = {
    name: {folded(word): languages for word, languages in words.items()}
    for name, words in _VALUES.items()
}

#: Properties whose words tell the language of a page, with their words as written, letter case
#: aside.
SPOKEN: Mapping[str, Mapping[str, tuple[Language, ...]]] = {
    name: {word.casefold(): languages for word, languages in words.items()}
    for name, words in _VALUES.items()
}

#: Folded lines that begin the site's own matter after a narrative.
FOOTERS = frozenset(
    map(
        folded,
        (
            *("- Plus d'information", "- Contactez-nous"),
            *("- More information", "- Contact us"),
            *("- Más información", "- Contáctenos"),
        ),
    )
)

#: Folded last line of the site's own matter before a page's content.
PREAMBLE_END = folded("- 2030 AGENDA")


def strange_label(page: str, label: str, property_: str, start: int) -> Texts:
    """What is wrong with the label that a value of a page, at this offset, is said to stand under;
    empty where nothing is.

    >>> strange_label("End Date\\n2024", "End Date", "endYear", 9)
    {}
    >>> strange_label("End Date\\n2024", "End Date", "startYear", 9)["en"]
    'is that of endYear'
    """
    field = field_of(label)
    twice = folded(label) == TWICE and property_ == STATUS_IN_SPANISH.property
    if field and not twice and property_ not in {field.property, "unknown"}:
        return texts("is that of {field}", field=field.property)
    at = page.rfind(label, 0, start)
    if at < 0:
        return texts("does not stand before it")
    between = page[at + len(label) : start].splitlines()
    others = (line for line in between if field_of(line.partition(":")[0]))
    parting = next(others, "")
    return texts("is parted from it by the label {label!r}", label=parting) if parting else {}
