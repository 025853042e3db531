"""A dump to a store on disk, and in memory where it is small; what is in it, counted."""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store

from ...system.disk import sync
from ...system.memory import free_memory

#: Statements up to which a store is as well kept in memory, shared by all that are forked, where
#: so many times the size of its dump is free; and the copy of the dump that is read into it.
LIGHT, SPARE, COPY = 5_000_000, 8, "dump.nq"

#: How many files of a store on disk are opened at most: the engine opens most of them when a query
#: first looks into them.
STORE_FILES = 1024

_DEFAULT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_GRAPHS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


class Figures(NamedTuple):
    """How many statements a store holds: in all, in the default graph, in each named graph."""

    quads: int
    default: int
    graphs: Mapping[str, int]


class Build(NamedTuple):
    """What is to be built: the store of a dump, in a folder that is not there yet."""

    dump: Path
    store: Path


def build(task: Build) -> Figures:
    """Loads a dump into a store, counts what is in it, and syncs it to disk."""
    store = Store(str(task.store))
    store.bulk_load(path=str(task.dump), format=RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    found = figures_of(store)
    del store
    copies = []
    if found.quads <= LIGHT:
        copies.append(Path(shutil.copyfile(task.dump, task.store.with_name(COPY))))
    for file in (*task.store.iterdir(), *copies):
        with file.open("rb") as content:
            os.fsync(content.fileno())
    sync(task.store)
    return found


def light_store(path: Path) -> Store | None:
    """The store in memory that holds the same as one on disk, if it is small enough for that: it
    takes less than twice the size of its dump.
    """
    copy = path.with_name(COPY)
    if not copy.is_file() or SPARE * copy.stat().st_size > free_memory():
        return None
    store = Store()
    store.bulk_load(path=str(copy), format=RdfFormat.N_QUADS)
    return store


def figures_of(store: Store) -> Figures:
    """What a store holds.

    >>> figures_of(Store())
    Figures(quads=0, default=0, graphs={})
    """
    found, graphs, default = store.query(_GRAPHS), {}, 0
    for graph, number in found if isinstance(found, QuerySolutions) else ():
        if isinstance(graph, NamedNode):
            graphs[graph.value] = _number(number)
    found = store.query(_DEFAULT)
    for (number,) in found if isinstance(found, QuerySolutions) else ():
        default = _number(number)
    return Figures(len(store), default, dict(sorted(graphs.items())))


def to_text(figures: Figures) -> str:
    """Figures as JSON, to be kept."""
    return json.dumps(figures._asdict(), sort_keys=True)


def from_text(text: str) -> Figures:
    """Figures that were kept; ValueError for what is none.

    >>> from_text(to_text(Figures(1, 1, {}))).quads
    1
    """
    try:
        return Figures(**json.loads(text))
    except TypeError as error:
        raise ValueError("are no figures") from error


def _number(counted: object) -> int:
    return int(counted.value) if isinstance(counted, Literal) else 0
