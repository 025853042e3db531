"""Readings to accepted values: where captures differ, by rule or not at all (design: 5).

A person's decision wins; then the template signature is never accepted; then labelled pages come
before unlabelled ones; what still differs is not accepted and becomes a contradiction. Values are
compared by what they mean: codes and states whatever the page's language, amounts by their number,
texts of one language but for white space.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

import msgspec

from ...model.fields import VALUES
from ...model.records import Project, Record
from .decisions import decide, printed, printed_as, same, settled, shown, standing
from .issues import Issue
from .readings import Reading

#: A value that everybody who prints it prints without meaning it.
_TEMPLATE_YEAR = "2024"

#: Properties that readings of one page fill with one value for each language.
_TAGGED = frozenset(field.name for field in VALUES if field.kind == "texts")

#: What readings say that no capture contests: ids, fields that are not known, and states named in a
#: narrative.
_UNRIVALLED = frozenset({"projectId", "unknown", "mentionsState"})

#: Properties whose captures are told to differ even where a rule accepts one, as all of them stay
#: in view.
_IN_VIEW = frozenset({"title", "statedEndYear"})


class Accepted(NamedTuple):
    """The accepted values in the record's form, issues of acceptance, and properties decided by a
    rule.
    """

    values: Mapping[str, Any]
    issues: tuple[Issue, ...]
    by_rule: tuple[str, ...]


def accept(record: Record, readings: Sequence[Reading]) -> Accepted:
    """The values that a record's readings and decisions give, and what is wrong with those it
    states itself.
    """
    values: dict[str, Any] = {}
    template = template_pages(readings)
    groups = _groups(readings, template)
    for group in groups.values():
        if chosen := _chosen(group):
            _put(values, chosen)
    _finish(values, groups, readings)
    decided = {printed_as(name) for name in settled(record)}
    issues = [
        *_contradictions(groups, readings, decided),
        *decide(record, values),
        *standing(record, readings, template),
        *_unsupported_id(record, readings),
        *_unsupported(record, values),
    ]
    by_rule = (name for name in _by_rule(groups) if printed_as(name) not in decided)
    return Accepted(values, tuple(issues), tuple(dict.fromkeys(by_rule)))


def template_pages(readings: Iterable[Reading]) -> frozenset[str]:
    """SHA-256 of the pages that print the template's end year: completed, no start year, no
    allocation year.
    """
    seen: dict[str, dict[str, Any]] = defaultdict(dict)
    for reading in readings:
        seen[reading.source.page][reading.property] = reading.value
    return frozenset(page for page, values in seen.items() if _is_template(values))


def _is_template(values: Mapping[str, Any]) -> bool:
    printed = values.get("status") == "completed" and values.get("statedEndYear") == _TEMPLATE_YEAR
    return printed and not values.keys() & {"startYear", "allocationYear"}


def _groups(readings: Sequence[Reading], template: Container[str]) -> Mapping[str, list[Reading]]:
    """Readings that compete for one value, by property (and language)."""
    groups: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if not reading.value or reading.property in _UNRIVALLED:
            continue
        if reading.property in _TAGGED:
            groups[f"{reading.property}@{'-'.join(reading.value)}"].append(reading)
        elif reading.property != "statedEndYear":
            groups[reading.property].append(reading)
        elif reading.source.page not in template:
            groups["endYear"].append(reading._replace(property="endYear"))
    return groups


def _chosen(group: Sequence[Reading]) -> Reading | None:
    """The one reading that the others agree with, those of labelled pages first; None if they
    differ.
    """
    best = [reading for reading in group if _is_labelled(reading)] or group
    return best[0] if _agree(best) else None


def _agree(group: Sequence[Reading]) -> bool:
    return all(same(reading.property, reading.value, group[0].value) for reading in group)


def _is_labelled(reading: Reading) -> bool:
    """Whether a value has a label; for texts, which have none anywhere, whether their page has
    labels.
    """
    on_page = reading.property in _TAGGED and any(
        capture.label for capture in reading.source.values
    )
    return reading.labelled or on_page


def _by_rule(groups: Mapping[str, Sequence[Reading]]) -> Iterator[str]:
    """The properties whose captures differ, with a value that is accepted all the same."""
    return (
        name.partition("@")[0]
        for name, group in groups.items()
        if not _agree(group) and _chosen(group)
    )


def _contradictions(
    groups: Mapping[str, Sequence[Reading]], readings: Sequence[Reading], decided: Set[str]
) -> Iterator[Issue]:
    """An issue for each property whose captures differ, unless a rule or a person decides it."""
    stated = [
        reading for reading in readings if reading.property == "statedEndYear" and reading.value
    ]
    for name, group in {**groups, "endYear": stated}.items():
        property_ = printed_as(name.partition("@")[0])
        if _agree(group) or decided & {name, property_}:
            continue
        if property_ in _IN_VIEW or not _chosen(group):
            texts = sorted({shown(printed(reading)) for reading in group})
            yield Issue("contradiction", property_, words=(" / ".join(texts),))


def _put(values: dict[str, Any], chosen: Reading) -> None:
    name, _, part = chosen.property.partition(".")
    if name in _TAGGED:
        values.setdefault(name, {}).update(chosen.value)
    elif name == "budget":
        values.setdefault("budget", {})[part] = chosen.value
    elif isinstance(chosen.value, list):
        values[name] = sorted((*values.get(name, ()), *chosen.value), key=str)
    else:
        values[name] = chosen.value


def _finish(
    values: dict[str, Any], groups: Mapping[str, Sequence[Reading]], readings: Sequence[Reading]
) -> None:
    """Every printed end year is kept, and every state that an accepted narrative names; half a
    budget is none.
    """
    stated = {
        reading.value
        for reading in readings
        if reading.property == "statedEndYear" and reading.value
    }
    for name, found in (
        ("statedEndYear", stated),
        ("mentionsState", _mentioned(values, groups, readings)),
    ):
        if found:
            values[name] = sorted(found)
    if len(values.get("budget", {})) == 1:
        values.pop("budget")


def _mentioned(
    values: Mapping[str, Any], groups: Mapping[str, Sequence[Reading]], readings: Sequence[Reading]
) -> set[str]:
    """The states that pages name whose narrative is the accepted one."""
    told = [
        reading for group in groups.values() for reading in group if reading.property == "narrative"
    ]
    texts = values.get("narrative", {})
    kept = {
        r.source.page
        for r in told
        if all(same("narrative", {k: texts.get(k, "")}, r.value) for k in r.value)
    }
    return {
        code
        for r in readings
        if r.property == "mentionsState" and r.source.page in kept
        for code in r.value
    }


def _unsupported(record: Record, values: Mapping[str, Any]) -> list[Issue]:
    """An issue for each value that the record states otherwise than its readings and decisions
    do.
    """
    stated = getattr(record, "values", None)
    if stated is None:
        return []
    said: Mapping[str, Any] = msgspec.to_builtins(stated)
    return [
        Issue("unsupported-value", name, words=(shown(said.get(name)), shown(values.get(name))))
        for name in sorted(said.keys() | values.keys())
        if _comparable(said.get(name)) != _comparable(values.get(name))
    ]


def _unsupported_id(record: Record, readings: Iterable[Reading]) -> list[Issue]:
    """An issue where a project's id is neither printed by one of its pages nor decided by a
    person.
    """
    printed = {str(reading.value) for reading in readings if reading.property == "projectId"}
    decided = {
        str(decision.value) for decision in record.decisions if decision.property == "projectId"
    }
    if not isinstance(record, Project) or record.id in printed | decided:
        return []
    return [
        Issue(
            "unsupported-value", "projectId", words=(record.id, ", ".join(sorted(printed)) or "–")
        )
    ]


def _comparable(value: Any) -> Any:
    return sorted(value, key=str) if isinstance(value, list | tuple) else value
