"""What is said of a thing by a property: things, texts by language, numbers."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from ...model.fields import DERIVED, FIELDS, VALUES
from ...model.text import Texts
from .release_things import KnownThing, ReleaseThings

#: Properties of those that no record has, by kind, in the order in which they are offered.
_OF_ENTRIES: Mapping[str, tuple[str, ...]] = {
    "State": ("prefLabel", "altLabel", "iso2", "iso3", "m49", "broader", "exactMatch"),
    "Organization": ("prefLabel", "altLabel", "identifier", "unitOf", "sameAs"),
    "Concept": ("prefLabel", "altLabel", "definition", "notation", "inScheme", "exactMatch"),
}

#: Kinds of values that are parts, of which only these say something as one value each.
_PARTS = frozenset({"phase", "outcome"})

#: The property of an amount that is told beside it.
_CURRENCY = "currency"

#: Key of a property of others -> the kind of what it leads to.
_LEADING: Mapping[str, str] = {"association": "Organization", "unitOf": "Organization"}

#: How the compact IRIs of values begin -> the kind of thing that they are.
_KINDS: Mapping[str, str] = {"st:": "State", "ag:": "Organization"}


class PropertyValue(NamedTuple):
    """A value: a thing of ours, something else with an IRI, a number, or a text by language (empty:
    in none).
    """

    thing: KnownThing | None = None
    iri: str = ""
    number: float | None = None
    texts: Texts = MappingProxyType({})


def properties_of(kind: str) -> tuple[str, ...]:
    """The keys of the properties that things of a kind can have.

    >>> properties_of("Project")[:3], "m49" in properties_of("State")
    (('projectId', 'primaId', 'title'), True)
    """
    if kind in _OF_ENTRIES:
        return _OF_ENTRIES[kind]
    own = [field for field in VALUES if kind in field.of and field.kind not in _PARTS]
    names = dict.fromkeys(field.name for field in own)
    first = ("projectId",) if kind == "Project" else ()
    return tuple(dict.fromkeys((*first, *names, *DERIVED, "association", _CURRENCY)))


def kind_of_values(key: str) -> str:
    """The type of the things that a property leads to; empty where it leads to none of ours.

    >>> kind_of_values("beneficiary"), kind_of_values("status"), kind_of_values("startYear")
    ('State', 'code/status', '')
    """
    if key in _LEADING:
        return _LEADING[key]
    field = FIELDS.get(DERIVED[key][0] if key in DERIVED else key)
    if field is None:
        return ""
    return f"code/{field.scheme}" if field.scheme else _KINDS.get(field.prefix, "")


class PropertyReader:
    """Reads the values of properties of the things of a release."""

    def __init__(self, known: ReleaseThings) -> None:
        self._known = known

    def values(self, thing: KnownThing, key: str) -> Iterator[PropertyValue]:
        """The values of a property of a thing, in the order of the release."""
        for value in _raw(thing, key):
            if isinstance(value, dict):
                yield from _by_language(value)
            elif isinstance(value, float | int):
                yield PropertyValue(number=value)
            else:
                yield self.term(key, value)

    def term(self, key: str, value: str) -> PropertyValue:
        """The value of a property that a node has as a text: a thing, or what has a name."""
        field = FIELDS.get(DERIVED[key][0] if key in DERIVED else key)
        prefix = "ag:" if key == "association" else field.prefix if field else ""
        compact = f"{prefix}{value}"
        if thing := self._known.things.get(compact):
            return PropertyValue(thing)
        if label := self._known.labels.get(compact):
            return PropertyValue(iri=self._known.iri(compact), texts=label)
        iri = self._known.iri(compact)
        return PropertyValue(texts={"": iri}) if iri == compact else PropertyValue(iri=iri)


def _raw(thing: KnownThing, key: str) -> Iterator[Any]:
    """The values under a key, parts as what is told of them."""
    field = FIELDS.get(key)
    if key == "budget":
        if thing.budget.value:
            yield float(thing.budget.value)
    elif key == _CURRENCY:
        if thing.budget.currency:
            yield thing.budget.currency
    elif key == "association":
        yield from dict.fromkeys(part["agent"] for part in thing.node.get(key, ()))
    elif (value := thing.node.get(key)) is not None:
        values = value if isinstance(value, list) else [value]
        is_year = field is not None and field.kind == "year"
        yield from (int(each) if is_year else each for each in values)


def _by_language(texts: Mapping[str, str | list[str]]) -> Iterator[PropertyValue]:
    """A text by language as one value; where a language has several, each text once, in all
    languages that have it.
    """
    if all(isinstance(text, str) for text in texts.values()):
        yield PropertyValue(texts={tag: str(text) for tag, text in texts.items()})
        return
    tagged: dict[str, dict[str, str]] = {}
    for tag, said in texts.items():
        for text in [said] if isinstance(said, str) else said:
            tagged.setdefault(text, {})[tag] = text
    yield from (PropertyValue(texts=each) for each in tagged.values())
