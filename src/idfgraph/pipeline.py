"""The whole story on one page: sources are read, checked in shards, and published as a release."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from .checks.check import Counter, Run, SourceCheck, Validated, uncounted
from .checks.set_apart import grouped
from .checks.shacl import usable
from .checks.shards import record_of, unreadable
from .graph.lines import Spools, collecting
from .graph.setting import Setting, prepared
from .model.errors import BadConfig, BadInput, LostData, NothingReadable, ShapesViolated
from .model.findings import Finding
from .model.text import N_
from .release.build import Target, refuse_sources, release_build
from .release.contents import gather, with_copies, write_page_texts
from .release.losses import AcceptedLosses
from .release.make import ReleaseParts, make
from .release.news import News
from .release.past import EarlierDocuments, deprecate, past_of
from .release.quarantine import HeldBack, held_back
from .release.tally import Tally, tally
from .release.tombstones import check_successors
from .release.versions import versions_with_pages
from .sources.given import Sources, as_sources, paths_of
from .system.dask_crew import dask_crew
from .system.depot import depot
from .system.parquet import check_parquet


def publish(
    sources: Sources,
    out: str | Path,
    *,
    base: str | None = None,
    encoding: str | None = None,
    jobs: int = 0,
    engine: str = "auto",
    quarantine: bool = False,
    layout: str = "auto",
    previous: str = "current",
    allow_removals: bool = False,
    require_evidence: bool = False,
    accept_losses: Iterable[str] = (),
    sign: str | Path | None = None,
    site: str = "full",
    documents: str = "all",
    why: Sequence[str] = (),
    on: str = "",
    runs: str = "",
    count: Counter = uncounted,
) -> Validated:
    """Publishes pages and records as a release in `out`, whole or not at all; gives the report.

    `sources` is a path, an address, or several. `base` replaces the base IRI, `jobs` is the number
    of processes (0: one a core), `engine` the SHACL engine, `quarantine` holds back records that
    break a shape and inputs that cannot be read: what the previous release has of them stays.
    `accept_losses` names what may be lost (`V47-805:startYear`), `allow_removals` lets all of it
    go; `require_evidence` refuses quotes that cannot be re-read. `on` is a Dask scheduler whose
    workers check records, `runs` where they write (`_hired`); `count` is called as they are done.
    `layout`, `previous`, `sign`, `why`: `Target`; `site`, `documents`: `ReleaseParts`.
    Raises ShapesViolated, LostData, BadInput, BadConfig or BadOutput; what `out` was then stays.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     publish("data", f"{folder}/public").report.conforms
    True
    """
    refuse_sources(paths_of(given := as_sources(sources)), Path(out))
    accepted = AcceptedLosses(tuple(accept_losses), allow_removals)
    parts, key = ReleaseParts(site, documents), Path(sign) if sign else None
    target = Target(Path(out), layout, previous, accepted, key, parts, tuple(why))
    with (
        _hired(Run(usable(engine), jobs, count, require_evidence), on, runs) as run,
        prepared(given, base=base, encoding=encoding, depot=run.depot) as setting,
    ):
        if setting.dataset.shows_parquet:
            check_parquet()
        release = _quarantined if quarantine else partial(_release, without=frozenset())
        return release(setting, run, target)._replace(borrowed=setting.borrowed_title)


@contextmanager
def _hired(run: Run, on: str, runs: str) -> Iterator[Run]:
    """The run by the workers of a Dask scheduler (`dask://HOST:PORT`) and a depot at an address,
    by which their lines come, if they do not see the temporary folder; where these are asked for.
    """
    if runs and not on:
        hint = N_("give the cluster by --on, too")
        raise BadConfig(N_("--runs says where the workers of a cluster write"), hint=hint)
    with ExitStack() as held:
        there = held.enter_context(depot(runs)) if runs else None
        crew = held.enter_context(dask_crew(on, there)) if on else None
        yield run._replace(crew=crew, depot=there)


def _quarantined(setting: Setting, run: Run, target: Target) -> Validated:
    """A release without what is faulty: of each round that fails, the records that are left out of
    the next.
    """
    faulty, faults, poorer = frozenset[str](), tuple[Finding, ...](), tuple[Finding, ...]()
    while True:
        try:
            done = _release(setting, run, target, faulty, apart=True)
        except ShapesViolated as error:
            more = frozenset(_identifiers(setting, error.findings))
            faults += error.findings
            if more <= faulty:
                raise
        except _LostWithInput as error:
            more = frozenset[str]().union(*(one.ids for one in error.held))
            poorer += tuple(found for one in error.held for found in one.findings)
            if more <= faulty:
                raise error.lost from None
        else:
            aside = (*done.aside, *grouped(poorer))
            return done._replace(quarantined=tuple(sorted(faulty)), faults=faults, aside=aside)
        faulty |= more


class _LostWithInput(Exception):
    """What would be lost, and what can be left out instead."""

    def __init__(self, lost: LostData, held: tuple[HeldBack, ...]) -> None:
        super().__init__(str(lost))
        self.lost, self.held = lost, held


def _release(
    setting: Setting, run: Run, target: Target, without: frozenset[str], *, apart: bool = False
) -> Validated:
    with collecting() as spools, release_build(target) as build, ExitStack() as held:
        before = build.before()
        setting = with_copies(setting, before)
        check = SourceCheck(setting, run._replace(kept=build.shards), without, apart=apart)
        past = held.enter_context(past_of(before, setting))
        contents = gather(check, spools, before, past.entries)
        if check.aside and not (check.origins or without):
            raise _nothing_of(check.aside)
        build.check_pages(contents.pages)
        validated = _sound(check)
        counted = _counted(check, spools, without.difference(contents.staying))
        try:
            losses = build.losses(
                past.values.sorted(), spools.quads.lines(), counted, setting, check.written
            )
        except LostData as error:
            if not (before and apart):
                raise
            raise _LostWithInput(error, tuple(held_back(before, error.fields, check))) from error
        gone = deprecate(past, spools, setting)
        write_page_texts(build.folder, check, contents, before)
        earlier = build.earlier(setting.dataset)
        make(
            build.folder,
            setting,
            spools,
            validated.report,
            counted,
            gone=gone | {one.id for one in counted.tombstones},
            earlier=EarlierDocuments(before, setting.base),
            left=partial(build.reuse.left, build.folder, before),
            versions=versions_with_pages(earlier),
            news=News(before, setting.base).of,
            parts=target.parts,
            jobs=run.jobs,
        )
        why = build.reuse.told(build.folder, {one.path for one in earlier})
        build.take(earlier)
        notes = (*losses, *build.notes(), *build.dated(setting.as_of))
        was = build.store.current()
    made = build.store.current() or ""
    return validated._replace(
        notes=notes, staying=contents.staying, release=made, unchanged=made == was, why=why
    )


def _sound(check: SourceCheck) -> Validated:
    """What was found of sources; ShapesViolated, or BadInput, where that cannot be published."""
    validated = check.validated()
    if not validated.report.conforms:
        raise ShapesViolated(validated.findings)
    check.refuse_unread()
    return validated


def _nothing_of(aside: Sequence[BadInput]) -> BadInput:
    """The error for inputs of which none can be read: of one its own, of several all by kind."""
    found = tuple(grouped(map(unreadable, aside)))
    return NothingReadable(found, len(aside)) if len(aside) > 1 else aside[0]


def _counted(check: SourceCheck, spools: Spools, left_out: Iterable[str]) -> Tally:
    """What a release holds; BadInput where what takes the place of a record is not there."""
    counted = tally(spools.nodes.sorted())
    check_successors(counted.tombstones, counted.ids, check.origins)
    return counted._replace(unread=check.unread.quotes, left_out=tuple(sorted(left_out)))


def _identifiers(setting: Setting, findings: Iterable[Finding]) -> Iterator[str]:
    """The ids of the records that break a shape."""
    for finding in findings:
        if finding.result.severity == "Violation" and finding.place.file:
            yield record_of(setting, finding.result)
