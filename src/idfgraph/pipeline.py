"""The whole story on one page: files are read, resolved, mapped, validated and published."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from . import iris
from .errors import DuplicateId, Place, ShapesViolated
from .findings import Finding, Report, Result
from .publish import (
    RUN,
    Folder,
    building,
    check_dumps,
    render_turtle,
    run_nodes,
    statement,
    write_documents,
    write_dumps,
    write_text,
    write_words,
)
from .records import Record
from .report import report_lines
from .setting import Setting, prepare
from .sources import Origin, Sourced, published_bytes, read_files
from .validate import validate
from .weaving import Spools, chain_quads, collecting, weave_all, weave_nodes

#: Called for each record that is taken up.
Counter = Callable[[], None]


def _uncounted() -> None:
    """Counts nothing."""


class Gathered(NamedTuple):
    """What reading all sources gives besides lines: the origin of each record, and the pages that are used."""

    origins: dict[str, Origin]
    pages: set[str]


class Validated(NamedTuple):
    """The report on some records, the places of its results in their order, how many records, what else to know."""

    report: Report
    findings: tuple[Finding, ...]
    records: int
    quarantined: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


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
    with collecting() as spools:
        gathered = _gather(setting, spools, jobs, frozenset(), count)
        content = (line for line in spools.quads.sorted() if not statement(line).graph)
        return _validated(setting, content, gathered.origins)


def write_report(report: Report, file: Path) -> None:
    """Writes a report as Turtle; raises BadOutput."""
    write_text(file, "".join(render_turtle(report_lines(report), prepare([], base=report.base).words.prefixes)))


def _release(setting: Setting, out: Path, jobs: int, without: frozenset[str], count: Counter) -> Validated:
    with collecting() as spools, building(out) as folder:
        gathered = _gather(setting, spools, jobs, without, count)
        write_dumps(folder, spools.quads.sorted(), spools.nodes.sorted(), setting.words)
        validated = _validated(setting, folder.read("data/idf.nt"), gathered.origins)
        if not validated.report.conforms:
            raise ShapesViolated(validated.findings)
        check_dumps(folder)
        write_documents(folder, spools.entries.sorted(), setting.mapper, setting.words.prefixes)
        write_words(folder, setting.words, (iris.rebase(line, setting.base) for line in report_lines(validated.report)))
        _write_pages(folder, setting, gathered.pages)
        return validated


def _gather(setting: Setting, spools: Spools, jobs: int, without: frozenset[str], count: Counter) -> Gathered:
    """Fills the spools from all sources: the records, the reference data they touch, and the run itself."""
    gathered = Gathered({}, set())
    touched: set[str] = set()
    records = _once(read_files(setting.files, encoding=setting.encoding), gathered.origins, without, count)
    for woven in weave_all(setting, records, jobs):
        spools.take(woven)
        touched |= woven.touched
    spools.take(weave_nodes(setting.mapper, setting.reference.nodes(touched)))
    gathered.pages.update(target for target in touched if target.startswith("src:"))
    run = run_nodes(setting.dataset, version("idfgraph"), setting.as_of, gathered.pages)
    spools.quads.add(chain_quads(setting.mapper, run, RUN))
    return gathered


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
    report = validate(triples, setting.words.shapes.values(), setting.base)
    findings = (Finding(result, _place(setting, result, origins)) for result in report.results)
    return Validated(report, tuple(findings), len(origins), warnings=setting.warnings)


def _place(setting: Setting, result: Result, origins: Mapping[str, Origin]) -> Place:
    """The place of the field that a result is about, where its focus is (part of) a record."""
    origin = origins.get(identifier(setting, result))
    return origin.place(result.about) if origin else Place(field=result.about)


def identifier(setting: Setting, result: Result) -> str:
    """The id of the record that a result's focus is, or is a part of."""
    return iris.resource_of(setting.mapper.compact(result.focus)).partition(":")[2]


def _identifiers(setting: Setting, findings: Iterable[Finding]) -> Iterator[str]:
    """The ids of the records that break a shape."""
    for result, place, _ in findings:
        if result.severity == "Violation" and place.file:
            yield identifier(setting, result)


def _write_pages(folder: Folder, setting: Setting, used: set[str]) -> None:
    """Writes the text of the pages that are used, unless the data set says that none is published."""
    if setting.dataset.publish_pages == "true":
        for digest, path in sorted(setting.files.pages.items()):
            if iris.source(digest) in used:
                folder.write(f"pages/{digest}.txt", [published_bytes(path, setting.encoding)])
