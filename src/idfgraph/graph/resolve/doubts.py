"""End years that are not plausible, each doubted wherever the record's pages print it.

A year is doubted if a template prints it, unless a page that tells when the work began prints it
too; and if the project would have lasted longer than any is known to have.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ...model import vocab
from .case import Case
from .deciding import NONE, stands
from .issues import TOO_LONG, Issue
from .readings import Reading
from .rivals import rivals_of

#: How many years a project can last; the longest known one lasted six (Q36-805: 2005 to 2011).
_LONGEST = 10

#: What tells when work began, most telling first.
_BEGINNINGS = ("startYear", "allocationYear")


def doubts_of(case: Case) -> Iterator[Issue]:
    """An issue for each end year that is not plausible, whatever people decide about it."""
    printed: dict[str, list[Reading]] = defaultdict(list)
    for reading in case.readings:
        if reading.property == "endYear" and isinstance(reading.value, str):
            printed[reading.value].append(reading)
    started = _accepted_start(case)
    for year, readings in sorted(printed.items()):
        yield from _doubt(case, year, readings, started)


def _doubt(case: Case, year: str, readings: Sequence[Reading], started: str) -> Iterator[Issue]:
    """The issue of a year that some readings give, if it is not plausible."""
    printed = [(reading, _began(case, reading)) for reading in readings]
    begun = [started] if started else sorted(began for _, began in printed if began)
    if any(
        began and _is_short(case, started or began, year) and not case.is_template(reading)
        for reading, began in printed
    ):
        return
    values = (readings[0].evidence[0].value or "",)
    by_template = list(map(case.is_template, readings))
    if begun and not _is_short(case, begun[0], year) and not all(by_template):
        words = (year, begun[0], str(_LONGEST))
        yield Issue("implausible-date", "endYear", values, words=words, message=TOO_LONG)
    elif any(by_template):
        evidence = (vocab.TEMPLATE_EVIDENCE,)
        yield Issue("implausible-date", "endYear", values, evidence, (year,))


def _is_short(case: Case, began: str, year: str) -> bool:
    """Whether work from one year to another lasts no longer than it can; a programme can last
    long.
    """
    return case.kind == "Programme" or int(year) - int(began) <= _LONGEST


def _began(case: Case, reading: Reading) -> str:
    """The year in which the work began, or its money was set aside, by the page of a reading."""
    own = {
        other.property: str(other.value)
        for other in case.readings
        if other.property in _BEGINNINGS and other.source is reading.source and other.value
    }
    return next((own[name] for name in _BEGINNINGS if name in own), "")


def _accepted_start(case: Case) -> str:
    """The start year that a person decided, or else that captures agree on; empty if there is
    none.
    """
    for decision in reversed(case.record.decisions):
        if decision.property == "startYear" and stands(case.record, decision):
            return str(decision.value) if decision.value != NONE else ""
    printed = tuple(reading for reading in case.readings if reading.property == "startYear")
    rivals = rivals_of(case._replace(readings=printed)).get("startYear")
    chosen = rivals.chosen if rivals else None
    return str(chosen.value) if chosen else ""
