"""What a release holds, counted from its nodes, and which records were withdrawn."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ..model import iris
from ..model.layout import SUMMARY, TOMBSTONES

#: The file that tells what a release holds, and the one that lists what was withdrawn.

Node = dict[str, Any]

#: Keys of a project that are no fields of it: fewer notes are no loss.
_NO_FIELDS = frozenset({"id", "type", "qualityNote"})


class Summary(msgspec.Struct, frozen=True):
    """What a release holds: its day, statements of all graphs, records, how many projects have each
    field.

    `withdrawn` counts projects that were withdrawn; they are not among the projects. `narratives`
    says whether narratives are published.
    """

    issued: str
    statements: int
    projects: int
    programmes: int
    withdrawn: int
    fields: dict[str, int]
    narratives: bool = True


class Tally(NamedTuple):
    """Nodes counted: by type, the fields of projects, the ids of records, and the nodes of
    withdrawn ones.
    """

    types: Counter[str]
    fields: Counter[str]
    ids: set[str]
    tombstones: list[Node]

    def summary(self, issued: str, statements: int, *, narratives: bool = True) -> Summary:
        """What the release holds that is made of these nodes."""
        withdrawn = sum(node["id"].startswith("prj:") for node in self.tombstones)
        counts = (self.types["Project"], self.types["Programme"], withdrawn)
        return Summary(issued, statements, *counts, dict(sorted(self.fields.items())), narratives)


def tally(nodes: Iterable[str]) -> Tally:
    """The nodes of a default graph, as lines of JSON, counted; those of withdrawn records in the
    order given.

    >>> tally(['{"id":"prj:A10-001","type":"Project","budget":{}}']).fields
    Counter({'budget': 1})
    """
    counted = Tally(Counter(), Counter(), set(), [])
    for line in nodes:
        node: Node = msgspec.json.decode(line)
        id_ = node.get("id", "")
        if id_.startswith(("prj:", "prg:")):
            counted.ids.add(id_)
            counted.types[node.get("type", "")] += 1
        if node.get("type") == "Project":
            counted.fields.update(node.keys() - _NO_FIELDS)
        if "deprecated" in node:
            counted.tombstones.append(node)
    return counted


def render_summary(summary: Summary) -> str:
    """The summary as JSON text."""
    return msgspec.json.format(msgspec.json.encode(summary), indent=2).decode() + "\n"


def read_summary(release: Path) -> Summary | None:
    """The summary of a release; None if it has none that can be read."""
    try:
        return msgspec.json.decode((release / SUMMARY).read_bytes(), type=Summary)
    except (OSError, msgspec.DecodeError):
        return None


def render_tombstones(tombstones: Iterable[Node], iri: Callable[[str], str]) -> str:
    """The withdrawn records as JSON text; `iri` gives the N-Triples term of a compact IRI.

    >>> render_tombstones([], str)
    '[]\\n'
    """
    rows = [_row(node, lambda name: iri(name)[1:-1]) for node in tombstones]
    return msgspec.json.format(msgspec.json.encode(rows), indent=2).decode() + "\n"


def tombstone_documents(release: Path) -> Sequence[str]:
    """The paths, without suffix, of the documents of a release that stand for withdrawn records."""
    try:
        rows = msgspec.json.decode((release / TOMBSTONES).read_bytes(), type=list[dict[str, Any]])
    except (OSError, msgspec.DecodeError):
        return ()
    return [str(row.get("document")) for row in rows]


def _row(node: Node, iri: Callable[[str], str]) -> Node:
    id_, successor = node.get("id", ""), node.get("isReplacedBy")
    replaced = {"replacedBy": iri(successor)} if successor else {}
    return {
        "id": iri(id_),
        "document": iris.document(id_),
        "date": node["invalidatedAtTime"][:10],
        "reason": node["comment"],
        **replaced,
    }
