"""The six tables: their columns, what each says, and the query over the store that fills it."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...model.fields import VALUES, Field, Kind
from ...model.labels import NOT_KNOWN
from ...model.text import LANGUAGES, N_, gettext

#: What a cell holds.
Value = str | int | float | None

#: How a column says what it means.
CODE, IRI = N_("Code."), N_("Address (IRI).")
IN = dict(zip(LANGUAGES, (N_("In English."), N_("In French."), N_("In Spanish.")), strict=True))

#: Kind of a property with one value -> the type of its column; a code has five columns.
_CELLS: Mapping[Kind, str] = {"text": "text", "year": "year", "code": "code"}

_PROJECT, _PROGRAMME = N_("The project."), N_("The programme.")
_RECORD = N_("The project or programme.")


class Column(NamedTuple):
    """A column: its type, its SQL, the keys of the properties that lead to it, how it says it,
    whether several, and, where it holds a thing itself and no property of one, what thing.
    """

    name: str
    type: str
    sql: str
    keys: tuple[str, ...] = ()
    role: str = ""
    several: bool = False
    thing: str = ""


class Table(NamedTuple):
    """A table: its name, which is its file's, its columns, what they are read from (`t` is its
    own), its order.
    """

    name: str
    columns: tuple[Column, ...]
    origin: str
    order: str

    @property
    def view(self) -> str:
        """The view of the store that holds its rows."""
        return f"{self.name.replace('-', '_')}_labelled"

    @property
    def query(self) -> str:
        """The SELECT that fills it."""
        columns = ", ".join(f"{column.sql} AS {column.name}" for column in self.columns)
        return f"SELECT {columns} FROM {self.origin} ORDER BY {self.order}"  # noqa: S608


def _thing(thing: str, sql: str = "t.iri", name: str = "iri") -> Column:
    return Column(name, "IRI", sql, role=IRI, thing=thing)


def _plain(name: str, type_: str, key: str, sql: str = "") -> Column:
    return Column(name, type_, sql or f"t.{name}", (key,))


def _texts(name: str, key: str) -> Iterator[Column]:
    """A column for each language of a text."""
    return (
        Column(f"{name}_{tag}", "text", f"t.{name}_{tag}", (key,), IN[tag]) for tag in LANGUAGES
    )


def _coded(name: str, *keys: str, thing: str = "") -> Iterator[Column]:
    """Code, IRI and labels of what `{name}_iri` names; joined under the alias `{name}_`."""
    yield Column(name, "code", f"{name}_.code", keys, CODE, thing=thing)
    yield Column(f"{name}_iri", "IRI", f"{name}_.iri", keys, IRI, thing=thing)
    path = (*keys, "prefLabel") if keys else ()
    yield from (
        Column(f"{name}_{tag}", "text", f"{name}_.label_{tag}", path, IN[tag], thing=thing)
        for tag in LANGUAGES
    )


def _listed(name: str, key: str, origin: str, item: str = "{}") -> Iterator[Column]:
    """As _coded, for several: `origin` joins what is listed, under the alias `c`, for `t`; `item`
    is what is shown.
    """

    def several(shown: str) -> str:
        """All that are listed, in one cell."""
        rows = f"SELECT {item.format(shown)} AS shown FROM {origin} = t.iri ORDER BY c.iri"  # noqa: S608
        return f"(SELECT group_concat(shown, '; ') FROM ({rows}))"  # noqa: S608

    yield Column(name, "code", several("c.code"), (key,), CODE, several=True)
    if item == "{}":
        yield Column(f"{name}_iris", "IRI", several("c.iri"), (key,), IRI, several=True)
    for tag in LANGUAGES:
        shown = several(f"coalesce(c.label_{tag}, '')")
        yield Column(f"{name}_{tag}", "text", shown, (key, "prefLabel"), IN[tag], several=True)


def _join(name: str, table: str = "codes") -> str:
    return f" LEFT JOIN {table} AS {name}_ ON {name}_.iri = t.{name}_iri"


def _of_record() -> Iterator[Column]:
    """The record that a row is about."""
    yield Column("record", "code", "r.code", role=CODE, thing=_RECORD)
    yield Column("record_iri", "IRI", "t.record_iri", role=IRI, thing=_RECORD)


_MONEY = (
    Column("budget", "decimal", "t.budget", ("budget", "value"), N_("Amount.")),
    Column("currency", "code", "t.currency", ("budget", "currency"), N_("Currency (ISO 4217).")),
)
_YEARS = (_plain("start_year", "year", "startYear"), _plain("end_year", "year", "endYear"))
_RESULTS = tuple(
    _listed(
        "results",
        "result",
        "results AS x JOIN codes AS c ON c.iri = x.measure_iri WHERE x.record_iri",
        "{} || ': ' || x.count",
    )
)
_MENTIONED = tuple(
    _listed(
        "mentioned_states",
        "mentionsState",
        "mentions AS x JOIN states AS c ON c.iri = x.state_iri WHERE x.record_iri",
    )
)[:2]
_PAGES = (
    Column(
        "pages",
        "IRI",
        "(SELECT group_concat(page_iri, '; ') FROM (SELECT page_iri FROM record_pages"
        " WHERE record_iri = t.iri ORDER BY page_iri))",
        ("source",),
        IRI,
        several=True,
    ),
    Column(
        "page_urls",
        "IRI",
        "(SELECT group_concat(url, '; ') FROM (SELECT p.url FROM record_pages AS x"
        " JOIN pages AS p ON p.iri = x.page_iri WHERE x.record_iri = t.iri ORDER BY p.iri))",
        ("pageUrl",),
        IRI,
        several=True,
    ),
)
_TYPES = tuple(
    _listed(
        "types",
        "projectType",
        "project_types AS x JOIN codes AS c ON c.iri = x.type_iri WHERE x.project_iri",
    )
)
_PHASES = Column(
    "phases",
    "text",
    "(SELECT group_concat(number, '; ') FROM (SELECT number FROM phases"
    " WHERE programme_iri = t.iri ORDER BY number))",
    ("hasPart", "phaseNumber"),
    several=True,
)
_TARGETS = tuple(
    _listed(
        "target_states",
        "targetsGovernmentOf",
        "programme_states AS x JOIN states AS c ON c.iri = x.state_iri WHERE x.programme_iri",
    )
)
_CAPTURED = tuple(
    Column(
        f"page_captured_{tag}",
        "text",
        f"coalesce(g.captured_on, '{gettext(NOT_KNOWN, tag)}')",
        ("capturedOn",),
        IN[tag],
    )
    for tag in LANGUAGES
)
_OF_RECORD = " LEFT JOIN records AS r ON r.iri = t.record_iri"

#: The tables as they are laid out by hand.
_LAID_OUT = (
    Table(
        "projects",
        (
            _thing(_PROJECT),
            _plain("project_id", "text", "projectId"),
            _plain("prima_id", "text", "primaId"),
            *_texts("title", "title"),
            *_coded("status", "status"),
            _plain("status_as_of", "text", "statusAsOf"),
            *_TYPES,
            *_coded("coverage", "coverage"),
            *_coded("region", "fundRegion"),
            *_MONEY,
            *_YEARS,
            _plain("allocation_year", "year", "allocationYear"),
            *_RESULTS,
            *_MENTIONED,
            *_PAGES,
            *_texts("narrative", "narrative"),
        ),
        "projects AS t" + _join("status") + _join("coverage") + _join("region"),
        "t.iri",
    ),
    Table(
        "project-states",
        (
            _thing(_PROJECT, "t.project_iri", "project_iri"),
            _plain("project_id", "text", "projectId", "p.project_id"),
            *_coded("relation", thing=N_("How the state stands to the project.")),
            *_coded("state", thing=N_("The state.")),
            _plain("iso2", "code", "iso2", "state_.iso2"),
            _plain("m49", "code", "m49", "state_.m49"),
        ),
        "project_states AS t LEFT JOIN projects AS p ON p.iri = t.project_iri"
        + _join("relation", "properties") + _join("state", "states"),
        "t.project_iri, t.relation_iri, t.state_iri",
    ),
    Table(
        "programmes",
        (
            _thing(_PROGRAMME),
            Column("code", "code", "t.code", role=CODE, thing=_PROGRAMME),
            *_texts("title", "title"),
            *_coded("status", "status"),
            _plain("status_as_of", "text", "statusAsOf"),
            *_coded("coverage", "coverage"),
            *_MONEY,
            *_YEARS,
            _PHASES,
            *_TARGETS,
            *_RESULTS,
            *_MENTIONED,
            *_PAGES,
            *_texts("narrative", "narrative"),
        ),
        "programmes AS t" + _join("status") + _join("coverage"),
        "t.iri",
    ),
    Table(
        "partners",
        (
            _thing(N_("The partner.")),
            *_of_record(),
            *_coded("organisation", "agent"),
            *_coded("role", "role"),
        ),
        "partners AS t" + _OF_RECORD + _join("organisation", "organisations") + _join("role"),
        "t.iri",
    ),
    Table(
        "sources",
        (
            _thing(N_("The place on the page, with its words.")),
            *_of_record(),
            _plain("about_iri", "IRI", "aboutResource"),
            *_coded("property", "aboutProperty"),
            _plain("value_iri", "IRI", "aboutValue"),
            _plain("value", "text", "aboutValue"),
            *_coded("rank", "rank"),
            *_coded("reason", "reason"),
            _plain("field", "text", "sourceField"),
            _plain("text", "text", "sourceText"),
            _plain("span_start", "integer", "spanStart"),
            _plain("span_end", "integer", "spanEnd"),
            _plain("locator", "text", "locator"),
            _plain("certainty", "decimal", "certainty"),
            *_coded("method", "method"),
            _thing(N_("The captured page."), "t.page_iri", "page_iri"),
            _plain("page_url", "IRI", "pageUrl", "g.url"),
            _plain("page_captured_on", "text", "capturedOn", "g.captured_on"),
            *_CAPTURED,
            _plain("page_media_type", "text", "format", "g.media_type"),
            _plain("page_language", "code", "language", "g.language"),
            _plain("page_sha256", "text", "sha256", "g.sha256"),
            _plain("page_file", "text", "identifier", "g.file"),
            _plain("page_text", "IRI", "contentUrl", "g.text_url"),
        ),
        "sources AS t LEFT JOIN pages AS g ON g.iri = t.page_iri" + _OF_RECORD
        + _join("property", "properties") + _join("rank") + _join("reason") + _join("method"),
        "t.iri, t.about_iri",
    ),
    Table(
        "notes",
        (
            _thing(N_("The note.")),
            *_of_record(),
            *_coded("issue", "issueType"),
            *_coded("severity", "severity"),
            *_coded("property", "aboutProperty"),
            _plain("value_iri", "IRI", "aboutValue"),
            _plain("value", "text", "aboutValue"),
            *_texts("note", "comment"),
            _plain("evidence", "IRI", "references"),
        ),
        "notes AS t" + _OF_RECORD + _join("issue") + _join("severity")
        + _join("property", "properties"),
        "t.iri",
    ),
)  # fmt: skip


def column_of(field: Field) -> str:
    """What the column of a property is called.

    >>> column_of(Field("year", name="allocationYear"))
    'allocation_year'
    """
    return re.sub("([A-Z])", r"_\1", field.name).lower()


def _others(table: str, kind: str) -> tuple[Field, ...]:
    """The properties of a kind of record that have one value, and no column in a table."""
    columns = next(laid.columns for laid in _LAID_OUT if laid.name == table)
    known = {key for column in columns for key in column.keys}
    return tuple(
        field
        for field in VALUES
        if kind in field.of and field.kind in _CELLS and not field.several
        if field.name not in known
    )


#: Table -> the kind of record that a row of it is.
_KINDS = {"projects": "Project", "programmes": "Programme"}

#: Kind of record -> the properties whose columns are not laid out by hand, and come last.
OTHERS: Mapping[str, tuple[Field, ...]] = {
    kind: _others(table, kind) for table, kind in _KINDS.items()
}


def _whole(table: Table, others: tuple[Field, ...]) -> Table:
    """A table with the columns of other properties after its own."""
    columns, origin = list(table.columns), table.origin
    for field in others:
        name = column_of(field)
        if field.kind == "code":
            columns += _coded(name, field.name)
            origin += _join(name)
        else:
            columns.append(_plain(name, _CELLS[field.kind], field.name))
    return table._replace(columns=tuple(columns), origin=origin)


TABLES = tuple(_whole(table, OTHERS.get(_KINDS.get(table.name, ""), ())) for table in _LAID_OUT)
