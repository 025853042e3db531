"""A record on its way to a linked record: asked once for what all steps need."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ...model.records import Record
from .deciding import names_of, stands
from .issues import Issue
from .readings import Reading, is_suggested, readings_of, subject_of
from .reference import Reference
from .settled import settled
from .values import Value, Values

#: A value that everybody who prints it prints without meaning it.
_TEMPLATE_YEAR = "2024"


class Accepted(NamedTuple):
    """The accepted values in the record's form, and issues of acceptance."""

    values: Values
    issues: tuple[Issue, ...] = ()


class Case(NamedTuple):
    """A record, the compact IRI of what it is about, what its pages print, and what of it is
    accepted.

    `template` are the SHA-256 of the pages that print the template's end year; `decided` the
    properties that people have decided, texts with their language (`title@fr`); `doubts` the issues
    of values that are not plausible, wherever they are printed.
    """

    record: Record
    reference: Reference
    subject: str
    readings: tuple[Reading, ...]
    template: frozenset[str]
    decided: frozenset[str]
    doubts: tuple[Issue, ...] = ()
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

    def counts(self, reading: Reading) -> bool:
        """Whether a reading can be accepted: it is not the template's, nothing doubts it, and it is
        more than a suggestion.
        """
        doubted = is_suggested(reading) or self.doubt_of(reading) is not None
        return not self.is_template(reading) and not doubted

    def is_template(self, reading: Reading) -> bool:
        """Whether a reading is of what the template of its page prints."""
        return reading.property == "endYear" and reading.source.page in self.template

    def doubt_of(self, reading: Reading) -> Issue | None:
        """The issue that doubts what a reading gives, if one does."""
        doubts = (
            issue
            for issue in self.doubts
            if issue.property == reading.property
            and any(evidence.value in issue.values for evidence in reading.evidence)
        )
        return next(doubts, None)


def case_of(record: Record, reference: Reference) -> Case:
    """The case of a record, of which nothing is accepted yet."""
    record = settled(record, reference)
    subject = subject_of(record)
    readings = tuple(readings_of(record, subject, reference))
    standing = (decision for decision in record.decisions if stands(record, decision))
    decided = frozenset(name for decision in standing for name in names_of(decision))
    return Case(record, reference, subject, readings, _template_pages(readings), decided)


def _template_pages(readings: Iterable[Reading]) -> frozenset[str]:
    """The pages that print the template's end year: completed, no start year, no allocation
    year.
    """
    seen: dict[str, dict[str, Value | None]] = defaultdict(dict)
    for reading in readings:
        seen[reading.source.page][reading.property] = reading.value
    return frozenset(page for page, values in seen.items() if _is_template(values))


def _is_template(values: Mapping[str, Value | None]) -> bool:
    printed = values.get("status") == "completed" and values.get("endYear") == _TEMPLATE_YEAR
    return printed and not values.keys() & {"startYear", "allocationYear"}
