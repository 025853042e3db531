"""Two sets of records held against each other, by their ids."""

from collections.abc import Container, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from ...model.findings import Finding
from .compared_record import Change, Snapshot, changes
from .totals import Total, totals


class RecordTitle(NamedTuple):
    """A record that is new, gone or unreadable: its id, its kind, and its titles by language."""

    id: str
    kind: str
    titles: Mapping[str, str]


class Changed(NamedTuple):
    """A record that is on both sides: its id and kind, its titles as they are now, and the fields
    that differ.
    """

    id: str
    kind: str
    titles: Mapping[str, str]
    changes: tuple[Change, ...]


class Results(NamedTuple):
    """What validation finds on one side alone: new with places as they are now, solved with those
    of before.
    """

    new: tuple[Finding, ...] = ()
    solved: tuple[Finding, ...] = ()


class Comparison(NamedTuple):
    """All that differs from one side, `base`, to another, `head`; records by id, results in the
    order of reports.

    `unread` are records of which one side has a file that cannot be read: they are neither new nor
    gone, and counted as the other side has them.
    """

    base: str
    head: str
    new: tuple[RecordTitle, ...]
    gone: tuple[RecordTitle, ...]
    changed: tuple[Changed, ...]
    totals: tuple[Total, ...]
    results: Results
    unread: tuple[RecordTitle, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no record and no result differs."""
        return not any((self.new, self.gone, self.changed, self.unread, *self.results))


def compare(
    base: tuple[str, Mapping[str, Snapshot]],
    head: tuple[str, Mapping[str, Snapshot]],
    results: Results = Results(),
    unread: Container[str] = (),
) -> Comparison:
    """The comparison of two sides, each its name and its records by id, with the results that
    differ; `unread` are the ids of records that one side has, but cannot read.

    >>> side = ("main", {"V47-805": Snapshot("project", {"status": "active"})})
    >>> compare(side, side).is_empty
    True
    """
    old, new = base[1], head[1]
    alone = (tuple(_entries(new, old)), tuple(_entries(old, new)))
    known, gone = (tuple(one for one in side if one.id not in unread) for side in alone)
    lost, back = (tuple(one for one in side if one.id in unread) for side in reversed(alone))
    return Comparison(
        base[0],
        head[0],
        known,
        gone,
        tuple(_changed(old, new)),
        totals(
            chain(old.values(), (new[one.id] for one in back)),
            chain(new.values(), (old[one.id] for one in lost)),
        ),
        results,
        tuple(sorted((*lost, *back))),
    )


def _entries(
    records: Mapping[str, Snapshot], others: Mapping[str, Snapshot]
) -> Iterator[RecordTitle]:
    """The records that the others do not have."""
    for id_ in sorted(records.keys() - others.keys()):
        yield RecordTitle(id_, records[id_].kind, records[id_].titles)


def _changed(old: Mapping[str, Snapshot], new: Mapping[str, Snapshot]) -> Iterator[Changed]:
    for id_ in sorted(old.keys() & new.keys()):
        if found := changes(old[id_], new[id_]):
            yield Changed(id_, new[id_].kind, new[id_].titles, found)
