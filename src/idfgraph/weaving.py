"""Records to lines - quads, nodes, entries of documents - in one process or several, collected to be sorted."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import NamedTuple

import msgspec

from .mapping import Mapper
from .publish import Spool, link_entry, own_entry
from .records import Record
from .resolve import Linked, Node
from .setting import Setting, linked

#: Records that one process takes at a time.
_CHUNK = 500


class Woven(NamedTuple):
    """Records as lines: quads, default-graph nodes as JSON, entries of documents; and what they touch."""

    quads: list[str]
    nodes: list[str]
    entries: list[str]
    touched: set[str]


class Spools(NamedTuple):
    """Where the lines of a run are collected to be sorted."""

    quads: Spool
    nodes: Spool
    entries: Spool

    def take(self, woven: Woven) -> None:
        """Takes the lines of woven records."""
        self.quads.add(woven.quads)
        self.nodes.add(woven.nodes)
        self.entries.add(woven.entries)


@contextmanager
def collecting() -> Iterator[Spools]:
    """Empty spools, removed from disk when the block ends."""
    with Spool() as quads, Spool() as nodes, Spool() as entries:
        yield Spools(quads, nodes, entries)


def quads_of(mapper: Mapper, item: Linked) -> Iterator[str]:
    """The N-Quads lines of a linked record and its named graphs."""
    yield from mapper.quads(item.node)
    for graph, nodes in item.graphs:
        yield from chain_quads(mapper, nodes, graph)


def weave(setting: Setting, records: Iterable[Record]) -> Woven:
    """Records as lines, through their linked records."""
    woven = Woven([], [], [], set())
    for record in records:
        item = linked(setting, record)
        _add(woven, weave_nodes(setting.mapper, [item.node]))
        for graph, inner in item.graphs:
            woven.quads.extend(chain_quads(setting.mapper, inner, graph))
            named: Node = {"id": graph, "@graph": list(inner)}
            woven.entries.append(own_entry(item.id, named))
            woven.entries.extend(own_entry(node["id"], node) for node in inner if node["id"].startswith("src:"))
            for link in (link for node in inner for link in setting.mapper.links(node)):
                _touch(woven, link.target)
    return woven


def weave_nodes(mapper: Mapper, nodes: Iterable[Node]) -> Woven:
    """Nodes of the default graph as lines."""
    woven = Woven([], [], [], set())
    for node in nodes:
        woven.quads.extend(mapper.quads(node))
        woven.nodes.append(msgspec.json.encode(node).decode() + "\n")
        woven.entries.append(own_entry(node["id"], node))
        for link in mapper.links(node):
            _touch(woven, link.target)
            if entry := link_entry(node, link.key, link.value, link.target):
                woven.entries.append(entry)
    return woven


def chain_quads(mapper: Mapper, nodes: Iterable[Node], graph: str) -> Iterator[str]:
    """The N-Quads lines of nodes in a named graph."""
    return (line for node in nodes for line in mapper.quads(node, graph))


def _touch(woven: Woven, target: str) -> None:
    """Notes a whole resource that is linked to; parts and addresses elsewhere are none."""
    if "#" not in target and "//" not in target:
        woven.touched.add(target)


def _add(woven: Woven, more: Woven) -> None:
    woven.quads.extend(more.quads)
    woven.nodes.extend(more.nodes)
    woven.entries.extend(more.entries)
    woven.touched.update(more.touched)


def weave_all(setting: Setting, records: Iterator[Record], jobs: int) -> Iterator[Woven]:
    """Chunks of records woven, in one process or several; at most two chunks a process are under way."""
    chunks = iter(lambda: list(islice(records, _CHUNK)), [])
    work = partial(weave, setting)
    if jobs == 1:
        yield from map(work, chunks)
        return
    with ProcessPoolExecutor(jobs) as pool:
        waiting: list[Future[Woven]] = []
        for chunk in chunks:
            waiting.append(pool.submit(work, chunk))
            if len(waiting) >= 2 * jobs:
                yield waiting.pop(0).result()
        yield from (future.result() for future in waiting)
