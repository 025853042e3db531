"""What a release describes, read from its own dump: things with their names, codes and values."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import msgspec

from ...model.iris import FOLDERS
from ...model.nodes import MoneyNode, id_of, type_of
from ...model.text import Texts

#: A node of a dump: plain JSON.
DumpNode = Mapping[str, Any]

#: Class of a node -> the types that it has, as this service calls them, the narrowest first.
_TYPES: Mapping[str, tuple[str, ...]] = {
    "Project": ("Project",),
    "Programme": ("Programme",),
    "State": ("State",),
    "Organization": ("Organization",),
    "OrganizationalUnit": ("Organization",),
    "Concept": ("Concept",),
}

#: The types that all others are kinds of, in the order in which they are offered.
KINDS = ("State", "Organization", "Project", "Programme", "Concept")

#: Keys of nodes whose values are codes or identifiers.
_CODES = ("projectId", "primaId", "iso3", "iso2", "m49", "notation", "identifier")

#: What nobody asks for, and would be kept in memory.
_LEFT_OUT = frozenset({"record", "result", "hasPart"})


class KnownThing(NamedTuple):
    """A thing with its types, names and codes; its node holds what else is said of it.

    `id` is the rest of its IRI behind the base, `kind` one of KINDS, `label` what it is called by
    language; `codes` are what else stands for it, the one that people know first.
    """

    id: str
    kind: str
    types: tuple[str, ...]
    label: Texts
    names: Sequence[str]
    codes: Sequence[str]
    node: DumpNode

    @property
    def budget(self) -> MoneyNode:
        """What it costs, as far as that is said."""
        return msgspec.convert(self.node.get("budget", {}), MoneyNode)


class ReleaseThings(NamedTuple):
    """The things of a release by their compact IRIs, what others are called that it names (areas,
    lists of codes), and the prefixes of its IRIs.
    """

    things: Mapping[str, KnownThing]
    labels: Mapping[str, Texts]
    prefixes: Mapping[str, str]

    def iri(self, compact: str) -> str:
        """A compact IRI in full."""
        prefix, _, rest = compact.partition(":")
        return f"{self.prefixes[prefix]}{rest}" if prefix in self.prefixes else compact


class _Naming(msgspec.Struct, rename="camel"):
    """What a thing is called, and the lists that it is on."""

    title: Mapping[str, str] = {}
    pref_label: Mapping[str, str] = {}
    alt_label: Mapping[str, list[str]] = {}
    in_scheme: list[str] = []


class _Prefix(msgspec.Struct):
    """A prefix as a context defines it."""

    id: str = msgspec.field(name="@id", default="")


class _Dump(msgspec.Struct):
    """A dump as JSON-LD."""

    context: dict[str, str | float | _Prefix | None] = msgspec.field(name="@context")
    nodes: list[dict[str, Any]] = msgspec.field(name="@graph")


def read_things(dump: bytes) -> ReleaseThings:
    """The things in a dump (JSON-LD).

    >>> node = b'{"id": "st:ALB", "type": "State", "prefLabel": {"en": "Albania"}}'
    >>> read_things(b'{"@context": {}, "@graph": [%b]}' % node).things["st:ALB"].id
    'id/state/ALB'
    """
    read = msgspec.json.decode(dump, type=_Dump)
    prefixes = {
        name: value.id if isinstance(value, _Prefix) else value
        for name, value in read.context.items()
        if isinstance(value, str | _Prefix)
    }
    things, labels = {}, {}
    for node in read.nodes:
        compact = id_of(node)
        if thing := _thing(compact, node):
            things[compact] = thing
        elif label := node.get("prefLabel"):
            labels[compact] = label
    return ReleaseThings(things, labels, prefixes)


def local_id(compact: str) -> str:
    """What this service calls a thing of ours; empty for another's.

    >>> local_id("st:ALB"), local_id("code:status-active"), local_id("wd:Q222")
    ('id/state/ALB', 'code/status-active', '')
    """
    prefix, _, slug = compact.partition(":")
    folder = FOLDERS.get(prefix, "").removeprefix("doc/")
    if not folder:
        return ""
    return f"code/{slug}" if prefix == "code" else f"id/{folder}/{slug}"


def _thing(compact: str, node: DumpNode) -> KnownThing | None:
    id_, types = local_id(compact), _TYPES.get(type_of(node), ())
    if not types or not id_:
        return None
    slug, naming = compact.partition(":")[2], msgspec.convert(node, _Naming)
    if types == ("Concept",):
        scheme, slug = _code(slug, naming.in_scheme)
        if not scheme:
            return None
        types = (f"code/{scheme}", *types)
    label: Texts = naming.title or naming.pref_label or {"": slug}
    names = dict.fromkeys(chain(label.values(), *naming.alt_label.values()))
    codes = dict.fromkeys(chain(*(_listed(node.get(key)) for key in _CODES), [slug]))
    kept = {key: value for key, value in node.items() if key not in _LEFT_OUT}
    return KnownThing(id_, types[-1], types, label, tuple(names), tuple(codes), kept)


def _code(slug: str, schemes: Iterable[str]) -> tuple[str, str]:
    """The list that a code is on, and what it is called there; else nothing of both."""
    for scheme in schemes:
        name = scheme.removeprefix("code:")
        if slug.startswith(f"{name}-"):
            return name, slug[len(name) + 1 :]
    return "", ""


def _listed(value: str | Sequence[str] | None) -> Sequence[str]:
    return [value] if isinstance(value, str) else value or ()
