"""Accepted values to issues: what looks wrong, missing or worth knowing, each found once (domain:
3.5, 5).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from ...model.fields import FIELDS, FORMS, VALUES, WAYS_TO_BENEFIT
from ...model.provisional_codes import PROVISIONAL, label_of
from ...model.records import Remark
from ...model.text import LANGUAGES, Language
from .case import Case
from .evidence import FROM_TEXT
from .issues import UNTAUGHT, Issue
from .languages import TEXTS
from .readings import Reading, is_suggested, whole_of

#: Kind of record -> the properties whose absence is noted, and how grave it is.
_EXPECTED: Mapping[str, Mapping[str, str]] = {
    kind: {field.name: field.missing[place] for field in VALUES if field.missing[place]}
    for place, kind in enumerate(FORMS)
}

_YEARS = tuple(field.name for field in VALUES if field.kind == "year")

#: Names of the encoding that pages are expected to have.
_PLAIN = frozenset({"utf-8", "utf8", "ascii", "us-ascii"})

#: The Fund's published ranges in USD, by coverage (domain: 0).
_RANGES = {"national": (50_000, 200_000), "regional": (100_000, 300_000)}


def anomalies(case: Case, today: str) -> Iterator[Issue]:
    """The issues of a record beyond those of its readings; `today` is a day (YYYY-MM-DD)."""
    yield from (issue for check in _CHECKS for issue in check(case))
    yield from (issue for dated in _DATED for issue in dated(case, today))


def _missing(case: Case) -> Iterator[Issue]:
    pages = tuple(f"src:{source.page[:16]}" for source in case.record.sources)
    printed = {reading.property.partition(".")[0] for reading in case.readings}
    untaught = any(reading.property == "unknown" and reading.labelled for reading in case.readings)
    for name, severity in _EXPECTED.get(case.kind, {}).items():
        if name not in case.values and name not in printed:
            said = UNTAUGHT if untaught and name not in TEXTS else ""
            yield Issue("missing-value", name, references=pages, severity=severity, message=said)


def _remarks(case: Case) -> Iterator[Issue]:
    for source in case.record.sources:
        for remark in source.remarks:
            if remark.property in case.values:
                pages = (f"src:{source.page[:16]}",)
                said = FROM_TEXT if _is_of_text(case, remark) else ""
                yield Issue(remark.issue, remark.property, references=pages, message=said)


def _is_of_text(case: Case, remark: Remark) -> bool:
    """Whether a remark is that a page has no title for a programme, which has that of its text."""
    untitled = (remark.issue, remark.property) == ("missing-value", "title")
    return untitled and case.kind == "Programme" and "title" not in case.decided


def _encodings(case: Case) -> Iterator[Issue]:
    """The pages that are not in UTF-8."""
    for source in case.record.sources:
        if source.encoding and source.encoding.casefold().replace("_", "-") not in _PLAIN:
            page = (f"src:{source.page[:16]}",)
            yield Issue(
                "other-encoding", "characterEncoding", references=page, words=(source.encoding,)
            )


def _unlisted(case: Case) -> Iterator[Issue]:
    """Codes that people decided and no list has."""
    for field in (field for field in VALUES if field.scheme and field.name in case.decided):
        for code in case.values.words(field.name):
            term = f"{field.prefix}{code}"
            if not case.reference.lists(term):
                word = label_of(code.removeprefix(PROVISIONAL))
                yield Issue("unknown-code", field.name, values=(term,), words=(word,))


def _doubts(case: Case) -> Iterator[Issue]:
    """What is doubted, unless a person has decided."""
    yield from (issue for issue in case.doubts if issue.property not in case.decided)


def _range(case: Case, today: str) -> Iterator[Issue]:
    for name in _YEARS:
        for year in case.values.words(name) or sorted(_open(case, name)):
            if not 2001 <= int(year) <= _year(today) + 5:
                yield Issue("date-out-of-range", name, words=(year,))


def _open(case: Case, name: str) -> set[str]:
    """The years that pages print for a property of which none is accepted, unless a person has
    decided that it has none.
    """
    return {
        str(reading.value)
        for reading in case.readings
        if reading.property == name and reading.value and name not in case.decided
    }


def _order(case: Case) -> Iterator[Issue]:
    allocated, start = case.values.word("allocationYear"), case.values.word("startYear")
    if allocated and start and int(allocated) > int(start):
        yield Issue("date-order", "allocationYear", words=(allocated, start))


def _year(day: str) -> int:
    return int(day[:4])


def _stale(case: Case, today: str) -> Iterator[Issue]:
    printed = (str(reading.value) for reading in case.readings if _may_end(case, reading))
    end = case.values.word("endYear") or max(printed, default="")
    if case.values.word("status") == "active" and end and int(end) < _year(today):
        yield Issue("stale-status", "status", words=(end,))


def _may_end(case: Case, reading: Reading) -> bool:
    """Whether a reading gives an end year that could be accepted."""
    is_open = reading.property == "endYear" and "endYear" not in case.decided
    return is_open and bool(reading.value) and case.counts(reading)


def _coverage(case: Case) -> Iterator[Issue]:
    count, coverage = len(_beneficiaries(case)), case.values.word("coverage")
    if count and (
        (coverage == "national" and count != 1) or (coverage == "regional" and count < 2)
    ):
        code = f"{FIELDS['coverage'].prefix}{coverage}"
        yield Issue("coverage-mismatch", "coverage", words=(code, str(count)))


def _region(case: Case) -> Iterator[Issue]:
    region = f"{FIELDS['fundRegion'].prefix}{case.values.word('fundRegion')}"
    outside = (
        state for state in _beneficiaries(case) if not case.reference.is_in_region(state, region)
    )
    yield from _about("outside-region", "beneficiary", outside)


def _eu(case: Case, today: str) -> Iterator[Issue]:
    members = (state for state in _beneficiaries(case) if case.reference.is_in_eu(state, today))
    yield from _about("eu-member", "beneficiary", members)


def _mentioned(case: Case) -> Iterator[Issue]:
    mentioned, benefiting = _states(case, "mentionsState"), _states(case, *WAYS_TO_BENEFIT)
    yield from _about("mentioned-only", "mentionsState", set(mentioned) - set(benefiting))


def _beneficiaries(case: Case) -> list[str]:
    return _states(case, "beneficiary")


def _concerned(case: Case) -> list[str]:
    """The states that benefit or whose governments are targeted."""
    return _states(case, "beneficiary", "targetsGovernmentOf")


def _states(case: Case, *properties: str) -> list[str]:
    """The compact IRIs of the states that are values of some properties."""
    return [f"st:{code}" for name in properties for code in case.values.words(name)]


def _about(code: str, property_: str, states: Iterable[str]) -> Iterator[Issue]:
    if found := tuple(sorted(states)):
        yield Issue(code, property_, found)


def _budget(case: Case) -> str | None:
    return case.values.texts_of("budget").get("value")


def _funding(case: Case) -> Iterator[Issue]:
    amount = _budget(case)
    low, high = _RANGES.get(case.values.word("coverage"), (0, 10**12))
    if amount and case.kind == "Project" and not low <= Decimal(amount) <= high:
        yield Issue("outside-funding-range", "budget", words=(amount, str(low), str(high)))


def _prima(case: Case) -> Iterator[Issue]:
    prefix, states = case.values.word("primaId")[:2], _concerned(case)
    if prefix and states and prefix not in map(case.reference.iso2, states):
        yield Issue("prima-prefix-mismatch", "primaId", words=(prefix,))


def _amount(case: Case) -> Iterator[Issue]:
    """An amount of a text, beside words for the total budget, that is not the field's."""
    amount = _budget(case)
    for language, text in _narratives(case) if amount else ():
        told = next(case.reference.prose.totals(text), None)
        value = case.reference.prose.amount(told, language) if told else None
        if told and value and amount and Decimal(value) != Decimal(amount):
            yield Issue("amount-mismatch", "budget", words=(told, amount))
            return


def _count(case: Case) -> Iterator[Issue]:
    """A number of states of a text that is not that of the states listed."""
    count = len(_concerned(case))
    for _, text in _narratives(case) if count else ():
        for word, number in case.reference.prose.counts(text):
            if number != count:
                yield Issue("count-mismatch", "beneficiary", words=(word, str(count)))
                return


def _narratives(case: Case) -> Iterator[tuple[Language, str]]:
    """The narratives in the languages whose phrases are known."""
    known = case.reference.prose.phrases.languages
    for language in LANGUAGES:
        if language in known and (text := case.values.texts_of("narrative").get(language)):
            yield language, text


def _suggested(case: Case) -> Iterator[Issue]:
    """What prose may say, but not surely, unless another issue says why it is not taken."""
    told: dict[str, list[str]] = defaultdict(list)
    prose = [
        one
        for one in case.readings
        if any(e.capture.certainty for e in one.evidence) and whole_of(one.property) in FIELDS
    ]
    unread = {whole_of(one.property) for one in prose if one.value is None and not one.issues}
    noted = {(whole_of(one.property), one.source.page) for one in prose if one.issues}
    for reading in prose:
        name = whole_of(reading.property)
        among = (name, reading.source.page) in noted and not FIELDS[name].several
        if reading.issues or among:
            continue
        if is_suggested(reading) or name in unread:
            told[name] += [evidence.text for evidence in reading.evidence]
    for name, texts in told.items():
        if name not in case.decided:
            yield Issue("suggested-value", name, words=(" / ".join(dict.fromkeys(texts)),))


def _unidentified(case: Case) -> Iterator[Issue]:
    if case.kind == "Unidentified":
        yield Issue("unidentified-page", "projectId", references=(case.subject,))


_CHECKS: tuple[Callable[[Case], Iterator[Issue]], ...] = (
    _unidentified,
    _missing,
    _remarks,
    _encodings,
    _unlisted,
    _doubts,
    _order,
    _coverage,
    _region,
    _mentioned,
    _funding,
    _prima,
    _amount,
    _count,
    _suggested,
)

#: Checks that ask what day it is.
_DATED = (_range, _stale, _eu)
