"""Accepted values to issues: what looks wrong, missing or worth knowing, each found once (domain:
3.5, 5).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from ...model import vocab
from ...model.fields import FORMS, VALUES
from ...model.records import Project, Record
from .acceptance import template_pages
from .issues import Issue
from .readings import Reading
from .reference import Reference


class Case(NamedTuple):
    """All that a check may look at: a record, its readings and accepted values, reference data,
    today's year.
    """

    record: Record
    readings: tuple[Reading, ...]
    values: Mapping[str, Any]
    reference: Reference
    year: int

    def states(self) -> list[str]:
        """The compact IRIs of the states that benefit or whose governments are targeted."""
        codes = (*self.values.get("beneficiary", ()), *self.values.get("targetsGovernmentOf", ()))
        return [f"st:{code}" for code in codes]

    def narrative(self) -> str:
        """The narrative in French, the language whose phrases are known."""
        return str(self.values.get("narrative", {}).get("fr", ""))


#: Kind of record -> the properties whose absence is noted, and how grave it is.
_EXPECTED: Mapping[str, Mapping[str, str]] = {
    kind: {field.name: field.missing[place] for field in VALUES if field.missing[place]}
    for place, kind in enumerate(FORMS)
}

_YEARS = tuple(field.name for field in VALUES if field.kind == "year")

#: The Fund's published ranges in USD, by coverage (domain: 0).
_RANGES = {"national": (50_000, 200_000), "regional": (100_000, 300_000)}

_NUMBERS = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
]
_COUNTED = re.compile(r"\b(\w+) (?:[EÉ]tats [Mm]embres|gouvernements cibles|pays bénéficiaires)\b")
_AMOUNT = re.compile(r"\bbudget total\b[^.]*?([0-9]{1,3}(?:[  \u202f][0-9]{3})+|[0-9]{4,}) dollars")


def anomalies(case: Case) -> Iterator[Issue]:
    """The issues of a record beyond those of its readings."""
    return (issue for check in _CHECKS for issue in check(case))


def _missing(case: Case) -> Iterator[Issue]:
    pages = tuple(f"src:{source.page[:16]}" for source in case.record.sources)
    printed = {reading.property.partition(".")[0] for reading in case.readings}
    for name, severity in _EXPECTED.get(type(case.record).__name__, {}).items():
        if name not in case.values and name not in printed:
            yield Issue("missing-value", name, references=pages, severity=severity)


def _remarks(case: Case) -> Iterator[Issue]:
    for source in case.record.sources:
        for remark in source.remarks:
            if remark.property in case.values:
                yield Issue(remark.issue, remark.property, references=(f"src:{source.page[:16]}",))


def _template(case: Case) -> Iterator[Issue]:
    template = template_pages(case.readings)
    for reading in case.readings:
        if reading.property == "statedEndYear" and reading.source.page in template:
            value = f"src:{reading.source.page[:16]}#statedEndYear"
            yield Issue(
                "implausible-date",
                "statedEndYear",
                (),
                (value, vocab.TEMPLATE_EVIDENCE),
                (reading.value,),
            )


def _range(case: Case) -> Iterator[Issue]:
    for name in _YEARS:
        value = case.values.get(name, ())
        for year in [value] if isinstance(value, str) else value:
            if not 2001 <= int(year) <= case.year + 5:
                yield Issue("date-out-of-range", name, words=(year,))


def _order(case: Case) -> Iterator[Issue]:
    allocated, start = case.values.get("allocationYear"), case.values.get("startYear")
    if allocated and start and int(allocated) > int(start):
        yield Issue("date-order", "allocationYear", words=(allocated, start))


def _stale(case: Case) -> Iterator[Issue]:
    end = case.values.get("endYear") or max(case.values.get("statedEndYear", ()), default=None)
    if case.values.get("status") == "active" and end and int(end) < case.year:
        yield Issue("stale-status", "status", words=(end,))


def _coverage(case: Case) -> Iterator[Issue]:
    count, coverage = len(case.values.get("beneficiary", ())), case.values.get("coverage")
    if count and (
        (coverage == "national" and count != 1) or (coverage == "regional" and count < 2)
    ):
        yield Issue(
            "coverage-mismatch", "coverage", words=(f"code:coverage-{coverage}", str(count))
        )


def _region(case: Case) -> Iterator[Issue]:
    region = f"code:region-{case.values.get('fundRegion')}"
    outside = (
        state for state in _beneficiaries(case) if not case.reference.is_in_region(state, region)
    )
    yield from _about("outside-region", "beneficiary", outside)


def _eu(case: Case) -> Iterator[Issue]:
    yield from _about(
        "eu-member", "beneficiary", filter(case.reference.is_in_eu, _beneficiaries(case))
    )


def _beneficiaries(case: Case) -> list[str]:
    return [f"st:{code}" for code in case.values.get("beneficiary", ())]


def _mentioned(case: Case) -> Iterator[Issue]:
    mentioned = {f"st:{code}" for code in case.values.get("mentionsState", ())}
    yield from _about("mentioned-only", "mentionsState", mentioned - set(case.states()))


def _about(code: str, property_: str, states: Iterable[str]) -> Iterator[Issue]:
    if found := tuple(sorted(states)):
        yield Issue(code, property_, found)


def _funding(case: Case) -> Iterator[Issue]:
    amount = case.values.get("budget", {}).get("value")
    low, high = _RANGES.get(case.values.get("coverage", ""), (0, 10**12))
    if amount and isinstance(case.record, Project) and not low <= Decimal(amount) <= high:
        yield Issue(
            "outside-funding-range", "budget", words=(amount, f"{low:,}–{high:,}".replace(",", " "))
        )


def _prima(case: Case) -> Iterator[Issue]:
    prefix = case.values.get("primaId", "")[:2]
    if prefix and case.states() and prefix not in map(case.reference.iso2, case.states()):
        yield Issue("prima-prefix-mismatch", "primaId", words=(prefix,))


def _amount(case: Case) -> Iterator[Issue]:
    field = case.values.get("budget", {}).get("value")
    found = _AMOUNT.search(case.narrative())
    if field and found and Decimal(re.sub(r"\D", "", found[1])) != Decimal(field):
        yield Issue("amount-mismatch", "budget", words=(found[1], field))


def _count(case: Case) -> Iterator[Issue]:
    for found in _COUNTED.finditer(case.narrative()):
        word, count = found[1].casefold(), len(case.states())
        number = (
            int(word) if word.isdecimal() else _NUMBERS.index(word) if word in _NUMBERS else count
        )
        if number != count and count:
            yield Issue("count-mismatch", "beneficiary", words=(found[1], str(count)))
            return


def _unidentified(case: Case) -> Iterator[Issue]:
    if type(case.record).__name__ == "Unidentified":
        yield Issue("unidentified-page", "projectId", references=(f"src:{case.record.id}",))


_CHECKS: tuple[Callable[[Case], Iterator[Issue]], ...] = (
    _unidentified,
    _missing,
    _remarks,
    _template,
    _range,
    _order,
    _stale,
    _coverage,
    _region,
    _eu,
    _mentioned,
    _funding,
    _prima,
    _amount,
    _count,
)
