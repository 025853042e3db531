"""Room 1, sources: files in, records out. The only place where a page's layout or a file's form is known."""

from .folder import address_of, pages_of, read
from .origin import Origin, Sourced
from .page import page_text, read_page
from .reference import read_reference
from .yaml_record import read_record, read_yaml, render_record

__all__ = [
    "Origin",
    "Sourced",
    "address_of",
    "page_text",
    "pages_of",
    "read",
    "read_page",
    "read_record",
    "read_reference",
    "read_yaml",
    "render_record",
]
