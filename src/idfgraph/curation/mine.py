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
    """The ids of a person's records, and where each begins."""

    ids: frozenset[str]
    places: frozenset[tuple[str, int]]

    def among(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that are about these records."""
        files = {file for file, _ in self.places if not file.endswith(".jsonl")}
        return [
            one
            for one in findings
            if one.place.file in files or (one.place.file, one.place.line) in self.places
        ]


def own_records(person: str, sources: Sequence[Path], encoding: str | None = None) -> OwnRecords:
    """The records that name a person, whatever the letter case; what cannot be read is nobody's.

    >>> sorted(own_records("idfgraph maintainers", [Path("data")]).ids)[:2]
    ['PX.0220', 'V47-805']
    """
    ids, places = set[str](), set[tuple[str, int]]()
    with prepared(sources, encoding=encoding) as setting:
        prose = setting.reference.prose.read
        for record, origin in read_files(
            setting.files, encoding=encoding, refuse=_left_to_the_check, prose=prose
        ):
            if folded(person) in map(folded, _people(record)):
                place: Place = origin.place("id")
                ids.add(record.id)
                places.add((place.file, place.line))
    return OwnRecords(frozenset(ids), frozenset(places))


def _people(record: Record) -> Iterable[str]:
    for said in (record.reviewed, record.decisions, record.accepted):
        yield from (one.by for one in said)


def _left_to_the_check(_error: BadInput) -> None:
    """Leaves an input that cannot be read to the check of all, which tells of it."""
