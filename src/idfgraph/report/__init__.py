"""Room 7, report: what was found, in the forms that people, editors and build servers read."""

from collections.abc import Callable, Mapping, Sequence

from ..findings import Finding
from . import github, human, json_report, junit, markdown, sarif, turtle
from .baseline import Compared, new_since, render_baseline
from .fingerprint import fingerprint
from .lines import Lines
from .markdown import escaped
from .shacl import report_lines
from .turtle import located_lines
from .visible import visible as shown
from .words import severity_name, totals

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

render_human = human.render
render_summary = markdown.render

__all__ = [
    "FORMATS",
    "Compared",
    "Format",
    "Lines",
    "escaped",
    "fingerprint",
    "located_lines",
    "new_since",
    "render_baseline",
    "render_human",
    "render_summary",
    "report_lines",
    "severity_name",
    "shown",
    "totals",
]
