"""What columns and tables are made of: a column's type, SQL and meaning, and the forms in which
properties become columns.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...model.text import LANGUAGES, N_

#: What a cell holds.
Value = str | int | float | None

#: How a column says what it means.
CODE, IRI = N_("Code."), N_("Address (IRI).")
IN = dict(zip(LANGUAGES, (N_("In English."), N_("In French."), N_("In Spanish.")), strict=True))

_OTHER = N_("In other languages, after the code of the language.")

#: What stands between the values of a cell that has several.
SEPARATOR = "; "


class Column(NamedTuple):
    """A column: its type, its SQL, the keys of the properties that lead to it, how it says it,
    whether several, and, where it holds a thing itself and no property of one, what thing;
    `title` is what people read above it, where that is not the label of the last property.
    """

    name: str
    type: str
    sql: str
    keys: tuple[str, ...] = ()
    role: str = ""
    several: bool = False
    thing: str = ""
    title: str = ""

    @property
    def language(self) -> str:
        """The language that its texts are in; empty where they are in none."""
        return next((tag for tag, said in IN.items() if said == self.role), "")

    @property
    def separator(self) -> str:
        """What stands between its values; empty where there is one, or where texts may hold it."""
        return SEPARATOR if self.several and self.role != _OTHER else ""


class TableLink(NamedTuple):
    """That each value of a column is in a column of another table."""

    column: str
    table: str
    target: str = "iri"


class Table(NamedTuple):
    """A table: its name, which is its file's, its columns, what they are read from (`t` is its
    own), its order; the columns that tell its rows apart and are never empty (none where one of
    them may be), those that lead to other tables, and what people call it and are told of it.
    """

    name: str
    columns: tuple[Column, ...]
    origin: str
    order: str
    key: tuple[str, ...] = ("iri",)
    links: tuple[TableLink, ...] = ()
    title: str = ""
    about: str = ""

    @property
    def view(self) -> str:
        """The view of the store that holds its rows."""
        return f"{self.name.replace('-', '_')}_labelled"

    @property
    def query(self) -> str:
        """The SELECT that fills it."""
        columns = ", ".join(f"{column.sql} AS {column.name}" for column in self.columns)
        return f"SELECT {columns} FROM {self.origin} ORDER BY {self.order}"  # noqa: S608

    @property
    def columns_by_name(self) -> Mapping[str, Column]:
        """Its columns by their names."""
        return {column.name: column for column in self.columns}


def thing_column(thing: str, sql: str = "t.iri", name: str = "iri") -> Column:
    """A column with the address of a thing."""
    return Column(name, "IRI", sql, role=IRI, thing=thing)


def plain_column(name: str, type_: str, key: str, sql: str = "") -> Column:
    """A column with the one value of a property."""
    return Column(name, type_, sql or f"t.{name}", (key,))


def text_columns(name: str, key: str) -> Iterator[Column]:
    """A column for each language of a text."""
    return (
        Column(f"{name}_{tag}", "text", f"t.{name}_{tag}", (key,), IN[tag]) for tag in LANGUAGES
    )


def tagged_columns(name: str, key: str) -> Iterator[Column]:
    """As text_columns, and a column for what is in other languages."""
    yield from text_columns(name, key)
    yield Column(f"{name}_other", "text", f"t.{name}_other", (key,), _OTHER, several=True)


def code_columns(name: str, *keys: str, thing: str = "") -> Iterator[Column]:
    """Code, IRI and labels of what `{name}_iri` names; joined under the alias `{name}_`."""
    yield Column(name, "code", f"{name}_.code", keys, CODE, thing=thing)
    yield Column(f"{name}_iri", "IRI", f"{name}_.iri", keys, IRI, thing=thing)
    path = (*keys, "prefLabel") if keys else ()
    yield from (
        Column(f"{name}_{tag}", "text", f"{name}_.label_{tag}", path, IN[tag], thing=thing)
        for tag in LANGUAGES
    )


def list_columns(name: str, key: str, origin: str, item: str = "{}") -> Iterator[Column]:
    """As _coded, for several: `origin` joins what is listed, under the alias `c`, for `t`; `item`
    is what is shown.
    """

    def several(shown: str) -> str:
        """All that are listed, in one cell."""
        rows = f"SELECT {item.format(shown)} AS shown FROM {origin} = t.iri ORDER BY c.iri"  # noqa: S608
        return f"(SELECT group_concat(shown, '{SEPARATOR}') FROM ({rows}))"  # noqa: S608

    yield Column(name, "code", several("c.code"), (key,), CODE, several=True)
    if item == "{}":
        yield Column(f"{name}_iris", "IRI", several("c.iri"), (key,), IRI, several=True)
    for tag in LANGUAGES:
        shown = several(f"coalesce(c.label_{tag}, '')")
        yield Column(f"{name}_{tag}", "text", shown, (key, "prefLabel"), IN[tag], several=True)


def joined(name: str, table: str = "codes") -> str:
    """The SQL that joins what `{name}_iri` names."""
    return f" LEFT JOIN {table} AS {name}_ ON {name}_.iri = t.{name}_iri"
