"""Three-way merge of values, field by field; titles and narratives language by language. Absent is
a value, too.
"""

from collections.abc import Container, Mapping
from typing import NamedTuple

#: Fields whose values are texts by language.
_TEXTS = frozenset({"title", "narrative"})

#: Field (`status`, `title.fr`) -> value.
Fields = Mapping[str, object]


class Conflict(NamedTuple):
    """A field that people edited and whose page changed, each otherwise; None where it is
    absent.
    """

    field: str
    base: object
    page: object
    edit: object


class Merged(NamedTuple):
    """The fields to change (None: to take away), those that stay as people edited them, and the
    conflicts.
    """

    changes: Fields
    kept: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def by_field(values: Mapping[str, object]) -> Fields:
    """Values as fields.

    >>> by_field({"title": {"fr": "Un"}, "status": "active"})
    {'title.fr': 'Un', 'status': 'active'}
    """
    fields: dict[str, object] = {}
    for name, value in values.items():
        if name in _TEXTS and isinstance(value, Mapping):
            fields.update({f"{name}.{language}": text for language, text in value.items()})
        else:
            fields[name] = value
    return fields


def with_fields(values: Mapping[str, object], changes: Fields) -> Mapping[str, object]:
    """Values in which these fields are changed.

    >>> values = {"title": {"fr": "Un"}, "status": "active"}
    >>> with_fields(values, {"title.en": "One", "status": None})
    {'title': {'fr': 'Un', 'en': 'One'}}
    """
    changed = dict(values)
    for field, value in changes.items():
        name, _, language = field.partition(".")
        known = changed.get(name)
        texts = known if isinstance(known, Mapping) else {}
        new = _present({**texts, language: value}) if language else value
        changed[name] = new or None
    return _present(changed)


def three_way(base: Fields, page: Fields, edit: Fields, untold: Container[str] = ()) -> Merged:
    """What becomes of each field: what nobody edited follows the page, what the page left alone
    stays as edited.

    `untold` are fields whose base is not known: a difference between page and edit is a conflict.

    >>> three_way({"status": "active"}, {"status": "completed"}, {"status": "active"}).changes
    {'status': 'completed'}
    """
    changes: dict[str, object] = {}
    kept: list[str] = []
    conflicts: list[Conflict] = []
    for field in dict.fromkeys((*base, *page, *edit)):
        old, new, mine = base.get(field), page.get(field), edit.get(field)
        if same(new, mine):
            continue
        if field in untold:
            conflicts.append(Conflict(field, None, new, mine))
        elif same(old, mine):
            changes[field] = new
        elif same(old, new):
            kept.append(field)
        else:
            conflicts.append(Conflict(field, old, new, mine))
    return Merged(changes, tuple(kept), tuple(conflicts))


def same(one: object, other: object) -> bool:
    """Whether two values are the same; the order of a list does not matter.

    >>> same(["ALB", "FJI"], ["FJI", "ALB"])
    True
    """
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(repr, one)) == sorted(map(repr, other))
    return bool(one == other)


def _present(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}
