"""The tables: their columns, what each says, and the query over the store that fills it."""

import re
from collections.abc import Iterator, Mapping

from ...model.fields import VALUES, Field, Kind
from ...model.text import LANGUAGES, N_, gettext
from .column import (
    CODE,
    IN,
    IRI,
    Column,
    Table,
    TableLink,
    code_columns,
    joined,
    list_columns,
    plain_column,
    tagged_columns,
    thing_column,
)
from .evidence_tables import DECISIONS, NOTES, PARTNERS, SOURCES

#: Kind of a property with one value -> the type of its column; a code has five columns.
_CELLS: Mapping[Kind, str] = {"text": "text", "year": "year", "code": "code"}

_PROJECT, _PROGRAMME, _STATE = N_("The project."), N_("The programme."), N_("The state.")
_MONEY = (
    Column("budget", "decimal", "t.budget", ("budget", "value"), N_("Amount."), title=N_("Budget")),
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

#: How a row of the totals stands to states, and what is said of those that are of no single one.
_PART = N_("Whether the projects benefit one state, several or none that is named.")
#: A quotation mark, and how SQL writes it within a text.
_QUOTE = ("'", "''")
_ONE = N_("One state")
_PARTS = {"several": N_("Several states"), "none": N_("No state named")}


def _part(language: str, otherwise: str) -> str:
    """The SQL of how a row of the totals stands to states where that is to several or none."""
    cases = " ".join(
        f"WHEN '{part}' THEN '{gettext(said, language).replace(*_QUOTE)}'"
        for part, said in _PARTS.items()
    )
    return f"CASE t.part {cases} ELSE {otherwise} END"


def _of_parts() -> Iterator[Column]:
    """How a row of the totals stands to states; its state, or that there are several or none."""
    yield Column("part", "code", "t.part", role=CODE, thing=_PART)
    for tag in LANGUAGES:
        one = gettext(_ONE, tag).replace(*_QUOTE)
        yield Column(f"part_{tag}", "text", _part(tag, f"'{one}'"), role=IN[tag], thing=_PART)
    for column in code_columns("state", thing=_STATE):
        told = _part(column.language, column.sql)
        yield column._replace(sql=told) if column.language else column


_TYPES = tuple(
    list_columns(
        "types",
        "projectType",
        "project_types AS x JOIN codes AS c ON c.iri = x.type_iri WHERE x.project_iri",
    )
)
_BENEFICIARIES = tuple(
    column
    for name, key in (("beneficiaries", "beneficiary"), ("other_beneficiaries", "otherBeneficiary"))
    for column in list_columns(
        name,
        key,
        f"project_states AS x JOIN properties AS k ON k.iri = x.relation_iri AND k.code = '{key}'"
        " JOIN states AS c ON c.iri = x.state_iri WHERE x.project_iri",
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
#: The tables as they are laid out by hand.
_LAID_OUT = (
    Table(
        "projects",
        (
            thing_column(_PROJECT),
            plain_column("project_id", "text", "projectId"),
            plain_column("prima_id", "text", "primaId"),
            plain_column("iati_identifier", "text", "iatiIdentifier"),
            *tagged_columns("title", "title"),
            *code_columns("status", "status"),
            plain_column("status_as_of", "date", "statusAsOf"),
            *_TYPES,
            *code_columns("coverage", "coverage"),
            *code_columns("region", "fundRegion"),
            *_BENEFICIARIES,
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
        title=N_("Projects"),
        about=N_("A row is a project of the Fund. Its budget stands here once."),
    ),
    Table(
        "project-states",
        (
            thing_column(_PROJECT, "t.project_iri", "project_iri"),
            plain_column("project_id", "text", "projectId", "p.project_id"),
            *code_columns("relation", thing=N_("How the state stands to the project.")),
            *code_columns("state", thing=_STATE),
            plain_column("iso2", "code", "iso2", "state_.iso2"),
            plain_column("m49", "code", "m49", "state_.m49"),
        ),
        "project_states AS t LEFT JOIN projects AS p ON p.iri = t.project_iri"
        + joined("relation", "properties") + joined("state", "states"),
        "t.project_iri, t.relation_iri, t.state_iri",
        ("project_iri", "relation_iri", "state_iri"),
        (TableLink("project_iri", "projects"),),
        title=N_("Projects by state"),
        about=N_(
            "A row is a project and a state that benefits from it. A project that benefits several "
            "states has several rows: budgets that are joined to them are counted several times. "
            "Add them up over the projects, or take the totals."
        ),
    ),
    Table(
        "project-totals",
        (
            *_of_parts(),
            plain_column("currency", "code", "currency"),
            Column("projects", "integer", "t.projects", thing=N_("How many projects.")),
            Column(
                "with_budget",
                "integer",
                "t.with_budget",
                thing=N_("How many of them publish a budget."),
            ),
            Column(
                "budget",
                "decimal",
                "t.budget",
                thing=N_("The sum of the budgets that these projects publish."),
                title=N_("Budget"),
            ),
        ),
        "project_totals AS t" + joined("state", "states"),
        "t.part, t.state_iri, t.currency",
        (),
        title=N_("Totals"),
        about=N_(
            "A row is a state and a currency: the projects that benefit this state alone. Those "
            "that benefit several states are together in one row, and those that name none in "
            "another, so that each project is counted once and all rows add up to the whole."
        ),
    ),
    Table(
        "programmes",
        (
            thing_column(_PROGRAMME),
            Column("code", "code", "t.code", role=CODE, thing=_PROGRAMME),
            *tagged_columns("title", "title"),
            *code_columns("status", "status"),
            plain_column("status_as_of", "date", "statusAsOf"),
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
        title=N_("Programmes"),
        about=N_("A row is a programme. Programmes are in no total of projects."),
    ),
    PARTNERS,
    SOURCES,
    DECISIONS,
    NOTES,
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
