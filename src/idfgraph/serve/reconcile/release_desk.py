"""Answers of one release to what tools ask of names, in a process of its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ...model.layout import CATALOG, JSON_LD, ONTOLOGY
from ...model.text import Texts, chosen
from ..linked_data import PinnedFiles
from .extension import ColumnWriter
from .likeness import key_of
from .manifest import PATHS, VIEW, manifest
from .reconcile_requests import ExtensionQuery, NameQuery
from .reconcile_words import ReconcileWords
from .reconciler import ReconcileCandidate, Reconciler
from .release_things import KINDS, KnownThing, read_things
from .thing_preview import thing_preview

#: Suggestions that are given at a time.
_SUGGESTED = 10

#: What tells a thing from its namesakes, by kind; the values of each at most.
_TELLING: Mapping[str, tuple[str, ...]] = {
    "Project": ("projectId", "beneficiary", "startYear"),
    "Programme": ("targetsGovernmentOf", "startYear"),
    "State": ("iso3",),
    "Organization": ("altLabel",),
    "Concept": ("inScheme",),
}
_FEW = 3

#: Properties that a preview leaves out.
_LONG = frozenset({"narrative", "title", "prefLabel"})


class ReleaseAt(NamedTuple):
    """A release: its folder and version, the base of its names, the address of its server."""

    folder: str
    version: str
    base: str
    address: str


class ReconcileTask(NamedTuple):
    """What is asked of a release in a language: what for, and with what."""

    release: ReleaseAt
    language: str
    what: str
    told: Any = None


class OtherRelease(Exception):
    """Another release stands in the folder by now."""


def reconciled(task: ReconcileTask) -> bytes:
    """The answer to a task, in JSON or as a page; empty where there is no such thing. OtherRelease
    where the folder is another by now, BadOutput or OSError where it is damaged.
    """
    desk = open_desk(task.release)
    answers: Mapping[str, Callable[[Any, str], bytes]] = {
        "manifest": desk.manifest,
        "queries": desk.candidates,
        "extend": desk.columns,
        "preview": desk.preview,
        "properties": desk.proposals,
        "entity": desk.entities,
        "type": desk.types,
        "property": desk.properties,
    }
    return answers[task.what](task.told, task.language)


@lru_cache(1)
def open_desk(release: ReleaseAt) -> "ReleaseDesk":
    """What answers for a release; that of the one before is let go. OtherRelease where the folder
    is another by now.
    """
    files = PinnedFiles(Path(release.folder))
    try:
        if files.version != release.version:
            raise OtherRelease(release.version)
        return ReleaseDesk(files, release)
    finally:
        files.close()


class _CatalogueNode(msgspec.Struct):
    id: str = ""
    title: dict[str, str] = {}


class _Catalogue(msgspec.Struct):
    nodes: list[_CatalogueNode] = msgspec.field(name="@graph")


class ReleaseDesk:
    """What answers for one release, all read before: the words of its types and properties, the
    names of its things.
    """

    def __init__(self, files: PinnedFiles, release: ReleaseAt) -> None:
        self.base, self._address = release.base, release.address
        known = read_things(files.read(JSON_LD))
        ontology = files.read(f"{ONTOLOGY}.ttl")
        self.words = ReconcileWords(known, ontology, f"{self.base}{ONTOLOGY}#")
        self.names = Reconciler(known, self.base)
        catalogue = msgspec.json.decode(files.read(f"{CATALOG}.jsonld"), type=_Catalogue)
        titles = (node.title for node in catalogue.nodes if node.id == f"base:{CATALOG}#dataset")
        self._title: Texts = next((title for title in titles if title), {"": self.base})

    def manifest(self, _: None, language: str) -> bytes:
        """The manifest of the service."""
        said = manifest(self.words, self._title, self.base, self._address, language)
        return msgspec.json.encode(said)

    def candidates(self, batch: Mapping[str, NameQuery], language: str) -> bytes:
        """What the names of a batch may mean."""
        return msgspec.json.encode(
            {key: {"result": self._result(query, language)} for key, query in batch.items()}
        )

    def columns(self, query: ExtensionQuery, language: str) -> bytes:
        """The values of properties of things."""
        things = {id_: self.names.thing(id_) for id_ in query.ids}
        return msgspec.json.encode(self.writer(language).columns(query, things))

    def preview(self, id_: str, language: str) -> bytes:
        """The page of a thing; empty where there is none."""
        thing = self.names.thing(id_)
        if not thing:
            return b""
        writer = self.writer(language)
        facts = (
            (self.words.property_name(key, language), ", ".join(writer.said(thing, key)))
            for key in self.words.of_type(thing.kind)
            if key not in _LONG
        )
        return thing_preview(
            chosen(thing.label, language)[0],
            self.words.type_name(thing.types[0], language),
            [fact for fact in facts if fact[1]],
            f"{self._address}{PATHS[language]}/{VIEW}?id={thing.id}",
            language,
        ).encode()

    def proposals(self, told: tuple[str, int], language: str) -> bytes:
        """The properties that things of a type can have, so many at most."""
        type_, limit = told
        keys = self.words.of_type(self.names.type_of(type_))
        named = [self._property(key, language) for key in islice(keys, limit or None)]
        return msgspec.json.encode({"type": type_, "limit": limit, "properties": named})

    def entities(self, told: tuple[str, int, str], language: str) -> bytes:
        """Things whose names begin so, from a place on; of a type, if one is named."""
        prefix, cursor, type_ = told
        type_ = self.names.type_of(type_)
        kind = "Concept" if type_.startswith("code/") else type_
        found = self.names.beginning(prefix, [kind] if kind in KINDS else KINDS)
        fit = (thing for thing in found if not type_ or type_ in thing.types)
        return _result(
            [
                {
                    "id": thing.id,
                    "name": chosen(thing.label, language)[0],
                    "description": self.description(thing, language),
                    "notable": [{"id": thing.kind, "name": self._type_name(thing, language)}],
                }
                for thing in islice(fit, cursor, cursor + _SUGGESTED)
            ]
        )

    def types(self, told: tuple[str, int, str], language: str) -> bytes:
        """Types whose names begin so, from a place on."""
        names = {id_: self.words.type_name(id_, language) for id_ in self.words.types}
        return _result(
            [
                {"id": id_, "name": names[id_], "broader": self._broader(id_, language)}
                for id_ in _beginning(names, *told[:2])
            ]
        )

    def properties(self, told: tuple[str, int, str], language: str) -> bytes:
        """Properties whose names begin so, from a place on."""
        keys = self.words.of_type(self.names.type_of(told[2]))
        names = {key: self.words.property_name(key, language) for key in keys}
        found = _beginning(names, *told[:2])
        return _result([self._property(key, language) for key in found])

    def writer(self, language: str) -> ColumnWriter:
        """What writes the values of properties in a language."""
        return ColumnWriter(self.words, self.names.reader, self.base, language)

    def _result(self, query: NameQuery, language: str) -> list[Mapping[str, Any]]:
        wished = [wish.pid for wish in query.properties]
        return [self._told(one, wished, language) for one in self.names.candidates(query)]

    def _told(
        self, found: ReconcileCandidate, wished: Sequence[str], language: str
    ) -> Mapping[str, Any]:
        """A candidate as the API has it."""
        thing = found.thing
        kept = dict(zip(wished, found.kept, strict=True))
        features = {"name": found.name, **{pid: one is True for pid, one in kept.items()}}
        return {
            "id": thing.id,
            "name": chosen(thing.label, language)[0],
            "description": self.description(thing, language),
            "type": [
                {"id": type_, "name": self.words.type_name(type_, language)}
                for type_ in thing.types
            ],
            "score": found.score,
            "match": found.match,
            "features": [{"id": id_, "value": value} for id_, value in features.items()],
        }

    def description(self, thing: KnownThing, language: str) -> str:
        """What tells a thing from its namesakes."""
        writer = self.writer(language)
        told = (islice(writer.said(thing, key), _FEW) for key in _TELLING[thing.kind])
        return " · ".join([self._type_name(thing, language), *filter(None, map(", ".join, told))])

    def _type_name(self, thing: KnownThing, language: str) -> str:
        return self.words.type_name(thing.kind, language)

    def _property(self, key: str, language: str) -> Mapping[str, str]:
        return {"id": key, "name": self.words.property_name(key, language)}

    def _broader(self, type_: str, language: str) -> list[Mapping[str, str]]:
        broader = self.words.types[type_].broader
        named = {"id": broader, "name": self.words.type_name(broader, language)}
        return [named] if broader else []


def _beginning(names: Mapping[str, str], prefix: str, cursor: int) -> Iterator[str]:
    """The ids of names that begin so, or that one word of begins so, or whose id does; some, from
    a place on.
    """
    key = key_of(prefix)
    found = (
        id_
        for id_, name in names.items()
        if f" {key}" in f" {key_of(name)}" or f" {key}" in f" {key_of(id_)}" or not key
    )
    return islice(found, cursor, cursor + _SUGGESTED)


def _result(found: Sequence[Mapping[str, Any]]) -> bytes:
    return msgspec.json.encode({"result": found})
