"""Captured pages to records: text and HTML, in the layouts of the sites."""

from .page import left_out, page_text, published_bytes, read_page
from .rendition import LeftOut, Reason

__all__ = ["LeftOut", "Reason", "left_out", "page_text", "published_bytes", "read_page"]
