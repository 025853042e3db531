"""Columns for things that were found: the values of their properties as cells."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from ...model.text import chosen, decimal, ordered_amount
from .property_values import PropertyReader, PropertyValue, kind_of_values
from .reconcile_requests import ExtensionQuery, PropertyColumn
from .reconcile_words import ReconcileWords
from .release_things import KnownThing

#: A cell as the API has it: a thing by id and name, or a text or number under the name of its type.
Cell = Mapping[str, Any]


class ColumnWriter:
    """Writes values as cells in a language; `base` is what ids of things stand behind in full
    IRIs.
    """

    def __init__(
        self, words: ReconcileWords, reader: PropertyReader, base: str, language: str
    ) -> None:
        self._words, self._reader = words, reader
        self._base, self._language = base, language

    def columns(
        self, query: ExtensionQuery, things: Mapping[str, KnownThing | None]
    ) -> Mapping[str, Any]:
        """What is asked for: what each column is, and the cells of each thing that there is."""
        return {
            "meta": [self._head(column) for column in query.properties],
            "rows": {
                id_: {
                    column.id: list(self._cells(thing, column)) if thing else []
                    for column in query.properties
                }
                for id_, thing in things.items()
            },
        }

    def said(self, thing: KnownThing, key: str, form: str = "name") -> Iterator[str]:
        """The values of a property as people read them: an amount with its currency, a text in
        another language with the code of that.
        """
        for value in self._reader.values(thing, key):
            if key == "budget":
                yield self._amount(thing)
                continue
            tag = "" if value.thing else chosen(value.texts, self._language)[1]
            other = f" ({tag})" if tag else ""
            yield from (f"{said}{other}" for said in self._cell(value, form).values())

    def _amount(self, thing: KnownThing) -> str:
        money = thing.budget
        number = decimal(str(money.value), self._language)
        parts = ordered_amount(money.currency or "", number, self._language)
        return "\u00a0".join(filter(None, parts))

    def _head(self, column: PropertyColumn) -> Mapping[str, Any]:
        head = {"id": column.id, "name": self._words.property_name(column.id, self._language)}
        kind = kind_of_values(column.id)
        if not kind or column.form not in ("", "linked"):
            return head
        return {**head, "type": {"id": kind, "name": self._words.type_name(kind, self._language)}}

    def _cells(self, thing: KnownThing, column: PropertyColumn) -> Iterable[Cell]:
        values = self._reader.values(thing, column.id)
        return islice((self._cell(value, column.form) for value in values), column.limit)

    def _cell(self, value: PropertyValue, form: str) -> Cell:
        if value.number is not None:
            is_whole = isinstance(value.number, int)
            return {"int" if is_whole else "float": value.number}
        if value.thing:
            return self._of_thing(value.thing, form)
        name = chosen(value.texts, self._language)[0]
        return {"str": value.iri if form == "iri" and value.iri else name or value.iri}

    def _of_thing(self, thing: KnownThing, form: str) -> Cell:
        name = chosen(thing.label, self._language)[0]
        if form == "name":
            return {"str": name}
        if form == "code":
            return {"str": thing.codes[0]}
        if form == "iri":
            return {"str": f"{self._base}{thing.id}"}
        return {"id": thing.id, "name": name}
