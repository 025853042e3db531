"""Room 5, publish: sorted lines in, a release out. One writer puts bytes on disk, each file once."""

from ..iris import SUMS
from .documents import by_resource, document, link_entry, own_entry
from .folder import Folder, write_bytes, write_text
from .metadata import RUN, run_nodes
from .release import QUADS, Words, Writing, check_dumps, write_document, write_dumps, write_nodes, write_words
from .sorting import Spool
from .turtle import render_turtle, statement

__all__ = [
    "QUADS",
    "RUN",
    "SUMS",
    "Folder",
    "Spool",
    "Words",
    "Writing",
    "by_resource",
    "check_dumps",
    "document",
    "link_entry",
    "own_entry",
    "render_turtle",
    "run_nodes",
    "statement",
    "write_bytes",
    "write_document",
    "write_dumps",
    "write_nodes",
    "write_text",
    "write_words",
]
