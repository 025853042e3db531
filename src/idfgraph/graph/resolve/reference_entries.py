"""Entries of the reference data as linked records, with the decisions that their names rest on."""

from collections.abc import Iterable, Iterator

from ...model.nodes import id_of
from .aliases import decisions_on
from .linked import Linked
from .reference import Reference


def linked_entries(reference: Reference, touched: Iterable[str]) -> Iterator[Linked]:
    """The linked records of the entries touched and of what they lead to, in order of their ids."""
    for node in reference.nodes(touched):
        decisions = tuple(reference.decisions(id_of(node)))
        id_ = id_of(node)
        yield Linked(id_, node, ((decisions_on(id_), decisions),) if decisions else ())
