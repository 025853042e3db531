"""What people decided: it wins over what pages print, and is told when pages come to agree or
change under it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from ...model.fields import FIELDS
from ...model.judgements import Decision, in_list
from ...model.mending import mend
from ...model.names import folded
from ...model.records import Record
from ...model.visible import apart, in_words
from .case import Case, case_of
from .deciding import NONE, by_language, decided_of, fits, stands, words
from .issues import Issue
from .readings import Reading, whole_of
from .reference import Reference
from .values import Values


def decide(record: Record, values: Values) -> Iterator[Issue]:
    """Puts what people decided among the values, the last decision on a property last; yields what
    cannot be read.
    """
    for decision in record.decisions:
        decided = decided_of(values, decision)
        if not fits(record, decided) or not stands(record, decision):
            yield Issue("unreadable-value", decision.property, words=(shown(decision.value),))
            continue
        values.update(decided)
        for name in [name for name in decided if not decided[name]]:
            values.pop(name)


def standing(case: Case) -> Iterator[Issue]:
    """How each decision stands to what is printed."""
    for decision in case.record.decisions:
        decided = decided_of(Values(), decision)
        if decision.property == "language" or not fits(case.record, decided):
            continue
        about = [reading for reading in case.readings if _is_about(decision, reading)]
        against = [reading for reading in about if not _agrees(decision, reading)]
        signed = (decision.by, decision.on)
        if against:
            yield Issue(
                "decided-otherwise",
                whole_of(decision.property),
                words=(_listed(against), *signed),
            )
        counted = [reading for reading in about if decision.value == NONE or case.counts(reading)]
        if _is_idle(decision, counted):
            yield Issue("decision-not-needed", decision.property, words=signed)
        elif decision.instead_of and _texts(against) != set(
            map(folded, in_list(decision.instead_of))
        ):
            old, new = " / ".join(in_list(decision.instead_of)), " / ".join(_printed(against))
            yield Issue("decision-overtaken", decision.property, words=shown_apart(old, new or "–"))


def printed_against(record: Record, decision: Decision, reference: Reference) -> tuple[str, ...]:
    """The printed words that a decision is against, in order; none of what is too long to quote."""
    if FIELDS[decision.property].is_long:
        return ()
    return tuple(sorted(set(map(printed, _against(record, decision, reference)))))


def pages_against(record: Record, decision: Decision, reference: Reference) -> frozenset[str]:
    """The addresses of the pages that print otherwise than was decided."""
    return frozenset(one.source.url or "" for one in _against(record, decision, reference))


def _against(record: Record, decision: Decision, reference: Reference) -> Iterator[Reading]:
    case = case_of(replace(record, decisions=(decision,)), reference)
    (decision,) = case.record.decisions
    about = (one for one in case.readings if _is_about(decision, one))
    if decision.property != "language":
        yield from (one for one in about if not _agrees(decision, one))


def same(property_: str, one: object, other: object) -> bool:
    """Whether two readings of a property mean one value: amounts by their number, texts but for
    their white space.

    >>> same("budget.value", "85000", "85000.00"), same("startYear", "2003", "2004")
    (True, False)
    """
    return bool(one == other or _plain(property_, one) == _plain(property_, other))


def shown(value: object) -> str:
    """A value as a note shows it, cut where it is long."""
    return shown_apart(value)[0]


def shown_apart(*values: object) -> tuple[str, ...]:
    """Values as a note shows them beside one another, where they are long that where they
    differ.
    """
    return apart([_text(value) for value in values])


def _text(value: object) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else " ".join(in_words(value).split())


def printed(reading: Reading) -> str:
    """The words that a reading was read from, as people see them."""
    if reading.property == "mentionsState":
        return ", ".join(evidence.text for evidence in reading.evidence)
    whole = next(
        (evidence.capture.text for evidence in reading.evidence if evidence.capture.text), ""
    )
    unread = (issue for issue in reading.issues if issue.code != "mended-text")
    return mend(whole).text or ", ".join(word for issue in unread for word in issue.words)


def _is_about(decision: Decision, reading: Reading) -> bool:
    """Whether a reading gives a value, readable or not, of what was decided, in words that are at
    hand.
    """
    if whole_of(reading.property) != whole_of(decision.property) or not printed(reading):
        return False
    if reading.property == "budget.currency" and reading.value:
        return False
    given = reading.value if isinstance(reading.value, Mapping) else {}
    return not isinstance(decision.value, Mapping) or bool(given.keys() & decision.value.keys())


def _agrees(decision: Decision, reading: Reading) -> bool:
    """Whether a reading means what was decided."""
    if isinstance(decision.value, Mapping):
        texts = reading.value if isinstance(reading.value, dict) else {}
        decided = by_language(decision.value)
        return all(same(reading.property, text, decided.get(key)) for key, text in texts.items())
    if FIELDS[decision.property].several and isinstance(reading.value, list):
        return reading.value == sorted(in_list(decision.value))
    return any(same(reading.property, reading.value, value) for value in in_list(decision.value))


def _is_idle(decision: Decision, counted: Sequence[Reading]) -> bool:
    """Whether what is printed would give what was decided."""
    if NONE in words(decision):
        return not counted
    found = {
        language
        for reading in counted
        if isinstance(reading.value, Mapping)
        for language in reading.value
    }
    whole = found >= decision.value.keys() if isinstance(decision.value, Mapping) else bool(counted)
    return whole and all(_agrees(decision, reading) for reading in counted)


def _texts(readings: Iterable[Reading]) -> set[str]:
    return {folded(printed(reading)) for reading in readings}


def _listed(readings: Iterable[Reading]) -> str:
    return " / ".join(shown_apart(*_printed(readings)))


def _printed(readings: Iterable[Reading]) -> list[str]:
    return sorted({printed(reading) for reading in readings})


def _plain(property_: str, value: object) -> object:
    if (
        property_ == "budget.value"
        and isinstance(value, str)
        and value.replace(".", "", 1).isdecimal()
    ):
        return Decimal(value)
    if isinstance(value, Mapping):
        return {language: " ".join(text.split()) for language, text in value.items()}
    return " ".join(value.split()) if isinstance(value, str) else value
