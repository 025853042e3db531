"""What a data set chooses not to publish, taken out of linked records."""

from collections.abc import Iterable

from .linked import Linked
from .reference import Node


def without(item: Linked, property_: str) -> Linked:
    """The linked record without a property, its source values and its decisions; notes on it stay,
    citing none of them.

    >>> without(Linked("prj:X", {"id": "prj:X", "narrative": {"fr": "Texte"}}, ()), "narrative").node
    {'id': 'prj:X'}
    """
    gone = {
        part["id"] for _, nodes in item.graphs for node in nodes for part in _about(node, property_)
    }
    node = {key: value for key, value in item.node.items() if key != property_}
    if "qualityNote" in node:
        node["qualityNote"] = [_citing(note, "references", gone) for note in node["qualityNote"]]
    graphs = ((graph, tuple(_kept(nodes, gone))) for graph, nodes in item.graphs)
    return Linked(item.id, node, tuple((graph, nodes) for graph, nodes in graphs if nodes))


def _about(node: Node, property_: str) -> list[Node]:
    """The node and its source values, as far as they are about a property."""
    return [
        part
        for part in (node, *node.get("sourceValue", ()))
        if part.get("aboutProperty") == property_
    ]


def _kept(nodes: Iterable[Node], gone: set[str]) -> Iterable[Node]:
    for node in nodes:
        if node["id"] not in gone:
            values = [value for value in node.get("sourceValue", ()) if value["id"] not in gone]
            rest = {key: value for key, value in node.items() if key != "sourceValue"}
            yield {**rest, **({"sourceValue": values} if values else {})}


def _citing(note: Node, key: str, gone: set[str]) -> Node:
    cited = [target for target in note.get(key, ()) if target not in gone]
    rest = {name: value for name, value in note.items() if name != key}
    return {**rest, **({key: cited} if cited else {})}
