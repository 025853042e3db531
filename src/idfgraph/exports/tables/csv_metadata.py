"""How the CSV files are to be read, for programs that know CSV on the Web
(https://www.w3.org/TR/tabular-metadata/).
"""

import json
from collections.abc import Mapping

from ...model.text import Texts, texts
from ...model.vocab import CSVW
from .column import Column, Table, TableLink
from .dictionary import Dictionary
from .imprint import FILES, RELEASE, Imprint

#: Type of a column -> its datatype (https://www.w3.org/TR/tabular-metadata/#built-in-datatypes).
_DATATYPES: Mapping[str, str] = {
    "IRI": "anyURI",
    "code": "string",
    "date": "date",
    "decimal": "decimal",
    "integer": "integer",
    "text": "string",
    "year": "gYear",
}

#: How the files are written: with a byte order mark, which UTF-8 readers pass over.
_DIALECT = {
    "encoding": "utf-8",
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
    "headerRowCount": 1,
    "lineTerminators": ["\r\n"],
    "skipBlankRows": False,
    "trim": False,
}


def render_csv_metadata(words: Dictionary, edition: Imprint) -> str:
    """The description of all CSV files; addresses of the edition in full."""
    said = {
        "@context": [CSVW, {"@language": "en"}],
        "dc:title": _in_languages(edition.title),
        "dc:description": _in_languages(edition.description),
        "dc:rights": _in_languages(edition.rights),
        "dc:license": {"@id": edition.terms},
        "dc:publisher": _in_languages(edition.publisher),
        "dc:issued": {"@value": edition.issued, "@type": "xsd:date"},
        "dc:isPartOf": {"@id": edition.dataset},
        "dc:provenance": {"@id": edition.run},
        "dialect": _DIALECT,
        "null": "",
        "tables": [_table(words, table) for table in FILES],
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"


def _table(words: Dictionary, table: Table) -> Mapping[str, object]:
    links = [_foreign_key(link) for link in table.links]
    columns = [_column(words, table, column) for column in (*table.columns, *RELEASE)]
    return {
        "url": f"{table.name}.csv",
        "dc:title": _in_languages(texts(table.title)),
        "dc:description": _in_languages(texts(table.about)),
        "tableSchema": {
            "columns": columns,
            **({"primaryKey": list(table.key)} if table.key else {}),
            **({"foreignKeys": links} if links else {}),
        },
    }


def _column(words: Dictionary, table: Table, column: Column) -> Mapping[str, object]:
    return {
        "name": column.name,
        "datatype": _DATATYPES[column.type],
        **({"separator": column.separator} if column.separator else {}),
        **({"lang": column.language} if column.language else {}),
        **({"required": True} if column.name in table.key else {}),
        "rdfs:label": _in_languages(words.headers(column)),
        "dc:description": _in_languages(words.meanings(column)),
    }


def _foreign_key(link: TableLink) -> Mapping[str, object]:
    reference = {"resource": f"{link.table}.csv", "columnReference": link.target}
    return {"columnReference": link.column, "reference": reference}


def _in_languages(said: str | Texts) -> str | list[Mapping[str, str]]:
    """A text in each language, or the same in all."""
    if isinstance(said, str):
        return said
    return [{"@value": text, "@language": tag} for tag, text in said.items()]
