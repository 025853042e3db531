"""A question to an answer over a published release, through pyoxigraph
(https://www.w3.org/TR/sparql11-query/).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from ..model.errors import BadQuery, Place
from ..model.formats import FORMATS, GRAPHS, ROWS
from ..model.layout import QUADS


class AnswerTable(NamedTuple):
    """The rows of a SELECT: columns and cells as texts; None is what nothing published gives."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def load(release: Path, prefixes: Mapping[str, str]) -> "Answerer":
    """What answers questions over a release folder; BadQuery if it is none."""
    dump = release / QUADS
    if not dump.is_file():
        raise BadQuery(
            "is no published release",
            Place(str(release)),
            hint="run idfgraph publish, or name one with --on",
        )
    store = Store()
    try:
        store.bulk_load(path=str(dump), format=RdfFormat.N_QUADS)
    except (OSError, SyntaxError, ValueError) as error:
        raise BadQuery(
            f"cannot be loaded: {error}", Place(str(dump)), hint="publish it again"
        ) from error
    return Answerer(store, prefixes)


class Answerer:
    """A store in memory that answers queries."""

    def __init__(self, store: Store, prefixes: Mapping[str, str]) -> None:
        self._store, self._prefixes = store, prefixes

    def knows(self, resource: str) -> bool:
        """Whether the release says anything of a resource, given as a compact IRI."""
        prefix, _, name = resource.partition(":")
        node = NamedNode(self._prefixes.get(prefix, f"{prefix}:") + name)
        return any(self._store.quads_for_pattern(node, None, None, None))

    def table(self, query: str) -> AnswerTable:
        """The rows of a query as texts for people; an ASK gives one cell. BadQuery if it cannot be
        run.
        """
        found = self._run(query)
        if isinstance(found, QueryBoolean):
            return AnswerTable(("answer",), ((str(bool(found)).lower(),),))
        if isinstance(found, QueryTriples):
            return AnswerTable(
                ("subject", "predicate", "object"),
                tuple(tuple(map(self._shown, row)) for row in found),
            )
        columns = tuple(variable.value for variable in found.variables)
        return AnswerTable(columns, tuple(tuple(map(self._shown, row)) for row in found))

    def text(self, query: str, form: str) -> bytes:
        """The answer in a format: rows in csv, json, xml; a graph in ttl, jsonld. BadQuery where
        they do not fit.
        """
        found, own = self._run(query), FORMATS.get(form)
        if isinstance(found, QueryTriples):
            written = RdfFormat.from_extension(form) if form in GRAPHS else None
            if written is None:
                raise BadQuery(
                    f"a graph cannot be written as {form}", hint=f"use {' or '.join(GRAPHS)}"
                )
            return serialize(found, format=written, prefixes=dict(self._prefixes)) or b""
        rows = QueryResultsFormat.from_media_type(own.results) if own else None
        if rows is None:
            raise BadQuery(
                f"rows cannot be written as {form}", hint=f"use {', '.join(ROWS)} or table"
            )
        return found.serialize(format=rows) or b""

    def _run(self, query: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        try:
            return self._store.query(query)
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            raise BadQuery(f"the query cannot be run: {error}", hint="mend it") from error

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
