"""The command that publishes a release."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..model.errors import LostData, NothingReadable, ShapesViolated
from ..model.layout import DocumentKind, ReleaseLayout, SiteKind
from ..model.text import N_, Language, chosen, gettext, ngettext
from ..sources.given import as_sources, paths_of
from ..system.terminal import counting
from .desk import named, own_public
from .options import (
    AnySources,
    Base,
    Cluster,
    Encoding,
    Engine,
    Jobs,
    Lang,
    RequireEvidence,
    Runs,
    app,
)
from .output import (
    counts,
    say,
    show_evidence,
    show_findings,
    show_unused,
    some,
    violations,
    warn,
)

if TYPE_CHECKING:
    from ..checks.check import Validated


#: How many records are named that are held back or left out.
_IDS = 50

Out = Annotated[
    Path | None,
    typer.Option(
        help="Folder of the release; replaced whole. If not given, public in the data folder one "
        "is in, or beside data/.",
        show_default=False,
    ),
]
Layout = Annotated[ReleaseLayout, typer.Option(help="A link to the release, or a plain folder.")]
AcceptLoss = Annotated[
    list[str] | None,
    typer.Option(metavar="ID[:FIELD]", help="A record, or a field of one, that may be lost."),
]
Previous = Annotated[
    str, typer.Option(help="What nothing may be lost against: a release, or none.")
]
AllowRemovals = Annotated[bool, typer.Option(help="Publish less than before, whatever it is.")]
Sign = Annotated[Path | None, typer.Option(help="Secret key, minisign's or ssh's, to sign with.")]
Site = Annotated[SiteKind, typer.Option(help="No pages, pages alone, or pages with scripts.")]
Documents = Annotated[
    DocumentKind,
    typer.Option(
        help="Of each project, state or code: all files, pages alone, or none; serve makes those "
        "for programs when they are asked for."
    ),
]
Why = Annotated[
    list[str] | None,
    typer.Option(
        metavar="PATH",
        help="Tell why a file of the release was made anew, or not; may be repeated.",
    ),
]
Quarantine = Annotated[bool, typer.Option(help="Publish sound records; of the others, what was.")]


@app.command()
def publish(
    sources: AnySources = None,
    out: Out = None,
    base: Base = None,
    encoding: Encoding = None,
    jobs: Jobs = 0,
    engine: Engine = "auto",
    quarantine: Quarantine = False,
    layout: Layout = "auto",
    previous: Previous = "current",
    accept_loss: AcceptLoss = None,
    allow_removals: AllowRemovals = False,
    require_evidence: RequireEvidence = False,
    sign: Sign = None,
    site: Site = "full",
    documents: Documents = "all",
    why: Why = None,
    on: Cluster = "",
    runs: Runs = "",
    lang: Lang = "en",
) -> None:
    """Read, resolve, map, validate, publish (default: the data folder one is in)."""
    from ..pipeline import publish

    given = as_sources(named(sources))
    out = out or own_public(given)
    with counting("records", partial(_expected, given)) as count, _refusals(given, lang):
        done = publish(
            given,
            out,
            base=base,
            encoding=encoding,
            jobs=jobs,
            engine=engine,
            quarantine=quarantine,
            layout=layout,
            previous=previous,
            allow_removals=allow_removals,
            require_evidence=require_evidence,
            accept_losses=accept_loss or (),
            sign=sign,
            site=site,
            documents=documents,
            why=[_within(path, out) for path in why or ()],
            on=on,
            runs=runs,
            count=count,
        )
    raise typer.Exit(_ended(done, out, lang))


@contextmanager
def _refusals(given: Sequence[Path | str], lang: Lang) -> Iterator[None]:
    """Tells what refuses a release in the block."""
    try:
        yield
    except (ShapesViolated, NothingReadable, LostData) as error:
        _tell_refused(error, given, lang)
        raise


def _expected(given: Sequence[Path | str]) -> int | None:
    """About how many records there are."""
    from ..checks.check import expected

    return expected(given)


def _within(path: str, out: Path) -> str:
    """A path of a file of a release as it is from the root of that."""
    return Path(path).relative_to(out).as_posix() if Path(path).is_relative_to(out) else path


def _tell_refused(
    error: ShapesViolated | NothingReadable | LostData, given: Sequence[Path | str], lang: Lang
) -> None:
    """What was found; or what would be lost, and which inputs stand there unused."""
    if not isinstance(error, LostData):
        show_findings(violations(error.findings), lang)
        return
    from ..checks.shards import unused
    from ..sources.files import find_files

    show_unused(map(unused, find_files(paths_of(given)).unused), lang)
    say("\n".join(gettext("lost: {what}", lang, what=loss) for loss in error.losses))


def _ended(done: "Validated", out: Path, lang: Language) -> int:
    """Tells what to know of a release, what it holds, where it stands and whether it is a new one;
    the exit code: 2 where inputs were set aside, or records held back or left out.
    """
    _tell(done, lang)
    words = {"folder": out, "release": done.release, "counts": counts(done.report, lang)}
    records = ngettext("{number} record", "{number} records", done.records, lang)
    if done.staying:
        said = N_("{records} and the last sound version of {number}")
        records = gettext(said, lang, records=records, number=len(done.staying))
    said = (
        N_("unchanged: {records} in {folder} as {release} ({counts})")
        if done.unchanged
        else N_("published {records} in {folder} as {release} ({counts})")
    )
    say(gettext(said, lang, records=records, **words))
    return 2 if done.aside or done.quarantined else 0


def _tell(done: "Validated", lang: Language) -> None:
    """Tells what to know of a release, and what was held back from it."""
    warn(done.warnings)
    show_unused(done.unused, lang)
    show_evidence(done.evidence, lang)
    for note in done.notes:
        say(note)
    if done.borrowed:
        said = N_(
            "no dataset.yaml says what this is: it is published as “{title}”, with the rights and "
            "the base of the data set that ships; write one beside the data, as idfgraph init does"
        )
        say(gettext(said, lang, title=chosen(done.borrowed, lang)[0]))
    for told in done.why:
        say(told[lang])
    show_findings([*violations(done.faults), *done.aside], lang)
    if done.aside:
        said = N_("set aside: what cannot be read, or says less, as listed; the rest is published")
        say(gettext(said, lang))
    staying = [one for one in done.quarantined if one in done.staying]
    if staying:
        say(
            ngettext(
                "held back: {names}; its last sound version stays",
                "held back: {names}; their last sound versions stay",
                len(staying),
                lang,
                names=some(staying, _IDS, lang),
            )
        )
    if gone := [one for one in done.quarantined if one not in done.staying]:
        say(gettext("left out: {names}", lang, names=some(gone, _IDS, lang)))
