"""Records that break a shape, or whose input cannot be read, are held back; what was published of
them last stays, marked as older.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec

from ..checks.check import SourceCheck
from ..checks.set_apart import lessened
from ..checks.shards import Shard, check_items
from ..exports.metadata import document_nodes
from ..exports.node_files import flat
from ..graph.lines import document_in
from ..graph.resolve import Linked
from ..graph.setting import Setting, relinked
from ..model import iris
from ..model.errors import BadInput, BadMapping, Place
from ..model.findings import Finding
from ..model.layout import DOCUMENT_LINES, PAGES
from ..model.nodes import Node, NodeDocument, id_of, is_stub
from ..sources.decode import RECORD_LIMIT, beginning
from ..sources.file_names import page_identifier
from ..sources.kept import File
from .losses import PreviousRelease

#: Prefixes of what records are about.
_PREFIXES = ("prj", "prg")


#: The names of files, as texts of JSON, in a document of a record.
_IDENTIFIER = re.compile(rb'"identifier":\s*\[?\s*("(?:[^"\\]|\\.)*")')


class SoundVersion(NamedTuple):
    """A record's last sound version: its id, what it was checked to be, and the paths of the page
    texts it links to.
    """

    id: str
    shard: Shard
    texts: tuple[str, ...]


def sound_versions(
    setting: Setting,
    engine: str,
    before: PreviousRelease,
    ids: Iterable[str],
    taken: Container[str],
) -> Iterator[SoundVersion]:
    """The last sound versions of records, in the order of their ids, as far as they were published
    and still are sound.

    `taken` are Projet IDs that others have by now. Raises BadOutput where a document has changed
    since.
    """
    documents = _Documents(before)
    for id_ in sorted(ids):
        item = _published(setting, before, documents, id_)
        if item and item.node.get("projectId") not in taken:
            shard = _checked(setting, engine, item)
            if shard and not any(found.result.severity == "Violation" for found in shard.findings):
                yield SoundVersion(id_, shard, tuple(_texts(item)))


class HeldBack(NamedTuple):
    """Records that are left out because of one that would lose something: the ids of that one and
    of a page that says less than it did, and what is told of it, if the input is not told already.
    """

    ids: frozenset[str]
    findings: tuple[Finding, ...] = ()


def held_back(
    before: PreviousRelease, lost: Mapping[str, Sequence[str]], check: SourceCheck
) -> Iterator[HeldBack]:
    """What is left out instead of records (compact IRIs) that would lose these fields: those whose
    input was set aside, and those whose input is there and says less than was published.

    A record with nothing in its place is lost as any other.
    """
    documents, aside = _Documents(before), _set_aside(check)
    for resource, fields in sorted(lost.items()):
        id_ = resource.partition(":")[2]
        document = msgspec.json.encode(documents.nodes(resource))
        stood_on = {msgspec.json.decode(name) for name in _IDENTIFIER.findall(document)}
        if _is_set_aside(id_, stood_on, aside):
            yield HeldBack(frozenset({id_}))
        elif found := _poorer(id_, stood_on, document, check):
            page, place = found
            ids = frozenset({id_, *({page} & check.origins.keys())})
            yield HeldBack(ids, (lessened(place, fields or ("projectId",)),))


def _set_aside(check: SourceCheck) -> list[File]:
    """The inputs that were set aside, as they were kept if they were."""
    files = check.setting.files
    kept = {str(one): one for one in (*files.records, *files.lines, *files.pages.values())}
    return [kept.get(name, Path(name)) for name in {one.place.file for one in check.aside}]


def _is_set_aside(id_: str, stood_on: Container[str], files: Sequence[File]) -> bool:
    """Whether one of these inputs is a page that a record stood on, by the name of its file, or has
    its id.
    """
    stems = {page_identifier(file.stem) for file in files}
    named = id_ in stems or any(stem in stood_on for stem in stems)
    return named or any(id_.encode() in _content(file) for file in files)


def _poorer(
    id_: str, stood_on: Container[str], document: bytes, check: SourceCheck
) -> tuple[str, Place] | None:
    """The id that a new capture of a record has as a page, and its place; of a record that was not
    captured anew, its own place, and None for one that is not there.
    """
    origin = check.origins.get(id_)
    own = {origin.file, *(other.file for other in origin.others)} if origin else set()
    for digest, file in check.setting.files.pages.items():
        is_its = str(file) in own if origin else page_identifier(file.stem) in stood_on
        if is_its and digest[:16].encode() not in document:
            return digest[:16], Place(str(file))
    return (id_, origin.place("id")) if origin else None


def _content(file: File) -> bytes:
    """The beginning of a file; nothing where it cannot be read."""
    try:
        return beginning(file, RECORD_LIMIT)
    except BadInput:
        return b""


class _Documents:
    """The documents of a release before: its files, or what its lines make."""

    def __init__(self, before: PreviousRelease) -> None:
        self._before = before

    def nodes(self, resource: str) -> list[Node]:
        """The nodes of a resource's document, none if there is none; BadOutput where what it is
        read from has changed since.
        """
        if file := self._before.read(f"{iris.document(resource)}.jsonld"):
            return [*msgspec.json.decode(file, type=NodeDocument).nodes]
        if not (found := document_in(self._lines, resource)):
            return []
        return flat(document_nodes(found.resource, found.path, found.nodes))

    @cached_property
    def _lines(self) -> bytes:
        return self._before.read(DOCUMENT_LINES) or b""


def _published(
    setting: Setting, before: PreviousRelease, documents: _Documents, id_: str
) -> Linked | None:
    """What was published of a record, as a linked record."""
    for resource in (iris.compact(prefix, id_) for prefix in _PREFIXES):
        nodes = documents.nodes(resource)
        if nodes and before.summary:
            if any(id_of(node) == resource and is_stub(node) for node in nodes):
                continue
            return relinked(setting, resource, nodes, before.summary.issued)
    return None


def _checked(setting: Setting, engine: str, item: Linked) -> Shard | None:
    """A linked record checked; None if it says what the context of today cannot."""
    try:
        return check_items(setting, engine, True, [item], {})
    except BadMapping:
        return None


def _texts(item: Linked) -> Iterator[str]:
    texts = (str(node.get("contentUrl", "")) for _, nodes in item.graphs for node in nodes)
    return (text.replace("page:", PAGES, 1) for text in texts if text)
