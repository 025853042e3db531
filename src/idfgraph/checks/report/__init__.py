"""What was found, in the forms that people, editors and build servers read."""

from .baseline import SinceBaseline, new_since, render_baseline
from .human import render as render_human
from .json_report import finding_form
from .markdown import escaped
from .report_files import FORMATS, add_summary, rendered, since, write, write_baseline
from .shacl import report_lines
from .told import ToldFinding, told_findings

__all__ = [
    "FORMATS",
    "SinceBaseline",
    "ToldFinding",
    "add_summary",
    "escaped",
    "finding_form",
    "new_since",
    "render_baseline",
    "render_human",
    "rendered",
    "report_lines",
    "since",
    "told_findings",
    "write",
    "write_baseline",
]
