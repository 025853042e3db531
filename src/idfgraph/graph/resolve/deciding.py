"""What a person's decision says of a record, and whether it can be read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from ...model.fields import FIELDS, FORMS
from ...model.judgements import Decision, in_list
from ...model.nodes import LiteralValue, Term
from ...model.records import Record
from .values import Values

#: The value of a decision that a property has none.
NONE = "none"


def stands(record: Record, decision: Decision) -> bool:
    """Whether what a person decided has the form of the record's values."""
    return fits(record, decided_of(Values(), decision)) and _is_plain(decision)


def fits(record: Record, decided: Mapping[str, object]) -> bool:
    """Whether decided values have the form of the record's values."""
    form = FORMS.get(type(record).__name__)
    try:
        return (
            form is None
            or msgspec.convert({k: v for k, v in decided.items() if v}, form) is not None
        )
    except msgspec.ValidationError:
        return False


def decided_of(values: Values, decision: Decision) -> dict[str, Any]:
    """The property with the value that a person decided, texts beside those of other languages;
    nothing in it where they decided that it has none.
    """
    name, value = decision.property, decision.value
    if not FIELDS[name].of:
        return {}
    if value == NONE:
        return {name: None}
    if isinstance(value, Mapping):
        texts = {**values.texts_of(name), **by_language(value)}
        return {name: {language: text for language, text in texts.items() if text != NONE}}
    if name == "budget":
        return {name: {"value": value, "currency": "USD"}}
    return {name: sorted(in_list(value)) if FIELDS[name].several else value}


def numbered(record: Record) -> list[tuple[int, Decision]]:
    """The decisions of a record, each with its number among those on its property, so that one on
    another renames none.
    """
    seen = defaultdict[str, int](int)
    found = []
    for decision in record.decisions:
        seen[decision.property] += 1
        found.append((seen[decision.property], decision))
    return found


def names_of(decision: Decision) -> list[str]:
    """The property that was decided; of texts, with each language (`title@fr`)."""
    if isinstance(decision.value, Mapping):
        return [f"{decision.property}@{language}" for language in decision.value]
    return [decision.property]


def terms_of(decision: Decision) -> list[Term]:
    """The values of a readable decision as statements have them; none of what is decided to be
    none, nor of an amount, which is a part.
    """
    field, value = FIELDS[decision.property], decision.value
    if isinstance(value, Mapping):
        return [
            LiteralValue(text, "", tag) for tag, text in value.items() if text not in ("", NONE)
        ]
    if value == NONE or field.kind == "money":
        return []
    return [field.term(word) for word in in_list(value) if word]


def by_language(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts under languages as any text names them."""
    return dict(texts.items())


def words(decision: Decision) -> Iterable[str]:
    """All texts that a decision gives."""
    value = decision.value
    return value.values() if isinstance(value, Mapping) else in_list(value)


def _is_plain(decision: Decision) -> bool:
    """Whether a decision on what is no value of a record (its id, a page's language) is one
    text.
    """
    return bool(FIELDS[decision.property].of) or isinstance(decision.value, str)
