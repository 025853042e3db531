"""What all pages of a release share: the data set's own words, its terms, and the names of its
resources.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import msgspec

from ...model import iris
from ...model.nodes import Node
from ...model.records import Dataset
from .markup import shown
from .words import Texts


class PageTerm(Protocol):
    """A key of nodes, as the compiled context has it."""

    @property
    def predicate(self) -> str:
        """The property as an N-Triples term."""

    @property
    def kind(self) -> str:
        """How its values are written: text, texts, typed, iri, term, code."""

    @property
    def prefix(self) -> str:
        """What comes before a code to make it a compact IRI."""


class PageDocument(Protocol):
    """A resource, its documents' path without suffix, and its nodes: its own, then graphs, then
    what links to it.
    """

    @property
    def resource(self) -> str:
        """The compact IRI."""

    @property
    def path(self) -> str:
        """The path in the release."""

    @property
    def nodes(self) -> Sequence[Node]:
        """Plain JSON."""


class Download(NamedTuple):
    """A file of a release to take away: what it is, its path, media type, size in bytes and
    SHA-256.
    """

    title: Mapping[Any, str]
    path: str
    type: str
    size: int
    sha256: str


class PageQuestion(Protocol):
    """An example query."""

    @property
    def name(self) -> str:
        """Its name, which its files have."""

    @property
    def titles(self) -> Texts:
        """What it asks."""

    @property
    def descriptions(self) -> Texts:
        """What it asks, at length."""

    @property
    def text(self) -> str:
        """Its SPARQL."""


class Site(NamedTuple):
    """What pages say of a release: data set, day (YYYY-MM-DD), base IRI, terms, prefixes, ontology,
    shapes by file.

    `version` names the release, `downloads` can be taken away, `questions` asked, `earlier`
    versions looked at.
    """

    dataset: Dataset
    issued: str
    base: str
    terms: Mapping[str, PageTerm]
    prefixes: Mapping[str, str]
    ontology: str
    shapes: Mapping[str, str]
    version: str = ""
    downloads: Sequence[Download] = ()
    questions: Sequence[PageQuestion] = ()
    earlier: Sequence[str] = ()


class _Named(msgspec.Struct):
    """What names a node, and what it is listed under."""

    type: str = ""
    title: dict[str, str] = {}
    prefLabel: dict[str, str] = {}  # noqa: N815 - the key of the node
    pageUrl: str = ""  # noqa: N815
    inScheme: list[str] = []  # noqa: N815
    qualityNote: list[msgspec.Raw] = []  # noqa: N815


_LISTS = {
    "Project": "projects",
    "Programme": "programmes",
    "State": "states",
    "Organization": "partners",
    "OrganizationalUnit": "partners",
    "SourceRecord": "sources",
    "ConceptScheme": "codes",
    "Concept": "codes",
}


_NAMES_OF_LISTS = ("projects", "programmes", "states", "regions", "partners", "sources", "codes")


class Catalogue(NamedTuple):
    """The names of resources by language, those that have documents by the list they stand in, and
    counted notes.
    """

    names: dict[str, Texts]
    lists: dict[str, list[str]]
    notes: int


def read_catalogue(entries: Iterable[str]) -> Catalogue:
    """The catalogue of a release from its sorted spool lines (resource, rank, node, JSON; tabs
    between).

    >>> line = 'st:ALB\\t0\\tst:ALB\\t{"id":"st:ALB","type":"State","prefLabel":{"en":"Albania"}}\\n'
    >>> read_catalogue([line]).names
    {'st:ALB': {'en': 'Albania'}}
    """
    names: dict[str, Texts] = {}
    lists: dict[str, list[str]] = {name: [] for name in _NAMES_OF_LISTS}
    notes, decoder = 0, msgspec.json.Decoder(_Named)
    for line in entries:
        resource, rank, _, text = line.split("\t", 3)
        if rank != "0":
            continue
        node = decoder.decode(text)
        notes += len(node.qualityNote)
        if resource not in names:
            names[resource] = shown(node.title or node.prefLabel) or {
                "": shown(node.pageUrl) or resource.partition(":")[2]
            }
            if iris.document(resource) and node.type in _LISTS:
                lists["regions" if "code:region" in node.inScheme else _LISTS[node.type]].append(
                    resource
                )
    return Catalogue(names, lists, notes)
