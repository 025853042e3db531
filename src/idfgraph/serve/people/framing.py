"""What the pages of a release say of it, and the questions that it holds, read once for each."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from ...exports.site import Framing
from ...model.layout import CATALOG, QUERIES
from ...query.question import Question, read_question
from ...system.reading import read_text

#: The largest description that is read, in bytes.
_LIMIT = 16 << 20


class _NavigationNode(msgspec.Struct):
    """What a description says of something."""

    id: str
    title: dict[str, str] = {}
    description: dict[str, str] = {}
    name: str = ""
    issued: str = ""


class _Description(msgspec.Struct):
    """A description of a release, as JSON-LD."""

    nodes: list[_NavigationNode] = msgspec.field(name="@graph")


@lru_cache(2)
def framing_of(folder: Path, version: str) -> Framing:
    """What pages of a release say of it; the version tells it from others that had its folder."""
    assert version
    catalogue, rights = _nodes(folder / f"{CATALOG}.jsonld"), _nodes(folder / "rights.jsonld")
    dataset = catalogue.get(f"base:{CATALOG}#dataset", _NavigationNode(""))
    return Framing(
        dataset.title,
        dataset.description,
        rights.get("base:rights", _NavigationNode("")).description,
        catalogue.get(f"base:{CATALOG}#publisher", _NavigationNode("")).name,
        dataset.issued,
    )


@lru_cache(2)
def questions_of(folder: Path, version: str) -> Sequence[Question]:
    """The questions that a release holds, by name."""
    assert version
    return [read_question(path) for path in sorted((folder / QUERIES).glob("*.rq"))]


def _nodes(file: Path) -> dict[str, _NavigationNode]:
    """The first node of each id in a description."""
    found: dict[str, _NavigationNode] = {}
    for node in msgspec.json.decode(read_text(file, _LIMIT), type=_Description).nodes:
        found.setdefault(node.id, node)
    return found
