"""Commands that check records."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from ..model.vocab import SEVERITIES
from ..system.terminal import counting, table
from .options import (
    Base,
    Encoding,
    Engine,
    Jobs,
    Lang,
    Language,
    ReportFormat,
    Severity,
    Sources,
    app,
)
from .output import counts, named, say, show_findings, warn


class ComparisonFormat(StrEnum):
    """A form of a comparison."""

    markdown = "markdown"
    json = "json"


class FailOnChange(StrEnum):
    """What of a comparison fails the command."""

    new = "new"


@app.command()
def validate(
    sources: Sources = None,
    form: Annotated[
        ReportFormat, typer.Option("--format", help="Form of the report.")
    ] = ReportFormat.human,
    output: Annotated[
        Path | None, typer.Option(help="File to write the report to, instead of printing it.")
    ] = None,
    fail_on: Annotated[
        Severity, typer.Option(help="Least severity that fails.")
    ] = Severity.violation,
    baseline: Annotated[
        Path | None, typer.Option(help="File of what is known; only what is new is reported.")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(help="File to write all that is found to, as known.")
    ] = None,
    summary: Annotated[
        Path | None, typer.Option(help="File to add a summary in Markdown to.")
    ] = None,
    base: Base = None,
    encoding: Encoding = None,
    jobs: Jobs = 0,
    engine: Engine = "auto",
    lang: Lang = Language.en,
) -> None:
    """Check pages, records and reference data, and point at the line of each mistake.

    Exit code 1 says that something at least as grave as --fail-on was found, 2 that an input could
    not be read.
    """
    pipeline, reporting = (
        import_module("idfgraph.checks.check"),
        import_module("idfgraph.checks.report"),
    )
    options = {"base": base, "encoding": encoding, "jobs": jobs, "engine": engine}
    with counting("records", partial(pipeline.expected, named(sources))) as count:
        done = pipeline.check(named(sources), **options, count=count)
    compared = reporting.since(done.findings, baseline)
    if write_baseline:
        reporting.write_baseline(done.findings, write_baseline)
    if summary:
        reporting.add_summary(compared.new, lang.value, summary)
    _tell(compared.new, form, output, lang, done.report.base)
    warn(done.warnings)
    say(f"checked {done.records} records ({counts(done.report)})")
    if baseline:
        say(f"known: {compared.known}; new: {len(compared.new)}; solved: {len(compared.solved)}")
    raise typer.Exit(_exit_code(compared.new, fail_on))


@app.command()
def compare(
    base: Annotated[
        str, typer.Argument(help="A data folder, a file, or a git revision: what it was before.")
    ],
    head: Annotated[str, typer.Argument(help="Another: what it is after.")],
    path: Annotated[
        str, typer.Option(help="Folder of the data in a revision or a working tree.")
    ] = "data",
    form: Annotated[
        ComparisonFormat, typer.Option("--format", help="Form of the comparison.")
    ] = ComparisonFormat.markdown,
    output: Annotated[
        Path | None, typer.Option(help="File to write it to, instead of printing it.")
    ] = None,
    fail_on: Annotated[
        FailOnChange | None, typer.Option(help="Fail if there are new violations.")
    ] = None,
    jobs: Jobs = 0,
    lang: Lang = Language.en,
) -> None:
    """Tell what a change will do: records, fields and totals before and after, results that are new
    or solved.

    Exit code 1 says that --fail-on new was given and there are new violations.
    """
    comparing = import_module("idfgraph.curation.compare.sides")
    with counting("records") as count:
        compared = comparing.compare_sides(base, head, path=path, jobs=jobs, count=count)
    text = comparing.rendered(compared, form.value, lang.value)
    if output is None:
        sys.stdout.write(text)
    else:
        comparing.write(output, text)
    raise typer.Exit(int(fail_on is not None and compared.has_violations))


@app.command()
def explain(
    shape: Annotated[
        str | None,
        typer.Argument(
            metavar="SHAPE",
            help="A rule as reports print it, the IRI of a shape, or a constraint (C02).",
        ),
    ] = None,
    lang: Lang = Language.en,
) -> None:
    """Say in plain words what a rule asks, why and of which fields, with examples; without a rule,
    list them all.
    """
    explaining = import_module("idfgraph.curation.explain")
    if shape:
        typer.echo(explaining.explain(shape, lang.value))
    else:
        typer.echo(table(*explaining.listed(lang.value)))


def _tell(
    findings: Sequence[Any], form: ReportFormat, output: Path | None, lang: Language, base: str
) -> None:
    """Prints a report, or writes it to a file."""
    if output is None and form is ReportFormat.human:
        show_findings(findings, lang)
        return
    text = import_module("idfgraph.checks.report").rendered(
        findings, form.value, lang.value, base
    )
    if output is None:
        sys.stdout.write(text)
    else:
        import_module("idfgraph.checks.report").write(output, text)


def _exit_code(findings: Sequence[Any], fail_on: Severity) -> int:
    """What the findings mean for the command; what could not be read has no shape."""
    grave = SEVERITIES[: SEVERITIES.index(fail_on.value.capitalize()) + 1]
    if any(not finding.result.shape for finding in findings):
        return 2
    return int(any(finding.result.severity in grave for finding in findings))
