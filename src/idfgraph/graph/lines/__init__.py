"""Linked records and nodes to sorted lines, and lines to Turtle, TriG and JSON-LD."""

from .blocks import BlockSpool, lines_of, settled
from .documents import Document, by_resource, document, document_in, has_document
from .jsonld import (
    jsonld_parts,
    prefixes_of,
    render_jsonld,
    render_jsonld_dump,
    render_triples,
    render_vocabulary,
)
from .sort import Spool, write_run
from .sorted_lines import SortedLines, beginning
from .spools import (
    Spools,
    Spun,
    Woven,
    collecting,
    quads_of,
    together,
    touched,
    weave,
    weave_nodes,
    weave_stub,
)
from .stubs import SUCCESSOR, are_stub, subject_of, without_stubs
from .turtle import Statement, render_trig, render_turtle, render_turtle_document, statement

__all__ = [
    "SUCCESSOR",
    "BlockSpool",
    "Document",
    "SortedLines",
    "Spool",
    "Spools",
    "Spun",
    "Statement",
    "Woven",
    "are_stub",
    "beginning",
    "by_resource",
    "collecting",
    "document",
    "document_in",
    "has_document",
    "jsonld_parts",
    "lines_of",
    "prefixes_of",
    "quads_of",
    "render_jsonld",
    "render_jsonld_dump",
    "render_trig",
    "render_triples",
    "render_turtle",
    "render_turtle_document",
    "render_vocabulary",
    "settled",
    "statement",
    "subject_of",
    "together",
    "touched",
    "weave",
    "weave_nodes",
    "weave_stub",
    "without_stubs",
    "write_run",
]
