"""Readings to accepted values: where captures differ, by rule or not at all (design: 5).

A person's decision wins; then the template signature is never accepted; then labelled pages come
before unlabelled ones; what still differs is not accepted and becomes a contradiction. Values are
compared by what they mean: codes and states whatever the page's language, amounts by their number,
texts of one language but for white space.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ...model.fields import VALUES
from ...model.records import Project
from .case import Accepted, Case
from .decisions import decide, printed, same, shown, standing
from .issues import Issue
from .readings import Reading, printed_as
from .values import Values, joined, words_of

#: Properties that readings of one page fill with one value for each language.
_TAGGED = frozenset(field.name for field in VALUES if field.kind == "texts")

#: What readings say that no capture contests: ids, fields that are not known, and states named in a
#: narrative.
_UNRIVALLED = frozenset({"projectId", "unknown", "mentionsState"})

#: Properties whose captures are said to differ even where a rule accepts one, as all of them stay
#: in view.
_IN_VIEW = frozenset({"title", "statedEndYear"})


def accept(case: Case) -> Accepted:
    """The values that a record's readings and decisions give, and what is wrong with those it
    states itself.
    """
    values = Values()
    groups = _groups(case)
    for group in groups.values():
        if chosen := _chosen(group):
            _put(values, chosen)
    _finish(case, values, groups)
    issues = [
        *_contradictions(case, groups),
        *decide(case.record, values),
        *standing(case),
        *_unsupported_id(case),
        *_unsupported(case, values),
    ]
    by_rule = (name for name in _by_rule(groups) if printed_as(name) not in case.decided)
    return Accepted(values, tuple(issues), tuple(dict.fromkeys(by_rule)))


def _groups(case: Case) -> Mapping[str, list[Reading]]:
    """Readings that compete for one value, by property (and language)."""
    groups: dict[str, list[Reading]] = defaultdict(list)
    for reading in case.readings:
        if not reading.value or reading.property in _UNRIVALLED:
            continue
        if isinstance(reading.value, dict):
            groups[f"{reading.property}@{'-'.join(reading.value)}"].append(reading)
        elif reading.property != "statedEndYear":
            groups[reading.property].append(reading)
        elif reading.source.page not in case.template:
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


def _contradictions(case: Case, groups: Mapping[str, Sequence[Reading]]) -> Iterator[Issue]:
    """An issue for each property whose captures differ, unless a rule or a person decides it."""
    for name, group in {**groups, "endYear": _end_years(case)}.items():
        property_ = printed_as(name.partition("@")[0])
        if _agree(group) or case.decided & {name, property_}:
            continue
        if property_ in _IN_VIEW or not _chosen(group):
            texts = sorted({shown(printed(reading)) for reading in group})
            yield Issue("contradiction", property_, words=(" / ".join(texts),))


def _end_years(case: Case) -> list[Reading]:
    """The readings of end years, whatever they are worth."""
    return [
        reading
        for reading in case.readings
        if reading.property == "statedEndYear" and reading.value
    ]


def _put(values: Values, chosen: Reading) -> None:
    """Puts a value that was chosen among the values, beside others of its property."""
    name, _, part = chosen.property.partition(".")
    value = chosen.value
    if isinstance(value, dict):
        values[name] = {**values.texts_of(name), **value}
    elif name == "budget" and isinstance(value, str):
        values[name] = {**values.texts_of(name), part: value}
    elif isinstance(value, list):
        values[name] = joined(values.get(name), value)
    elif value:
        values[name] = value


def _finish(case: Case, values: Values, groups: Mapping[str, Sequence[Reading]]) -> None:
    """Every printed end year is kept, and every state that an accepted narrative names; half a
    budget is none.
    """
    stated = {str(reading.value) for reading in _end_years(case)}
    for name, found in (
        ("statedEndYear", stated),
        ("mentionsState", _mentioned(case, values, groups)),
    ):
        if found:
            values[name] = sorted(found)
    if len(values.texts_of("budget")) == 1:
        values.pop("budget")


def _mentioned(case: Case, values: Values, groups: Mapping[str, Sequence[Reading]]) -> set[str]:
    """The states that pages name whose narrative is the accepted one."""
    texts = values.texts_of("narrative")
    kept = {
        reading.source.page
        for group in groups.values()
        for reading in group
        if reading.property == "narrative" and _says(reading, texts)
    }
    return {
        code
        for reading in case.readings
        if reading.property == "mentionsState" and reading.source.page in kept
        for code in words_of(reading.value)
    }


def _says(reading: Reading, texts: Mapping[str, str]) -> bool:
    """Whether a reading gives texts as they are accepted."""
    given = reading.value if isinstance(reading.value, dict) else {}
    return all(
        same(reading.property, texts.get(language, ""), text) for language, text in given.items()
    )


def _unsupported(case: Case, values: Values) -> list[Issue]:
    """An issue for each value that the record states otherwise than its readings and decisions
    do.
    """
    stated = getattr(case.record, "values", None)
    if stated is None:
        return []
    own: Mapping[str, object] = msgspec.to_builtins(stated)
    return [
        Issue("unsupported-value", name, words=(shown(own.get(name)), shown(values.get(name))))
        for name in sorted(own.keys() | values.keys())
        if _comparable(own.get(name)) != _comparable(values.get(name))
    ]


def _unsupported_id(case: Case) -> list[Issue]:
    """An issue where a project's id is neither printed by one of its pages nor decided by a
    person.
    """
    record = case.record
    printed = {str(reading.value) for reading in case.readings if reading.property == "projectId"}
    decided = {
        str(decision.value) for decision in record.decisions if decision.property == "projectId"
    }
    if not isinstance(record, Project) or record.id in printed | decided:
        return []
    words = (record.id, ", ".join(sorted(printed)) or "–")
    return [Issue("unsupported-value", "projectId", words=words)]


def _comparable(value: object) -> object:
    return sorted(value, key=str) if isinstance(value, list | tuple) else value
