"""Room 1, sources: files in, records out. The only place where a page's layout or a file's form is known."""

from .folder import ADDRESSES, Files, address_of, find_files, read, read_files
from .origin import Origin, Sourced
from .page import page_text, published_bytes, read_page
from .record_edit import rewritten
from .reference import read_reference
from .review_block import with_review
from .yaml_record import read_record, read_yaml, render_record

__all__ = [
    "ADDRESSES",
    "Files",
    "Origin",
    "Sourced",
    "address_of",
    "find_files",
    "page_text",
    "published_bytes",
    "read",
    "read_files",
    "read_page",
    "read_record",
    "read_reference",
    "read_yaml",
    "render_record",
    "rewritten",
    "with_review",
]
