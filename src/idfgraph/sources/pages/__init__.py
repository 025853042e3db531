"""Captured pages to records: text and HTML, in the layouts of the sites."""

from .labels import strange_label
from .page import page_text, published_bytes, read_page

__all__ = ["page_text", "published_bytes", "read_page", "strange_label"]
