"""A document for each resource: what is said of it, who says so, and what links to it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import msgspec

from ...model import iris
from ...model.nodes import Json, Node, id_of, is_node
from .sorted_lines import SortedLines, beginning

#: Keys that say what a node is called, repeated where it only links to another.
_NAMES = ("type", "title", "prefLabel")


class Document(NamedTuple):
    """A resource, its documents' path without suffix, and its nodes: its own, then graphs, then
    what links to it.
    """

    resource: str
    path: str
    nodes: list[Node]


def own_entry(resource: str, node: Node) -> str:
    """The spool line that puts a node, or a named graph with nodes, into the document of a
    resource.

    >>> own_entry("st:ALB", {"id": "st:ALB"})
    'st:ALB\\t0\\tst:ALB\\t{"id":"st:ALB"}\\n'
    """
    rank = "1" if "@graph" in node else "0" if resource == iris.resource_of(id_of(node)) else "2"
    return f"{resource}\t{rank}\t{id_of(node)}\t{_json(node)}\n"


def link_entry(node: Node, key: str, value: Json, target: str) -> str | None:
    """The spool line that shows, in the document of a link's target, which node leads to it; None
    within a document.
    """
    resource = iris.resource_of(target)
    if iris.document(resource) is None or resource == iris.resource_of(id_of(node)):
        return None
    shown = {"id": id_of(node), **{name: node[name] for name in _NAMES if name in node}}
    return own_entry(resource, {**shown, key: [value]})


def by_resource(entries: Iterable[str]) -> Iterator[Sequence[str]]:
    """The sorted spool lines of each resource."""
    return (list(group) for _, group in groupby(entries, lambda line: line.partition("\t")[0]))


def document(entries: Iterable[str]) -> Document | None:
    """The document of a resource from its sorted spool lines; None if nothing is said of it."""
    parts = [line.split("\t", 3) for line in entries]
    resource = parts[0][0]
    path = iris.document(resource)
    said = path and any(rank == "0" for _, rank, _, _ in parts)
    return Document(resource, path, list(_merged(parts))) if path and said else None


def document_in(lines: SortedLines, resource: str) -> Document | None:
    """The document of a resource from the sorted spool lines of all; None if nothing is said of
    it.

    >>> document_in(own_entry("st:ALB", {"id": "st:ALB"}).encode(), "st:ALB").path
    'doc/state/ALB'
    """
    entries = [line.decode() for line in beginning(lines, f"{resource}\t".encode())]
    return document(entries) if entries else None


def has_document(lines: SortedLines, resource: str) -> bool:
    """Whether the sorted spool lines of all say something of a resource that has documents."""
    said = beginning(lines, f"{resource}\t0\t".encode())
    return iris.document(resource) is not None and next(said, None) is not None


def _merged(parts: Iterable[list[str]]) -> Iterator[Node]:
    """The nodes of a document, each once, with all that its entries say."""
    for _, group in groupby(parts, lambda part: part[1:3]):
        nodes = [msgspec.json.decode(part[3]) for part in group]
        yield nodes[0] if len(nodes) == 1 else _union(nodes)


def _union(nodes: Iterable[Node]) -> Node:
    union: dict[str, Json] = {}
    for node in nodes:
        for key, value in node.items():
            known = union.get(key)
            if isinstance(known, list) and isinstance(value, list):
                union[key] = _joined(known, value)
            else:
                union[key] = value
    return union


def _joined(known: Sequence[Json], further: Sequence[Json]) -> list[Json]:
    """The items of two lists, each once; nodes of one id are one."""
    joined = list(known)
    for item in further:
        at = next((at for at, one in enumerate(joined) if _is_same(one, item)), None)
        if at is None:
            joined.append(item)
        elif is_node(one := joined[at]) and is_node(item) and one != item:
            joined[at] = _union([one, item])
    return joined


def _is_same(one: Json, other: Json) -> bool:
    return one == other or (is_node(one) and is_node(other) and id_of(one) == id_of(other))


def _json(node: Node) -> str:
    return msgspec.json.encode(node).decode()
