"""Profiles of documents: what of it a client wants to read, in whose words
(https://www.w3.org/TR/dx-prof-conneg/).
"""

import json
import re
from typing import Final, NamedTuple

from ...model.iris import RECORD_FOLDERS
from ...model.layout import CATALOG, ONTOLOGY, RELEASES
from ...model.text import N_
from ...model.vocab import ALTERNATES, DCAT_AP, SCHEMA
from .inventory import PROFILES, HeldDocument


class Profile(NamedTuple):
    """A profile: the token it is asked for with, its address (of ours: under the base), the forms
    that it comes in (none: those of the document), and what it is called.
    """

    token: str
    address: str
    forms: tuple[str, ...]
    title: str

    def iri(self, base: str) -> str:
        """Its address under a base."""
        return self.address if ":" in self.address else f"{base}{self.address}"


FULL: Final = Profile("full", ONTOLOGY, (), N_("All statements"))
LABELS: Final = Profile(
    "labels",
    f"{PROFILES}#labels",
    ("ttl", "jsonld", "nt"),
    N_("With names of everything mentioned"),
)
SCHEMA_ORG: Final = Profile("schema", SCHEMA, ("jsonld", "ttl", "nt"), N_("In terms of schema.org"))
DCAT: Final = Profile("dcat", DCAT_AP, ("ttl", "jsonld", "nt"), N_("As DCAT-AP"))
ALL: Final = Profile(
    "alt", ALTERNATES, ("ttl", "jsonld", "nt", "html"), N_("Profiles of this document")
)

KNOWN: Final = (FULL, SCHEMA_ORG, DCAT, LABELS, ALL)

#: Pages that tell search engines of what they show.
_MARKED: Final = (*(f"{folder}/" for folder in RECORD_FOLDERS), CATALOG, RELEASES)
_CATALOGUED: Final = (CATALOG, RELEASES)

#: Where the markup of a page stands, and what the words of its context mean that are addresses.
_MARKUP = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
_ADDRESSES = ("contentUrl", "license", "url")
_CONTEXT = {"@vocab": SCHEMA, **{word: {"@type": "@id"} for word in _ADDRESSES}}


def offered(document: HeldDocument) -> tuple[Profile, ...]:
    """The profiles that a document has."""
    if "nt" not in document.files:
        return ()
    marked = document.pages and document.stem.startswith(_MARKED) and not document.gone
    also = {
        SCHEMA_ORG: marked,
        DCAT: document.stem.startswith(_CATALOGUED),
        LABELS: bool(document.made),
    }
    return (FULL, *(profile for profile, has in also.items() if has), ALL)


def named(word: str, base: str) -> Profile | None:
    """The profile with a token or an address, in small or capital letters; None for no known one.

    Vocabularies that are at https are named with http as well, as schema.org says of its own.

    >>> named("<http://schema.org/>", "https://example.org/").token
    'schema'
    """
    told = word.strip().strip("<>").lower()
    words = {told, told.replace("http://", "https://", 1)}
    for profile in KNOWN:
        address = profile.iri(base).lower()
        if words & {profile.token, address, address.rstrip("/#")}:
            return profile
    return None


def markup(page: str) -> bytes | None:
    """What a page tells search engines as JSON-LD that needs no address to be read; None where it
    tells nothing.
    """
    if not (match := _MARKUP.search(page)):
        return None
    told = _named(json.loads(match[1]), "_:b")
    return json.dumps({**told, "@context": _CONTEXT}, ensure_ascii=False).encode()


def _named(node: dict[str, object], name: str) -> dict[str, object]:
    """A node of markup, and all in it, each with a name: that it is the same each time."""
    inner = {
        key: _named(value, f"{name}-{key}") if isinstance(value, dict) else value
        for key, value in node.items()
    }
    return {**({} if "@value" in node else {"@id": name}), **inner}
