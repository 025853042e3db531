"""A comparison as JSON, one record or finding a line; the schema is `comparison.schema.json` beside
this file.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from ...checks.report import finding_form
from ...model.text import LANGUAGES
from .compared_record import Change
from .comparison import Changed, Comparison, RecordTitle
from .totals import Total
from .voice import RecordVoice, items

#: The version of the form; it changes when a reader of the old form would misread the new one.
FORMAT = 1


def comparison_form(
    comparison: Comparison, voice: RecordVoice
) -> Mapping[str, str | int | Sequence[object]]:
    """The members of the JSON object that is a comparison, with the words of fields, codes and
    messages in every language.

    >>> from .comparison import Results
    >>> empty = Comparison("main", "topic", (), (), (), (), Results())
    >>> comparison_form(empty, RecordVoice(lambda *_: None, {}))["new"]
    []
    """
    return {
        "format": FORMAT,
        "base": comparison.base,
        "head": comparison.head,
        "totals": [_total(total) for total in comparison.totals],
        "new": [_record(entry) for entry in comparison.new],
        "gone": [_record(entry) for entry in comparison.gone],
        "unreadable": [_record(entry) for entry in comparison.unread],
        "changed": [_changed(changed, voice) for changed in comparison.changed],
        "newResults": [finding_form(found) for found in comparison.results.new],
        "solvedResults": [finding_form(found) for found in comparison.results.solved],
    }


def _total(total: Total) -> Mapping[str, str]:
    return {**total._asdict(), "difference": total.difference}


def _record(entry: RecordTitle | Changed) -> Mapping[str, object]:
    return {"id": entry.id, "kind": entry.kind, "titles": dict(sorted(entry.titles.items()))}


def _changed(changed: Changed, voice: RecordVoice) -> Mapping[str, object]:
    return {**_record(changed), "changes": [_change(change, voice) for change in changed.changes]}


def _change(change: Change, voice: RecordVoice) -> Mapping[str, object]:
    field, before, after = change.field, change.before, change.after
    values: Iterable[object]
    sides: Mapping[str, object]
    if isinstance(before, tuple) or isinstance(after, tuple):
        removed, added = items(change)
        sides, values = {"removed": removed, "added": added}, (*removed, *added)
    else:
        sides = {"before": msgspec.to_builtins(before), "after": msgspec.to_builtins(after)}
        values = (before, after)
    labels = {
        value: names
        for value in sorted({value for value in values if isinstance(value, str)})
        if (names := _labels(field, value, voice))
    }
    names = {language: voice.field(field, language) for language in LANGUAGES}
    return {"field": field, "names": names, **sides, "labels": labels}


def _labels(field: str, value: str, voice: RecordVoice) -> Mapping[str, str]:
    """What a value is called in each language; nothing for a value that speaks for itself."""
    names: dict[str, str] = {
        language: voice.value(field, value, language) for language in LANGUAGES
    }
    return {} if set(names.values()) == {value} else names
