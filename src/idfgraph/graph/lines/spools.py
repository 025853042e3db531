"""Linked records to lines - quads, nodes, entries of documents - collected to be sorted."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from ...model import iris
from ...model.nodes import Node, id_of
from ...system.depot import RunFolder
from ..mapping import Mapper
from ..resolve import Linked
from .blocks import BlockSpool
from .documents import link_entry, own_entry
from .sort import Spool, copy_run, write_run

#: The graph of the run, in which the others are described.
_RUN = iris.graph("run")


class Woven(NamedTuple):
    """Nodes as lines: blocks of quads of the default graph and of others, JSON, entries of
    documents; and what they touch.
    """

    content: list[bytes]
    named: list[bytes]
    nodes: list[bytes]
    entries: list[str]
    touched: set[str]

    def spun(self, folder: Path) -> "Spun":
        """The same as files in a folder."""
        quads = write_run(folder, [*self.content, *self.named])
        nodes = write_run(folder, self.nodes)
        entries = write_run(folder, map(str.encode, self.entries))
        return Spun(quads, nodes, entries, self.touched)


class Spun(NamedTuple):
    """What is woven as sorted runs on disk: quads, nodes, entries; and what they touch."""

    quads: Path
    nodes: Path
    entries: Path
    touched: set[str]

    @classmethod
    def copied(cls, folder: Path, runs: Sequence[bytes], touched: set[str]) -> "Spun":
        """The same in a folder, from the bytes of its runs."""
        quads, nodes, entries = (copy_run(folder, run) for run in runs)
        return cls(quads, nodes, entries, touched)

    def brought(self, into: RunFolder) -> "Spun":
        """The same once its runs are in a folder."""
        quads, nodes, entries = map(into.brought, self[:3])
        return Spun(quads, nodes, entries, self.touched)


class Spools(NamedTuple):
    """Where the lines of a run are collected to be sorted."""

    quads: BlockSpool
    nodes: Spool
    entries: Spool

    def take(self, woven: Woven | None) -> set[str]:
        """Takes the lines of what is woven, if anything is; returns the resources that it
        touches.
        """
        if woven is None:
            return set()
        self.quads.take(woven.content)
        self.quads.take(woven.named)
        self.nodes.take(woven.nodes)
        self.entries.add(woven.entries)
        return woven.touched

    def adopt(self, spun: Spun) -> set[str]:
        """Takes what is spun in the folder of the quads; returns the resources that it touches."""
        self.quads.adopt(spun.quads)
        self.nodes.adopt(spun.nodes)
        self.entries.adopt(spun.entries)
        return spun.touched


@contextmanager
def collecting() -> Iterator[Spools]:
    """Empty spools, removed from disk when the block ends."""
    with BlockSpool() as quads, Spool() as nodes, Spool() as entries:
        yield Spools(quads, nodes, entries)


def quads_of(mapper: Mapper, item: Linked) -> Iterator[str]:
    """The N-Quads lines of a linked record and its named graphs."""
    yield from mapper.quads(item.node)
    for graph, nodes in item.graphs:
        yield from (line for node in nodes for line in mapper.quads(node, graph))


def weave(mapper: Mapper, items: Iterable[Linked]) -> Woven:
    """Linked records and their named graphs as lines."""
    linked = list(items)
    woven = weave_nodes(mapper, (item.node for item in linked))
    for item in linked:
        for graph, inner in item.graphs:
            told = _bundle(graph, item.id)
            woven.named.extend(mapper.blocks(inner, graph))
            woven.named.extend(mapper.blocks([told], _RUN))
            woven.entries.append(own_entry(item.id, {**told, "@graph": list(inner)}))
            if resource := iris.source_of(graph):
                woven.entries.append(own_entry(resource, {**told, "@graph": []}))
            ids = ((id_of(node), node) for node in inner)
            woven.entries.extend(
                own_entry(id_, node) for id_, node in ids if id_.startswith("src:")
            )
            woven.touched.update(touched(mapper, inner))
    return woven


def together(parts: Iterable[Woven]) -> Woven:
    """All parts as one.

    >>> together([]).content
    []
    """
    whole = Woven([], [], [], [], set())
    for part in parts:
        whole.content.extend(part.content)
        whole.named.extend(part.named)
        whole.nodes.extend(part.nodes)
        whole.entries.extend(part.entries)
        whole.touched.update(part.touched)
    return whole


def _bundle(graph: str, record: str) -> Node:
    """What is said of a named graph that a record has: the page or the record that it tells of; the
    run that made it is not known yet.
    """
    return {"id": graph, "type": "Bundle", "primaryTopic": iris.source_of(graph) or record}


def weave_nodes(mapper: Mapper, nodes: Iterable[Node]) -> Woven:
    """Nodes of the default graph as lines."""
    woven = Woven([], [], [], [], set())
    for node in nodes:
        woven.content.extend(mapper.blocks([node]))
        woven.nodes.append(msgspec.json.encode(node) + b"\n")
        woven.entries.append(own_entry(id_of(node), node))
        woven.touched.update(touched(mapper, [node]))
        links = (link_entry(node, link.key, link.value, link.target) for link in mapper.links(node))
        woven.entries.extend(entry for entry in links if entry)
    return woven


def weave_stub(mapper: Mapper, node: Node, home: str) -> Woven:
    """The node of what is no more as lines; `home` is the resource whose document tells of it, if
    any does.
    """
    woven = weave_nodes(mapper, [node])
    woven.entries.clear()
    if home:
        named = id_of(node).startswith("graph:")
        woven.entries.append(own_entry(home, {**node, "@graph": []} if named else node))
    return woven


def touched(mapper: Mapper, nodes: Iterable[Node]) -> set[str]:
    """The whole resources that nodes link to; parts and addresses elsewhere are none."""
    targets = (link.target for node in nodes for link in mapper.links(node))
    return {target for target in targets if "#" not in target and "//" not in target}
