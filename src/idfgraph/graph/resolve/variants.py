"""Linked records other than the newest and whole one: without what a data set chooses not to
publish, and as they were published before.
"""

from collections.abc import Iterable, Iterator, Sequence

from ...model import iris
from ...model.nodes import Node, id_of, parts_of, quality_notes, record_of, type_of
from .issues import Issue
from .linked import Linked, derived
from .notes import note
from .reference import Reference

_OLDER = "older-version"


def without(item: Linked, property_: str) -> Linked:
    """The linked record without a property, its source values and its decisions; notes on it stay,
    citing none of them.

    >>> item = Linked("prj:X", {"id": "prj:X", "narrative": {"fr": "Texte"}}, ())
    >>> without(item, "narrative").node
    {'id': 'prj:X'}
    """
    gone = {
        id_of(part)
        for _, nodes in item.graphs
        for node in nodes
        for part in (node, *parts_of(node, "sourceValue"))
        if part.get("aboutProperty") == property_
    }
    node = _less(item.node, property_)
    record = record_of(node)
    notes = [_citing(note, gone, id_of(record)) for note in parts_of(record, "qualityNote")]
    graphs = ((graph, tuple(_kept(nodes, gone))) for graph, nodes in item.graphs)
    kept = tuple((graph, nodes) for graph, nodes in graphs if nodes)
    return Linked(item.id, _noted(node, notes), kept)


def earlier(
    subject: str, published: Sequence[Node], issued: str, reference: Reference, *, texts: bool
) -> Linked:
    """The linked record of a published document: what it says of the subject, and its named graphs,
    with one note more.

    `subject` is a compact IRI that the document is about, `issued` the day of its release, `texts`
    whether links to the texts of pages stay. One that has the note stays as it is: it was older
    then.
    """
    node = next(node for node in published if node.get("id") == subject)
    node = {**node, **derived(node)}
    notes = parts_of(record_of(node), "qualityNote")
    if not any(one.issue_type == _OLDER for one in quality_notes(node)):
        mark = note(subject, [Issue(_OLDER, "source", words=(issued,))], (), reference)
        notes = sorted([*notes, mark], key=id_of)
    return Linked(
        subject,
        _noted(node, notes),
        tuple(
            (id_, tuple(nodes if texts else [_less(node, "contentUrl") for node in nodes]))
            for id_, nodes in _graphs(published)
        ),
    )


def _noted(node: Node, notes: Sequence[Node]) -> Node:
    """The node with these notes, on its record if it has one, and no others; what its document says
    of itself is left to that.
    """
    record = _less(record_of(node), "inDataset")
    said = {**record, "qualityNote": notes} if notes else _less(record, "qualityNote")
    return {**node, "record": said} if "record" in node else said


def _graphs(published: Sequence[Node]) -> Iterator[tuple[str, Sequence[Node]]]:
    """The named graphs that a document tells of, with their nodes, which stand beside them."""
    for graph in published:
        if type_of(graph) == "Bundle":
            page = iris.source_of(id_of(graph))
            yield id_of(graph), [node for node in published if _is_in(node, page)]


def _is_in(node: Node, page: str) -> bool:
    """Whether a node is of the graph of a page, or without one of that of the decisions."""
    kind = type_of(node)
    return kind == "SourceRecord" and id_of(node) == page if page else kind == "Decision"


def _less(node: Node, key: str) -> Node:
    """The node without a key."""
    return {name: value for name, value in node.items() if name != key}


def _kept(nodes: Iterable[Node], gone: set[str]) -> Iterator[Node]:
    """The nodes that are not gone, with the source values that are not."""
    for node in nodes:
        if id_of(node) not in gone:
            printed = (value for value in parts_of(node, "sourceValue") if id_of(value) not in gone)
            values = [
                _less(value, "rankedBy") if value.get("rankedBy") in gone else value
                for value in printed
            ]
            yield {**_less(node, "sourceValue"), **({"sourceValue": values} if values else {})}


def _citing(note: Node, gone: set[str], record: str) -> Node:
    """The note, citing nothing that is gone; of claims that all are, it is one on the record."""
    kept = {
        key: [target for target in targets if target not in gone] or otherwise
        for key, otherwise in (("hasTarget", [record]), ("references", []))
        if isinstance(targets := note.get(key), list)
    }
    rest = _less(_less(note, "hasTarget"), "references")
    return {**rest, **{key: targets for key, targets in kept.items() if targets}}
