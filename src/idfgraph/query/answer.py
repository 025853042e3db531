"""A question to an answer over a published release, through pyoxigraph
(https://www.w3.org/TR/sparql11-query/).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, TypeVar

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse_query_results,
    serialize,
)

from ..model.errors import BadQuery, Place
from ..model.formats import FORMATS, GRAPHS, ROWS
from ..model.layout import QUADS
from ..model.text import N_
from ..model.visible import visible
from .clauses import clauses_of
from .faults import in_words
from .result_rows import write_rows
from .results import Rows, read_rows

T = TypeVar("T")

#: How long an answer may be: in rows or triples, unless otherwise said, and in bytes.
MOST_ROWS, _MOST_BYTES = 100_000, 256 << 20

#: How many bytes of a dump are loaded at a time: what is loaded at once takes memory twice.
_LOADED = 8 << 20

#: How much of what the engine says is told.
_SAID = 300

#: What engines and files raise when a query cannot be run, or a dump not be read.
_FAULTS = (SyntaxError, ValueError, OSError, RuntimeError)


class AnswerTable(NamedTuple):
    """The rows of a SELECT: columns and cells as texts; None is what nothing published gives."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def load(release: Path, prefixes: Mapping[str, str], most: int = MOST_ROWS) -> "Answerer":
    """What answers questions over a release folder, in `most` rows or triples at most; BadQuery if
    it is none.
    """
    dump = release / QUADS
    if not dump.is_file():
        raise BadQuery(
            N_("is no published release"),
            Place(str(release)),
            hint=N_("run idfgraph publish, or name the folder of a release"),
        )
    store = Store()
    try:
        with dump.open("rb") as lines:
            for some in iter(lambda: b"".join(lines.readlines(_LOADED)), b""):
                store.bulk_load(some, format=RdfFormat.N_QUADS)
    except (OSError, SyntaxError, ValueError) as error:
        raise BadQuery(
            N_("cannot be loaded: {error}"),
            Place(str(dump)),
            hint=N_("publish it again"),
            error=error,
        ) from error
    return Answerer(store, prefixes, most)


class Answerer:
    """A store in memory that answers queries: whole, or not at all where an answer is too long."""

    def __init__(self, store: Store, prefixes: Mapping[str, str], most: int) -> None:
        self._store, self._prefixes, self._most = store, prefixes, most

    def knows(self, resource: str) -> bool:
        """Whether the release says anything of a resource, given as a compact IRI."""
        prefix, _, name = resource.partition(":")
        node = NamedNode(self._prefixes.get(prefix, f"{prefix}:") + name)
        return any(self._store.quads_for_pattern(node, None, None, None))

    def lacking(self, query: str) -> Iterator[str]:
        """The graphs that a query chooses with FROM and the release lacks, as the query writes
        them.
        """
        clauses = clauses_of(query)
        for graph in clauses.graphs:
            with suppress(*_FAULTS):
                if not self._store.query(
                    f"{clauses.prologue} ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}",
                    prefixes=dict(self._prefixes),
                ):
                    yield graph

    def table(self, query: str) -> AnswerTable:
        """The rows of a query as texts for people; an ASK gives one cell. BadQuery if it cannot be
        run.
        """
        with _told(query, self._prefixes):
            found = self._run(query)
            if isinstance(found, QueryBoolean):
                return AnswerTable(("answer",), ((str(bool(found)).lower(),),))
            columns = (
                ("subject", "predicate", "object")
                if isinstance(found, QueryTriples)
                else tuple(variable.value for variable in found.variables)
            )
            return AnswerTable(columns, tuple(self._cells(found)))

    def text(self, query: str, form: str) -> bytes:
        """The answer in a format: rows in csv, json, xml; a graph in ttl, jsonld. BadQuery where
        they do not fit.
        """
        with _told(query, self._prefixes):
            found, own = self._run(query), FORMATS.get(form)
            if isinstance(found, QueryTriples):
                written = RdfFormat.from_extension(form) if form in GRAPHS else None
                if written is None:
                    raise BadQuery(
                        N_("a graph cannot be written as {form}"),
                        hint=N_("use {names}"),
                        form=form,
                        names=" or ".join(GRAPHS),
                    )
                return self._graph(found, written)
            rows = QueryResultsFormat.from_media_type(own.results) if own else None
            if rows is None:
                raise BadQuery(
                    N_("rows cannot be written as {form}"),
                    hint=N_("use {names} or table"),
                    form=form,
                    names=", ".join(ROWS),
                )
            if isinstance(found, QueryBoolean):
                return found.serialize(format=rows) or b""
            again = self._counted(found)
            return write_rows(again(), again, rows, BytesIO())

    def rows(self, query: str) -> Rows:
        """The first rows of an answer, as terms; BadQuery if it cannot be run."""
        return read_rows("json", self.text(query, "json"))

    def _run(self, query: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        if clauses_of(query).calls_service:
            raise BadQuery(
                N_("SERVICE is refused: it would ask another server, and nothing is fetched"),
                hint=N_("ask what is in the release"),
            )
        return self._store.query(query, prefixes=dict(self._prefixes))

    def _graph(self, triples: QueryTriples, form: RdfFormat) -> bytes:
        sheet = _Sheet()
        serialize(self._cut(triples), sheet, format=form, prefixes=dict(self._prefixes))
        return sheet.getvalue()

    def _cells(self, rows: QuerySolutions | QueryTriples) -> Iterator[tuple[str | None, ...]]:
        """The rows as texts for people, as long as they are not too many or too long."""
        size = 0
        for row in self._cut(rows):
            cells = tuple(map(self._shown, row))
            size += sum(len(cell or "") for cell in cells)
            _check_size(size)
            yield cells

    def _cut(self, rows: Iterable[T]) -> Iterator[T]:
        """The rows, as long as they are not too many."""
        for number, row in enumerate(rows):
            if number == self._most:
                raise _too_many(self._most)
            yield row

    def _counted(self, rows: QuerySolutions) -> Callable[[], QuerySolutions]:
        """What gives the rows again, once it is known that they are not too many: in TSV each is a
        line, after one of columns.
        """
        sheet = _Sheet(self._most + 1)
        rows.serialize(sheet, QueryResultsFormat.TSV)
        return partial(_rows, sheet.getvalue())

    def _shown(self, term: object) -> str | None:
        """A term as a person reads it: a literal's text, an IRI under its prefix."""
        if term is None:
            return None
        value = str(getattr(term, "value", term))
        shorter = (
            f"{name}:{value[len(iri) :]}"
            for name, iri in self._prefixes.items()
            if value.startswith(iri)
        )
        return min(shorter, key=len, default=value) if type(term).__name__ == "NamedNode" else value


def _rows(table: bytes) -> QuerySolutions:
    """The rows of a table in TSV."""
    found = parse_query_results(table, QueryResultsFormat.TSV)
    assert isinstance(found, QuerySolutions)
    return found


class _Sheet(BytesIO):
    """What an answer is written on; BadQuery where that takes more lines or bytes than it has."""

    def __init__(self, lines: int | None = None) -> None:
        super().__init__()
        self._most, self._lines = lines, 0

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Takes a piece of the answer."""
        self._lines += data.count(b"\n")
        if self._most is not None and self._lines > self._most:
            raise _too_many(self._most - 1)
        _check_size(self.tell() + len(data))
        return super().write(data)


def _too_many(most: int) -> BadQuery:
    hint = N_("ask for less, say with LIMIT, or allow more with --max-rows")
    return BadQuery(
        N_("the answer has more than {most:,} rows, so none is given"), hint=hint, most=most
    )


def _check_size(size: int) -> None:
    if size > _MOST_BYTES:
        most = f"{_MOST_BYTES >> 20} MiB"
        raise BadQuery(
            N_("the answer has more than {most}, so none is given"),
            hint=N_("ask for less"),
            most=most,
        )


@contextmanager
def _told(query: str, prefixes: Mapping[str, str]) -> Iterator[None]:
    """Whatever the engine finds wrong with a query in the block is told in some words."""
    try:
        yield
    except _FAULTS as error:
        told = in_words(query, str(error), prefixes) if isinstance(error, SyntaxError) else error
        said = visible(" ".join(str(told).split()))
        short = said if len(said) <= _SAID else f"{said[: _SAID - 1]}…"
        raise BadQuery(
            N_("the query cannot be run: {short}"), hint=N_("mend it"), short=short
        ) from error
