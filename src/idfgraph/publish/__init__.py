"""Room 5, publish: sorted lines in, a release out. One writer puts bytes on disk, aside, and swaps them in whole."""

from .documents import link_entry, own_entry
from .folder import SUMS, Folder, building, write_text
from .metadata import RUN, run_nodes
from .release import QUADS, Words, Writing, check_dumps, write_documents, write_dumps, write_words
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
    "building",
    "check_dumps",
    "link_entry",
    "own_entry",
    "render_turtle",
    "run_nodes",
    "statement",
    "write_documents",
    "write_dumps",
    "write_text",
    "write_words",
]
