"""A small graph store of our own over HTTP: the Graph Store Protocol at `/data`, queries at
`/query`. It may have no default graph of its own, and write values as Virtuoso does.
"""

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    RdfFormat,
    Store,
    parse,
)

XSD = "http://www.w3.org/2001/XMLSchema#"


class SmallStore(ThreadingHTTPServer):
    """A store that listens as long as its block lasts."""

    daemon_threads = True

    def __init__(self, *, union: bool = False, rewrites: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.union, self.rewrites, self.held = union, rewrites, Store()
        self.lock = threading.Lock()

    @property
    def quads(self) -> list[str]:
        """All that it holds, as sorted lines."""
        return sorted(f"{quad} .\n" for quad in self.held)

    def graph_of(self, query: str) -> NamedNode | DefaultGraph:
        """The graph that an address names."""
        named = parse_qs(query).get("graph")
        return NamedNode(named[0]) if named else DefaultGraph()

    def written(self, quad: Quad, graph: NamedNode | DefaultGraph) -> Quad:
        """A statement as this store writes it."""
        term = quad.object
        if self.rewrites and isinstance(term, Literal):
            term = _rewritten(term)
        return Quad(quad.subject, quad.predicate, term, graph)


def _rewritten(term: Literal) -> Literal:
    if term.datatype == NamedNode(f"{XSD}decimal"):
        return Literal(term.value.rstrip("0").rstrip("."), datatype=term.datatype)
    if term.datatype == NamedNode(f"{XSD}gYear"):
        return Literal(f"{term.value}-01-01", datatype=NamedNode(f"{XSD}date"))
    if term.language:
        return Literal(term.value, language=term.language.lower())
    return term


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: SmallStore

    def do_PUT(self) -> None:
        """A graph, whole."""
        self._take(clear=True)

    def do_POST(self) -> None:
        """A query, or more of a graph."""
        if urlsplit(self.path).path == "/data":
            return self._take(clear=False)
        query = parse_qs(self._body().decode())["query"][0]
        with self.server.lock:
            found: Any = self.server.held.query(query, use_default_graph_as_union=self.server.union)
            body = found.serialize(format=QueryResultsFormat.JSON)
        return self._say(200, body, "application/sparql-results+json")

    def do_DELETE(self) -> None:
        """A graph that goes."""
        graph = self.server.graph_of(urlsplit(self.path).query)
        with self.server.lock:
            there = self.server.held.contains_named_graph(graph)
            self.server.held.remove_graph(graph)
        self._say(204 if there else 404)

    def _take(self, *, clear: bool) -> None:
        graph, body = self.server.graph_of(urlsplit(self.path).query), self._body()
        if self.server.union and isinstance(graph, DefaultGraph):
            return self._say(500, b"<h1>Error</h1> no default graph", "text/html")
        quads = [self.server.written(quad, graph) for quad in parse(body, RdfFormat.N_TRIPLES)]
        with self.server.lock:
            if clear:
                self.server.held.clear_graph(graph)
            self.server.held.extend(quads)
        return self._say(204)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def _say(self, status: int, body: bytes = b"", kind: str = "") -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextlib.contextmanager
def small_store(**kinds: bool) -> Iterator[SmallStore]:
    """A store on a port of its own."""
    with SmallStore(**kinds) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
