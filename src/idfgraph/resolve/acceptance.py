"""Readings to accepted values: where captures differ, by rule or not at all (design: 5).

A steward's decision wins; then the template signature is never accepted; then labelled captures come before
unlabelled ones; what still differs is not accepted and becomes a contradiction.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from ..records import Decision, ProgrammeValues, Project, ProjectValues, Record
from .issues import Issue
from .readings import Reading

#: A value that everybody who prints it prints without meaning it.
_TEMPLATE_YEAR = "2024"

#: Properties that readings of one page fill with one value for each language.
_TAGGED = frozenset({"title", "narrative"})

#: What readings say that is no value of a record: its id, and fields that are not known.
_NO_VALUES = frozenset({"projectId", "unknown"})

FORMS = {"Project": ProjectValues, "Programme": ProgrammeValues}


class Accepted(NamedTuple):
    """The accepted values in the record's form, issues of acceptance, and properties decided by a rule."""

    values: Mapping[str, Any]
    issues: tuple[Issue, ...]
    by_rule: tuple[str, ...]


def accept(record: Record, readings: Sequence[Reading]) -> Accepted:
    """The values that a record's readings and decisions give, and what is wrong with those it states itself."""
    values: dict[str, Any] = {}
    issues: list[Issue] = []
    by_rule: list[str] = []
    for name, group in _groups(readings).items():
        property_, _, tag = name.partition("@")
        chosen = _chosen(group)
        if chosen is None:
            issues.append(_contradiction(property_, group))
        else:
            _put(values, property_, tag, chosen.value)
            if any(reading.value != chosen.value for reading in group):
                by_rule.append(property_)
    _finish(values, readings)
    for decision in record.decisions:
        decided = _decided(values, decision)
        if _fits(record, decided):
            values.update(decided)
        else:
            issues.append(Issue("unreadable-value", decision.property, words=(_shown(decision.value),)))
    issues += [*_unsupported_id(record, readings), *_unsupported(record, values)]
    return Accepted(values, tuple(issues), tuple(by_rule))


def template_pages(readings: Iterable[Reading]) -> frozenset[str]:
    """SHA-256 of the pages that print the template's end year: completed, no start year, no allocation year."""
    seen: dict[str, dict[str, Any]] = defaultdict(dict)
    for reading in readings:
        seen[reading.source.page][reading.property] = reading.value
    return frozenset(page for page, values in seen.items() if _is_template(values))


def _is_template(values: Mapping[str, Any]) -> bool:
    printed = values.get("status") == "completed" and values.get("statedEndYear") == _TEMPLATE_YEAR
    return printed and not values.keys() & {"startYear", "allocationYear"}


def _groups(readings: Sequence[Reading]) -> Mapping[str, list[Reading]]:
    """Readings that compete for one value, by property (and language)."""
    groups: dict[str, list[Reading]] = defaultdict(list)
    template = template_pages(readings)
    for reading in readings:
        if not reading.value or reading.property in _NO_VALUES:
            continue
        if reading.property == "statedEndYear":
            if reading.source.page not in template:
                groups["endYear"].append(reading)
        elif reading.property in _TAGGED:
            groups[f"{reading.property}@{reading.source.language}"].append(reading)
        else:
            groups[reading.property].append(reading)
    return groups


def _chosen(group: Sequence[Reading]) -> Reading | None:
    """The one reading that the others agree with, labelled ones first; None if they differ."""
    best = [reading for reading in group if reading.labelled] or list(group)
    return best[0] if all(reading.value == best[0].value for reading in best) else None


def _contradiction(property_: str, group: Sequence[Reading]) -> Issue:
    printed = sorted({evidence.text for reading in group for evidence in reading.evidence})
    return Issue("contradiction", property_.partition(".")[0], words=(" / ".join(printed),))


def _put(values: dict[str, Any], property_: str, tag: str, value: Any) -> None:
    name, _, part = property_.partition(".")
    if tag:
        values.setdefault(name, {}).update(value)
    elif name == "budget":
        values.setdefault("budget", {})[part] = value
    elif isinstance(value, list):
        values[name] = sorted((*values.get(name, ()), *value), key=str)
    else:
        values[name] = value


def _finish(values: dict[str, Any], readings: Sequence[Reading]) -> None:
    """Every printed end year is kept; half a budget is none."""
    stated = {reading.value for reading in readings if reading.property == "statedEndYear" and reading.value}
    if stated:
        values["statedEndYear"] = sorted(stated)
    if len(values.get("budget", {})) == 1:
        values.pop("budget")


def _decided(values: Mapping[str, Any], decision: Decision) -> Mapping[str, Any]:
    """The property with the value that a person decided."""
    if decision.property == "budget":
        return {"budget": {"value": decision.value, "currency": "USD"}}
    if isinstance(decision.value, Mapping):
        return {decision.property: {**values.get(decision.property, {}), **decision.value}}
    if isinstance(decision.value, tuple):
        return {decision.property: sorted(decision.value)}
    return {} if decision.property in _NO_VALUES else {decision.property: decision.value}


def _fits(record: Record, decided: Mapping[str, Any]) -> bool:
    """Whether what a person decided has the form of the record's values."""
    form = FORMS.get(type(record).__name__)
    try:
        return form is None or msgspec.convert(decided, form) is not None
    except msgspec.ValidationError:
        return False


def _unsupported(record: Record, values: Mapping[str, Any]) -> list[Issue]:
    """An issue for each value that the record states otherwise than its readings and decisions do."""
    stated = getattr(record, "values", None)
    if stated is None:
        return []
    said: Mapping[str, Any] = msgspec.to_builtins(stated)
    return [
        Issue("unsupported-value", name, words=(_shown(said.get(name)), _shown(values.get(name))))
        for name in sorted(said.keys() | values.keys())
        if _comparable(said.get(name)) != _comparable(values.get(name))
    ]


def _unsupported_id(record: Record, readings: Iterable[Reading]) -> list[Issue]:
    """An issue where a project's id is neither printed by one of its pages nor decided by a person."""
    printed = {str(reading.value) for reading in readings if reading.property == "projectId"}
    decided = {decision.value for decision in record.decisions if decision.property == "projectId"}
    if not isinstance(record, Project) or record.id in printed | decided:
        return []
    return [Issue("unsupported-value", "projectId", words=(record.id, ", ".join(sorted(printed)) or "–"))]


def _comparable(value: Any) -> Any:
    return sorted(value, key=str) if isinstance(value, list | tuple) else value


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= 80 else f"{text[:79]}…"
