"""Answers as they come from the engine, read as rows of terms
(https://www.w3.org/TR/sparql11-results-json/).
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec

from ..graph.lines import statement
from ..model.findings import plain_value

#: How many rows a page shows.
SHOWN = 500

_GRAPH = ("subject", "predicate", "object")


class ShownTerm(NamedTuple):
    """A term: an IRI, a text with its language and datatype, or anything else."""

    kind: str
    value: str
    language: str = ""
    datatype: str = ""


class Rows(NamedTuple):
    """The first rows of an answer, and how many it has; or yes or no."""

    columns: Sequence[str]
    rows: Sequence[Sequence[ShownTerm | None]] = ()
    total: int = 0
    truth: bool | None = None


class _ResultHead(msgspec.Struct):
    """What an answer has columns for."""

    vars: list[str] = []


class _Bindings(msgspec.Struct):
    """The rows of an answer, not read yet."""

    bindings: list[msgspec.Raw] = []


class _Answer(msgspec.Struct):
    """An answer as JSON."""

    head: _ResultHead = msgspec.field(default_factory=_ResultHead)
    results: _Bindings = msgspec.field(default_factory=_Bindings)
    boolean: bool | None = None


class _Bound(msgspec.Struct):
    """A term as JSON; that of RDF 1.2 has terms for its value."""

    type: str
    value: msgspec.Raw
    language: str = msgspec.field(default="", name="xml:lang")
    datatype: str = ""


_ROW = msgspec.json.Decoder(dict[str, _Bound])


def read_rows(form: str, body: bytes, most: int = SHOWN) -> Rows:
    """The first rows of an answer in JSON (`json`) or N-Triples (`nt`).

    >>> read_rows("nt", b'<e:s> <e:p> "o"@fr .\\n').rows[0][2]
    ShownTerm(kind='literal', value='o', language='fr', datatype='')
    """
    if form == "nt":
        lines = body.decode().split("\n")[:-1]
        first = [list(map(_term, statement(f"{line}\n")[:3])) for line in lines[:most]]
        return Rows(_GRAPH, first, len(lines))
    answer = msgspec.json.decode(body, type=_Answer)
    columns, found = answer.head.vars, answer.results.bindings
    rows = [_row(columns, raw) for raw in islice(found, most)]
    return Rows(columns, rows, len(found), answer.boolean)


def resources(rows: Rows) -> Iterator[str]:
    """The IRIs that rows name, each once."""
    named = (term.value for row in rows.rows for term in row if term and term.kind == "uri")
    yield from dict.fromkeys(named)


def _row(columns: Sequence[str], raw: msgspec.Raw) -> list[ShownTerm | None]:
    row = _ROW.decode(raw)
    return [_bound(row[column]) if column in row else None for column in columns]


def _bound(bound: _Bound) -> ShownTerm:
    said = bytes(bound.value)
    value = msgspec.json.decode(said, type=str) if said[:1] == b'"' else said.decode()
    return ShownTerm(bound.type, value, bound.language, bound.datatype)


def _term(text: str) -> ShownTerm:
    """A term of N-Triples."""
    if text[:1] == "<":
        return ShownTerm("uri", text[1:-1])
    if text[:1] != '"':
        return ShownTerm("bnode", text)
    mark = text[text.rindex('"') + 1 :]
    language = mark[1:] if mark[:1] == "@" else ""
    return ShownTerm("literal", plain_value(text), language, mark[3:-1] if mark[:1] == "^" else "")
