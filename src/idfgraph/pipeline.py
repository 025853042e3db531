"""The whole story on one page: files are read, resolved, mapped, validated and published."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from . import iris, resources
from .errors import BadConfig, DuplicateId, Place, ShapesViolated
from .mapping import Mapper, compile_context
from .publish import (
    RUN,
    Folder,
    Spool,
    Words,
    building,
    check_dumps,
    link_entry,
    own_entry,
    render_turtle,
    run_nodes,
    statement,
    write_documents,
    write_dumps,
    write_text,
    write_words,
)
from .records import Dataset, Record
from .resolve import Linked, Node, Reference, resolve
from .sources import Origin, Sourced, pages_of, read, read_reference, read_yaml
from .validate import Report, Result, validate

#: Records that one process takes at a time.
_CHUNK = 500


#: Called for each record that is taken up.
Counter = Callable[[], None]


def _uncounted() -> None:
    """Counts nothing."""


class Finding(NamedTuple):
    """A result of validation and the place of the field that it is about."""

    result: Result
    place: Place


class Setting(NamedTuple):
    """What one run works with: the data set's own words, reference data, context and shapes under one base."""

    sources: tuple[Path, ...]
    dataset: Dataset
    reference: Reference
    mapper: Mapper
    words: Words
    as_of: str
    pages: Mapping[str, Path]
    encoding: str | None = None

    @property
    def year(self) -> int:
        """The year that counts as today."""
        return int(self.as_of[:4])


class Woven(NamedTuple):
    """Records as lines: quads, default-graph nodes as JSON, entries of documents; and what they touch."""

    quads: list[str]
    nodes: list[str]
    entries: list[str]
    touched: set[str]


class Spools(NamedTuple):
    """Where the lines of a run are collected to be sorted."""

    quads: Spool
    nodes: Spool
    entries: Spool

    def take(self, woven: Woven) -> None:
        """Takes the lines of woven records."""
        self.quads.add(woven.quads)
        self.nodes.add(woven.nodes)
        self.entries.add(woven.entries)


class Validated(NamedTuple):
    """The report on some records, the places of its results in their order, and how many records there were."""

    report: Report
    findings: tuple[Finding, ...]
    records: int
    quarantined: tuple[str, ...] = ()


def publish(
    sources: Sequence[Path],
    out: Path,
    *,
    base: str | None = None,
    encoding: str | None = None,
    jobs: int = 1,
    quarantine: bool = False,
    count: Counter = _uncounted,
) -> Validated:
    """Publishes pages and records as a release in the folder `out`, whole or not at all, and returns the report.

    `base` replaces the base IRI, `jobs` is the number of processes, `quarantine` leaves out the records that break a
    shape instead of refusing, `count` is called for each record. Raises ShapesViolated with its findings, and BadInput,
    BadConfig or BadOutput when something cannot be read or written; what `out` was then stays.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     publish([Path("data")], Path(folder) / "public").report.conforms
    True
    """
    setting = prepare(sources, base=base, encoding=encoding)
    try:
        return _release(setting, out, jobs, frozenset(), count)
    except ShapesViolated as error:
        faulty = frozenset(_identifiers(setting, error.findings))
        if not quarantine or not faulty:
            raise
    done = _release(setting, out, jobs, faulty, count)
    return done._replace(quarantined=tuple(sorted(faulty)))


def check(
    sources: Sequence[Path],
    *,
    base: str | None = None,
    encoding: str | None = None,
    jobs: int = 1,
    count: Counter = _uncounted,
) -> Validated:
    """The report on pages and records, and where each result points; nothing is written.

    Raises BadInput or BadConfig when something cannot be read.

    >>> check([Path("data")]).report.count("Violation")
    0
    """
    setting = prepare(sources, base=base, encoding=encoding)
    with Spool() as quads, Spool() as nodes, Spool() as entries:
        origins = _gather(setting, Spools(quads, nodes, entries), jobs, frozenset(), count)
        return _validated(setting, (line for line in quads.sorted() if not statement(line).graph), origins)


def write_report(report: Report, file: Path) -> None:
    """Writes a report as Turtle; raises BadOutput."""
    write_text(
        file,
        "".join(render_turtle(report.lines(), compile_context(resources.CONTEXT.read_text("utf-8")).terms.prefixes)),
    )


def _release(setting: Setting, out: Path, jobs: int, without: frozenset[str], count: Counter) -> Validated:
    with Spool() as quads, Spool() as nodes, Spool() as entries, building(out) as folder:
        origins = _gather(setting, Spools(quads, nodes, entries), jobs, without, count)
        write_dumps(folder, quads.sorted(), nodes.sorted(), setting.words)
        validated = _validated(setting, folder.read("data/idf.nt"), origins)
        if not validated.report.conforms:
            raise ShapesViolated(validated.findings)
        check_dumps(folder)
        write_documents(folder, entries.sorted(), setting.mapper, setting.words.prefixes)
        write_words(folder, setting.words, validated.report.lines())
        _write_pages(folder, setting)
        return validated


def prepare(sources: Sequence[Path], *, base: str | None = None, encoding: str | None = None) -> Setting:
    """The setting of a run over these sources; the first that is a data folder gives the data set's own words."""
    folder = next((source for source in sources if (source / "dataset.yaml").is_file()), None)
    dataset, _ = read_yaml(folder / "dataset.yaml" if folder else resources.DATASET, Dataset)
    under = iris.checked_base(base or dataset.base)
    context = iris.rebase(resources.CONTEXT.read_text("utf-8"), under)
    mapper = compile_context(context)
    words = Words(
        context=mapper.terms.source,
        context_text=context,
        ontology=iris.rebase(resources.ONTOLOGY.read_text("utf-8"), under),
        shapes={name: iris.rebase(text, under) for name, text in resources.texts_in(resources.SHAPES, ".ttl").items()},
        prefixes=mapper.terms.prefixes,
    )
    folders = (folder / "reference", resources.REFERENCE) if folder else (resources.REFERENCE,)
    return Setting(
        sources=tuple(sources),
        dataset=dataset,
        reference=Reference(read_reference(*folders)),
        mapper=mapper,
        words=words,
        as_of=_today(dataset),
        pages=pages_of(sources),
        encoding=encoding,
    )


def linked(setting: Setting, record: Record) -> Linked:
    """The linked record of a record in a setting."""
    published = setting.pages if setting.dataset.publish_pages == "true" else {}
    return resolve(record, setting.reference, year=setting.year, pages=published)


def _gather(
    setting: Setting, spools: Spools, jobs: int, without: frozenset[str], count: Counter
) -> Mapping[str, Origin]:
    """Fills the spools from all sources, and gives the origin of each record."""
    origins: dict[str, Origin] = {}
    touched: set[str] = set()
    records = _once(read(setting.sources, encoding=setting.encoding), origins, without, count)
    for woven in _woven(setting, records, jobs):
        spools.take(woven)
        touched |= woven.touched
    known = weave_nodes(setting.mapper, list(setting.reference.nodes(touched)))
    pages = (target for target in touched if target.startswith("src:"))
    run = run_nodes(setting.dataset, version("idfgraph"), setting.as_of, pages)
    spools.take(known)
    spools.quads.add(chain_quads(setting.mapper, run, RUN))
    return origins


def quads_of(mapper: Mapper, item: Linked) -> Iterator[str]:
    """The N-Quads lines of a linked record and its named graphs."""
    yield from mapper.quads(item.node)
    for graph, nodes in item.graphs:
        yield from chain_quads(mapper, nodes, graph)


def weave(setting: Setting, records: Iterable[Record]) -> Woven:
    """Records as lines, through their linked records."""
    woven = Woven([], [], [], set())
    for record in records:
        item = linked(setting, record)
        _add(woven, weave_nodes(setting.mapper, [item.node]))
        for graph, inner in item.graphs:
            woven.quads.extend(chain_quads(setting.mapper, inner, graph))
            named: Node = {"id": graph, "@graph": list(inner)}
            woven.entries.append(own_entry(item.id, named))
            woven.entries.extend(own_entry(node["id"], node) for node in inner if node["id"].startswith("src:"))
            for link in (link for node in inner for link in setting.mapper.links(node)):
                _touch(woven, link.target)
    return woven


def weave_nodes(mapper: Mapper, nodes: Iterable[Node]) -> Woven:
    """Nodes of the default graph as lines."""
    woven = Woven([], [], [], set())
    for node in nodes:
        woven.quads.extend(mapper.quads(node))
        woven.nodes.append(msgspec.json.encode(node).decode() + "\n")
        woven.entries.append(own_entry(node["id"], node))
        for link in mapper.links(node):
            _touch(woven, link.target)
            if entry := link_entry(node, link.key, link.value, link.target):
                woven.entries.append(entry)
    return woven


def chain_quads(mapper: Mapper, nodes: Iterable[Node], graph: str) -> Iterator[str]:
    """The N-Quads lines of nodes in a named graph."""
    return (line for node in nodes for line in mapper.quads(node, graph))


def _touch(woven: Woven, target: str) -> None:
    """Notes a whole resource that is linked to; parts and addresses elsewhere are none."""
    if "#" not in target and "//" not in target:
        woven.touched.add(target)


def _add(woven: Woven, more: Woven) -> None:
    woven.quads.extend(more.quads)
    woven.nodes.extend(more.nodes)
    woven.entries.extend(more.entries)
    woven.touched.update(more.touched)


def _woven(setting: Setting, records: Iterator[Record], jobs: int) -> Iterator[Woven]:
    """Chunks of records woven, in one process or several; at most two chunks a process are under way."""
    chunks = iter(lambda: list(islice(records, _CHUNK)), [])
    work = partial(weave, setting)
    if jobs == 1:
        yield from map(work, chunks)
        return
    with ProcessPoolExecutor(jobs) as pool:
        waiting: list[Future[Woven]] = []
        for chunk in chunks:
            waiting.append(pool.submit(work, chunk))
            if len(waiting) >= 2 * jobs:
                yield waiting.pop(0).result()
        yield from (future.result() for future in waiting)


def _once(
    sourced: Iterable[Sourced], origins: dict[str, Origin], without: frozenset[str], count: Counter
) -> Iterator[Record]:
    """The records, once no id is there twice, letter case apart; their origins are noted on the way."""
    seen: dict[str, Origin] = {}
    for record, origin in sourced:
        other = seen.setdefault(record.id.casefold(), origin)
        if other is not origin:
            raise DuplicateId(
                f"has the id {record.id}, as has {other.place()}", origin.place("id"), hint="keep one of the two"
            )
        if record.id not in without:
            origins[record.id] = origin
            count()
            yield record


def _validated(setting: Setting, triples: Iterable[str], origins: Mapping[str, Origin]) -> Validated:
    report = validate(triples, setting.words.shapes.values())
    findings = (Finding(result, _place(setting, result, origins)) for result in report.results)
    return Validated(report, tuple(findings), len(origins))


def _place(setting: Setting, result: Result, origins: Mapping[str, Origin]) -> Place:
    """The place of the field that a result is about, where its focus is (part of) a record."""
    origin = origins.get(_identifier(setting, result))
    return origin.place(result.about) if origin else Place(field=result.about)


def _identifier(setting: Setting, result: Result) -> str:
    """The id of the resource that a result's focus is, or is a part of."""
    return iris.resource_of(setting.mapper.compact(result.focus)).partition(":")[2]


def _identifiers(setting: Setting, findings: Iterable[Finding]) -> Iterator[str]:
    """The ids of the records that break a shape."""
    for result, place in findings:
        if result.severity == "Violation" and place.file:
            yield _identifier(setting, result)


def _write_pages(folder: Folder, setting: Setting) -> None:
    if setting.dataset.publish_pages == "true":
        for digest, path in sorted(setting.pages.items()):
            folder.write(f"pages/{digest}.txt", [path.read_bytes()])


def _today(dataset: Dataset) -> str:
    """The day that counts as today: SOURCE_DATE_EPOCH, or else the data set's own."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return dataset.as_of
    if not epoch.isdecimal() or len(epoch) > 11:
        raise BadConfig(f"SOURCE_DATE_EPOCH is {epoch!r}", hint="give whole seconds since 1970")
    return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
