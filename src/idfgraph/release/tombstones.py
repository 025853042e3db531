"""The records that were withdrawn: what a release lists of them, and what takes their place."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from ..model import iris
from ..model.errors import BadRecord, Place
from ..model.layout import ARCHIVE, DUMPS, RELEASES, SUMMARY, SUMS, TOMBSTONES
from ..model.nodes import RecordNode
from ..model.text import N_
from ..sources.origin import Origin

#: What tells of a release.
_TOLD = frozenset({SUMS, SUMMARY, TOMBSTONES})


class Tombstone(msgspec.Struct, rename="camel"):
    """What is left of a withdrawn record: its compact IRI, when and why (by language), what takes
    its place.
    """

    id: str
    record: RecordNode = RecordNode()
    comment: dict[str, str] = {}
    is_replaced_by: str = ""


class _Row(msgspec.Struct, rename="camel", omit_defaults=True):
    """A withdrawn record as it is listed."""

    id: str
    document: str
    date: str = ""
    reason: dict[str, str] = {}
    replaced_by: str = ""


def render_tombstones(tombstones: Iterable[Tombstone], iri: Callable[[str], str]) -> str:
    """The withdrawn records as JSON text; `iri` gives the N-Triples term of a compact IRI.

    >>> render_tombstones([], str)
    '[]\\n'
    """
    rows = [
        _Row(
            iri(one.id)[1:-1],
            iris.document(one.id) or "",
            one.record.invalidated_at_time[:10],
            one.comment,
            iri(one.is_replaced_by)[1:-1] if one.is_replaced_by else "",
        )
        for one in tombstones
    ]
    return msgspec.json.format(msgspec.json.encode(rows), indent=2).decode() + "\n"


def withdrawn_in(tombstones: bytes | None) -> list[str]:
    """The IRIs of the records that a list of tombstones, as a release has it, tells of.

    >>> withdrawn_in(b'[{"id": "https://e/p", "document": "doc/p"}]'), withdrawn_in(None)
    (['https://e/p'], [])
    """
    return [row.id for row in _rows(tombstones or b"")]


def documents_in(tombstones: bytes | None) -> list[str]:
    """The paths, without suffix, of the documents of the records that a list of tombstones, as a
    release has it, tells of.

    >>> documents_in(b'[{"id": "https://e/p", "document": "doc/p"}]')
    ['doc/p']
    """
    return [row.document for row in _rows(tombstones or b"")]


def staying(release: Path) -> Callable[[str], bool]:
    """Which paths of a release stay when it is pruned: its dumps, versions, the documents of
    withdrawn records, and what tells of it.
    """
    kept = (DUMPS, ARCHIVE, RELEASES, *(f"{path}." for path in _documents(release)))
    return lambda path: path in _TOLD or path.startswith(kept)


def check_successors(
    tombstones: Iterable[Tombstone], ids: Container[str], origins: Mapping[str, Origin]
) -> None:
    """Nothing, or BadRecord if what takes the place of a withdrawn record is no record.

    `ids` are the compact IRIs of records, `origins` where they are read, by their ids.
    """
    for one in tombstones:
        successor = one.is_replaced_by
        if successor.startswith(("prj:", "prg:")) and successor not in ids:
            origin = origins.get(one.id.partition(":")[2])
            raise BadRecord(
                N_("names {successor}, which is no record"),
                origin.place("withdrawn.replacedBy", "withdrawn")
                if origin
                else Place(field=one.id),
                hint=N_("name one that is, or leave it out"),
                successor=successor,
            )


def _documents(release: Path) -> Sequence[str]:
    """The paths, without suffix, of the documents of a release that stand for withdrawn records."""
    try:
        file = release / TOMBSTONES
        return documents_in(file.read_bytes()) if file.is_file() else ()
    except OSError:
        return ()


def _rows(content: bytes) -> Sequence[_Row]:
    """The withdrawn records as they are listed; none where that cannot be read."""
    try:
        return msgspec.json.decode(content, type=list[_Row])
    except msgspec.DecodeError:
        return ()
