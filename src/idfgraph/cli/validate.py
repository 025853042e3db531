"""Commands that check records."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ..model.findings import Finding
from ..model.formats import ComparisonFormat, ReportFormat
from ..model.text import N_, Language, gettext, ngettext
from ..model.vocab import SEVERITIES, Severity
from ..sources.given import as_sources, paths_of
from ..sources.parts import home
from ..system.disk import real
from ..system.git import root_of
from ..system.terminal import counting
from .desk import named, own_public
from .options import (
    AnySources,
    Base,
    By,
    Encoding,
    Engine,
    Errors,
    Jobs,
    Lang,
    Mine,
    RequireEvidence,
    app,
)
from .output import (
    counts,
    put,
    put_markdown,
    say,
    show,
    show_findings,
    show_table,
    violations,
    warn,
)

if TYPE_CHECKING:
    from ..checks.report import SinceBaseline

SummaryFile = Annotated[Path | None, typer.Option(help="File to add a summary in Markdown to.")]
ReportFile = Annotated[
    Path | None, typer.Option(help="File to write the report to, instead of printing it.")
]
Baseline = Annotated[
    Path | None, typer.Option(help="File of what is known; only what is new is reported.")
]
NewBaseline = Annotated[
    Path | None, typer.Option(help="File to write all that is found to, as known.")
]
Copies = Annotated[
    str | None,
    typer.Option(
        help="Release whose copies of pages count: a folder, a name, or none; else public, here, "
        "in the data folder or beside it.",
        show_default=False,
    ),
]
ChangedSince = Annotated[
    str | None,
    typer.Option(
        metavar="REVISION", help="Tell what concerns records that have changed since, as git knows."
    ),
]
Order = Annotated[
    Literal["severity", "weight"],
    typer.Option(
        help="What is told first: the gravest of all, or the record that weighs most, as in todo."
    ),
]
FailOn = Annotated[
    Severity,
    typer.Option(
        case_sensitive=False,
        show_default=False,
        help="Least severity that fails; violation, if not given.",
    ),
]


@app.command()
def validate(
    sources: AnySources = None,
    form: Annotated[ReportFormat, typer.Option("--format", help="Form of the report.")] = "human",
    output: ReportFile = None,
    fail_on: FailOn = "Violation",
    baseline: Baseline = None,
    write_baseline: NewBaseline = None,
    summary: SummaryFile = None,
    require_evidence: RequireEvidence = False,
    previous: Copies = None,
    changed_since: ChangedSince = None,
    errors: Errors = False,
    order: Order = "severity",
    mine: Mine = False,
    by: By = "",
    base: Base = None,
    encoding: Encoding = None,
    jobs: Jobs = 0,
    engine: Engine = "auto",
    lang: Lang = "en",
) -> None:
    """Check pages, records and reference data, and point at the line of each mistake.

    Exit code 1: something at least as grave as --fail-on was found; 2: an input was not read.
    """
    from ..checks.check import check, expected
    from ..checks.report import since
    from ..release.history import page_copies

    given = as_sources(named(sources))
    with counting("records", partial(expected, given)) as count:
        done = check(
            given,
            base=base,
            encoding=encoding,
            jobs=jobs,
            engine=engine,
            require_evidence=require_evidence,
            count=count,
            copies=page_copies(previous, paths_of(given), own_public(given)),
            changed_since=changed_since,
        )
    compared = since(done.findings, baseline)
    _note(done.findings, write_baseline, compared.new, summary, lang)
    told = _own(compared.new, by, given, encoding) if mine else compared.new
    _tell(told, form, output, lang, done.report.base, errors=errors, order=order)
    warn(done.warnings)
    say(f"{_checked(done.records, changed_since, lang)} ({counts(done.report, lang)})")
    _tell_known(baseline, compared, lang)
    raise typer.Exit(_exit_code(compared.new, fail_on))


def _checked(number: int, since: str | None, lang: Language) -> str:
    """How many records were checked."""
    said = ngettext("checked {number} record", "checked {number} records", number, lang)
    return said + (gettext(" changed since {revision}", lang, revision=since) if since else "")


def _note(
    found: Sequence[Finding],
    baseline: Path | None,
    new: Sequence[Finding],
    summary: Path | None,
    lang: Language,
) -> None:
    """Writes what was found to a baseline, and what is new of it to a summary."""
    from ..checks.report import add_summary, write_baseline

    if baseline:
        write_baseline(found, baseline)
    if summary:
        add_summary(new, lang, summary)


def _own(
    findings: Sequence[Finding], by: str, sources: Sequence[Path | str], encoding: str | None
) -> Sequence[Finding]:
    """The findings about the records that name a person."""
    from ..curation.mine import own_records
    from ..curation.signed import signature

    return own_records(signature(by)[0], sources, encoding).among(findings)


def _tell_known(baseline: Path | None, compared: "SinceBaseline", lang: Language) -> None:
    """Tells how what was found compares with what a baseline knows, if there is one."""
    if baseline:
        said = N_("known: {known}; new: {new}; solved: {solved}")
        new, solved = len(compared.new), len(compared.solved)
        say(gettext(said, lang, known=compared.known, new=new, solved=solved))


@app.command()
def compare(
    base: Annotated[
        str, typer.Argument(help="A data folder, a file, or a git revision: what it was before.")
    ],
    head: Annotated[str, typer.Argument(help="Another: what it is after.")],
    path: Annotated[
        str | None,
        typer.Option(
            help="Folder of the data in a revision or a working tree; the one that one is in, or "
            "data, if not given.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        ComparisonFormat, typer.Option("--format", help="Form of the comparison.")
    ] = "markdown",
    output: Annotated[
        Path | None, typer.Option(help="File to write it to, instead of printing it.")
    ] = None,
    fail_on: Annotated[
        Literal["new"] | None, typer.Option(help="Fail if there are new violations.")
    ] = None,
    jobs: Jobs = 0,
    lang: Lang = "en",
) -> None:
    """Tell what a change will do: records, fields and totals before and after, results that are new
    or solved.

    Exit code 1 says that --fail-on new was given and there are new violations.
    """
    from ..curation.compare import compare_sides, rendered, write

    with counting("records") as count:
        compared = compare_sides(base, head, path=path or _in_revisions(), jobs=jobs, count=count)
    text = rendered(compared, form, lang)
    if output is None:
        (put_markdown if form == "markdown" else put)(text)
    else:
        write(output, text)
    raise typer.Exit(int(fail_on is not None and compared.has_violations))


def _in_revisions() -> str:
    """The data folder as revisions know it: from the root of the repository."""
    desk = real(home())
    root = root_of(desk)
    return desk.relative_to(root).as_posix() if root else "data"


@app.command()
def explain(
    shape: Annotated[
        str | None,
        typer.Argument(
            metavar="SHAPE",
            help="A rule as reports print it, the IRI of a shape, or a constraint (C02).",
        ),
    ] = None,
    lang: Lang = "en",
) -> None:
    """Say in plain words what a rule asks, why and of which fields, with examples; without a rule,
    list them all.
    """
    from ..curation.explain import explain, listed

    if shape:
        show(explain(shape, lang))
    else:
        show_table(*listed(lang))


def _tell(
    told: Sequence[Finding],
    form: ReportFormat,
    output: Path | None,
    lang: Language,
    base: str,
    *,
    errors: bool,
    order: str,
) -> None:
    """Prints a report, or writes it to a file: of all, or of errors alone."""
    from ..checks.report import rendered, write
    from ..curation.weights import by_weight

    weighed = order == "weight"
    found = by_weight(told) if weighed else told
    findings = violations(found) if errors else found
    if output is not None:
        write(output, rendered(findings, form, lang, base, in_order=weighed))
    elif form == "human":
        show_findings(findings, lang, told, in_order=weighed)
    else:
        put(rendered(findings, form, lang, base))


def _exit_code(findings: Sequence[Finding], fail_on: Severity) -> int:
    """What the findings mean for the command; a violation without a shape is an input that could
    not be read.
    """
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    if any(not found.result.shape for found in violations(findings)):
        return 2
    return int(any(finding.result.severity in grave for finding in findings))
