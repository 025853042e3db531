"""A record's last sound version, as it was published, to a linked record that says that it is not
the newest.
"""

from collections.abc import Sequence

from .issues import Issue
from .linked import Linked
from .notes import note
from .reference import Node, Reference

_CODE = "older-version"


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
    marks = node.get("qualityNote", [])
    if not any(mark.get("issueType") == _CODE for mark in marks):
        mark = note(subject, Issue(_CODE, "source", words=(issued,)), (), reference)
        node = {**node, "qualityNote": sorted([*marks, mark], key=lambda one: str(one["id"]))}
    graphs = ((graph["id"], tuple(graph["@graph"])) for graph in published if "@graph" in graph)
    return Linked(
        subject,
        node,
        tuple((id_, nodes if texts else tuple(map(_textless, nodes))) for id_, nodes in graphs),
    )


def _textless(node: Node) -> Node:
    return {key: value for key, value in node.items() if key != "contentUrl"}
