"""Linked records other than the newest and whole one: without what a data set chooses not to
publish, and as they were published before.
"""

from collections.abc import Iterable, Iterator, Sequence

from ...model.nodes import Node, id_of, parts_of, record_of
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
    notes = [_citing(note, gone) for note in parts_of(record_of(node), "qualityNote")]
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
    if not any(note.get("issueType") == _OLDER for note in notes):
        mark = note(subject, Issue(_OLDER, "source", words=(issued,)), (), reference)
        notes = sorted([*notes, mark], key=id_of)
    graphs = ((id_of(item), parts_of(item, "@graph")) for item in published if "@graph" in item)
    return Linked(
        subject,
        _noted(node, notes),
        tuple(
            (id_, tuple(nodes if texts else [_less(node, "contentUrl") for node in nodes]))
            for id_, nodes in graphs
        ),
    )


def _noted(node: Node, notes: Sequence[Node]) -> Node:
    """The node with these notes, on its record if it has one, and no others; what its document says
    of itself is left to that.
    """
    record = _less(record_of(node), "inDataset")
    said = {**record, "qualityNote": notes} if notes else _less(record, "qualityNote")
    return {**node, "record": said} if "record" in node else said


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


def _citing(note: Node, gone: set[str]) -> Node:
    """The note, citing nothing that is gone."""
    kept = {
        key: [target for target in targets if target not in gone]
        for key in ("hasTarget", "references")
        if isinstance(targets := note.get(key), list)
    }
    rest = _less(_less(note, "hasTarget"), "references")
    return {**rest, **{key: targets for key, targets in kept.items() if targets}}
