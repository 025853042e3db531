"""What can be taken away of a release, by what it is taken for."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ...model.layout import (
    JSON_LD,
    LINKS,
    QUADS,
    TABLE_STORE,
    TABLES,
    TRIPLES,
    TURTLE,
    WORKBOOKS,
)
from ...model.text import N_, gettext
from .content import Download
from .edition import Edition
from .frame import endonym

#: How the name of a file ends -> what opens it. Names of software are the same in all languages.
_OPENS: Mapping[str, str] = {
    ".xlsx": "Excel, LibreOffice Calc",
    ".csv": "Excel, LibreOffice Calc, R, pandas",
    ".tsv": "Excel, LibreOffice Calc, sssom-py",
    ".parquet": "DuckDB, pandas, R (arrow)",
    ".sqlite": "DB Browser for SQLite, Datasette, DuckDB",
}

#: What opens others: of the data, of tables.
_RDF, _DESCRIPTION = N_("software for RDF"), N_("software for tables that knows the standard")

#: What is accepted, without who says so; what of it leads to others.
_LINKED = frozenset({TRIPLES, TURTLE, JSON_LD, LINKS})


class TakenFile(NamedTuple):
    """A file to take: what it is called, what a row of it is (empty: it has none), its path, media
    type, size, rows and what opens it, as a language writes them.
    """

    title: str
    about: str
    path: str
    type: str
    size: str
    rows: str
    opens: str


class Purpose(NamedTuple):
    """What files are taken for: its name in addresses, what people call it and are told of it, and
    the files, that which most people want first.
    """

    name: str
    title: str
    about: str
    files: Sequence[TakenFile]


#: The name of each purpose, its words, and the file that most people want first (empty: the
#: workbook in their language).
_PURPOSES: Sequence[tuple[str, str, str, str]] = (
    (
        "look",
        N_("Look at it in a spreadsheet"),
        N_("A workbook in each language. Its first sheet says what is what."),
        "",
    ),
    (
        "compute",
        N_("Compute with it"),
        N_(
            "Tables, one database of all of them, and descriptions of types, keys and meanings. "
            "A project for several states has a row for each of them: take sums from the totals."
        ),
        TABLE_STORE,
    ),
    (
        "link",
        N_("Link to it"),
        N_("What is accepted, as linked data: each thing has a permanent address."),
        TURTLE,
    ),
    (
        "keep",
        N_("Keep all of it"),
        N_("Every statement, and who says so. The same facts are the same bytes."),
        QUADS,
    ),
)


def purposes(edition: Edition) -> Sequence[Purpose]:
    """What a release is taken away for, in a language."""
    return [
        Purpose(
            name,
            gettext(title, edition.language),
            gettext(about, edition.language),
            _files(edition, name, first or WORKBOOKS[edition.language]),
        )
        for name, title, about, first in _PURPOSES
    ]


def _files(edition: Edition, purpose: str, first: str) -> Sequence[TakenFile]:
    """The files that are taken for a purpose, one of them first."""
    found = (one for one in edition.site.downloads if _purpose_of(one.path) == purpose)
    return [_taken(edition, one) for one in sorted(found, key=lambda one: one.path != first)]


def _purpose_of(path: str) -> str:
    """What a file is taken for.

    >>> _purpose_of("tables/idf.fr.xlsx"), _purpose_of("data/idf.nq.zst")
    ('look', 'keep')
    """
    if path in WORKBOOKS.values():
        return "look"
    if path.startswith(TABLES):
        return "compute"
    return "link" if path in _LINKED else "keep"


def _taken(edition: Edition, one: Download) -> TakenFile:
    table = one.table
    return TakenFile(
        _title(edition, one),
        edition.own(table.about) if table else "",
        one.path,
        one.type,
        edition.number(-(-one.size // 1000)),
        edition.number(table.rows) if table else "",
        _opens(edition, one.path),
    )


def _title(edition: Edition, one: Download) -> str:
    for language, path in WORKBOOKS.items():
        if path == one.path:
            return gettext("Workbook, {name}", edition.language, name=endonym(language))
    return edition.own(one.table.title if one.table else one.title)


def _opens(edition: Edition, path: str) -> str:
    """What opens a file."""
    suffix = path[path.rindex(".") :]
    known = _DESCRIPTION if path.startswith(TABLES) else _RDF
    return _OPENS.get(suffix) or gettext(known, edition.language)
