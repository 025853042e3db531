"""How many notes a release has, by what they are about."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ...model.text import LANGUAGES, Texts
from ...model.vocab import SEVERITIES, SH

_NOTES = """SELECT issue_iri, severity_iri, count(*), count(DISTINCT record_iri) FROM notes
    GROUP BY issue_iri, severity_iri"""
_PROVISIONAL = """SELECT codes.iri, (SELECT count(*) FROM projects
        WHERE codes.iri IN (status_iri, coverage_iri, region_iri))
      + (SELECT count(*) FROM project_types WHERE type_iri = codes.iri)
    FROM codes WHERE provisional = 1 ORDER BY codes.iri"""
_ASIDE = """SELECT record_iri, properties.label_en, properties.label_fr, properties.label_es, text,
      page_iri, reason_iri
    FROM sources JOIN properties ON properties.iri = property_iri JOIN codes ON codes.iri = rank_iri
    WHERE codes.code = 'set-aside' AND record_iri IS NOT NULL AND page_iri IS NOT NULL
      AND reason_iri IS NOT NULL AND text IS NOT NULL AND properties.label_en IS NOT NULL
    ORDER BY record_iri, properties.label_en, page_iri, text"""
_UNVERIFIED = "SELECT iri FROM pages WHERE evidence IS NOT NULL ORDER BY iri"

#: How many have none in each language, of columns that begin so.
_LACKING = ", ".join(f"count(*) - count({{}}_{language})" for language in LANGUAGES)

#: Class of things that have a name -> how many there are, and how many have none in each language.
_NAMES: Mapping[str, str] = {
    kind: f"SELECT count(*), {_LACKING.replace('{}', name)} FROM {table}"  # noqa: S608 - our words
    for kind, table, name in (
        ("Project", "projects", "title"),
        ("Programme", "programmes", "title"),
        ("State", "states", "label"),
        ("Organization", "organisations", "label"),
        ("Concept", "codes", "label"),
    )
}


class NoteCount(NamedTuple):
    """Notes of one kind: its compact IRI, its severity (a local name of SHACL), how many there are
    and of how many records.
    """

    issue: str
    severity: str
    notes: int
    records: int


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
    """Things of one class: how many there are, and how many have no name in each language."""

    kind: str
    number: int
    lacking: tuple[int, ...]


class Quality(NamedTuple):
    """What is to be known of a release before it is used: its notes by kind, the gravest first;
    provisional codes and how many projects have each; pages whose evidence could not be re-read;
    what pages print and is not accepted; how many names there are in each language.
    """

    notes: tuple[NoteCount, ...] = ()
    provisional: tuple[tuple[str, int], ...] = ()
    unverified: tuple[str, ...] = ()
    aside: tuple[AsideWords, ...] = ()
    names: tuple[NameCount, ...] = ()


def read_quality(tables: sqlite3.Connection, compact: Callable[[str], str]) -> Quality:
    """The quality of a release from its tables; `compact` gives the compact form of an IRI."""
    return Quality(
        tuple(sorted(_counts(tables, compact), key=_gravity)),
        tuple((compact(iri), uses) for iri, uses in tables.execute(_PROVISIONAL)),
        tuple(compact(iri) for (iri,) in tables.execute(_UNVERIFIED)),
        tuple(_aside(tables, compact)),
        tuple(_names(tables)),
    )


def _counts(tables: sqlite3.Connection, compact: Callable[[str], str]) -> Iterator[NoteCount]:
    for issue, severity, notes, records in tables.execute(_NOTES):
        yield NoteCount(compact(issue), severity.removeprefix(SH), notes, records)


def _aside(tables: sqlite3.Connection, compact: Callable[[str], str]) -> Iterator[AsideWords]:
    for record, *labels, words, page, reason in tables.execute(_ASIDE):
        about = dict(zip(LANGUAGES, labels, strict=True))
        yield AsideWords(compact(record), about, words, compact(page), compact(reason))


def _names(tables: sqlite3.Connection) -> Iterator[NameCount]:
    for kind, query in _NAMES.items():
        ((number, *lacking),) = tables.execute(query)
        yield NameCount(kind, number, tuple(lacking))


def _gravity(count: NoteCount) -> tuple[int, int, str]:
    names: tuple[str, ...] = SEVERITIES
    return (names.index(count.severity), -count.notes, count.issue)
