"""The rights page: whose the texts are, and under what our own statements are given."""

from collections.abc import Iterator

from ...model.vocab import APACHE
from . import words
from .facts import DATASET, RIGHTS, Facts, Node


def rights_nodes(facts: Facts) -> Iterator[Node]:
    """The nodes of the rights page: the terms as the data set words them, then part by part."""
    parts = [f"{RIGHTS}#statements", f"{RIGHTS}#texts"]
    yield {
        "id": RIGHTS,
        "type": "LicenseDocument",
        "title": dict(words.RIGHTS),
        "description": facts.dataset.rights,
        "hasPart": parts,
    }
    yield {"id": RIGHTS, "type": "RightsStatement"}
    yield {
        "id": parts[0],
        "type": "VoidDataset",
        "title": dict(words.STATEMENTS),
        "description": dict(words.OURS),
        "license": APACHE,
        "isPartOf": [DATASET],
    }
    yield {
        "id": parts[1],
        "type": "VoidDataset",
        "title": dict(words.TEXTS),
        "description": dict(words.THEIRS),
        "rightsHolder": "ag:iom",
        "isPartOf": [DATASET],
    }
