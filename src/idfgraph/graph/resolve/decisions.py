"""What people decided: it wins over what pages print, and is told when pages come to agree or
change under it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from ...model.fields import FIELDS, FORMS
from ...model.judgements import Decision
from ...model.names import folded
from ...model.records import Record
from ...model.text import Language
from .case import Case
from .issues import Issue
from .readings import Reading, printed_as
from .values import Values

#: The value of a decision that a property has none.
NONE = "none"


def decide(record: Record, values: Values) -> Iterator[Issue]:
    """Puts what people decided among the values, the last decision on a property last; yields what
    cannot be read.
    """
    for decision in record.decisions:
        decided = _decided(values, decision)
        if not _fits(record, decided) or not _is_plain(decision):
            yield Issue("unreadable-value", decision.property, words=(shown(decision.value),))
            continue
        values.update(decided)
        for name in [name for name in decided if not decided[name]]:
            values.pop(name)


def standing(case: Case) -> Iterator[Issue]:
    """How each decision stands to what is printed."""
    for decision in case.record.decisions:
        decided = _decided(Values(), decision)
        if decision.property == "language" or not _fits(case.record, decided):
            continue
        about = [reading for reading in case.readings if _is_about(decision, reading)]
        against = [reading for reading in about if not _agrees(decision, reading)]
        signed = (decision.by, decision.on)
        if against:
            yield Issue(
                "decided-otherwise",
                printed_as(decision.property),
                words=(_listed(against), *signed),
            )
        void = case.template if decision.property == "endYear" and decision.value != NONE else ()
        if _is_idle(decision, [reading for reading in about if reading.source.page not in void]):
            yield Issue("decision-not-needed", decision.property, words=signed)
        elif decision.instead_of and _texts(against) != set(
            map(folded, _items(decision.instead_of))
        ):
            old, new = " / ".join(_items(decision.instead_of)), _listed(against) or "–"
            yield Issue("decision-overtaken", decision.property, words=(shown(old), new))


def same(property_: str, one: object, other: object) -> bool:
    """Whether two readings of a property mean one value: amounts by their number, texts but for
    their white space.

    >>> same("budget.value", "85000", "85000.00"), same("startYear", "2003", "2004")
    (True, False)
    """
    return bool(one == other or _plain(property_, one) == _plain(property_, other))


def shown(value: object) -> str:
    """A value as a note shows it, cut where it is long."""
    if value is None:
        return "–"
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= 80 else f"{text[:79]}…"


def printed(reading: Reading) -> str:
    """The words that a reading was read from."""
    if reading.property == "mentionsState":
        return ", ".join(evidence.text for evidence in reading.evidence)
    whole = next(
        (evidence.capture.text for evidence in reading.evidence if evidence.capture.text), ""
    )
    return whole or ", ".join(word for issue in reading.issues for word in issue.words)


def _items(texts: str | tuple[str, ...]) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else texts


def _decided(values: Values, decision: Decision) -> dict[str, Any]:
    """The property with the value that a person decided; nothing in it where they decided that it
    has none.
    """
    name, value = decision.property, decision.value
    if not FIELDS[name].of:
        return {}
    if value == NONE:
        return {name: None}
    if isinstance(value, Mapping):
        texts = {**values.texts_of(name), **_by_language(value)}
        return {name: {language: text for language, text in texts.items() if text != NONE}}
    if name == "budget":
        return {name: {"value": value, "currency": "USD"}}
    return {name: sorted(_items(value)) if FIELDS[name].several else value}


def _by_language(texts: Mapping[Language, str]) -> dict[str, str]:
    """Texts under languages as any text names them."""
    return dict(texts.items())


def _fits(record: Record, decided: Mapping[str, object]) -> bool:
    """Whether what a person decided has the form of the record's values."""
    form = FORMS.get(type(record).__name__)
    try:
        return (
            form is None
            or msgspec.convert({k: v for k, v in decided.items() if v}, form) is not None
        )
    except msgspec.ValidationError:
        return False


def _is_plain(decision: Decision) -> bool:
    """Whether a decision on what is no value of a record (its id, a page's language) is one
    text.
    """
    return bool(FIELDS[decision.property].of) or isinstance(decision.value, str)


def _is_about(decision: Decision, reading: Reading) -> bool:
    """Whether a reading gives a value, readable or not, of what was decided, in words that are at
    hand.
    """
    if printed_as(reading.property) != printed_as(decision.property) or not printed(reading):
        return False
    if reading.property == "budget.currency" and reading.value:
        return False
    given = reading.value if isinstance(reading.value, Mapping) else {}
    return not isinstance(decision.value, Mapping) or bool(given.keys() & decision.value.keys())


def _agrees(decision: Decision, reading: Reading) -> bool:
    """Whether a reading means what was decided."""
    if isinstance(decision.value, Mapping):
        texts = reading.value if isinstance(reading.value, dict) else {}
        decided = _by_language(decision.value)
        return all(same(reading.property, text, decided.get(key)) for key, text in texts.items())
    if FIELDS[decision.property].several and isinstance(reading.value, list):
        return reading.value == sorted(_items(decision.value))
    return any(same(reading.property, reading.value, value) for value in _items(decision.value))


def _is_idle(decision: Decision, counted: Sequence[Reading]) -> bool:
    """Whether what is printed would give what was decided."""
    if NONE in _values(decision):
        return not counted
    found = {
        language
        for reading in counted
        if isinstance(reading.value, Mapping)
        for language in reading.value
    }
    whole = found >= decision.value.keys() if isinstance(decision.value, Mapping) else bool(counted)
    return whole and all(_agrees(decision, reading) for reading in counted)


def _values(decision: Decision) -> Iterable[str]:
    return (
        decision.value.values() if isinstance(decision.value, Mapping) else _items(decision.value)
    )


def _texts(readings: Iterable[Reading]) -> set[str]:
    return {folded(printed(reading)) for reading in readings}


def _listed(readings: Iterable[Reading]) -> str:
    return " / ".join(sorted({shown(printed(reading)) for reading in readings}))


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
