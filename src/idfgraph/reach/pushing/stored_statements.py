"""What a store holds of a release: statements by graph, and single statements, in its own words."""

from collections.abc import Iterable, Iterator

from pyoxigraph import RdfFormat, parse

from ...graph.lines import Statement
from .remote_store import RemoteStore
from .rewrites import plainest

#: How many rows are asked for at a time, and how many values of one property.
_PAGE, _VALUES = 5_000, 1_000


def counts(store: RemoteStore, below: str) -> dict[str, int]:
    """How many statements each graph has whose IRI begins so."""
    found, last = dict[str, int](), ""
    while rows := [row for row in store.rows(_page(below, last), "g", "n") if row[0]]:
        found.update((graph, int(number)) for graph, number in rows)
        last = max(graph for graph, _ in rows)
        if len(rows) < _PAGE:
            break
    return found


def default_count(store: RemoteStore) -> int:
    """How many statements the default graph has."""
    rows = store.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "n")
    return int(rows[0][0]) if rows else 0


def lacking(store: RemoteStore, sample: Iterable[Statement]) -> Iterator[Statement]:
    """Those of some statements that the store has neither as they are nor written its own way."""
    return (one for one in sample if not (_has(store, one) or _has_alike(store, one)))


def _has(store: RemoteStore, one: Statement) -> bool:
    return store.ask(_within(one.graph, f"{one.subject} {one.predicate} {one.object}"))


def _has_alike(store: RemoteStore, one: Statement) -> bool:
    """Whether the store has the value in other words."""
    if not one.object.startswith('"'):
        return False
    pattern = _within(one.graph, f"{one.subject} {one.predicate} ?o")
    terms = store.terms(f"SELECT ?o {{ {pattern} }} LIMIT {_VALUES}")
    return plainest(_as_read(one)) in map(plainest, terms)


def _as_read(one: Statement) -> str:
    """The object as the library writes it that writes those of answers."""
    line = f"{one.subject} {one.predicate} {one.object} .\n"
    return next(str(quad.object) for quad in parse(line, format=RdfFormat.N_TRIPLES))


def _within(graph: str, pattern: str) -> str:
    return f"GRAPH <{graph}> {{ {pattern} }}" if graph else pattern


def _page(below: str, last: str) -> str:
    after = f'FILTER(STR(?g) > "{last}")' if last else ""
    return (
        f"SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} "
        f'FILTER(STRSTARTS(STR(?g), "{below}")) {after} }} GROUP BY ?g ORDER BY ?g LIMIT {_PAGE}'
    )
