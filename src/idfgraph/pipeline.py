"""The whole story on one page: files are read, checked in shards, and published."""

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from .checks.check import Counter, Run, SourceCheck, Validated, uncounted
from .checks.shacl import engine_name
from .checks.shards import record_of
from .exports.metadata import RUN, run_nodes
from .graph.lines import Spools, chain_quads, collecting, weave_nodes
from .graph.setting import Setting, prepare
from .model import iris
from .model.errors import BadRecord, Place, ShapesViolated
from .model.findings import Finding
from .model.layout import page_text
from .release.build import Target, building, described, lost
from .release.contents import make
from .release.losses import Before
from .release.quarantine import Stay, last_sound
from .release.tally import Tally, tally
from .sources.pages import published_bytes
from .system.folder import Folder


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
    count: Counter = uncounted,
) -> Validated:
    """Publishes pages and records as a release in the folder `out`, whole or not at all, and
    returns the report.

    `base` replaces the base IRI, `jobs` is the number of processes (0: one a core), `engine` the
    SHACL engine, `quarantine` holds back the records that break a shape instead of refusing: what
    the previous release has of them stays, marked. `count` is called as records are done. `layout`,
    `previous` and `allow_removals` are as for a `Target`. Raises ShapesViolated with its findings,
    LostData with its losses, and BadInput, BadConfig or BadOutput when something cannot be read or
    written; what `out` was then stays.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     publish([Path("data")], Path(folder) / "public").report.conforms
    True
    """
    setting, run = (
        prepare(sources, base=base, encoding=encoding),
        Run(engine_name(engine), jobs, count),
    )
    target = Target(out, layout, previous, allow_removals)
    try:
        return _release(setting, run, target, frozenset())
    except ShapesViolated as error:
        faulty, faults = frozenset(_identifiers(setting, error.findings)), error.findings
        if not quarantine or not faulty:
            raise
    done = _release(setting, run, target, faulty)
    return done._replace(quarantined=tuple(sorted(faulty)), faults=tuple(faults))


def _release(setting: Setting, run: Run, target: Target, without: frozenset[str]) -> Validated:
    reading = SourceCheck(setting, run, without)
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
        make(
            folder,
            setting,
            spools,
            validated.report,
            counted,
            versions=described(earlier),
            jobs=run.processes,
        )
        made.take(earlier)
        return validated._replace(notes=(*gone, *made.notes()), staying=gathered.staying)


def _refuse_dangling(reading: SourceCheck, counted: Tally) -> None:
    """Nothing, or BadRecord if what takes the place of a withdrawn record is no record."""
    for node in counted.tombstones:
        successor = node.get("isReplacedBy", "")
        if successor.startswith(("prj:", "prg:")) and successor not in counted.ids:
            origin = reading.origins.get(node["id"].partition(":")[2])
            place = (
                origin.place("withdrawn.replacedBy", "withdrawn")
                if origin
                else Place(field=node["id"])
            )
            raise BadRecord(
                f"names {successor}, which is no record",
                place,
                hint="name one that is, or leave it out",
            )


class _Gathered(NamedTuple):
    """What the spools were filled from: pages of records, and, of those held back, what stays and
    their page texts.
    """

    pages: set[str]
    staying: tuple[str, ...]
    texts: tuple[str, ...]


def _gather(reading: SourceCheck, spools: Spools, before: Before | None) -> _Gathered:
    """Fills the spools: the records, the last sound versions of others, the reference data they
    touch, and the run.
    """
    setting = reading.setting
    known = {id_ for shard in reading.shards(weaving=True) for id_ in spools.take(shard.woven)}
    pages = _pages(known)
    staying: dict[str, tuple[str, ...]] = {}
    for stay in _staying(reading, before):
        known |= spools.take(stay.shard.woven)
        staying[stay.id] = stay.texts
    spools.take(weave_nodes(setting.mapper, setting.reference.nodes(known)))
    run = run_nodes(setting.dataset, version("idfgraph"), setting.as_of, _pages(known))
    spools.quads.add(chain_quads(setting.mapper, run, RUN))
    return _Gathered(pages, tuple(staying), tuple(chain.from_iterable(staying.values())))


def _staying(reading: SourceCheck, before: Before | None) -> Iterator[Stay]:
    """The last sound versions of the records that are left out, once the others are read."""
    if before:
        for stay in last_sound(
            reading.setting, reading.run.engine, before, reading.without, reading.owners
        ):
            reading.take(stay.shard.findings)
            yield stay


def _pages(known: Iterable[str]) -> set[str]:
    """The ids of pages among others."""
    return {target for target in known if target.startswith("src:")}


def _identifiers(setting: Setting, findings: Iterable[Finding]) -> Iterator[str]:
    """The ids of the records that break a shape."""
    for finding in findings:
        if finding.result.severity == "Violation" and finding.place.file:
            yield record_of(setting, finding.result)


def _write_texts(
    folder: Folder, reading: SourceCheck, gathered: _Gathered, before: Before | None
) -> None:
    """Writes the texts of the pages that are used, unless the data set says that none is
    published.
    """
    setting = reading.setting
    if setting.dataset.shows_pages:
        for digest, path in sorted(setting.files.pages.items()):
            if iris.source(digest) in gathered.pages:
                encoding = reading.encodings.get(digest, setting.encoding)
                folder.write(page_text(digest), [published_bytes(path, encoding)])
    for name in gathered.texts:
        if before and name not in folder.sums and (text := before.read(name)):
            folder.write(name, [text])
