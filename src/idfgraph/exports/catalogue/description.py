"""A release is described when all else of it is written: catalogue, figures, rights, links, map,
citation, queries.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from importlib.metadata import version

import msgspec

from ...graph.mapping import Mapper
from ...graph.setting import Setting
from ...model import iris
from ...model.layout import (
    CATALOG,
    DOWNLOADS,
    LANDING,
    LINKSET,
    MODEL_PICTURE,
    PROFILE,
    QUADS,
    QUERIES,
    QUESTIONS,
    REPORT,
    ROBOTS,
    TRIPLES,
    VOID,
    WELL_KNOWN_QUERIES,
    WELL_KNOWN_VOID,
    archived,
    question,
)
from ...model.nodes import Node, id_of
from ...model.text import LANGUAGES, N_, Texts, decimal, gettext, texts
from ...model.vocab import SH
from ...query.ask import questions
from ...system import resources
from ...system.folder import Folder
from ..earlier import Earlier, Nothing, stub_nodes
from ..metadata import RUN, RunFacts, graph_topics, run_nodes
from ..node_files import write_nodes
from ..profile import profile_classes
from .catalogue import (
    catalogue_nodes,
    dataset_nodes,
    example_nodes,
    release_nodes,
    rights_nodes,
)
from .citation import citation
from .crawlers import robots, sitemaps
from .profile_nodes import profile_nodes
from .release_facts import Facts, File, Scope, scope_of
from .schema_org import Markup
from .signposting import linkset
from .void import TARGETS, Counts, count, figure_nodes, void_nodes

#: A line that says by which SHA-256 a source record is known: that of its bytes or its citation.
_DIGEST = re.compile(r'<([^>]+)> <[^>]+[/#](sha256|citationSha256)> "([0-9a-f]{64})"')
#: What no other lines have, or few: looking for it takes less time than the expression.
_DIGESTS = "ha256> "
RUN_PATH = "graph/run"

#: What a report says that found nothing.
_CONFORMS = re.compile(rf'<{SH}conforms> "true"')

#: Properties whose objects are the states that benefit, and the years of work.
_STATES = ("benefitingState", "targetsGovernmentOf")
_YEARS = ("startYear", "endYear")


def facts_of(folder: Folder, setting: Setting, *, pages: bool = False) -> Facts:
    """What is known of a release from the files written so far: after the dumps, its version; at
    the end, all.

    `pages` says that HTML pages will be written, when their index is not there yet.
    """
    downloads = {
        path: File((folder.root / path).stat().st_size, digest)
        for path, digest in sorted(_downloads(folder.sums))
    }
    examples = tuple(
        found._replace(text=iris.rebase(found.text, setting.base)) for found in questions()
    )
    prefixes = setting.mapper.terms.prefixes
    landing = LANDING if pages or LANDING in folder.sums else CATALOG
    known = (folder.sums, downloads, prefixes, examples, landing)
    return Facts(setting.base, setting.dataset, setting.as_of, *known, conforms=_conforms(folder))


def _downloads(sums: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The sums of dumps and tables, by path."""
    return ((path, digest) for path, digest in sums.items() if path.startswith(DOWNLOADS))


def markup_of(facts: Facts, nodes: Iterable[str]) -> Markup:
    """What pages tell machines, from the default graph's nodes as lines of JSON; the dumps and
    tables are there.
    """
    return Markup(facts, map(msgspec.json.decode, nodes))


def describe(
    folder: Folder,
    setting: Setting,
    gone: Container[str] = (),
    earlier: Earlier = Nothing(),
) -> None:
    """Writes what describes a release, last of all but its sums: dumps, documents, pages and tables
    are there.

    `gone` are the resources that are no more, `earlier` the documents of the release before.
    """
    facts, mapper = facts_of(folder, setting)._replace(gone=gone), setting.mapper
    about = {key: mapper.terms.properties[key].predicate[1:-1] for key in (*_STATES, *_YEARS)}
    targets = ((prefix, facts.prefixes[prefix]) for prefix in TARGETS)
    counts = count(folder.read(TRIPLES), targets, about.values())
    topics = dict(graph_topics(folder.read(QUADS), mapper))
    facts = facts._replace(scope=_scope(counts, mapper, about), run=topics[RUN])
    notes, compact = _notes(counts, mapper), mapper.compact
    _write(folder, setting, CATALOG, catalogue_nodes(facts, notes), earlier)
    _write(
        folder,
        setting,
        facts.release.removeprefix("base:"),
        [
            *release_nodes(facts, notes),
            *dataset_nodes(facts),
            *figure_nodes(facts, counts, compact),
        ],
    )
    _write(folder, setting, VOID, void_nodes(facts, counts, compact), earlier, WELL_KNOWN_VOID)
    _write(folder, setting, "rights", rights_nodes(facts), earlier)
    _write_profile(folder, setting, facts, earlier)
    _write(folder, setting, RUN_PATH, _run(folder, setting, topics), earlier)
    _write_examples(folder, setting, facts, earlier)
    folder.write(LINKSET, linkset(facts, folder.sums))
    folder.write("CITATION.cff", [citation(facts)])
    for path, pieces in sitemaps(facts):
        folder.write(path, pieces)
    folder.write(ROBOTS, [robots(facts)])
    for path in facts.downloads:
        folder.copy(archived(facts.version, path), folder.root / path)


def _scope(counts: Counts, mapper: Mapper, about: Mapping[str, str]) -> Scope:
    """The states that benefit, and the years of work."""
    states = (one[1:-1] for key in _STATES for one in counts.about[about[key]])
    years = (one.split('"')[1] for key in _YEARS for one in counts.about[about[key]])
    return scope_of(map(mapper.compact, states), years)


def _conforms(folder: Folder) -> bool:
    """Whether the report found nothing."""
    path = f"{REPORT}.nt"
    return path in folder.sums and any(_CONFORMS.search(line) for line in folder.read(path))


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


def _inputs(folder: Folder, mapper: Mapper) -> Iterator[Node]:
    """The pages and documents that the release rests on, each with its SHA-256."""
    for line in folder.read(QUADS):
        if _DIGESTS in line and (found := _DIGEST.match(line)):
            yield {"id": mapper.compact(found[1]), "type": "SourceRecord", found[2]: found[3]}


def _run(folder: Folder, setting: Setting, topics: Mapping[str, str]) -> Iterator[Node]:
    """The run, as in its graph, with the hashes of what it used; `topics` says what each named
    graph is about.
    """
    inputs = list(_inputs(folder, setting.mapper))
    used = [id_of(source) for source in inputs]
    run = RunFacts(topics[RUN], version("idfgraph"), setting.ended)
    yield from run_nodes(setting.dataset, run, used)
    yield from inputs
    for graph, topic in topics.items():
        if graph != RUN:
            told: Node = {"id": graph, "type": "Bundle", "primaryTopic": topic}
            yield {**told, "wasGeneratedBy": run.iri}


def _write_profile(folder: Folder, setting: Setting, facts: Facts, earlier: Earlier) -> None:
    """Writes the application profile and the picture of the model."""
    folder.write(MODEL_PICTURE, [resources.MODEL_PICTURE.read_text("utf-8")])
    classes = profile_classes(setting.words, setting.mapper, setting.base)
    _write(folder, setting, PROFILE, profile_nodes(facts, classes), earlier)


def _write_examples(folder: Folder, setting: Setting, facts: Facts, earlier: Earlier) -> None:
    """Writes each query as a file of its own, and all in one."""
    title = texts("Example queries")
    everything: list[Node] = [{"id": f"base:{QUESTIONS}", "type": "Document", "label": title}]
    for example in facts.examples:
        nodes = list(example_nodes(facts, example))
        everything += nodes
        folder.write(f"{question(example.name)}.rq", [example.text])
        _write(
            folder,
            setting,
            question(example.name),
            nodes,
            earlier,
            f"{WELL_KNOWN_QUERIES}/{example.name}.ttl",
        )
    _write(folder, setting, QUESTIONS, everything, earlier, f"{WELL_KNOWN_QUERIES}/index.ttl")
    asked = {question(example.name) for example in facts.examples}
    for path in sorted(set(earlier.paths(QUERIES)) - asked):
        _write(folder, setting, path, [], earlier)


def _write(  # noqa: PLR0917
    folder: Folder,
    setting: Setting,
    path: str,
    nodes: Iterable[Node],
    earlier: Earlier = Nothing(),
    also: str = "",
) -> None:
    """Writes the documents of a path, with what they told of before; `also` is where the Turtle
    stands once more.
    """
    now = list(nodes)
    write_nodes(
        folder.write,
        path,
        [*now, *stub_nodes(earlier, path, now, setting.mapper)],
        setting.mapper,
        setting.words.prefixes,
        topic=f"base:{path}",
    )
    if also:
        folder.write(also, folder.read(f"{path}.ttl"))
