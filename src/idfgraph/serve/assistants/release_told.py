"""What every answer says of its release: which it is, where it stands, who publishes it."""

from functools import lru_cache

import msgspec

from ...exports.site import own_words
from ...model.layout import CATALOG
from ...model.text import named
from ..people import framing_of
from ..served_edition import ServedEdition
from .quoting import Told, quoted


class _VersionedNode(msgspec.Struct):
    """What a catalogue says of something."""

    has_current_version: str = msgspec.field(default="", name="hasCurrentVersion")


class _VersionedCatalogue(msgspec.Struct):
    """A catalogue as JSON-LD."""

    nodes: list[_VersionedNode] = msgspec.field(name="@graph")


@lru_cache(8)
def release_told(edition: ServedEdition, language: str) -> Told:
    """What is said of a release in a language."""
    files = edition.holdings.files
    catalogue = msgspec.json.decode(files.read(f"{CATALOG}.jsonld"), type=_VersionedCatalogue)
    version = next(filter(None, (node.has_current_version for node in catalogue.nodes)), "base:")
    framing = framing_of(files)
    return {
        "id": edition.version,
        "address": f"{edition.base}{version.removeprefix('base:')}",
        "title": quoted(own_words(framing.title, language), language),
        "issued": framing.issued,
        "publisher": quoted(named(framing.publisher, language), language),
        "rights": f"{edition.base}rights",
    }
