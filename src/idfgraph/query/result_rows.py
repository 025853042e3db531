"""Rows as the standards have them, where the engine writes them otherwise
(https://www.w3.org/TR/sparql11-results-csv-tsv/, https://www.w3.org/TR/rdf-sparql-XMLres/).
"""

import csv
import re
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO

from pyoxigraph import BlankNode, QueryResultsFormat, QuerySolutions

_QUOTED = re.compile(rb'"[^"]*"')

#: What XML has no way to write (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


def write_rows(
    rows: QuerySolutions,
    again: Callable[[], QuerySolutions],
    form: QueryResultsFormat,
    sheet: BytesIO,
) -> bytes:
    """Rows written on a sheet; `again` asks for them once more, where the engine's own table will
    not do. ValueError where there is no writing them.
    """
    rows.serialize(sheet, form)
    if form == QueryResultsFormat.CSV and not _is_table(sheet.getvalue(), len(rows.variables)):
        sheet.seek(0)
        sheet.truncate()
        for line in _table(again()):
            sheet.write(line)
    body = sheet.getvalue()
    return _well_formed(body) if form == QueryResultsFormat.XML else body


def _is_table(body: bytes, columns: int) -> bool:
    """Whether each row of a CSV has a cell for each column: the engine puts no IRI between
    quotation marks, and one with a comma becomes two cells.

    >>> _is_table(b"a,b\\r\\n1,2\\r\\n", 2), _is_table(b"a,b\\r\\nx:,,2\\r\\n", 2)
    (True, False)
    """
    bare = _QUOTED.sub(b"", body) if b'"' in body else body
    return bare.count(b",") == max(0, columns - 1) * bare.count(b"\r\n")


def _table(rows: QuerySolutions) -> Iterator[bytes]:
    """The lines of a CSV, one after the other: slower than the engine writes them."""
    line = StringIO(newline="")
    writer = csv.writer(line)
    writer.writerow([variable.value for variable in rows.variables])
    for row in rows:
        yield _taken(line)
        writer.writerow([_cell(term) for term in row])
    yield _taken(line)


def _well_formed(body: bytes) -> bytes:
    """Rows in XML; ValueError where they have a character that XML has not.

    An end of line that is no LF would be read as one if it were not escaped.

    >>> _well_formed(b"<literal>a\\rb</literal>")
    b'<literal>a&#13;b</literal>'
    """
    if _NOT_XML.search(body):
        raise ValueError("a text in the answer has a character that XML has not; ask for JSON")
    return body.replace(b"\r", b"&#13;")


def _taken(line: StringIO) -> bytes:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text.encode("utf-8", "replace")


def _cell(term: object) -> str:
    if isinstance(term, BlankNode):
        return str(term)
    return "" if term is None else str(getattr(term, "value", term))
