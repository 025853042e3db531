"""What the pages of a release say of it, and the questions that it holds, read once for each."""

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from ...exports.site import Framing
from ...model.layout import CATALOG, QUERIES
from ...query.question import Question, to_question
from ..linked_data import PinnedFiles

#: What the names of query files end in.
_QUERY = ".rq"


class _NavigationNode(msgspec.Struct):
    """What a description says of something."""

    id: str
    title: dict[str, str] = {}
    description: dict[str, str] = {}
    name: str = ""
    names: dict[str, str] = {}
    issued: str = ""


class _Description(msgspec.Struct):
    """A description of a release, as JSON-LD."""

    nodes: list[_NavigationNode] = msgspec.field(name="@graph")


@lru_cache(2)
def framing_of(files: PinnedFiles) -> Framing:
    """What pages of a release say of it."""
    catalogue, rights = (_nodes(files, f"{name}.jsonld") for name in (CATALOG, "rights"))
    dataset = catalogue.get(f"base:{CATALOG}#dataset", _NavigationNode(""))
    publisher = catalogue.get(f"base:{CATALOG}#publisher", _NavigationNode(""))
    return Framing(
        dataset.title,
        dataset.description,
        rights.get("base:rights", _NavigationNode("")).description,
        publisher.names or publisher.name,
        dataset.issued,
    )


@lru_cache(2)
def questions_of(files: PinnedFiles) -> Sequence[Question]:
    """The questions that a release holds, by name."""
    return [
        to_question(path.removeprefix(QUERIES).removesuffix(_QUERY), files.read(path).decode())
        for path in sorted(files.sums)
        if path.startswith(QUERIES) and path.endswith(_QUERY)
    ]


def _nodes(files: PinnedFiles, path: str) -> dict[str, _NavigationNode]:
    """The first node of each id in a description."""
    found: dict[str, _NavigationNode] = {}
    for node in msgspec.json.decode(files.read(path), type=_Description).nodes:
        found.setdefault(node.id, node)
    return found
