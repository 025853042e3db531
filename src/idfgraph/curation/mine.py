"""The records that a person has to do with: those that name them as who reviewed, decided or saw a
doubt.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from ..graph.setting import prepared
from ..model.errors import BadInput, Place
from ..model.findings import Finding
from ..model.names import folded
from ..model.records import Record
from ..sources.stream import read_files


class OwnRecords(NamedTuple):
    """Where each of a person's records begins."""

    places: frozenset[tuple[str, int]]

    def among(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that are about these records."""
        files = {file for file, _ in self.places if not file.endswith(".jsonl")}
        return [
            one
            for one in findings
            if one.place.file in files or (one.place.file, one.place.line) in self.places
        ]


def own_records(
    person: str, sources: Sequence[Path | str], encoding: str | None = None
) -> OwnRecords:
    """The records that name a person, whatever the letter case; what cannot be read is nobody's.

    >>> len(own_records("idfgraph maintainers", [Path("data")]).places) > 1
    True
    """
    places = set[tuple[str, int]]()
    with prepared(sources, encoding=encoding) as setting:
        prose = setting.reference.prose.read
        for record, origin in read_files(
            setting.files, encoding=encoding, refuse=_left_to_the_check, prose=prose
        ):
            if is_of(person, record):
                place: Place = origin.place("id")
                places.add((place.file, place.line))
                places.update((other.file, other.line) for other in origin.others)
    return OwnRecords(frozenset(places))


def is_of(person: str, record: Record) -> bool:
    """Whether a record names a person, whatever the letter case.

    >>> from idfgraph.model.judgements import Review
    >>> from idfgraph.model.records import Project
    >>> is_of("ada", Project(id="V47-805", reviewed=(Review(by="Ada", on="2026-11-21"),)))
    True
    """
    return folded(person) in map(folded, _people(record))


def _people(record: Record) -> Iterable[str]:
    for said in (record.reviewed, record.decisions, record.accepted):
        yield from (one.by for one in said)


def _left_to_the_check(_error: BadInput) -> None:
    """Leaves an input that cannot be read to the check of all, which tells of it."""
