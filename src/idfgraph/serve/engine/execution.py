"""A query to an answer over a store: whole, or a line that says what is wrong with it."""

from collections.abc import Mapping
from functools import partial
from io import BytesIO
from typing import NamedTuple

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from ...model.visible import visible
from ...query.clauses import clauses_of
from ...query.faults import fault_of
from ...query.result_rows import write_rows
from .asked import Asked, QueryOutcome, answered, refused

#: The engine's own forms. No text of a client ever names one: it knows no end of some texts.
_ROWS: Mapping[str, QueryResultsFormat] = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_GRAPHS: Mapping[str, RdfFormat] = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
}

#: How much is told of what the engine expected.
_SAID = 300

READ_ONLY = "this service answers queries and takes no updates"
NO_SERVICE = "SERVICE is refused, always: this service asks no other"


class ExecutionBounds(NamedTuple):
    """What an answer may take: bytes of its text, and of address space of its process."""

    answer: int
    memory: int


class _Full(Exception):
    """An answer is longer than it may be."""


class _AnswerSheet(BytesIO):
    """What an answer is written on; _Full where that takes more bytes than it has."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Takes a piece of the answer."""
        if self.tell() + len(data) > self._most:
            raise _Full
        return super().write(data)


def answer(store: Store, asked: Asked, most: int) -> QueryOutcome:
    """What comes of a question over a store, in so many bytes at most.

    >>> answer(Store(), Asked("ASK { ?s ?p ?o }", "http://example.org/"), 100).body
    b'{"head":{},"boolean":false}'
    >>> answer(Store(), Asked("ASK { ?s ?p }", "http://example.org/"), 100).body.decode()[:40]
    'the query is wrong at line 1, column 13:'
    """
    if clauses_of(asked.query).calls_service:
        return refused(403, f"{NO_SERVICE}; ask the other one by itself")
    try:
        return _written(store, asked, most)
    except _Full:
        said = f"the answer has more than {most:,} bytes, so none is given"
        return refused(413, f"{said}; ask for less (LIMIT, fewer columns), or download data/idf.nq")
    except SyntaxError as error:
        return refused(400, _wrong(asked.query, str(error)))
    except (ValueError, RuntimeError, OverflowError) as error:
        return refused(400, f"the query cannot be run: {_short(str(error))}")
    except OSError:
        return refused(403, f"{NO_SERVICE}; the query needs a file or a connection")


def _written(store: Store, asked: Asked, most: int) -> QueryOutcome:
    found = _found(store, asked)
    sheet = _AnswerSheet(most)
    if isinstance(found, QueryTriples):
        form = asked.graph or ""
        if form not in _GRAPHS:
            return QueryOutcome(406, "graph", b"")
        found.serialize(sheet, _GRAPHS[form])
        return answered(form, sheet.getvalue())
    is_truth = isinstance(found, QueryBoolean)
    form = (asked.truth if is_truth else asked.rows) or ""
    if form not in _ROWS:
        return QueryOutcome(406, "truth" if is_truth else "rows", b"")
    if isinstance(found, QuerySolutions):
        again = partial(_rows, store, asked)
        return answered(form, write_rows(found, again, _ROWS[form], sheet))
    found.serialize(sheet, _ROWS[form])
    return answered(form, sheet.getvalue())


def _rows(store: Store, asked: Asked) -> QuerySolutions:
    """The rows of a query that has some."""
    found = _found(store, asked)
    assert isinstance(found, QuerySolutions)
    return found


def _found(store: Store, asked: Asked) -> QuerySolutions | QueryBoolean | QueryTriples:
    """What the engine finds: in the data set that the client names, if it names any, where a graph
    that is not there is empty.
    """
    if not asked.default_graphs and not asked.named_graphs:
        return store.query(asked.query, base_iri=asked.base)
    return store.query(
        asked.query,
        base_iri=asked.base,
        default_graph=[NamedNode(iri) for iri in asked.default_graphs],
        named_graphs=[NamedNode(iri) for iri in asked.named_graphs],
    )


def _wrong(query: str, said: str) -> str:
    """What is wrong with the text of a query, and where."""
    fault = fault_of(query, said)
    where = f" at line {fault.line}, column {fault.column}" if fault.line else ""
    return f"the query is wrong{where}: {_short(fault.said)}"


def _short(said: str) -> str:
    """What the engine says, on one line, and no more of it than a reader wants."""
    line = visible(" ".join(said.split()))
    return line if len(line) <= _SAID else f"{line[: _SAID - 1]}…"
