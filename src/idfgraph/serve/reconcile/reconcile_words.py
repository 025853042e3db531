"""What types and properties are called, as the ontology of a release has it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...model.labels import CLASSES, PROPERTIES
from ...model.text import Texts, chosen, texts
from ...sources.term_labels import term_labels
from .property_values import properties_of
from .release_things import KINDS, ReleaseThings

#: The type that all codes have, and which each list of codes is a kind of.
CODE = "Concept"


class ReconcileType(NamedTuple):
    """A type: how it is called, and what it is a kind of (empty: of nothing)."""

    id: str
    label: Texts
    broader: str = ""


class ReconcileWords:
    """Types and properties with their names; `schema` is what the names of ours stand under."""

    def __init__(self, known: ReleaseThings, ontology: bytes, schema: str) -> None:
        self._terms, self.schema = term_labels(ontology), schema
        lists = {
            type_: known.labels.get(type_.replace("/", ":"), {"": type_})
            for thing in known.things.values()
            for type_ in thing.types
            if type_.startswith("code/")
        }
        self.types: Mapping[str, ReconcileType] = {
            **{kind: ReconcileType(kind, self._label(kind, CLASSES)) for kind in KINDS},
            **{id_: ReconcileType(id_, lists[id_], CODE) for id_ in sorted(lists)},
        }
        self.properties: Mapping[str, Texts] = {
            key: self._label(key, PROPERTIES) for kind in KINDS for key in properties_of(kind)
        }

    def of_type(self, type_: str) -> Iterator[str]:
        """The properties that things of a type can have: all there are where none is named, none
        where there is no such type.
        """
        if not type_:
            yield from self.properties
        elif type_ in self.types:
            yield from properties_of(CODE if type_.startswith("code/") else type_)

    def type_name(self, type_: str, language: str) -> str:
        """What a type is called in a language, else itself."""
        known = self.types.get(type_)
        return chosen(known.label, language)[0] if known else type_

    def property_name(self, key: str, language: str) -> str:
        """What a property is called in a language, else its key."""
        return chosen(self.properties.get(key) or self._label(key, PROPERTIES), language)[0]

    def _label(self, name: str, others: Mapping[str, str]) -> Texts:
        if own := self._terms.get(f"{self.schema}{name}"):
            return own
        return texts(others[name]) if name in others else {"": name}
