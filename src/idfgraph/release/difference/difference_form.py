"""A difference as JSON, one resource a line; the schema is `difference.schema.json` beside this
file.
"""

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal

from ...model.text import LANGUAGES
from .difference import Difference, EvidenceChange, FieldChange, Item, Resource, Value
from .difference_tables import Vocabulary

#: The version of the form; it changes when a reader of the old form would misread the new one.
FORMAT = 1


def difference_form(
    found: Difference, vocabulary: Vocabulary
) -> Mapping[str, str | int | Iterable[object]]:
    """The members of the JSON object that is a difference, with words in every language.

    >>> from .difference import Names
    >>> same = Difference("1f", "1f", (), ())
    >>> form = difference_form(same, Vocabulary(str, str, {}, {}, Names({}, {})))
    >>> list(form), list(form["changed"])
    (['format', 'old', 'new', 'added', 'changed', 'withdrawn', 'evidence'], [])
    """
    resources = {
        state: (_resource(one, vocabulary) for one in found.of(state))
        for state in ("added", "changed", "withdrawn")
    }
    evidence = (_evidence(one, vocabulary) for one in found.evidence)
    return {
        "format": FORMAT,
        "old": found.old,
        "new": found.new,
        **resources,
        "evidence": evidence,
    }


def _resource(resource: Resource, vocabulary: Vocabulary) -> Mapping[str, object]:
    iri = vocabulary.expand(resource.id)
    fields = [_field(item, field, vocabulary) for item in resource.items for field in item.fields]
    return {
        "id": resource.id,
        "iri": iri,
        "labels": vocabulary.names.labels.get(iri, {}),
        "fields": fields,
    }


def _field(item: Item, field: FieldChange, vocabulary: Vocabulary) -> Mapping[str, object]:
    names = {language: vocabulary.term(field.property, language) for language in LANGUAGES}
    part = item.id.partition("#")[2]
    return {
        **({"part": part} if part else {}),
        "property": field.property,
        "names": names,
        "removed": [_value(value, vocabulary) for value in field.removed],
        "added": [_value(value, vocabulary) for value in field.added],
    }


def _value(value: Value, vocabulary: Vocabulary) -> Mapping[str, object]:
    if not isinstance(value, Literal):
        return {"iri": value.value, "labels": dict(sorted(vocabulary.labels(value.value).items()))}
    tag = {"language": value.language} if value.language else {"datatype": value.datatype.value}
    return {"text": value.value, **tag}


def _evidence(one: EvidenceChange, vocabulary: Vocabulary) -> Mapping[str, object]:
    return {
        "graph": vocabulary.expand(one.graph),
        "about": [vocabulary.expand(id_) for id_ in vocabulary.subjects(one)],
        "removed": str(one.removed),
        "added": str(one.added),
    }
