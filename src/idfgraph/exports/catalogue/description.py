"""A release is described when all else of it is written: catalogue, figures, rights, links, map,
citation, queries.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version

import msgspec

from ...graph.mapping import Mapper
from ...graph.setting import Setting
from ...model import iris
from ...model.layout import (
    CATALOG,
    LANDING,
    LINKSET,
    QUADS,
    QUESTIONS,
    ROBOTS,
    TRIPLES,
    VOID,
    WELL_KNOWN_QUERIES,
    WELL_KNOWN_VOID,
    archived,
    question,
)
from ...model.nodes import Node
from ...model.text import LANGUAGES, N_, Texts, decimal, gettext
from ...model.vocab import SCHEMA
from ...query.ask import questions
from ...system.folder import Folder
from ..metadata import run_nodes
from ..node_files import write_nodes
from .catalogue import (
    catalogue_nodes,
    dataset_nodes,
    example_nodes,
    release_nodes,
    rights_nodes,
)
from .citation import citation
from .crawlers import robots, sitemaps
from .facts import Facts, File
from .schema_org import Markup
from .signposting import linkset
from .void import TARGETS, Counts, count, void_nodes

_SHA256 = re.compile(rf'<([^>]+)> <{SCHEMA}sha256> "([0-9a-f]{{64}})"')


def facts_of(folder: Folder, setting: Setting, *, pages: bool = False) -> Facts:
    """What is known of a release from the files written so far: after the dumps, its version; at
    the end, all.

    `pages` says that HTML pages will be written, when their index is not there yet.
    """
    files = {
        path: File((folder.root / path).stat().st_size, digest)
        for path, digest in folder.sums.items()
    }
    examples = tuple(
        found._replace(text=iris.rebase(found.text, setting.base)) for found in questions()
    )
    prefixes = setting.mapper.terms.prefixes
    landing = LANDING if pages or LANDING in files else CATALOG
    return Facts(setting.base, setting.dataset, setting.as_of, files, prefixes, examples, landing)


def markup_of(facts: Facts, nodes: Iterable[str]) -> Markup:
    """What pages tell machines, from the default graph's nodes as lines of JSON; the dumps and
    tables are there.
    """
    return Markup(facts, map(msgspec.json.decode, nodes))


def describe(folder: Folder, setting: Setting) -> None:
    """Writes what describes a release, last of all but its sums: dumps, documents, pages and tables
    are there.
    """
    facts, mapper = facts_of(folder, setting), setting.mapper
    counts = count(folder.read(TRIPLES), ((prefix, facts.prefixes[prefix]) for prefix in TARGETS))
    notes = _notes(counts, mapper)
    _write(folder, setting, CATALOG, catalogue_nodes(facts, notes))
    _write(
        folder,
        setting,
        facts.release.removeprefix("base:"),
        [*release_nodes(facts, notes), *dataset_nodes(facts)],
    )
    _write(folder, setting, VOID, void_nodes(facts, counts, mapper.compact), also=WELL_KNOWN_VOID)
    _write(folder, setting, "rights", rights_nodes(facts))
    _write(folder, setting, "graph/run", _run(setting, tuple(_inputs(folder, mapper))))
    _write_examples(folder, setting, facts)
    folder.write(LINKSET, linkset(facts))
    folder.write("CITATION.cff", [citation(facts)])
    for path, pieces in sitemaps(facts):
        folder.write(path, pieces)
    folder.write(ROBOTS, [robots(facts)])
    for path, file in facts.downloads():
        folder.link(archived(facts.version, path), folder.root / path, file.sha256)


def _notes(counts: Counts, mapper: Mapper) -> Texts:
    """What a release holds, in a sentence."""
    found = {mapper.compact(iri): number for iri, number in counts.instances.items()}
    numbers = {
        "projects": found.get("idf:Project", 0),
        "programmes": found.get("idf:Programme", 0),
        "statements": counts.triples,
    }
    message = N_(
        "Projects: {projects}; programmes: {programmes}; accepted statements: {statements}."
    )
    return {
        language: gettext(
            message,
            language,
            **{name: decimal(str(number), language) for name, number in numbers.items()},
        )
        for language in LANGUAGES
    }


def _inputs(folder: Folder, mapper: Mapper) -> Iterator[tuple[str, str]]:
    """The pages that the release rests on: their compact IRIs and the SHA-256 of their bytes."""
    for line in folder.read(QUADS):
        if found := _SHA256.match(line):
            yield mapper.compact(found[1]), found[2]


def _run(setting: Setting, inputs: Sequence[tuple[str, str]]) -> Iterator[Node]:
    """The run, as in its graph, with the hashes of what it used."""
    yield from run_nodes(
        setting.dataset, version("idfgraph"), [source for source, _ in inputs], setting.ended
    )
    yield from (
        {"id": source, "type": "SourceRecord", "sha256": digest} for source, digest in inputs
    )


def _write_examples(folder: Folder, setting: Setting, facts: Facts) -> None:
    """Writes each query as a file of its own, and all in one."""
    everything: list[Node] = []
    for example in facts.examples:
        nodes = list(example_nodes(facts, example))
        everything += nodes
        folder.write(f"{question(example.name)}.rq", [example.text])
        _write(
            folder,
            setting,
            question(example.name),
            nodes,
            also=f"{WELL_KNOWN_QUERIES}/{example.name}.ttl",
        )
    _write(folder, setting, QUESTIONS, everything, also=f"{WELL_KNOWN_QUERIES}/index.ttl")


def _write(
    folder: Folder, setting: Setting, path: str, nodes: Iterable[Node], also: str = ""
) -> None:
    """Writes the two documents of a path; `also` is where the Turtle stands once more."""
    write_nodes(
        folder.write,
        path,
        list(nodes),
        setting.mapper,
        setting.words.prefixes,
        topic=f"base:{path}",
    )
    if also:
        folder.write(also, folder.read(f"{path}.ttl"))
