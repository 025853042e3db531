"""What commands print: tables and sentences; standard output is for results, standard error for the
rest.
"""

import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import typer

from ..model.errors import BadConfig
from ..model.vocab import SEVERITIES
from .options import Language


def named(sources: list[Path] | None) -> Sequence[Path]:
    """The sources that are named, or the folder data; BadConfig if there is neither."""
    if sources or Path("data").is_dir():
        return sources or [Path("data")]
    raise BadConfig(
        "no source is named, and there is no folder data/",
        hint="name a folder or file of pages or records",
    )


def counts(report: Any) -> str:
    """How many results of each severity, in words."""
    return ", ".join(f"{report.count(severity)} {severity.lower()}" for severity in SEVERITIES)


def show_findings(findings: Sequence[Any], lang: Language) -> None:
    """Prints findings for people, each with its line quoted."""
    if findings:
        colour = sys.stdout.isatty()
        typer.echo(
            import_module("idfgraph.checks.report").render_human(
                findings, lang.value, colour=colour
            ),
            nl=False,
        )


def warn(warnings: Iterable[str]) -> None:
    """Tells what is odd about the names that people added, each on one line."""
    for warning in warnings:
        say(f"overrides.yaml: {' '.join(warning.split())}")


def say(text: str) -> None:
    """Tells people something that is no result."""
    typer.echo(text, err=True)


def violations(findings: Iterable[Any]) -> list[Any]:
    """The gravest findings alone."""
    return [finding for finding in findings if finding.result.severity == "Violation"]
