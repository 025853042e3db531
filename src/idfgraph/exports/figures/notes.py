"""The quality notes of a release, by their kind and severity."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...model import iris
from ...model.vocab import SEVERITIES, SH

_NOTES = """SELECT notes.iri, issue_iri, severity_iri, properties.code
    FROM notes JOIN properties ON properties.iri = property_iri ORDER BY notes.iri"""

#: What notes on values that are not there are about: these are gaps, and no doubts.
_MISSING = "code:issue-missing-value"


class Noted(NamedTuple):
    """A note: its compact IRI, its issue as another, its severity (a local name of SHACL), and the
    key of the property that it is about.
    """

    id: str
    issue: str
    severity: str
    about: str

    @property
    def thing(self) -> str:
        """The project or programme that it is on, or the page that names none.

        >>> Noted("prj:A#note-eu-member-beneficiary", "code:issue-eu-member", "Info", "").thing
        'prj:A'
        """
        return iris.resource_of(self.id)

    @property
    def is_absence(self) -> bool:
        """Whether it says that a value is not there."""
        return self.issue == _MISSING

    @property
    def is_doubt(self) -> bool:
        """Whether it doubts a value that is there."""
        return self.severity == "Warning" and not self.is_absence


class NoteKind(NamedTuple):
    """Notes of one kind and severity, in the order of their IRIs."""

    issue: str
    severity: str
    notes: tuple[Noted, ...]

    @property
    def abouts(self) -> Sequence[str]:
        """The keys of the properties that the notes are about."""
        return sorted({one.about for one in self.notes})


def by_thing(notes: Iterable[Noted]) -> Mapping[str, Sequence[Noted]]:
    """The notes of each thing that has one."""
    found: dict[str, list[Noted]] = defaultdict(list)
    for one in notes:
        found[one.thing].append(one)
    return found


def read_notes(tables: sqlite3.Connection, compact: Callable[[str], str]) -> tuple[NoteKind, ...]:
    """The notes of a release's tables by kind, the gravest first, then those that are many;
    `compact` gives the compact form of an IRI.
    """
    found: dict[tuple[str, str], list[Noted]] = defaultdict(list)
    for one in _noted(tables, compact):
        found[one.issue, one.severity].append(one)
    kinds = (NoteKind(*key, tuple(notes)) for key, notes in found.items())
    return tuple(sorted(kinds, key=_gravity))


def doubts(kinds: Iterable[NoteKind]) -> Iterator[Noted]:
    """The notes that doubt a value, kind by kind."""
    return (one for kind in kinds for one in kind.notes if one.is_doubt)


def doubts_of(kinds: Iterable[NoteKind]) -> Mapping[str, Sequence[Noted]]:
    """The doubts of each thing that has one, in the order of their IRIs."""
    return by_thing(sorted(doubts(kinds)))


def _noted(tables: sqlite3.Connection, compact: Callable[[str], str]) -> Iterator[Noted]:
    for note, issue, severity, about in tables.execute(_NOTES):
        yield Noted(compact(note), compact(issue), severity.removeprefix(SH), about)


def _gravity(kind: NoteKind) -> tuple[int, int, str]:
    names: tuple[str, ...] = SEVERITIES
    return (names.index(kind.severity), -len(kind.notes), kind.issue)
