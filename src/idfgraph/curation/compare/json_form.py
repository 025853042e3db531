"""A comparison as JSON, one record or finding a line; the schema is `comparison.schema.json` beside
this file.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from ...model.text import LANGUAGES
from .comparison import Changed, Comparison, RecordTitle
from .snapshot import Change
from .voice import RecordVoice, items

#: The version of the form; it changes when a reader of the old form would misread the new one.
FORMAT = 1


def render(comparison: Comparison, voice: RecordVoice) -> str:
    """The comparison as a JSON document, with the words of fields, codes and messages in every
    language.

    >>> from .comparison import Results
    >>> empty = Comparison("main", "topic", (), (), (), (), Results())
    >>> json.loads(render(empty, RecordVoice(lambda *_: None, min, str, list)))["new"]
    []
    """
    told = comparison
    members: Mapping[str, Sequence[Any]] = {
        "format": [FORMAT],
        "base": [told.base],
        "head": [told.head],
        "totals": [_total(total) for total in told.totals],
        "new": [_entry(entry) for entry in told.new],
        "gone": [_entry(entry) for entry in told.gone],
        "changed": [_changed(changed, voice) for changed in told.changed],
        "newResults": voice.form(told.results.new),
        "solvedResults": voice.form(told.results.solved),
    }
    plain = ("format", "base", "head")
    body = (
        f'"{name}": {_json(rows[0]) if name in plain else _list(rows)}'
        for name, rows in members.items()
    )
    return "{\n" + ",\n".join(body).encode("utf-8", "replace").decode() + "\n}\n"


def _list(rows: Sequence[Any]) -> str:
    lines = ",\n".join(map(_json, rows))
    return f"[\n{lines}\n]" if rows else "[]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _total(total: Any) -> dict[str, str]:
    return {**total._asdict(), "difference": total.difference}


def _entry(entry: RecordTitle) -> dict[str, Any]:
    return {"id": entry.id, "kind": entry.kind, "titles": dict(sorted(entry.titles.items()))}


def _changed(changed: Changed, voice: RecordVoice) -> dict[str, Any]:
    form = _entry(RecordTitle(*changed[:3]))
    return {**form, "changes": [_change(change, voice) for change in changed.changes]}


def _change(change: Change, voice: RecordVoice) -> dict[str, Any]:
    names = {language: voice.field(change.field, language) for language in LANGUAGES}
    form: dict[str, Any] = {"field": change.field, "names": names}
    if isinstance(change.before, tuple) or isinstance(change.after, tuple):
        removed, added = items(change)
        form |= {"removed": removed, "added": added}
        values: Iterable[Any] = (*removed, *added)
    else:
        before, after = change.before, change.after
        form |= {"before": msgspec.to_builtins(before), "after": msgspec.to_builtins(after)}
        values = (before, after)
    labels = {
        value: _labels(change.field, value, voice) for value in values if isinstance(value, str)
    }
    return {**form, "labels": {value: names for value, names in sorted(labels.items()) if names}}


def _labels(field: str, value: str, voice: RecordVoice) -> dict[str, str]:
    """What a value is called in each language; nothing for a value that speaks for itself."""
    names: dict[str, str] = {
        language: voice.value(field, value, language) for language in LANGUAGES
    }
    return {} if set(names.values()) == {value} else names
