"""Room 9, compare: the records of two data folders held against each other, told in Markdown and JSON. Pure."""

from .comparison import Changed, Comparison, Entry, Results, compare
from .json_form import render as render_json
from .markdown import render as render_markdown
from .snapshot import Change, LongText, Snapshot, Value, snapshot
from .totals import Total
from .voice import Voice

__all__ = [
    "Change",
    "Changed",
    "Comparison",
    "Entry",
    "LongText",
    "Results",
    "Snapshot",
    "Total",
    "Value",
    "Voice",
    "compare",
    "render_json",
    "render_markdown",
    "snapshot",
]
