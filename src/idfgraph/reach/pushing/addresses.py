"""Where a store is asked and told: by what its addresses end in (docs/pushing.md names the pages of
each that say so).
"""

import re
from urllib.parse import quote

#: What an address of the Graph Store Protocol ends in -> what is in its place where the same store
#: answers queries: oxigraph, Fuseki, RDF4J and GraphDB, Virtuoso, Neptune. Others, QLever among
#: them, do both at one address.
_QUERIES = (
    (re.compile(r"/store"), "/query"),
    (re.compile(r"/data"), "/query"),
    (re.compile(r"/rdf-graphs/service"), ""),
    (re.compile(r"/sparql-graph-crud(-auth)?/?"), "/sparql"),
    (re.compile(r"/sparql/gsp/?"), "/sparql"),
)

#: What the `Server` of stores begins with that take statements of all graphs in one request at the
#: address of their Graph Store Protocol -> what is asked with it.
_BULK = {"Oxigraph/": "no_transaction", "Apache Jena Fuseki": ""}


def query_address(url: str) -> str:
    """Where the store answers queries that takes graphs at an address.

    >>> query_address("http://localhost:7878/store")
    'http://localhost:7878/query'
    >>> query_address("https://example.org/repositories/idf/rdf-graphs/service")
    'https://example.org/repositories/idf'
    """
    path = url.partition("?")[0]
    for ending, instead in _QUERIES:
        if found := re.search(f"{ending.pattern}$", path):
            return f"{path[: found.start()]}{instead}"
    return path


def graph_address(url: str, graph: str) -> str:
    """Where a graph of a store is; the default graph, where none is named.

    >>> graph_address("http://e/store", "http://e/g#1"), graph_address("http://e/s?x=1", "")
    ('http://e/store?graph=http%3A%2F%2Fe%2Fg%231', 'http://e/s?x=1&default')
    """
    return with_parameter(url, f"graph={quote(graph, safe='')}" if graph else "default")


def bulk_address(url: str, server: str) -> str:
    """Where a store that says this of itself takes statements of all graphs; empty where that is
    not known.

    >>> bulk_address("http://e/store", "Oxigraph/0.5.13"), bulk_address("http://e/store", "nginx")
    ('http://e/store?no_transaction', '')
    """
    for name, parameter in _BULK.items():
        if server.startswith(name):
            return with_parameter(url, parameter)
    return ""


def with_parameter(url: str, parameter: str) -> str:
    """An address with one more parameter."""
    mark = "&" if "?" in url else "?"
    return f"{url}{mark}{parameter}" if parameter else url
