"""What is to be known of a release before it is used: notes, words that no list has, pages that
were not re-read, what is not accepted, names that lack.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...model.text import LANGUAGES, Texts
from .notes import NoteKind, read_notes

_PROVISIONAL = "SELECT iri FROM codes WHERE provisional = 1 ORDER BY iri"
_ASIDE = """SELECT record_iri, properties.label_en, properties.label_fr, properties.label_es, text,
      page_iri, reason_iri
    FROM sources JOIN properties ON properties.iri = property_iri JOIN codes ON codes.iri = rank_iri
    WHERE codes.code <> 'accepted' AND record_iri IS NOT NULL AND page_iri IS NOT NULL
      AND reason_iri IS NOT NULL AND text IS NOT NULL AND properties.label_en IS NOT NULL
    ORDER BY record_iri, properties.label_en, page_iri, text"""
_UNVERIFIED = "SELECT iri FROM pages WHERE evidence IS NOT NULL ORDER BY iri"

#: Class of things that have a name -> their table, and how the columns of names begin there.
_NAMES: Mapping[str, tuple[str, str]] = {
    "Project": ("projects", "title"),
    "Programme": ("programmes", "title"),
    "State": ("states", "label"),
    "Organization": ("organisations", "label"),
    "Concept": ("codes", "label"),
}


class AsideWords(NamedTuple):
    """What a page prints of a record and is not accepted: the record, what it is about, the words,
    the page and the reason; resources as compact IRIs.
    """

    record: str
    about: Texts
    words: str
    page: str
    reason: str


class NameCount(NamedTuple):
    """Things of one class: how many there are, and which have no name in each language."""

    kind: str
    number: int
    lacking: tuple[tuple[str, ...], ...]

    def by_language(self) -> Iterator[tuple[str, Sequence[str]]]:
        """Those that have none, by language."""
        return zip(LANGUAGES, self.lacking, strict=True)


class Quality(NamedTuple):
    """What is to be known of a release before it is used: its notes by kind, the gravest first;
    provisional codes; pages whose evidence could not be re-read;
    what pages print and is not accepted; how many names there are in each language.
    """

    notes: tuple[NoteKind, ...] = ()
    provisional: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    aside: tuple[AsideWords, ...] = ()
    names: tuple[NameCount, ...] = ()


def read_quality(tables: sqlite3.Connection, compact: Callable[[str], str]) -> Quality:
    """The quality of a release from its tables; `compact` gives the compact form of an IRI."""
    return Quality(
        read_notes(tables, compact),
        tuple(compact(iri) for (iri,) in tables.execute(_PROVISIONAL)),
        tuple(compact(iri) for (iri,) in tables.execute(_UNVERIFIED)),
        tuple(_aside(tables, compact)),
        tuple(_names(tables, compact)),
    )


def _aside(tables: sqlite3.Connection, compact: Callable[[str], str]) -> Iterator[AsideWords]:
    for record, *labels, words, page, reason in tables.execute(_ASIDE):
        about = dict(zip(LANGUAGES, labels, strict=True))
        yield AsideWords(compact(record), about, words, compact(page), compact(reason))


def _names(tables: sqlite3.Connection, compact: Callable[[str], str]) -> Iterator[NameCount]:
    for kind, (table, name) in _NAMES.items():
        ((number,),) = tables.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - our words
        lacking = (
            tables.execute(f"SELECT iri FROM {table} WHERE {name}_{one} IS NULL ORDER BY iri")  # noqa: S608
            for one in LANGUAGES
        )
        named = (tuple(compact(iri) for (iri,) in one) for one in lacking)
        yield NameCount(kind, number, tuple(named))
