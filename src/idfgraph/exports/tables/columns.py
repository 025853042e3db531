"""The six tables: their columns, what each says, and the query over the store that fills it."""

import re
from collections.abc import Iterator, Mapping

from ...model.fields import VALUES, Field, Kind
from ...model.labels import NOT_KNOWN
from ...model.text import LANGUAGES, N_, gettext
from .column import (
    CODE,
    IN,
    IRI,
    Column,
    Table,
    code_columns,
    joined,
    list_columns,
    plain_column,
    tagged_columns,
    text_columns,
    thing_column,
)

#: Kind of a property with one value -> the type of its column; a code has five columns.
_CELLS: Mapping[Kind, str] = {"text": "text", "year": "year", "code": "code"}

_PROJECT, _PROGRAMME = N_("The project."), N_("The programme.")
_RECORD = N_("The project or programme.")


def _of_record() -> Iterator[Column]:
    """The record that a row is about."""
    yield Column("record", "code", "r.code", role=CODE, thing=_RECORD)
    yield Column("record_iri", "IRI", "t.record_iri", role=IRI, thing=_RECORD)


_MONEY = (
    Column("budget", "decimal", "t.budget", ("budget", "value"), N_("Amount.")),
    Column("currency", "code", "t.currency", ("budget", "currency"), N_("Currency (ISO 4217).")),
)
_YEARS = (
    plain_column("start_year", "year", "startYear"),
    plain_column("end_year", "year", "endYear"),
)
_RESULTS = tuple(
    list_columns(
        "results",
        "result",
        "results AS x JOIN codes AS c ON c.iri = x.measure_iri WHERE x.record_iri",
        "{} || ': ' || x.count",
    )
)
_MENTIONED = tuple(
    list_columns(
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
    list_columns(
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
    list_columns(
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
            thing_column(_PROJECT),
            plain_column("project_id", "text", "projectId"),
            plain_column("prima_id", "text", "primaId"),
            *tagged_columns("title", "title"),
            *code_columns("status", "status"),
            plain_column("status_as_of", "text", "statusAsOf"),
            *_TYPES,
            *code_columns("coverage", "coverage"),
            *code_columns("region", "fundRegion"),
            *_MONEY,
            *_YEARS,
            plain_column("allocation_year", "year", "allocationYear"),
            *_RESULTS,
            *_MENTIONED,
            *_PAGES,
            *tagged_columns("narrative", "narrative"),
        ),
        "projects AS t" + joined("status") + joined("coverage") + joined("region"),
        "t.iri",
    ),
    Table(
        "project-states",
        (
            thing_column(_PROJECT, "t.project_iri", "project_iri"),
            plain_column("project_id", "text", "projectId", "p.project_id"),
            *code_columns("relation", thing=N_("How the state stands to the project.")),
            *code_columns("state", thing=N_("The state.")),
            plain_column("iso2", "code", "iso2", "state_.iso2"),
            plain_column("m49", "code", "m49", "state_.m49"),
        ),
        "project_states AS t LEFT JOIN projects AS p ON p.iri = t.project_iri"
        + joined("relation", "properties") + joined("state", "states"),
        "t.project_iri, t.relation_iri, t.state_iri",
    ),
    Table(
        "programmes",
        (
            thing_column(_PROGRAMME),
            Column("code", "code", "t.code", role=CODE, thing=_PROGRAMME),
            *tagged_columns("title", "title"),
            *code_columns("status", "status"),
            plain_column("status_as_of", "text", "statusAsOf"),
            *code_columns("coverage", "coverage"),
            *_MONEY,
            *_YEARS,
            _PHASES,
            *_TARGETS,
            *_RESULTS,
            *_MENTIONED,
            *_PAGES,
            *tagged_columns("narrative", "narrative"),
        ),
        "programmes AS t" + joined("status") + joined("coverage"),
        "t.iri",
    ),
    Table(
        "partners",
        (
            thing_column(N_("The partner.")),
            *_of_record(),
            *code_columns("organisation", "agent"),
            *code_columns("role", "role"),
        ),
        "partners AS t" + _OF_RECORD + joined("organisation", "organisations") + joined("role"),
        "t.iri",
    ),
    Table(
        "sources",
        (
            thing_column(N_("The place on the page, with its words.")),
            *_of_record(),
            plain_column("about_iri", "IRI", "aboutResource"),
            *code_columns("property", "aboutProperty"),
            plain_column("value_iri", "IRI", "aboutValue"),
            plain_column("value", "text", "aboutValue"),
            *code_columns("rank", "rank"),
            *code_columns("reason", "reason"),
            plain_column("field", "text", "sourceField"),
            plain_column("text", "text", "sourceText"),
            plain_column("span_start", "integer", "spanStart"),
            plain_column("span_end", "integer", "spanEnd"),
            plain_column("locator", "text", "locator"),
            plain_column("certainty", "decimal", "certainty"),
            *code_columns("method", "method"),
            thing_column(N_("The captured page."), "t.page_iri", "page_iri"),
            plain_column("page_url", "IRI", "pageUrl", "g.url"),
            plain_column("page_captured_on", "text", "capturedOn", "g.captured_on"),
            *_CAPTURED,
            plain_column("page_media_type", "text", "format", "g.media_type"),
            plain_column("page_language", "code", "language", "g.language"),
            plain_column("page_sha256", "text", "sha256", "g.sha256"),
            plain_column("page_file", "text", "identifier", "g.file"),
            plain_column("page_text", "IRI", "contentUrl", "g.text_url"),
            plain_column("page_evidence", "code", "evidenceStatus", "g.evidence"),
        ),
        "sources AS t LEFT JOIN pages AS g ON g.iri = t.page_iri" + _OF_RECORD
        + joined("property", "properties") + joined("rank") + joined("reason") + joined("method"),
        "t.iri, t.about_iri",
    ),
    Table(
        "notes",
        (
            thing_column(N_("The note.")),
            *_of_record(),
            *code_columns("issue", "issueType"),
            *code_columns("severity", "severity"),
            *code_columns("property", "aboutProperty"),
            plain_column("value_iri", "IRI", "aboutValue"),
            plain_column("value", "text", "aboutValue"),
            *text_columns("note", "comment"),
            plain_column("evidence", "IRI", "references"),
        ),
        "notes AS t" + _OF_RECORD + joined("issue") + joined("severity")
        + joined("property", "properties"),
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
            columns += code_columns(name, field.name)
            origin += joined(name)
        else:
            columns.append(plain_column(name, _CELLS[field.kind], field.name))
    return table._replace(columns=tuple(columns), origin=origin)


TABLES = tuple(_whole(table, OTHERS.get(_KINDS.get(table.name, ""), ())) for table in _LAID_OUT)
