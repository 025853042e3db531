"""The whole story on one page: files are read, checked in shards, and published."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from . import iris
from .checking import Shard, check_shard, record_of, report_on, shared_ids, unfinished, unreadable
from .errors import BadInput, BadRecord, DuplicateId, Place, ShapesViolated
from .findings import Finding, Report, rank
from .locating import place_of
from .making import make
from .publish import RUN, Folder, run_nodes
from .quarantine import Stay, last_sound
from .releases import Before, Tally, tally
from .releasing import Target, building, described, lost
from .setting import Setting, prepare
from .sources import Origin, Sourced, count_lines, find_files, published_bytes, read_files
from .validate import engine_name
from .weaving import Spools, chain_quads, collecting, weave_nodes
from .workers import Lost, cores, in_order

#: Records that one process takes at a time.
_CHUNK = 500

#: Called with the number of records that are done.
Counter = Callable[[int], None]


def _uncounted(_: int) -> None:
    """Counts nothing."""


class Validated(NamedTuple):
    """The report, its results with places in its order, how many records, which were held back, what else to know.

    `staying` are those held back of which the last sound version stays, `faults` why they were. `warnings` are on the
    names that people added, `notes` on what was published.
    """

    report: Report
    findings: tuple[Finding, ...]
    records: int
    quarantined: tuple[str, ...] = ()
    staying: tuple[str, ...] = ()
    faults: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def publish(
    sources: Sequence[Path],
    out: Path,
    *,
    base: str | None = None,
    encoding: str | None = None,
    jobs: int = 0,
    engine: str = "auto",
    quarantine: bool = False,
    layout: str = "auto",
    previous: str = "current",
    allow_removals: bool = False,
    count: Counter = _uncounted,
) -> Validated:
    """Publishes pages and records as a release in the folder `out`, whole or not at all, and returns the report.

    `base` replaces the base IRI, `jobs` is the number of processes (0: one a core), `engine` the SHACL engine,
    `quarantine` holds back the records that break a shape instead of refusing: what the previous release has of them
    stays, marked. `count` is called as records are done.
    `layout`, `previous` and `allow_removals` are as for a `Target`.
    Raises ShapesViolated with its findings, LostData with its losses, and BadInput, BadConfig or BadOutput when
    something cannot be read or written; what `out` was then stays.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     publish([Path("data")], Path(folder) / "public").report.conforms
    True
    """
    setting, run = prepare(sources, base=base, encoding=encoding), _Run(engine_name(engine), jobs, count)
    target = Target(out, layout, previous, allow_removals)
    try:
        return _release(setting, run, target, frozenset())
    except ShapesViolated as error:
        faulty, faults = frozenset(_identifiers(setting, error.findings)), error.findings
        if not quarantine or not faulty:
            raise
    done = _release(setting, run, target, faulty)
    return done._replace(quarantined=tuple(sorted(faulty)), faults=tuple(faults))


def check(
    sources: Sequence[Path],
    *,
    base: str | None = None,
    encoding: str | None = None,
    jobs: int = 0,
    engine: str = "auto",
    count: Counter = _uncounted,
) -> Validated:
    """The report on pages, records and reference data, and where each result points; nothing is written.

    An input that cannot be read is a finding too, and the rest is checked. Raises BadInput or BadConfig when there is
    nothing to read, or a setting cannot be used.

    >>> check([Path("data")]).report.count("Violation")
    0
    """
    setting, run = prepare(sources, base=base, encoding=encoding), _Run(engine_name(engine), jobs, count)
    reading = _Reading(setting, run, frozenset(), told=True)
    for _ in reading.shards(weaving=False):
        pass
    known = report_on(setting, (), setting.reference.ids(), run.engine)
    reading.take(Finding(result, place_of(setting, result, {})) for result in known.results)
    return reading.validated()


def expected(sources: Sequence[Path]) -> int:
    """About how many records sources have: files, and lines of JSON Lines; raises BadInput.

    >>> expected([Path("data/records")])
    5
    """
    files = find_files(sources)
    return len(files.records) + sum(map(count_lines, files.lines)) or len(files.pages)


class _Run(NamedTuple):
    """How a run works: the engine, the number of processes, what is told of its progress."""

    engine: str
    jobs: int
    tell: Counter

    @property
    def processes(self) -> int:
        """How many processes may be busy at a time."""
        return self.jobs or cores()


class _Reading:
    """One reading of all sources, in shards: what was found, and where each record is."""

    def __init__(self, setting: Setting, run: _Run, without: frozenset[str], *, told: bool = False) -> None:
        self.setting, self._run, self._without = setting, run, without
        self.origins: dict[str, Origin] = {}
        self.encodings: dict[str, str] = {}
        self._found: dict[tuple[object, ...], Finding] = {}
        self._owners: dict[str, list[str]] = defaultdict(list)
        self._refuse = self._note if told else None

    def shards(self, *, weaving: bool) -> Iterator[Shard]:
        """The shards of the records, in their order; a record that cannot be checked is a finding."""
        work = partial(check_shard, self.setting, self._run.engine, weaving)
        records = self._once(read_files(self.setting.files, encoding=self.setting.encoding, refuse=self._refuse))
        chunks = iter(lambda: list(islice(records, _CHUNK)), [])
        for done in in_order(work, chunks, self._run.processes):
            if isinstance(done, Lost):
                self.take([unfinished(done.item)])
                continue
            self.take(done.findings)
            for project_id, id_ in done.owners:
                self._owners[project_id].append(id_)
            self._run.tell(done.records)
            yield done
        self.take(shared_ids(self.setting, self._owners, self.origins))

    def staying(self, before: Before | None) -> Iterator[Stay]:
        """The last sound versions of the records that are left out, once the others are read."""
        if before:
            for stay in last_sound(self.setting, self._run.engine, before, self._without, self._owners):
                self.take(stay.shard.findings)
                yield stay

    def take(self, findings: Iterable[Finding]) -> None:
        """Takes findings; of reference data that several shards touch, each once."""
        for finding in findings:
            key = (rank(finding.result), finding.place, finding.also)
            self._found.setdefault(key, finding)

    def validated(self) -> Validated:
        """What was found, in the order of a report."""
        findings = tuple(sorted(self._found.values(), key=lambda finding: (rank(finding.result), finding.place)))
        report = Report(tuple(finding.result for finding in findings), self.setting.base)
        return Validated(report, findings, len(self.origins), warnings=self.setting.warnings)

    def _note(self, error: BadInput) -> None:
        self.take([unreadable(error)])

    def _once(self, sourced: Iterable[Sourced]) -> Iterator[Sourced]:
        """The records, once no id is there twice, letter case apart; their origins are noted on the way."""
        seen: dict[str, Origin] = {}
        for one in sourced:
            record, origin = one
            other = seen.setdefault(record.id.casefold(), origin)
            if other is not origin:
                self._double(record.id, origin.place("id"), other.place("id"))
            elif record.id not in self._without:
                self.origins[record.id] = origin
                self.encodings.update((page.page, page.encoding) for page in record.sources if page.encoding)
                yield one

    def _double(self, id_: str, here: Place, there: Place) -> None:
        error = DuplicateId(f"has the id {id_}, as has {there}", here, hint="keep one of the two", also=(there,))
        if not self._refuse:
            raise error
        self._refuse(error)


def _release(setting: Setting, run: _Run, target: Target, without: frozenset[str]) -> Validated:
    reading = _Reading(setting, run, without)
    with collecting() as spools, building(target) as made:
        before, folder = made.before(), made.folder
        gathered = _gather(reading, spools, before)
        validated = reading.validated()
        if not validated.report.conforms:
            raise ShapesViolated(validated.findings)
        counted = tally(spools.nodes.sorted())
        _refuse_dangling(reading, counted)
        gone = lost(made, before, counted, setting.dataset.expect, setting.mapper.iri)
        _write_texts(folder, reading, gathered, before)
        earlier = made.earlier(setting.dataset)
        make(folder, setting, spools, validated.report, counted, versions=described(earlier), jobs=run.processes)
        made.take(earlier)
        return validated._replace(notes=(*gone, *made.notes()), staying=gathered.staying)


def _refuse_dangling(reading: _Reading, counted: Tally) -> None:
    """Nothing, or BadRecord if what takes the place of a withdrawn record is no record."""
    for node in counted.tombstones:
        successor = node.get("isReplacedBy", "")
        if successor.startswith(("prj:", "prg:")) and successor not in counted.ids:
            origin = reading.origins.get(node["id"].partition(":")[2])
            place = origin.place("withdrawn.replacedBy", "withdrawn") if origin else Place(field=node["id"])
            raise BadRecord(f"names {successor}, which is no record", place, hint="name one that is, or leave it out")


class _Gathered(NamedTuple):
    """What the spools were filled from: pages of records, and, of those held back, what stays and their page texts."""

    pages: set[str]
    staying: tuple[str, ...]
    texts: tuple[str, ...]


def _gather(reading: _Reading, spools: Spools, before: Before | None) -> _Gathered:
    """Fills the spools: the records, the last sound versions of others, the reference data they touch, and the run."""
    setting = reading.setting
    known = {id_ for shard in reading.shards(weaving=True) for id_ in spools.take(shard.woven)}
    pages = _pages(known)
    staying: dict[str, tuple[str, ...]] = {}
    for stay in reading.staying(before):
        known |= spools.take(stay.shard.woven)
        staying[stay.id] = stay.texts
    spools.take(weave_nodes(setting.mapper, setting.reference.nodes(known)))
    run = run_nodes(setting.dataset, version("idfgraph"), setting.as_of, _pages(known))
    spools.quads.add(chain_quads(setting.mapper, run, RUN))
    return _Gathered(pages, tuple(staying), tuple(chain.from_iterable(staying.values())))


def _pages(known: Iterable[str]) -> set[str]:
    """The ids of pages among others."""
    return {target for target in known if target.startswith("src:")}


def _identifiers(setting: Setting, findings: Iterable[Finding]) -> Iterator[str]:
    """The ids of the records that break a shape."""
    for finding in findings:
        if finding.result.severity == "Violation" and finding.place.file:
            yield record_of(setting, finding.result)


def _write_texts(folder: Folder, reading: _Reading, gathered: _Gathered, before: Before | None) -> None:
    """Writes the texts of the pages that are used, unless the data set says that none is published."""
    setting = reading.setting
    if setting.dataset.shows_pages:
        for digest, path in sorted(setting.files.pages.items()):
            if iris.source(digest) in gathered.pages:
                encoding = reading.encodings.get(digest, setting.encoding)
                folder.write(f"pages/{digest}.txt", [published_bytes(path, encoding)])
    for name in gathered.texts:
        if before and name not in folder.sums and (text := before.read(name)):
            folder.write(name, [text])
