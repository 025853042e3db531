"""The data dictionary: what each column means in three languages, its type, and the property it
comes from.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import Literal, RdfFormat, parse

from ...model.text import LANGUAGES
from ...model.vocab import DCT, RDFS, SKOS
from .columns import Column, Table
from .rows import Row
from .words import BORROWED, ROLES, SEVERAL, SEVERITIES, THINGS, Words

#: The columns of the dictionary as a table.
HEAD = (
    "table_name",
    "position",
    "column_name",
    "type",
    "property",
    "en",
    "fr",
    "es",
    "made_harmless",
)

#: What a data set has, under keys that records do not use.
_OF_DATASET = {key: f"<{DCT}{key}>" for key in ("issued", "rights")}

_LABEL, _DEFINITION = f"{RDFS}label", f"{SKOS}definition"


class ColumnMeaning(NamedTuple):
    """What a property is called and what it means, in each language."""

    label: Words
    definition: Words


class Dictionary:
    """What keys and columns mean, from the ontology's Turtle; `predicates` gives the property of a
    key as <...>.
    """

    def __init__(self, ontology: str, predicates: Mapping[str, str]) -> None:
        self._predicates, self._paths = predicates, {**_OF_DATASET, **predicates}
        said = _said(ontology)
        own = {key: said[iri] for key, iri in predicates.items() if iri in said}
        self._meanings = {**{key: ColumnMeaning(*words) for key, words in BORROWED.items()}, **own}

    def entries(
        self, table: Table, columns: Sequence[Column], marked: Sequence[int]
    ) -> Iterator[Row]:
        """A row for each column of a table; `marked` counts the cells made harmless."""
        for position, (column, count) in enumerate(zip(columns, marked, strict=True), 1):
            path = " / ".join(self._paths[key][1:-1] for key in column.keys)
            words = self.meaning(column)
            yield (
                "dictionary",
                (table.name, position, column.name, column.type, path or None, *words, count),
            )

    def meaning(self, column: Column) -> Words:
        """What a column means, in each language."""
        return _joined(tuple(self._meaning(column, at) for at in range(len(LANGUAGES))))

    def properties(self, iri: Callable[[str], str]) -> Iterator[Row]:
        """The labels of properties, and of the severities of notes, as rows of the store."""
        for key, predicate in sorted(self._predicates.items()):
            labels = (
                self._meanings[key].label if key in self._meanings else (None,) * len(LANGUAGES)
            )
            yield "properties", (predicate[1:-1], key, *labels)
        for code, words in SEVERITIES.items():
            yield "codes", (iri(f"sh:{code}")[1:-1], "severity", code, *words)

    def _meaning(self, column: Column, at: int) -> str:
        parts = [THINGS[column.thing][at]] if column.thing else []
        if column.keys:
            label, definition = (words[at] for words in self._meanings[column.keys[0]])
            parts += [f"{label[:1].upper()}{label[1:]}.", definition]
        several = SEVERAL[at] if column.several else ""
        return " ".join(part for part in (*parts, ROLES[column.role][at], several) if part)


def _said(ontology: str) -> Mapping[str, ColumnMeaning]:
    """The label and definition of each property that has both in all languages, by its IRI as
    <...>.
    """
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for quad in parse(ontology.encode(), format=RdfFormat.TURTLE):
        value = quad.object
        if isinstance(value, Literal) and value.language:
            found[str(quad.subject), quad.predicate.value][value.language] = value.value
    named = {subject for subject, predicate in found if predicate == _LABEL}
    whole = {
        subject: [found.get((subject, kind), {}) for kind in (_LABEL, _DEFINITION)]
        for subject in named
    }
    return {
        subject: ColumnMeaning(
            *(_joined(tuple(texts.get(tag, "") for tag in LANGUAGES)) for texts in both)
        )
        for subject, both in whole.items()
    }


def _joined(texts: tuple[str, ...]) -> Words:
    en, fr, es = texts
    return en, fr, es
