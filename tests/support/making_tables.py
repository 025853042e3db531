"""Tables in a folder, made of records or of nodes as they come."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from idfgraph.exports.tables import Imprint, write_tables
from idfgraph.graph.lines import collecting, weave, weave_nodes
from idfgraph.graph.setting import Setting, linked
from idfgraph.sources.stream import read_files
from idfgraph.system.folder import Folder

WORDS = {"en": "Projects, “as read”", "fr": "=Projets à vérifier", "es": "Proyectos añadidos"}
EDITION = Imprint(
    "graph:run#dataset",
    "2026-11-21",
    WORDS,
    {tag: f"Rights ({tag})" for tag in WORDS},
    {tag: f"What it holds ({tag})" for tag in WORDS},
    "Somebody",
    "base:rights",
    "graph:run",
)


class Made(NamedTuple):
    """Tables in a folder, and the graphs that they were made from."""

    folder: Path
    graph: ox.Store


def made(
    setting: Setting, folder: Path, change: Callable[[str], str] = str, *, columnar: bool = False
) -> Made:
    """The tables of a setting's records; `change` is done to each node as a line."""
    graph, known = ox.Store(), set[str]()
    with collecting() as spools:
        for one in read_files(setting.files):
            woven = weave(setting.mapper, [linked(setting, one.record)])
            spools.take(woven)
            known |= woven.touched
        spools.take(weave_nodes(setting.mapper, setting.reference.nodes(known)))
        graph.load("".join(spools.quads.lines()).encode(), format=ox.RdfFormat.N_QUADS)
        nodes = map(change, spools.nodes.sorted())
        tables_of(setting, folder, nodes, spools.entries.sorted(), columnar=columnar)
    return Made(folder / "tables", graph)


def tables_of(
    setting: Setting,
    folder: Path,
    nodes: Iterable[str],
    entries: Iterable[str],
    *,
    columnar: bool = False,
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    mapper, ontology = setting.mapper, setting.words.ontology
    _, books = write_tables(
        Folder(folder),
        nodes,
        entries,
        EDITION,
        ontology=ontology,
        iri=mapper.iri,
        properties=mapper.terms.properties,
        columnar=columnar,
    )
    for book in books:
        book()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))
