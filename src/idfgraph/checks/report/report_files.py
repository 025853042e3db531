"""What was found, told: in one of the forms, against what is known, and for a job's page."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ...graph.lines import render_turtle
from ...model.findings import Finding
from ...model.vocab import EARL, PTR, RDFS, SH, XSD
from ...system.disk import write_bytes, write_text
from ...system.reading import read_text, read_whole
from . import github, human, json_report, junit, markdown, sarif, turtle
from .baseline import SinceBaseline, new_since, render_baseline
from .turtle import located_lines

#: Findings and a language to text.
Format = Callable[[Sequence[Finding], str], str]

#: The forms of a report by name, as `validate --format` takes them.
FORMATS: Mapping[str, Format] = {
    "human": human.render,
    "json": json_report.render,
    "ttl": turtle.render,
    "sarif": sarif.render,
    "junit": junit.render,
    "github": github.render,
}

#: The largest baseline, in bytes.
BASELINE_LIMIT = 50_000_000

#: The prefixes of a report as Turtle.
_PREFIXES = {"earl": EARL, "ptr": PTR, "rdfs": RDFS, "sh": SH, "xsd": XSD}


def rendered(
    findings: Sequence[Finding], form: str, language: str, base: str, *, in_order: bool = False
) -> str:
    """The findings in one of FORMATS, with messages in a language; as Turtle under a base IRI. For
    people, gravest first, unless they are to be told `in_order`.

    >>> rendered([], "junit", "en", "").splitlines()[0]
    '<?xml version="1.0" encoding="UTF-8"?>'
    """
    if form == "ttl":
        return "".join(render_turtle(located_lines(findings, base), _PREFIXES))
    if form == "human":
        return human.render(findings, language, in_order=in_order)
    return FORMATS[form](findings, language)


def write(file: Path, text: str) -> None:
    """Writes a report; raises BadOutput."""
    write_text(file, text)


def since(findings: Sequence[Finding], baseline: Path | None) -> SinceBaseline:
    """The findings that a baseline does not know; all where there is none. Raises BadInput for one
    that cannot be read, BadConfig for one that is none.

    >>> since([], None)
    SinceBaseline(new=(), known=0, solved=())
    """
    if baseline is None:
        return SinceBaseline(tuple(findings), 0, ())
    return new_since(findings, read_text(baseline, BASELINE_LIMIT), str(baseline))


def write_baseline(findings: Sequence[Finding], file: Path) -> None:
    """Writes down what is known, to be reported no more; raises BadOutput."""
    write_text(file, render_baseline(findings))


def add_summary(findings: Sequence[Finding], language: str, file: Path) -> None:
    """Adds a summary in Markdown to what a file holds, whatever that is, as pages of jobs want it;
    raises BadOutput, and BadInput where the file cannot be read.
    """
    before = read_whole(file) if file.is_file() else b""
    write_bytes(file, [before, markdown.render(findings, language).encode()])
