"""A difference as JSON, one resource a line; the schema is `difference.schema.json` beside this
file.
"""

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal

from ...model.text import LANGUAGES
from .difference import Difference, EvidenceChange, FieldChange, Item, Resource, Value
from .difference_tables import ReleaseVoice

#: The version of the form; it changes when a reader of the old form would misread the new one.
FORMAT = 1


def difference_form(
    found: Difference, voice: ReleaseVoice
) -> Mapping[str, str | int | Iterable[object]]:
    """The members of the JSON object that is a difference, with words in every language.

    >>> from .difference import Names
    >>> same = Difference("1f", "1f", (), ())
    >>> form = difference_form(same, ReleaseVoice(str, str, {}, {}, Names({}, {})))
    >>> list(form), list(form["changed"])
    (['format', 'old', 'new', 'added', 'changed', 'withdrawn', 'evidence'], [])
    """
    resources = {
        state: (_resource(one, voice) for one in found.of(state))
        for state in ("added", "changed", "withdrawn")
    }
    evidence = (_evidence(one, voice) for one in found.evidence)
    return {
        "format": FORMAT,
        "old": found.old,
        "new": found.new,
        **resources,
        "evidence": evidence,
    }


def _resource(resource: Resource, voice: ReleaseVoice) -> Mapping[str, object]:
    iri = voice.expand(resource.id)
    fields = [_field(item, field, voice) for item in resource.items for field in item.fields]
    return {
        "id": resource.id,
        "iri": iri,
        "labels": voice.names.labels.get(iri, {}),
        "fields": fields,
    }


def _field(item: Item, field: FieldChange, voice: ReleaseVoice) -> Mapping[str, object]:
    names = {language: voice.term(field.property, language) for language in LANGUAGES}
    part = item.id.partition("#")[2]
    return {
        **({"part": part} if part else {}),
        **({"record": voice.expand(item.id)} if item.is_record else {}),
        "property": field.property,
        "names": names,
        "removed": [_value(value, voice) for value in field.removed],
        "added": [_value(value, voice) for value in field.added],
    }


def _value(value: Value, voice: ReleaseVoice) -> Mapping[str, object]:
    if not isinstance(value, Literal):
        return {"iri": value.value, "labels": dict(sorted(voice.labels(value.value).items()))}
    tag = {"language": value.language} if value.language else {"datatype": value.datatype.value}
    return {"text": value.value, **tag}


def _evidence(one: EvidenceChange, voice: ReleaseVoice) -> Mapping[str, object]:
    return {
        "graph": voice.expand(one.graph),
        "about": [voice.expand(id_) for id_ in voice.subjects(one)],
        "removed": str(one.removed),
        "added": str(one.added),
    }
