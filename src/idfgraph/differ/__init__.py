"""Room 10, differ: two sorted dumps in; a patch, or what became of each resource, out. Pure."""

from .difference import Difference, Evidence, Field, Item, Names, Resource, difference, names_of
from .form import render as render_json
from .html import render as render_html
from .markdown import render as render_markdown
from .merging import Line, differing, merged
from .patch import apply_patch, hashes, render_patch
from .telling import Voice

__all__ = [
    "Difference",
    "Evidence",
    "Field",
    "Item",
    "Line",
    "Names",
    "Resource",
    "Voice",
    "apply_patch",
    "difference",
    "differing",
    "hashes",
    "merged",
    "names_of",
    "render_html",
    "render_json",
    "render_markdown",
    "render_patch",
]
