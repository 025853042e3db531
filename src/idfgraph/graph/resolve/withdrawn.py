"""A record that was withdrawn to what stays at its address: since when, why, and what takes its
place.
"""

from ...model import iris
from ...model.records import Record, Withdrawal
from .readings import subject_of
from .reference import Node


def tombstone(record: Record, withdrawn: Withdrawal) -> Node:
    """The node of a withdrawn record; nothing else is said of it."""
    subject, successor = subject_of(record), withdrawn.replaced_by
    replaced = (
        {"isReplacedBy": successor if "/" in successor else _beside(subject, successor)}
        if successor
        else {}
    )
    return {
        "id": subject,
        "type": "Entity",
        "deprecated": "true",
        "invalidatedAtTime": f"{withdrawn.date}T00:00:00Z",
        "comment": dict(withdrawn.reason),
        **replaced,
    }


def _beside(subject: str, slug: str) -> str:
    """The compact IRI of a record of the same kind."""
    return iris.compact(subject.partition(":")[0], slug)
