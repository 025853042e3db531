"""The data dictionary: what each column means in three languages, its type, and the property it
comes from.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import Literal, RdfFormat, parse

from ...model.findings import severity_name
from ...model.labels import PROPERTIES
from ...model.text import LANGUAGES, N_, Texts, capitalized, gettext, texts
from ...model.vocab import DCT, RDFS, SEVERITIES, SKOS
from .column import IRI, Column, Table
from .node_rows import Row

#: What the properties of others mean here, by their keys in nodes, where their label does not say
#: it.
_DEFINITIONS: Mapping[str, str] = {
    "title": N_("As published."),
    "value": N_("The amount of money."),
    "currency": N_("Its ISO 4217 code."),
    "agent": N_("The organisation that takes part."),
    "role": N_("How it takes part."),
    "source": N_("A captured page that the record stands on."),
    "hasPart": N_("The numbers of the phases of the programme that a page tells of."),
    "pageUrl": N_("Where the page was captured."),
    "contentUrl": N_("The text of the page in this release."),
    "identifier": N_("The name of the captured file, without suffix."),
    "language": N_("The language of the page."),
    "comment": N_("What the note says."),
    "references": N_("What the note rests on."),
    "rights": N_("Whose the texts and the statements are."),
    "issued": N_("The day that counts as today in the data."),
}

_SEVERAL = N_("Several are separated by “; ”.")

#: What a data set has, under keys that records do not use.
_OF_DATASET = {key: f"<{DCT}{key}>" for key in ("issued", "rights")}

_LABEL, _DEFINITION = f"{RDFS}label", f"{SKOS}definition"


class PropertyWords(NamedTuple):
    """What a property is called and what it means, by language."""

    label: Texts
    definition: Texts


class Dictionary:
    """What keys and columns mean, from the ontology's Turtle; `predicates` gives the property of a
    key as <...>.
    """

    def __init__(self, ontology: str, predicates: Mapping[str, str]) -> None:
        self._predicates, self._paths = predicates, {**_OF_DATASET, **predicates}
        others = {
            key: PropertyWords(texts(label), texts(_DEFINITIONS.get(key, "")))
            for key, label in PROPERTIES.items()
        }
        known = _words_of(ontology)
        own = {key: known[iri] for key, iri in predicates.items() if iri in known}
        self._words = {**others, **own}

    def entries(
        self, table: Table, columns: Sequence[Column], marked: Sequence[int]
    ) -> Iterator[Row]:
        """A row for each column of a table; `marked` counts the cells made harmless."""
        for position, (column, count) in enumerate(zip(columns, marked, strict=True), 1):
            path, meanings = self.path(column), self.meanings(column).values()
            yield (
                "dictionary",
                (table.name, position, column.name, column.type, path, *meanings, count),
            )

    def path(self, column: Column) -> str | None:
        """The property that a column comes from, or the path of properties; None for a thing."""
        return " / ".join(self._paths[key][1:-1] for key in column.keys) or None

    def headers(self, column: Column) -> dict[str, str]:
        """What people read above a column, in each language."""
        return {language: self.header(column, language) for language in LANGUAGES}

    def header(self, column: Column, language: str) -> str:
        """What people read above a column, in a language: the name of the last property that leads
        to it, or of the thing that it holds.
        """
        if column.title:
            return gettext(column.title, language)
        keys = [key for key in column.keys if key != "prefLabel"]
        if keys:
            return capitalized(self._words[keys[-1]].label.get(language, keys[-1]))
        role = f" – {gettext(IRI, language)}" if column.role == IRI else ""
        return f"{gettext(column.thing, language).removesuffix('.')}{role.removesuffix('.')}"

    def meanings(self, column: Column) -> dict[str, str]:
        """What a column means, in each language."""
        return {language: self.meaning(column, language) for language in LANGUAGES}

    def meaning(self, column: Column, language: str) -> str:
        """What a column means, in a language."""
        parts = [gettext(column.thing, language)]
        if column.keys:
            label, definition = (said.get(language, "") for said in self._words[column.keys[0]])
            parts += [f"{capitalized(label)}.", definition]
        parts += [gettext(column.role, language)]
        parts += [gettext(_SEVERAL, language)] if column.several else []
        return " ".join(part for part in parts if part)

    def labels(self, iri: Callable[[str], str]) -> Iterator[Row]:
        """The labels of properties, and of the severities of notes, as rows of the store."""
        for key, predicate in sorted(self._predicates.items()):
            label = self._words[key].label if key in self._words else {}
            yield "properties", (predicate[1:-1], key, *map(label.get, LANGUAGES))
        for code in SEVERITIES:
            names = (severity_name(code, language) for language in LANGUAGES)
            yield "codes", (iri(f"sh:{code}")[1:-1], "severity", code, *names, 0)


def _words_of(ontology: str) -> Mapping[str, PropertyWords]:
    """The label and definition of each property that has a label, by its IRI as <...>."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for quad in parse(ontology.encode(), format=RdfFormat.TURTLE):
        value = quad.object
        if isinstance(value, Literal) and value.language:
            found[str(quad.subject), quad.predicate.value][value.language] = value.value
    return {
        subject: PropertyWords(label, found.get((subject, _DEFINITION), {}))
        for (subject, predicate), label in found.items()
        if predicate == _LABEL
    }
