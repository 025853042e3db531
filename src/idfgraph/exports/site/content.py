"""What all pages of a release share: its setting, its downloads, and the names of its resources."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

import msgspec

from ...graph.setting import Setting
from ...model import iris
from ...model.fields import FORMS
from ...model.text import N_, Texts, ngettext, texts
from ...query.question import Question
from ..figures import NONE, ChangeHistory, Overview, Warned
from .markup import shown, visible
from .outlines import Outlines


class Listed(Protocol):
    """What a table is called, what a row of it is, and how many it has."""

    @property
    def title(self) -> Texts:
        """What people call it."""

    @property
    def about(self) -> Texts:
        """What a row is."""

    @property
    def rows(self) -> int:
        """How many there are."""


class Download(NamedTuple):
    """A file of a release to take away: what it is, its path, media type, size in bytes and
    SHA-256; a table has more.
    """

    title: Texts
    path: str
    type: str
    size: int
    sha256: str
    table: Listed | None = None


class BrowserLoad(NamedTuple):
    """What a browser loads of a release to answer from: statements of its facts and of all its
    graphs, the bytes of the dumps that have them, and those of the engine (none: it is not there).
    """

    facts: int = 0
    all: int = 0
    facts_size: int = 0
    all_size: int = 0
    engine: int = 0


class Site(NamedTuple):
    """What pages say of a release: its setting, the name of its version, what can be taken away,
    what can be asked, earlier versions to be looked at, what its projects come to, what changed up
    to it, whether pages have scripts, whether resources have files for machines, what maps are
    drawn with, what a browser answers from, the ids of records that were given and are not in it,
    and the warnings of its report.
    """

    setting: Setting
    version: str = ""
    downloads: Sequence[Download] = ()
    questions: Sequence[Question] = ()
    earlier: Sequence[str] = ()
    overview: Overview = NONE
    history: ChangeHistory = ChangeHistory()
    scripts: bool = True
    documents: bool = True
    outlines: Outlines = Outlines()
    load: BrowserLoad = BrowserLoad()
    left_out: Sequence[str] = ()
    warned: Warned = Warned()


class _Noted(msgspec.Struct, frozen=True):
    """What a record is counted for."""

    qualityNote: tuple[msgspec.Raw, ...] = ()  # noqa: N815 - the key of the node


class _Named(msgspec.Struct):
    """What names a node, and what it is listed under."""

    type: str = ""
    title: dict[str, str] = {}
    prefLabel: dict[str, str] = {}  # noqa: N815 - the key of the node
    altLabel: dict[str, list[str]] = {}  # noqa: N815
    pageUrl: str = ""  # noqa: N815
    identifier: list[str] = []
    iso2: str = ""
    inScheme: list[str] = []  # noqa: N815
    qualityNote: list[msgspec.Raw] = []  # noqa: N815
    record: _Noted = _Noted()


#: The lists of resources, and what each is called.
LISTS: Mapping[str, str] = {
    "projects": N_("Projects"),
    "programmes": N_("Programmes"),
    "states": N_("States and areas"),
    "regions": N_("Regions of the Fund"),
    "partners": N_("Partners"),
    "sources": N_("Source pages"),
    "codes": N_("Codes"),
}

#: The list that resources of a class stand in.
LIST_OF: Mapping[str, str] = {
    "Project": "projects",
    "Programme": "programmes",
    "State": "states",
    "Organization": "partners",
    "OrganizationalUnit": "partners",
    "SourceRecord": "sources",
    "ConceptScheme": "codes",
    "Concept": "codes",
}


def list_noun(name: str, number: int, language: str) -> str:
    """What so many resources of a list are called.

    >>> list_noun("projects", 1, "fr"), list_noun("projects", 2, "es")
    ('projet', 'proyectos')
    """
    return {
        "projects": ngettext("project", "projects", number, language),
        "programmes": ngettext("programme", "programmes", number, language),
        "states": ngettext("state or area", "states and areas", number, language),
        "regions": ngettext("region of the Fund", "regions of the Fund", number, language),
        "partners": ngettext("partner", "partners", number, language),
        "sources": ngettext("source page", "source pages", number, language),
        "codes": ngettext("code", "codes", number, language),
    }[name]


class Catalogue(NamedTuple):
    """The names of resources by language, those that have documents by the list they stand in,
    counted notes, other names by language, and codes that the id does not tell.
    """

    names: dict[str, Texts]
    lists: dict[str, list[str]]
    notes: int
    others: dict[str, Mapping[str, Sequence[str]]]
    codes: dict[str, Sequence[str]]


def read_catalogue(entries: Iterable[str]) -> Catalogue:
    """The catalogue of a release from its sorted spool lines (resource, rank, node, JSON; tabs
    between).

    >>> node = '{"id": "st:ALB", "type": "State", "prefLabel": {"en": "Albania"}}'
    >>> read_catalogue([f"st:ALB\\t0\\tst:ALB\\t{node}\\n"]).names
    {'st:ALB': {'en': 'Albania'}}
    """
    names: dict[str, Texts] = {}
    others: dict[str, Mapping[str, Sequence[str]]] = {}
    codes: dict[str, Sequence[str]] = {}
    lists: dict[str, list[str]] = {name: [] for name in LISTS}
    notes, decoder, told = 0, msgspec.json.Decoder(_Named), set[str]()
    for line in entries:
        resource, rank, _, text = line.split("\t", 3)
        if rank != "0":
            continue
        node = decoder.decode(text)
        notes += len(node.qualityNote) + len(node.record.qualityNote)
        if resource not in names or (node.type and resource not in told):
            if node.type:
                told.add(resource)
            names[resource] = shown(node.title or node.prefLabel) or _nameless(resource, node)
            if node.altLabel:
                others[resource] = shown(node.altLabel)
            if node.iso2:
                codes[resource] = [node.iso2]
            if iris.document(resource) and node.type in LIST_OF:
                list_ = "regions" if "code:region" in node.inScheme else LIST_OF[node.type]
                lists[list_].append(resource)
    return Catalogue(names, lists, notes, others, codes)


def _nameless(resource: str, node: _Named) -> Texts:
    """What is shown for a name where there is none: of a project or programme, that it has no
    title; of a page its address, or else the name of its file.
    """
    id_ = resource.partition(":")[2]
    if node.type in FORMS:
        return texts("untitled: {id}", id=id_)
    return {"": visible(node.pageUrl or "".join(node.identifier[:1])) or id_}
