"""A difference as JSON, one resource a line; the schema is `difference.schema.json` beside this
file.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import Literal

from ...model.text import LANGUAGES
from .difference import Difference, EvidenceChange, FieldChange, Item, Resource, Value
from .telling import ChangeVoice, subjects

#: The version of the form; it changes when a reader of the old form would misread the new one.
FORMAT = 1


def render(found: Difference, voice: ChangeVoice) -> Iterator[str]:
    """The difference as pieces of a JSON document, with words in every language.

    >>> from .difference import Names
    >>> same = Difference("1f", "1f", (), ())
    >>> json.loads("".join(render(same, ChangeVoice(str, str, {}, Names({}, {})))))["changed"]
    []
    """
    yield f'{{\n"format": {FORMAT},\n"old": {_json(found.old)},\n"new": {_json(found.new)}'
    for state in ("added", "changed", "withdrawn"):
        yield from _list(state, (_resource(one, voice) for one in found.of(state)))
    yield from _list("evidence", (_evidence(one, voice) for one in found.evidence))
    yield "\n}\n"


def _list(name: str, rows: Iterable[Any]) -> Iterator[str]:
    yield f',\n"{name}": ['
    for number, row in enumerate(rows):
        yield f"{',' if number else ''}\n{_json(row)}"
    yield "]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _resource(resource: Resource, voice: ChangeVoice) -> dict[str, Any]:
    iri = voice.expand(resource.id)
    fields = [_field(item, field, voice) for item in resource.items for field in item.fields]
    return {
        "id": resource.id,
        "iri": iri,
        "labels": voice.names.labels.get(iri, {}),
        "fields": fields,
    }


def _field(item: Item, field: FieldChange, voice: ChangeVoice) -> dict[str, Any]:
    names = {language: voice.term(field.property, language) for language in LANGUAGES}
    told = {"removed": field.removed, "added": field.added}
    sides = {name: [_value(value, voice) for value in values] for name, values in told.items()}
    part = item.id.partition("#")[2]
    return {**({"part": part} if part else {}), "property": field.property, "names": names, **sides}


def _value(value: Value, voice: ChangeVoice) -> dict[str, Any]:
    if not isinstance(value, Literal):
        labels = voice.names.labels.get(value.value) or voice.terms.get(value.value, {})
        return {"iri": value.value, "labels": dict(sorted(labels.items()))}
    tag = {"language": value.language} if value.language else {"datatype": value.datatype.value}
    return {"text": value.value, **tag}


def _evidence(one: EvidenceChange, voice: ChangeVoice) -> dict[str, Any]:
    return {
        "graph": voice.expand(one.graph),
        "about": [voice.expand(id_) for id_ in subjects(one, voice)],
        "removed": str(one.removed),
        "added": str(one.added),
    }
