"""Records of format 1: how they are told from others, and what they are in format 2."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from ...model.errors import BadRecord, OldFormat, Place
from ...model.fields import FIELDS
from ...model.records import FORMAT
from ...model.text import N_
from ..origin import Marks, placed
from ..parts import quoted

#: What format 1 called the end years that pages print.
_STATED, _END = "statedEndYear", "endYear"


def refuse_old(data: object, path: Path, place: Place) -> None:
    """Nothing, or OldFormat for a record of format 1, which says what to do about the whole
    desk.
    """
    if is_old(data):
        hint = N_("run: idfgraph migrate {folder} (which rewrites all of them)")
        raise OldFormat(
            N_("is a record of format 1"),
            place._replace(field="format"),
            hint=hint,
            folder=quoted(_desk(path)),
        )


def is_old(data: object) -> bool:
    """Whether plain data is a record of format 1: it says so, or says no format and is written like
    one.

    >>> is_old({"format": "1"}), is_old({"reviewed": {"by": "A"}}), is_old({"format": "2"})
    (True, True, False)
    """
    if not isinstance(data, Mapping):
        return False
    if "format" in data:
        return str(data["format"]) == "1" and not isinstance(data["format"], bool)
    return isinstance(data.get("reviewed"), Mapping) or (
        _STATED not in FIELDS and (_STATED in _mapping(data, "values") or _prints_stated(data))
    )


def migrated(data: Mapping[str, object]) -> dict[str, object]:
    """A record of format 1 in format 2, its keys in their order; a review that covered the values
    still does.

    >>> migrated({"format": "1", "reviewed": {"by": "A. Steward", "on": "2026-11-21"}})
    {'format': 2, 'reviewed': [{'by': 'A. Steward', 'on': '2026-11-21'}]}
    """
    parts: dict[str, object] = {
        "format": FORMAT,
        "values": {k: v for k, v in _mapping(data, "values").items() if k != _STATED},
        "sources": [_source(source) for source in _list(data, "sources")],
        "reviewed": [_review(data)],
    }
    wrong = {"sources": list, "values": Mapping, "reviewed": Mapping}
    return {
        key: parts[key] if key in parts and isinstance(value, wrong.get(key, object)) else value
        for key, value in data.items()
    }


def refuse_decided(data: Mapping[str, object], file: str, marks: Marks) -> None:
    """Nothing, or BadRecord for a decision on what pages state, which format 2 has no word for."""
    for number, decision in enumerate(_list(data, "decisions")):
        if isinstance(decision, Mapping) and decision.get("property") == _STATED:
            path = f"decisions[{number}].property"
            place = placed(file, marks[path], path) if path in marks else Place(file, field=path)
            hint = N_("decide {end}, or remove the decision")
            raise BadRecord(
                N_("decides {stated}, which format 2 does not have"),
                place,
                hint=hint,
                stated=_STATED,
                end=_END,
            )


def migrated_settings(data: Mapping[str, object]) -> Mapping[str, object]:
    """What `dataset.yaml` says, without an expectation of what format 2 has no word for.

    >>> migrated_settings({"base": "b", "expect": {"fields": {"statedEndYear": "0.5"}}})
    {'base': 'b'}
    """
    expect = _mapping(data, "expect")
    fields = _mapping(expect, "fields")
    if _STATED not in fields:
        return data
    left = _with(expect, "fields", {key: fields[key] for key in fields if key != _STATED})
    return _with(data, "expect", left)


def stated_captures(data: Mapping[str, object]) -> list[str]:
    """The paths of the properties of captures that have another name in format 2."""
    return [
        f"sources[{i}].values[{j}].property"
        for i, source in enumerate(_list(data, "sources"))
        if isinstance(source, Mapping)
        for j, capture in enumerate(_list(source, "values"))
        if isinstance(capture, Mapping) and capture.get("property") == _STATED
    ]


def renamed(words: str) -> str:
    """The words of a property of format 1 with its name of format 2.

    >>> renamed("property: 'statedEndYear'")
    "property: 'endYear'"
    """
    return _END.join(words.rsplit(_STATED, 1))


def plain_digest(values: Mapping[str, object]) -> str:
    """What a review covers: the first 16 hex digits of the SHA-256 of values (plain data) as
    canonical JSON.

    >>> plain_digest({"beneficiary": ["ALB"]})
    '7474f78ff749d2c6'
    """
    plain = {
        name: sorted(value, key=str) if isinstance(value, list | tuple) else value
        for name, value in values.items()
        if value not in (None, (), [], {})
    }
    return sha256(msgspec.json.encode(plain, order="sorted")).hexdigest()[:16]


def _desk(path: Path) -> Path:
    """The data folder that a file is in; else the folder of a YAML record, or the file of lines."""
    folder = next((up for up in path.parents[:2] if (up / "dataset.yaml").is_file()), None)
    return folder or (path.parent if path.suffix in (".yaml", ".yml") else path)


def _with(data: Mapping[str, object], key: str, part: Mapping[str, object]) -> dict[str, object]:
    """The data with a part under a key, or without the key where nothing is left."""
    return {name: part if name == key else data[name] for name in data if name != key or part}


def _prints_stated(data: Mapping[str, object]) -> bool:
    return bool(stated_captures(data))


def _source(source: object) -> object:
    """A source whose captures of end years are called what they are about."""
    if not isinstance(source, Mapping) or not isinstance(source.get("values"), list):
        return source
    return {**source, "values": [_capture(capture) for capture in _list(source, "values")]}


def _capture(capture: object) -> object:
    if isinstance(capture, Mapping) and capture.get("property") == _STATED:
        return {**capture, "property": _END}
    return capture


def _review(data: Mapping[str, object]) -> object:
    """The review of a record; its digest is that of the values as they are now, if it was that of
    the values as they were.
    """
    review, values = _mapping(data, "reviewed"), _mapping(data, "values")
    if _STATED not in values or review.get("values") != plain_digest(values):
        return review
    now = plain_digest({key: value for key, value in values.items() if key != _STATED})
    return {**review, "values": now}


def _mapping(data: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = data.get(key)
    return value if isinstance(value, Mapping) else {}


def _list(data: Mapping[str, object], key: str) -> Sequence[object]:
    value = data.get(key)
    return value if isinstance(value, list) else []
