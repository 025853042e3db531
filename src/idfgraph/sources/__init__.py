"""Room 1, sources: files in, records out. The only place where a page's layout or a file's form is known."""

from .folder import ADDRESSES, Files, address_of, find_files
from .json_lines import count_lines
from .origin import Marks, Origin, Sourced, nearest, placed
from .page import page_text, published_bytes, read_page
from .record_edit import rewritten
from .reference import OVERRIDES, read_reference, reference_origin
from .refusal import Refuse
from .review_block import with_review
from .stream import read, read_files
from .yaml_record import read_record, read_yaml, render_record

__all__ = [
    "ADDRESSES",
    "OVERRIDES",
    "Files",
    "Marks",
    "Origin",
    "Refuse",
    "Sourced",
    "address_of",
    "count_lines",
    "find_files",
    "nearest",
    "page_text",
    "placed",
    "published_bytes",
    "read",
    "read_files",
    "read_page",
    "read_record",
    "read_reference",
    "read_yaml",
    "reference_origin",
    "render_record",
    "rewritten",
    "with_review",
]
