"""The tables of partners, and of what says so or is in doubt: printed values, decisions, notes."""

from collections.abc import Iterator

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
    plain_column,
    tagged_columns,
    text_columns,
    thing_column,
)

_RECORD = N_("The project or programme.")
_PAGE = N_("The captured page.")


def _of_record() -> Iterator[Column]:
    """The record that a row is about."""
    yield Column("record", "code", "r.code", role=CODE, thing=_RECORD)
    yield Column("record_iri", "IRI", "t.record_iri", role=IRI, thing=_RECORD)


_CAPTURED = tuple(
    Column(
        f"page_captured_{tag}",
        "text",
        f"coalesce(g.captured_on, '{gettext(NOT_KNOWN, tag)}')",
        ("capturedOn",),
        IN[tag],
        title=N_("Captured on, or that it is not known"),
    )
    for tag in LANGUAGES
)
_OF_RECORD = " LEFT JOIN records AS r ON r.iri = t.record_iri"
_VALUE = (
    Column("value_iri", "IRI", "t.value_iri", ("aboutValue",), IRI, several=True),
    plain_column("value", "text", "aboutValue"),
)

PARTNERS = Table(
    "partners",
    (
        thing_column(N_("The partner.")),
        *_of_record(),
        *code_columns("organisation", "agent"),
        *code_columns("role", "role"),
    ),
    "partners AS t" + _OF_RECORD + joined("organisation", "organisations") + joined("role"),
    "t.iri",
    title=N_("Partners"),
    about=N_("A row is an organisation's part in a project or programme."),
)

SOURCES = Table(
    "sources",
    (
        thing_column(N_("The place on the page, with its words.")),
        *_of_record(),
        Column("about_iri", "IRI", "nullif(t.about_iri, '')", ("aboutResource",)),
        *code_columns("property", "aboutProperty"),
        *_VALUE,
        *code_columns("rank", "rank"),
        *code_columns("reason", "reason"),
        plain_column("ranked_by", "IRI", "rankedBy"),
        plain_column("field", "text", "sourceField"),
        plain_column("text", "text", "sourceText"),
        plain_column("span_start", "integer", "spanStart"),
        plain_column("span_end", "integer", "spanEnd"),
        plain_column("locator", "text", "locator"),
        plain_column("certainty", "decimal", "certainty"),
        *code_columns("method", "method"),
        thing_column(_PAGE, "t.page_iri", "page_iri"),
        plain_column("page_url", "IRI", "pageUrl", "g.url"),
        plain_column("page_captured_on", "date", "capturedOn", "g.captured_on"),
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
    (),
    title=N_("Sources"),
    about=N_(
        "A row is a place on a page: what is printed there, and which value it supports. A page "
        "that names no project has rows without one."
    ),
)  # fmt: skip

DECISIONS = Table(
    "decisions",
    (
        thing_column(N_("The decision.")),
        *_of_record(),
        plain_column("about_iri", "IRI", "aboutResource"),
        *code_columns("property", "aboutProperty"),
        *_VALUE,
        *code_columns("method", "method"),
        plain_column("decided_by", "text", "decidedBy"),
        plain_column("decided_on", "date", "decidedOn"),
        *tagged_columns("comment", "comment"),
        Column("evidence", "IRI", "t.evidence", ("evidence",), several=True),
    ),
    "decisions AS t" + _OF_RECORD + joined("property", "properties") + joined("method"),
    "t.iri",
    title=N_("Decisions"),
    about=N_(
        "A row is a decision of a rule or a person on a value, with why and on what evidence."
    ),
)

NOTES = Table(
    "notes",
    (
        thing_column(N_("The note.")),
        *_of_record(),
        thing_column(_PAGE, "t.page_iri", "page_iri"),
        *code_columns("issue", "issueType"),
        *code_columns("severity", "severity"),
        *code_columns("property", "aboutProperty"),
        *_VALUE,
        *text_columns("note", "comment"),
        Column("evidence", "IRI", "t.evidence", ("references",), several=True),
    ),
    "notes AS t" + _OF_RECORD + joined("issue") + joined("severity")
    + joined("property", "properties"),
    "t.iri",
    title=N_("Notes"),
    about=N_(
        "A row is a note on the quality of a value, or on its absence. It is about a project or "
        "programme, or about a page that names none."
    ),
)  # fmt: skip
