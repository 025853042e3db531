"""What a release holds, counted from its nodes."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from ..model.fields import DERIVED
from ..model.layout import SUMMARY
from ..model.provisional_codes import is_provisional, scheme_and_code
from .tombstones import Tombstone

#: Keys of a project and its record that are no fields of it: fewer notes are no loss, and what
#: follows from fields is lost with them.
_NO_FIELDS = frozenset(
    {"id", "type", "record", "primaryTopic", "qualityNote", "iatiIdentifier", *DERIVED}
)


class Summary(msgspec.Struct, frozen=True, rename="camel"):
    """What a release holds: its day, statements of all graphs, records, how many projects have each
    field.

    `withdrawn` counts projects that were withdrawn; they are not among the projects. `narratives`
    says whether narratives are published, `unread` counts quotes that were not re-read,
    `provisional` the codes of each scheme that no list has; `left_out` are the ids of records that
    were given, broke a rule and are not in it.
    """

    issued: str
    statements: int
    projects: int
    programmes: int
    withdrawn: int
    fields: dict[str, int]
    narratives: bool = True
    unread: int = 0
    provisional: dict[str, int] = {}
    left_out: tuple[str, ...] = ()


class Tally(NamedTuple):
    """Nodes counted: by type, the fields of projects, the ids of records, and what is left of
    withdrawn ones, and the provisional codes of each scheme; how many quotes were not re-read, and
    the ids of records that were left out.
    """

    types: Counter[str]
    fields: Counter[str]
    ids: set[str]
    tombstones: list[Tombstone]
    provisional: Counter[str]
    unread: int = 0
    left_out: tuple[str, ...] = ()

    def summary(self, issued: str, statements: int, *, narratives: bool = True) -> Summary:
        """What the release holds that is made of these nodes."""
        withdrawn = sum(one.id.startswith("prj:") for one in self.tombstones)
        counts = (self.types["Project"], self.types["Programme"], withdrawn)
        fields = dict(sorted(self.fields.items()))
        coined = dict(sorted(self.provisional.items()))
        return Summary(
            issued, statements, *counts, fields, narratives, self.unread, coined, self.left_out
        )


class _Head(msgspec.Struct):
    """What tells how a node is counted."""

    id: str = ""
    type: str | list[str] = ""
    deprecated: str = ""


def tally(nodes: Iterable[str]) -> Tally:
    """The nodes of a default graph, as lines of JSON, counted; those of withdrawn records in the
    order given.

    >>> tally(['{"id":"prj:A10-001","type":"Project","budget":{}}']).fields
    Counter({'budget': 1})
    """
    counted = Tally(Counter(), Counter(), set(), [], Counter())
    head, fields = msgspec.json.Decoder(_Head), msgspec.json.Decoder(dict[str, msgspec.Raw])
    for line in nodes:
        node = head.decode(line)
        if node.id.startswith(("prj:", "prg:")):
            counted.ids.add(node.id)
            counted.types[str(node.type)] += 1
        if is_provisional(node.id):
            counted.provisional[scheme_and_code(node.id)[0]] += 1
        if node.type == "Project":
            said = fields.decode(line)
            recorded = fields.decode(said.get("record", b"{}"))
            counted.fields.update({**said, **recorded}.keys() - _NO_FIELDS)
        if node.deprecated:
            counted.tombstones.append(msgspec.json.decode(line, type=Tombstone))
    return counted


def render_summary(summary: Summary) -> str:
    """The summary as JSON text."""
    return msgspec.json.format(msgspec.json.encode(summary), indent=2).decode() + "\n"


def read_summary(release: Path) -> Summary | None:
    """The summary of a release; None if it has none that can be read."""
    file = release / SUMMARY
    try:
        return msgspec.json.decode(file.read_bytes(), type=Summary) if file.is_file() else None
    except (OSError, msgspec.DecodeError):
        return None
