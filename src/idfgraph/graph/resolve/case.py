"""A record on its way to a linked record: asked once for what all steps need."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ...model.judgements import Decision
from ...model.records import Record
from .issues import Issue
from .readings import Reading, printed_as, readings_of, subject_of
from .reference import Reference
from .values import Value, Values

#: A value that everybody who prints it prints without meaning it.
_TEMPLATE_YEAR = "2024"


class Accepted(NamedTuple):
    """The accepted values in the record's form, issues of acceptance, and properties decided by a
    rule.
    """

    values: Values
    issues: tuple[Issue, ...] = ()
    by_rule: tuple[str, ...] = ()


class Case(NamedTuple):
    """A record, the compact IRI of what it is about, what its pages print, and what of it is
    accepted.

    `template` are the SHA-256 of the pages that print the template's end year; `settled` the
    properties that people have decided, texts with their language (`title@fr`), `decided` the same
    as pages print them.
    """

    record: Record
    reference: Reference
    subject: str
    readings: tuple[Reading, ...]
    template: frozenset[str]
    settled: frozenset[str]
    decided: frozenset[str]
    accepted: Accepted = Accepted(Values())

    @property
    def kind(self) -> str:
        """The class of what the record is about; `Unidentified` for a page that names no
        project.
        """
        return type(self.record).__name__

    @property
    def values(self) -> Values:
        """The accepted values."""
        return self.accepted.values


def case_of(record: Record, reference: Reference) -> Case:
    """The case of a record, of which nothing is accepted yet."""
    subject = subject_of(record)
    readings = tuple(readings_of(record, subject, reference))
    settled = frozenset(name for decision in record.decisions for name in _names(decision))
    decided = frozenset(map(printed_as, settled))
    return Case(record, reference, subject, readings, _template_pages(readings), settled, decided)


def _names(decision: Decision) -> Iterator[str]:
    """The property that was decided; of texts, with each language."""
    if isinstance(decision.value, Mapping):
        yield from (f"{decision.property}@{language}" for language in decision.value)
    else:
        yield decision.property


def _template_pages(readings: Iterable[Reading]) -> frozenset[str]:
    """The pages that print the template's end year: completed, no start year, no allocation
    year.
    """
    seen: dict[str, dict[str, Value | None]] = defaultdict(dict)
    for reading in readings:
        seen[reading.source.page][reading.property] = reading.value
    return frozenset(page for page, values in seen.items() if _is_template(values))


def _is_template(values: Mapping[str, Value | None]) -> bool:
    printed = values.get("status") == "completed" and values.get("statedEndYear") == _TEMPLATE_YEAR
    return printed and not values.keys() & {"startYear", "allocationYear"}
