"""Readings to accepted values: where captures differ, by rule or not at all (design: 5).

A person's decision wins; then what a template prints and what is doubted is never accepted; then
labelled pages come before unlabelled ones; what still differs is not accepted and becomes a
contradiction.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ...model.records import Project
from .case import Accepted, Case
from .decisions import decide, printed, same, shown, shown_apart, standing
from .issues import DIFFERENT, UNSAID, Issue
from .readings import Reading, whole_of
from .rivals import Rivals
from .values import Values, joined, words_of

#: Properties whose captures are said to differ even where a rule accepts one, as all of them stay
#: in view.
_IN_VIEW = frozenset({"title", "endYear"})


def accept(case: Case, rivals: Mapping[str, Rivals], printed: Values | None = None) -> Accepted:
    """The values that a record's readings and decisions give, and what is wrong with those it
    states itself; `rivals` are those of the case, `printed` the values without the decisions that
    stand in files of their own, if there are such.
    """
    values = Values()
    for group in rivals.values():
        if chosen := group.chosen:
            _put(values, chosen)
    _finish(case, values, rivals)
    issues = [
        *_contradictions(case, rivals),
        *decide(case.record, values),
        *standing(case),
        *_unsupported_id(case),
        *_unsupported(case, (values, *filter(None, [printed])), rivals),
    ]
    return Accepted(values, tuple(issues))


def _contradictions(case: Case, rivals: Mapping[str, Rivals]) -> Iterator[Issue]:
    """An issue for each property whose captures differ, unless a rule or a person decides it."""
    for name, group in {**rivals, "endYear": Rivals(_end_years(case))}.items():
        property_ = whole_of(name.partition("@")[0])
        if group.agree or case.decided & {name, property_}:
            continue
        if property_ in _IN_VIEW or not group.chosen:
            texts = sorted({printed(reading) for reading in group.readings})
            yield Issue("contradiction", property_, words=(" / ".join(shown_apart(*texts)),))


def _end_years(case: Case) -> tuple[Reading, ...]:
    """The readings of end years, whatever they are worth."""
    return tuple(
        reading for reading in case.readings if reading.property == "endYear" and reading.value
    )


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


def _finish(case: Case, values: Values, rivals: Mapping[str, Rivals]) -> None:
    """Every state that an accepted narrative names is kept; half a budget is none."""
    if mentioned := _mentioned(case, values, rivals):
        values["mentionsState"] = sorted(mentioned)
    if len(values.texts_of("budget")) == 1:
        values.pop("budget")


def _mentioned(case: Case, values: Values, rivals: Mapping[str, Rivals]) -> set[str]:
    """The states that pages name whose narrative is the accepted one."""
    texts = values.texts_of("narrative")
    kept = {
        reading.source.page
        for group in rivals.values()
        for reading in group.readings
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


def _unsupported(case: Case, given: Sequence[Values], rivals: Mapping[str, Rivals]) -> list[Issue]:
    """An issue for each value that the record states otherwise than its readings and decisions
    do, with or without those in files of their own; with the words of its pages, where these differ
    so that they give none.
    """
    stated = getattr(case.record, "values", None)
    if stated is None:
        return []
    own: Mapping[str, object] = msgspec.to_builtins(stated)
    values = given[0]
    names = [
        name
        for name in sorted(own.keys() | values.keys())
        if not _is_one_of(own.get(name), [one.get(name) for one in given])
    ]
    issues = _contradictions(case, rivals) if names else ()
    differ = {issue.property: issue.words[0] for issue in issues}
    return [
        _unsupported_value(name, own.get(name), values.get(name), differ.get(name, ""))
        for name in names
    ]


def _unsupported_value(name: str, stated: object, given: object, differ: str) -> Issue:
    """The issue of a value that is stated otherwise than it is given; `differ` are the words of
    pages that do.
    """
    if given is None:
        message = DIFFERENT if differ else UNSAID
        words = (shown(stated), differ) if differ else (shown(stated),)
        return Issue("unsupported-value", name, words=words, message=message)
    return Issue("unsupported-value", name, words=shown_apart(stated, given))


def _unsupported_id(case: Case) -> list[Issue]:
    """An issue where a project's id is neither printed by one of its pages nor decided by a
    person.
    """
    record = case.record
    read = (reading.value for reading in case.readings if reading.property == "projectId")
    printed = {value for value in read if isinstance(value, str)}
    decided = {
        str(decision.value) for decision in record.decisions if decision.property == "projectId"
    }
    if not isinstance(record, Project) or record.id in printed | decided:
        return []
    given = ", ".join(sorted(printed)) or None
    return [_unsupported_value("projectId", record.id, given, "")]


def _is_one_of(stated: object, given: Sequence[object]) -> bool:
    """Whether a value is stated as it is given once; of texts, each of them."""
    if any(_comparable(stated) == _comparable(one) for one in given):
        return True
    own, *sides = (one if isinstance(one, Mapping) else {} for one in (stated, *given))
    tags = {tag for texts in (own, *sides) for tag in texts}
    return bool(tags) and all(own.get(tag) in [side.get(tag) for side in sides] for tag in tags)


def _comparable(value: object) -> object:
    return sorted(value, key=str) if isinstance(value, list | tuple) else value
