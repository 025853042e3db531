"""What commands print: tables and sentences; standard output is for results, standard error for the
rest.
"""

import sys
from collections.abc import Iterable, Sequence
from html import unescape
from typing import TYPE_CHECKING

import typer

from ..model.findings import Finding, Report, severity_name, where
from ..model.text import Language, gettext, ngettext
from ..model.visible import shielded, shortened, told
from ..model.vocab import SEVERITIES
from ..system import streams
from ..system.terminal import table

if TYPE_CHECKING:
    from ..sources.unused import Unused

#: How much of a line is told.
_LINE = 2_500

#: How much of a note is shown.
_NOTE = 1_000

#: How many of the files are named that are skipped for one reason.
_NAMED = 3

#: How many files that are not used are told one by one.
_SHOWN = 20


def counts(report: Report, lang: Language) -> str:
    """How many results of each severity, in the words that the report itself has for them."""
    found = ((severity, report.count(severity)) for severity in SEVERITIES)
    return ", ".join(f"{number} {severity_name(name, lang, number)}" for name, number in found)


def show_findings(
    findings: Sequence[Finding],
    lang: Language,
    of: Sequence[Finding] | None = None,
    *,
    in_order: bool = False,
) -> None:
    """Prints findings for people, each with its line quoted, gravest first or in their order, and
    counts them, or all that they are of.
    """
    from ..checks.report import render_human

    if findings:
        colour = sys.stdout.isatty()
        told = render_human(findings, lang, colour=colour, of=of, in_order=in_order)
        typer.echo(told, nl=False)


def show_unused(unused: Iterable[Finding], lang: Language) -> None:
    """Tells what stands in the sources as if it were meant to be read, and is not."""
    meant = [found for found in unused if found.result.severity == "Warning"]
    for found in meant[:_SHOWN]:
        say(f"{where(found)}: {found.result.message(lang)}")
    if (left := len(meant) - _SHOWN) > 0:
        say(
            ngettext(
                "{number} more file is not used: see idfgraph validate",
                "{number} more files are not used: see idfgraph validate",
                left,
                lang,
            )
        )


def show_skipped(unused: Iterable["Unused"], lang: Language) -> None:
    """Tells what stands in folders of pages and is not read, by the reason: how many, and which
    first.
    """
    groups: dict[str, list[str]] = {}
    for one in unused:
        why = gettext(one.why, lang, belongs=one.belongs).rpartition(": ")[2]
        reason = why + (f" ({gettext(one.kind.what, lang)})" if one.kind else "")
        groups.setdefault(reason, []).append(one.place.file)
    for reason, names in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        files = some(names, _NAMED, lang)
        say(
            gettext(
                "skipped {number}: {reason}: {files}",
                lang,
                number=len(names),
                reason=reason,
                files=files,
            )
        )


def some(names: Sequence[str], most: int, lang: Language) -> str:
    """The first of some names, and how many more there are.

    >>> some(["a", "b", "c"], 2, "en"), some(["a"], 2, "en")
    ('a, b and 1 more', 'a')
    """
    first = ", ".join(names[:most])
    if (left := len(names) - most) <= 0:
        return first
    return gettext("{names} and {number} more", lang, names=first, number=left)


def show_evidence(found: Sequence[Finding], lang: Language) -> None:
    """Tells of pages that changed under their records, and of evidence that was not re-read."""
    for one in found[:_SHOWN]:
        say(f"{where(one)}: {one.result.message(lang)}")
    if (left := len(found) - _SHOWN) > 0:
        say(
            ngettext(
                "{number} more page has changed: see idfgraph validate",
                "{number} more pages have changed: see idfgraph validate",
                left,
                lang,
            )
        )


def warn(warnings: Iterable[str]) -> None:
    """Tells what is odd about what a desk adds to the reference data, each on one line."""
    for warning in warnings:
        say(" ".join(warning.split()))


def say(text: str) -> None:
    """Tells people something that is no result, a line at a time."""
    for line in text.splitlines():
        streams.tell(told(line, _LINE))


def say_error(error: object) -> None:
    """Tells what is wrong, on one line."""
    say(f"idfgraph: {' '.join(str(error).split())}")


def show(text: object) -> None:
    """Prints a result for people, its lines as they are."""
    typer.echo(shielded(str(text)))


def show_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints a table, which shows what is hidden in its cells itself: the signs of its looks are
    its own.
    """
    typer.echo(table(columns, rows))


def show_notes(notes: Iterable[str]) -> None:
    """Prints what is doubtful about a result, below it."""
    for note in notes:
        show(f"  {shortened(note, _NOTE)}")


def put_markdown(result: str) -> None:
    """Prints Markdown as `put` does, but on a terminal its signs as people read them."""
    put(unescape(result) if sys.stdout.isatty() else result)


def put(result: str | bytes) -> None:
    """Prints a result for programs as it is; on a terminal what is hidden in it is shown."""
    if sys.stdout.isatty():
        text = result if isinstance(result, str) else result.decode("utf-8", "replace")
        sys.stdout.write(shielded(text))
    elif isinstance(result, str):
        sys.stdout.write(result)
    else:
        sys.stdout.buffer.write(result)


def violations(findings: Iterable[Finding]) -> list[Finding]:
    """The gravest findings alone."""
    return [finding for finding in findings if finding.result.severity == "Violation"]
