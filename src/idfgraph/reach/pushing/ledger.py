"""What a store says of our pushes, in a graph of its own: which release it holds, and the SHA-256
that the lines of each graph had when they were sent.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from ...model.vocab import DCT, SCHEMA
from .remote_store import RemoteStore

#: How far a push came: it ended, it is under way or was cut off, or all was sent in one request
#: that was not held against the release yet.
LedgerStatus = Literal["", "Published", "Incomplete", "Loading"]

#: How many rows are asked for at a time: fewer than stores give at most.
_PAGE = 5_000


class Ledger(NamedTuple):
    """What is written down of a push: its graph, how far it came, the name of the release, and the
    digests of graphs by IRI (that of the default graph by the IRI of the ledger's graph).
    """

    graph: str
    status: LedgerStatus = ""
    release: str = ""
    digests: Mapping[str, str] = {}

    def lines(self) -> bytes:
        """All of it, as N-Triples lines."""
        head = [
            f'<{self.graph}> <{SCHEMA}creativeWorkStatus> "{self.status}" .\n',
            f'<{self.graph}> <{DCT}identifier> "{self.release}" .\n',
        ]
        return "".join([*head, *_lines(self.digests.items())]).encode()


def entries(digests: Iterable[tuple[str, str]]) -> bytes:
    """What is added to a ledger for graphs that were sent.

    >>> entries([("http://e/g", "00")])
    b'<http://e/g> <https://schema.org/sha256> "00" .\\n'
    """
    return "".join(_lines(digests)).encode()


def read_ledger(store: RemoteStore, graph: str) -> Ledger:
    """The ledger of a store; an empty one, if it has none. A graph with two digests has none."""
    status = _said(store, graph, f"{SCHEMA}creativeWorkStatus")
    release = _said(store, graph, f"{DCT}identifier")
    known = next((one for one in _STATUSES if one == status), "Incomplete" if status else "")
    if not known:
        return Ledger(graph)
    found, last = dict[str, str](), ""
    while rows := store.rows(_page(graph, last), "s", "a", "b"):
        found.update((subject, first) for subject, first, other in rows if first == other)
        last = max(subject for subject, *_ in rows)
        if len(rows) < _PAGE:
            break
    return Ledger(graph, known, release, found)


_STATUSES: tuple[LedgerStatus, ...] = ("Published", "Incomplete", "Loading")


def _said(store: RemoteStore, graph: str, about: str) -> str:
    """What the ledger says of itself; what is none of our words, where it says several things."""
    query = f"SELECT ?o {{ GRAPH <{graph}> {{ <{graph}> <{about}> ?o }} }} LIMIT 2"
    return " ".join(word for (word,) in store.rows(query, "o"))


def _page(graph: str, last: str) -> str:
    after = f'FILTER(STR(?s) > "{last}")' if last else ""
    return (
        f"SELECT ?s (MIN(?o) AS ?a) (MAX(?o) AS ?b) {{ GRAPH <{graph}> "
        f"{{ ?s <{SCHEMA}sha256> ?o }} {after} }} GROUP BY ?s ORDER BY ?s LIMIT {_PAGE}"
    )


def _lines(digests: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (f'<{graph}> <{SCHEMA}sha256> "{digest}" .\n' for graph, digest in digests)
