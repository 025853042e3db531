"""Records that break a shape, or whose input cannot be read, are held back; what was published of
them last stays, marked as older.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from ..checks.shards import Shard, check_items
from ..graph.resolve import Linked
from ..graph.setting import Setting, relinked
from ..model import iris
from ..model.errors import BadInput, BadMapping
from ..model.layout import PAGES
from ..model.nodes import Node, id_of, is_stub
from ..sources.decode import RECORD_LIMIT, beginning
from ..sources.file_names import page_identifier
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
    for id_ in sorted(ids):
        if (item := _published(setting, before, id_)) and item.node.get("projectId") not in taken:
            shard = _checked(setting, engine, item)
            if shard and not any(found.result.severity == "Violation" for found in shard.findings):
                yield SoundVersion(id_, shard, tuple(_texts(item)))


def lost_with(
    before: PreviousRelease, ids: Iterable[str], aside: Sequence[BadInput]
) -> Iterator[str]:
    """The ids of the records among these (compact IRIs) whose input was set aside: a page that they
    stood on, by the name of its file, or a file that has their id.
    """
    stems = {page_identifier(Path(error.place.file).stem) for error in aside}
    held = [_content(error.place.file) for error in aside]
    for resource in sorted(ids):
        id_ = resource.partition(":")[2]
        document = before.read(f"{iris.document(resource)}.jsonld") or b""
        stood_on = {msgspec.json.decode(name) for name in _IDENTIFIER.findall(document)}
        if id_ in stems or stems & stood_on or any(id_.encode() in data for data in held):
            yield id_


def _content(file: str) -> bytes:
    """The beginning of a file as it is; nothing where it cannot be read."""
    try:
        return beginning(Path(file), RECORD_LIMIT)
    except BadInput:
        return b""


def _published(setting: Setting, before: PreviousRelease, id_: str) -> Linked | None:
    """What was published of a record, as a linked record."""
    for resource in (iris.compact(prefix, id_) for prefix in _PREFIXES):
        found = before.read(f"{iris.document(resource)}.jsonld")
        if found and before.summary:
            nodes: list[Node] = msgspec.json.decode(found)["@graph"]
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
