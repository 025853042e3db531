"""What the application profile is held against: releases of the project's data, of the demo, and of
made-up records that have what these have none of.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from idfgraph.curation.start import demo
from idfgraph.exports.profile import ProfileClass, profile_classes
from idfgraph.graph.setting import Setting, prepare
from idfgraph.model.layout import QUADS
from idfgraph.model.vocab import OWL, RDF_TYPE
from idfgraph.pipeline import publish

ROOT = Path(__file__).parents[2]
MADE_UP = ROOT / "tests" / "data" / "profile"

#: What stands for the class of what has none.
GONE = ""


def profile() -> tuple[Setting, Sequence[ProfileClass]]:
    """The profile of the project's data, and what it was made with."""
    setting = prepare([ROOT / "data"])
    return setting, profile_classes(setting.words, setting.mapper, setting.base)


def published(folder: Path) -> tuple[Path, Path, Path]:
    """Releases of the project's data, of the demo, and of what is made up."""
    demo(folder / "demo")
    outs = tuple(folder / name for name in ("data-out", "demo-out", "made-up-out"))
    for source, out in zip((ROOT / "data", folder / "demo", MADE_UP), outs, strict=True):
        publish([source], out, site="none")
    return outs[0], outs[1], outs[2]


class ProfiledRelease:
    """The statements of a release, by class and property."""

    def __init__(self, release: Path) -> None:
        self.release, self.store = release, Store()
        self.store.load(path=str(release / QUADS), format=RdfFormat.N_QUADS)

    @cached_property
    def values(self) -> Mapping[tuple[str, str], Sequence[Quad]]:
        """Class and property -> the statements that things of that class have."""
        found: dict[tuple[str, str], list[Quad]] = defaultdict(list)
        for quad in self.store:
            if quad.predicate.value != RDF_TYPE:
                for class_ in self.classes_of(str(quad.subject)):
                    found[class_, quad.predicate.value].append(quad)
        return found

    @cached_property
    def things(self) -> Mapping[str, set[str]]:
        """Class -> its things; those that are gone and have no class have none."""
        found: dict[str, set[str]] = defaultdict(set)
        for quad in self.store.quads_for_pattern(None, NamedNode(RDF_TYPE), None):
            found[str(quad.object)[1:-1]].add(str(quad.subject))
        typed = {thing for things in found.values() for thing in things}
        for quad in self.store.quads_for_pattern(None, NamedNode(f"{OWL}deprecated"), None):
            found[GONE] |= {str(quad.subject)} - typed
        return found

    def classes_of(self, thing: str) -> Sequence[str]:
        """The classes of a thing, given as <IRI>, in whatever graph they are stated."""
        return self._classes.get(thing, ())

    @cached_property
    def untyped(self) -> set[str]:
        """The subjects that have no class and are not gone."""
        return {str(quad.subject) for quad in self.store} - self._classes.keys()

    @cached_property
    def _classes(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for class_, things in self.things.items():
            for thing in things:
                found[thing].append(class_)
        return found


class ProfiledRow(NamedTuple):
    """A row, with the full IRIs of its class and its property."""

    class_: ProfileClass
    at: int
    kind: str
    predicate: str


def rows(setting: Setting, classes: Sequence[ProfileClass]) -> Iterator[ProfiledRow]:
    """All rows of a profile."""
    for one in classes:
        kind = setting.mapper.iri(one.iri)[1:-1] if one.iri else GONE
        for at, row in enumerate(one.rows):
            yield ProfiledRow(one, at, kind, setting.mapper.iri(row.predicate)[1:-1])
