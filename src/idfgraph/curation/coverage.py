"""Which values a review covers: each field by itself, so that a review lapses where a value
changed, and holds where none did.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..model.fields import FIELDS
from ..model.judgements import Review, SignedDecision
from ..model.names import as_person
from ..model.records import Record
from ..sources.records import plain_digest
from .merge import by_field, plain

#: How many digits of the digest of a field are kept.
_DIGITS = 8


class Uncovered(NamedTuple):
    """A review that does not cover all values that want it: its number in the record, and the
    fields that changed since; none are named where it does not say which it covers.
    """

    number: int
    fields: tuple[str, ...]


def values_digest(record: Record) -> str:
    """What a review covers: the first 16 hex digits of the SHA-256 of a record's values as
    canonical JSON.

    >>> from idfgraph.model.fields import ProjectValues
    >>> from idfgraph.model.records import Project
    >>> values_digest(Project(id="V47-805", values=ProjectValues(beneficiary=("ALB",))))
    '7474f78ff749d2c6'
    """
    return plain_digest({**_values(record), **_decided(record)})


def field_digests(record: Record) -> dict[str, str]:
    """The fields of a record's values, each with the first digits of its digest.

    >>> from idfgraph.model.fields import ProjectValues
    >>> from idfgraph.model.records import Project
    >>> list(field_digests(Project(id="V47-805", values=ProjectValues(title={"fr": "Un"}))))
    ['title.fr']
    """
    return {
        name: plain_digest({name: value})[:_DIGITS]
        for name, value in {**by_field(_values(record)), **_decided(record)}.items()
    }


def uncovered(record: Record, wanted: int) -> tuple[Uncovered, ...] | None:
    """The reviews of a record that lapsed, where not every value is covered by so many people; None
    where it is.
    """
    now = field_digests(record)
    names = {*now, *(name for one in record.reviewed for name in one.fields)}
    lapsed = [_lapsed(record, one, now, names) for one in record.reviewed]
    people = [as_person(one.by) for one in record.reviewed]
    lacking = {
        name
        for name in names or {""}
        if len({by for by, gone in zip(people, lapsed, strict=True) if name not in gone}) < wanted
    }
    return tuple(_told(lapsed, lacking, record)) if lacking else None


def _told(lapsed: list[set[str]], lacking: set[str], record: Record) -> Iterator[Uncovered]:
    for number, gone in enumerate(lapsed):
        if gone & lacking:
            names = sorted(gone & lacking) if record.reviewed[number].fields else ()
            yield Uncovered(number, tuple(names))


def _lapsed(record: Record, review: Review, now: Mapping[str, str], names: set[str]) -> set[str]:
    """The fields among some that a review does not cover; where it says nothing of fields, all or
    none.
    """
    if review.values == values_digest(record):
        return set()
    if not review.fields:
        return {*names, ""}
    return {name for name in names if review.fields.get(name) != now.get(name)}


def _values(record: Record) -> Mapping[str, object]:
    return plain(getattr(record, "values", None))


def _decided(record: Record) -> Mapping[str, object]:
    """The fields that are decided in files of their own, whatever the record states."""
    found: dict[str, object] = {}
    for one in record.decisions:
        if isinstance(one, SignedDecision) and FIELDS[one.property].of:
            value = list(one.value) if isinstance(one.value, tuple) else one.value
            is_texts = isinstance(value, Mapping)
            found |= by_field({one.property: value}) if is_texts else {one.property: value}
    return found
