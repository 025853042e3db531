"""How the CSV files are to be read, for programs that know Data Packages
(https://specs.frictionlessdata.io/tabular-data-package/).
"""

import json
from collections.abc import Mapping

from ...model.text import N_, chosen, gettext, named, texts
from ...model.vocab import TABULAR_PACKAGE, TABULAR_RESOURCE
from .column import Column, Table, TableLink
from .dictionary import Dictionary
from .imprint import FILES, RELEASE, Imprint

#: Type of a column -> that of its field (https://specs.frictionlessdata.io/table-schema/).
_TYPES: Mapping[str, str] = {
    "IRI": "string",
    "code": "string",
    "date": "date",
    "decimal": "number",
    "integer": "integer",
    "text": "string",
    "year": "year",
}

_DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}

#: What the release was made from is told where the run is.
_RUN = N_("The run that made this release")


def render_datapackage(words: Dictionary, edition: Imprint) -> str:
    """The description of all CSV files; addresses of the edition in full. Names for people are
    English, as the format has one language; in all they stand beside, as `titles` and
    `descriptions`.
    """
    said = {
        "profile": TABULAR_PACKAGE,
        "name": "idf",
        "id": edition.dataset,
        "title": chosen(edition.title, "en")[0],
        "titles": edition.title,
        "description": chosen(edition.description, "en")[0],
        "descriptions": edition.description,
        "created": f"{edition.issued}T00:00:00Z",
        "licenses": [{"path": edition.terms, "title": chosen(edition.rights, "en")[0]}],
        "contributors": [{"title": named(edition.publisher, "en"), "role": "publisher"}],
        "sources": [{"path": edition.run, "title": gettext(_RUN, "en")}],
        "resources": [_resource(words, table) for table in FILES],
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"


def _resource(words: Dictionary, table: Table) -> Mapping[str, object]:
    links = [_foreign_key(link) for link in table.links]
    return {
        "profile": TABULAR_RESOURCE,
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": gettext(table.title, "en"),
        "titles": texts(table.title),
        "description": gettext(table.about, "en"),
        "descriptions": texts(table.about),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": _DIALECT,
        "schema": {
            "fields": [_field(words, table, column) for column in (*table.columns, *RELEASE)],
            "missingValues": [""],
            **({"primaryKey": list(table.key)} if table.key else {}),
            **({"foreignKeys": links} if links else {}),
        },
    }


def _field(words: Dictionary, table: Table, column: Column) -> Mapping[str, object]:
    titles, meanings = words.headers(column), words.meanings(column)
    return {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": titles["en"],
        "titles": titles,
        "description": meanings["en"],
        "descriptions": meanings,
        **({"separator": column.separator} if column.separator else {}),
        **({"constraints": {"required": True}} if column.name in table.key else {}),
    }


def _foreign_key(link: TableLink) -> Mapping[str, object]:
    reference = {"resource": link.table, "fields": link.target}
    return {"fields": link.column, "reference": reference}
