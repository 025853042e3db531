"""One reading of all sources: records in shards, what was found, and where; `check` tells it
all.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from ..graph.setting import Setting, prepared, today
from ..model.errors import BadConfig, BadInput, DuplicateId, Place, advice
from ..model.findings import Finding, Report
from ..model.text import N_, Texts
from ..sources.files import find_files, pages_beside
from ..sources.given import Sources, as_sources, paths_of
from ..sources.kept import File
from ..sources.origin import Origin, Sourced
from ..sources.records import count_lines
from ..sources.stream import read_files
from ..system.cupboard import Cupboard
from ..system.depot import Depot, RunFolder
from ..system.workers import LocalCrew, Lost, WorkCrew, cores
from .changed import ChangedPages
from .days import LateCaptures, signed_to_come
from .gathered import Gathered, results_of
from .kept_shards import KeptShards
from .locate import place_of
from .pages_alone import PagesAlone
from .placeholders import left_over
from .provisional import ProvisionalCodes
from .set_apart import grouped
from .shacl import usable
from .shards import Beside, Shard, check_shard, shared_ids, unfinished, unreadable, unused
from .since import changed_records
from .unread import Unread

#: Records that one process takes at a time, at most.
_CHUNK = 125

_SAME_ID = N_("has the id {id}, as has {there}")
_KEEP_ONE = N_("keep one of the two")
_NO_SINCE = N_("leave out --changed-since, or name a folder in a repository")

#: Called with the number of records that are done.
Counter = Callable[[int], None]


def uncounted(_: int) -> None:
    """Counts nothing."""


class Validated(NamedTuple):
    """The report, its results with places in its order, how many records, which were held back,
    what else to know.

    `release` is the name of the release that was made; `unchanged` says that it was there already.
    `staying` are those held back of which the last sound version stays, `faults` why they were.
    `warnings` are on the names that people added, `notes` on what was published, `unused` on what
    stands in the sources and was not read, or is left as `init` wrote it, `evidence` on pages that
    changed or are gone, `aside` on inputs that cannot be read and were set aside. `why` says of
    each file that was asked for why it was made anew, or not. `borrowed` is the title of the data
    set that ships, where the sources have no settings and are published under it.
    """

    report: Report
    findings: Sequence[Finding]
    records: int
    quarantined: tuple[str, ...] = ()
    staying: tuple[str, ...] = ()
    faults: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unused: tuple[Finding, ...] = ()
    evidence: tuple[Finding, ...] = ()
    release: str = ""
    unchanged: bool = False
    aside: tuple[Finding, ...] = ()
    why: tuple[Texts, ...] = ()
    borrowed: Texts | None = None

    @property
    def of_values(self) -> tuple[Finding, ...]:
        """What was found, but for pages that changed or are gone."""
        return tuple(found for found in self.findings if found not in self.evidence)


class Run(NamedTuple):
    """How a run works: the engine, the number of processes, what is told of its progress, whether
    evidence that cannot be re-read is refused; who checks records, if not these processes, and by
    which depot their lines come from there; the shards that these processes need not check again.
    """

    engine: str
    jobs: int
    tell: Counter
    strict: bool = False
    crew: WorkCrew | None = None
    depot: Depot | None = None
    kept: KeptShards | None = None

    @property
    def processes(self) -> int:
        """How many processes may be busy at a time."""
        return self.jobs or cores()


class SourceCheck:
    """One reading of all sources, in shards: what was found, where each record is, and which are
    `written` by people or programs rather than read from pages alone.

    What cannot be read is raised; where it is `told`, it is a finding; where it is put `apart`, it
    is that and breaks no shape.
    """

    def __init__(
        self,
        setting: Setting,
        run: Run,
        without: frozenset[str],
        *,
        told: bool = False,
        apart: bool = False,
    ) -> None:
        self.setting, self.run, self.without = setting, run, without
        self.aside: list[BadInput] = []
        self.origins, self._seen = Cupboard[Origin](), Cupboard[Origin]()
        self.encodings: dict[str, str] = {}
        self.written = Cupboard[None]()
        self._pages = frozenset(map(str, setting.files.pages.values()))
        self._found = Gathered()
        self.owners = Cupboard[tuple[str, ...]]()
        self._refuse = self.aside.append if apart else self._note if told else None
        self.watch: Callable[[Sourced], None] | None = None
        self._today, self._late = today(), LateCaptures(setting.as_of)
        self.unread = Unread(setting.files, strict=run.strict)
        self._alone = PagesAlone()
        self.provisional = ProvisionalCodes()
        self._changed = ChangedPages(setting.files, setting.encoding, setting.reference.prose.read)

    def shards(self, *, into: Path | None = None) -> Iterator[Shard]:
        """The shards of the records, in their order, their lines in a folder if one is given; a
        record that cannot be checked is a finding.
        """
        folder = RunFolder(into, self.run.depot) if into else None
        asked, kept = (self.setting, self.run.engine), None if self.run.crew else self.run.kept
        work = (
            kept.work(*asked, folder) if kept and folder else partial(check_shard, *asked, folder)
        )
        records = self._once(
            read_files(
                self.setting.files,
                encoding=self.setting.encoding,
                refuse=self._refuse,
                prose=self.setting.reference.prose.read,
            )
        )
        crew = self.run.crew or LocalCrew(self.run.processes)
        for done in crew.in_order(work, _chunks(records)):
            if isinstance(done, Lost):
                self.take([unfinished(done.item)])
                continue
            self.take(done.findings)
            self.provisional.note(done.coined, self.origins)
            for project_id, id_ in done.owners:
                self.owners[project_id] = (*self.owners.get(project_id, ()), id_)
            self.run.tell(done.records)
            shard = kept.keep(done) if kept else done
            yield shard.brought(folder) if folder else shard
        self.take(shared_ids(self.setting, self.owners, self.origins))

    def take(self, findings: Iterable[Finding]) -> None:
        """Takes findings; of reference data that several shards touch, each once."""
        self._found.take(findings)

    def validated(self) -> Validated:
        """What was found, in the order of a report."""
        self.take(self.provisional.findings(self.setting))
        self.take(self._late.findings())
        findings = self._found.told()
        report = Report(results_of(findings), self.setting.base)
        left = (*left_over(self.setting), *map(unused, self.setting.files.unused))
        warnings = self.setting.warnings
        return Validated(
            report,
            findings,
            len(self.origins),
            warnings=warnings,
            unused=left,
            evidence=self.evidence,
            aside=tuple(grouped(map(unreadable, self.aside))),
        )

    @cached_property
    def evidence(self) -> tuple[Finding, ...]:
        """What was found of pages that changed, are gone or alone, once all was read."""
        alone = self._alone.findings()
        return (*self.unread.findings(), *self._changed.findings(), *alone)

    def refuse_unread(self) -> None:
        """Nothing, or BadInput where evidence that could not be re-read is refused."""
        for result, place, also in self.evidence:
            if result.severity == "Violation":
                hint = N_("or publish without --require-evidence")
                said = {name: text.rstrip(".") for name, text in result.messages.items()}
                raise BadInput(said, place, hint=hint, also=also)

    def _note(self, error: BadInput) -> None:
        self.take(unreadable(one) for one in (error, *error.others))

    def _once(self, sourced: Iterable[Sourced]) -> Iterator[Sourced]:
        """The records, once no id is there twice, letter case apart; their origins are noted on the
        way.
        """
        for one in sourced:
            record, origin = one
            if (other := self._seen.get(record.id.casefold())) is None:
                other = self._seen[record.id.casefold()] = origin
            is_page = origin.file in self._pages
            if not is_page:
                self.written[record.id] = None
            if other is not origin:
                self._double(record.id, origin.place("id"), other.place("id"))
            elif record.id not in self.without:
                self.origins[record.id] = origin
                self.encodings.update(
                    (page.page, page.encoding) for page in record.sources if page.encoding
                )
                self._changed.note(one)
                self._alone.note(one, is_page=is_page)
                self._late.note(one)
                if self._refuse:
                    self.take(signed_to_come(one, self._today))
                if not record.withdrawn:
                    self.unread.note(one)
                if self.watch:
                    self.watch(one)
                yield one

    def _double(self, id_: str, here: Place, there: Place) -> None:
        told = advice(_SAME_ID, _KEEP_ONE, id=id_, there=there)
        error = DuplicateId(told.message, here, hint=told.hint, also=(there,))
        if not self._refuse:
            raise error
        self._refuse(error)


def _chunks(records: Iterable[Sourced]) -> Iterator[Sequence[Sourced]]:
    """The records in groups, as one process takes them: most end where an id says so, so that they
    stay the same whatever is added before them.
    """
    some: list[Sourced] = []
    for one in records:
        some.append(one)
        if len(some) == _CHUNK or not crc32(one.record.id.encode()) % _CHUNK:
            yield some
            some = []
    if some:
        yield some


def check(
    sources: Sources,
    *,
    base: str | None = None,
    encoding: str | None = None,
    jobs: int = 0,
    engine: str = "auto",
    require_evidence: bool = False,
    count: Counter = uncounted,
    copies: Mapping[str, File] | None = None,
    changed_since: str | None = None,
) -> Validated:
    """The report on pages, records and reference data, and where each result points; nothing is
    written.

    `sources` is a path or an address, or several, of folders or files; with `require_evidence`,
    evidence that cannot be re-read is an error. `copies` are pages as the release before has them,
    by SHA-256. With `changed_since`, a git revision, what is told is what of it concerns records
    that have changed since; all, where what all of them use has changed.

    An input that cannot be read is a finding too, and the rest is checked. Raises BadInput or
    BadConfig when there is nothing to read, or a setting cannot be used.

    >>> check("data").report.count("Violation")
    0
    """
    paths = paths_of(given := as_sources(sources))
    if changed_since is not None and len(paths) < len(given):
        raise BadConfig(N_("git knows no changes of what is at an address"), hint=_NO_SINCE)
    beside = {**pages_beside(paths), **(copies or {})}
    with prepared(given, base=base, encoding=encoding) as setting:
        pages = setting.files.pages
        known = {page: file for page, file in beside.items() if page not in pages}
        whole = setting._replace(files=setting.files._replace(copies=known))
        run = Run(usable(engine), jobs, count, require_evidence)
        if changed_since is None:
            return checked(whole, run)
        with changed_records(changed_since, paths, whole) as changed:
            done = checked(whole, run, changed.note)
            findings = changed.only(done.findings)
        report = Report(tuple(one.result for one in findings), done.report.base)
        return done._replace(report=report, findings=findings, records=len(changed.ids))


def checked(
    setting: Setting, run: Run, watch: Callable[[Sourced], None] | None = None
) -> Validated:
    """The report on what a setting has, as `check` gives it of sources; `watch` sees records."""
    reading = SourceCheck(setting, run, frozenset(), told=True)
    reading.watch = watch
    reading.take((*left_over(setting), *map(unused, setting.files.unused)))
    for _ in reading.shards():
        pass
    known = Beside(setting, setting.reference.ids(), run.engine).report()
    reading.take((*reading.evidence, *reading.unread.of_documents()))
    reading.take(Finding(result, place_of(setting, result, {})) for result in known.results)
    return reading.validated()


def expected(sources: Sequence[Path | str]) -> int | None:
    """About how many records sources have: files, and lines of JSON Lines; None where that is not
    known before they are brought here. Raises BadInput.

    >>> expected([Path("data/records")]), expected(["s3://bucket/records"])
    (5, None)
    """
    paths = paths_of(sources)
    if len(paths) < len(sources):
        return None
    files = find_files(paths)
    return len(files.records) + sum(map(count_lines, files.lines)) or len(files.pages)
