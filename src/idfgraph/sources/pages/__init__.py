"""Captured pages to records: text and HTML, in the layouts of the sites."""

from .labels import strange_label
from .narrative import ReadProse
from .page import page_text, published_bytes, read_page

__all__ = ["ReadProse", "page_text", "published_bytes", "read_page", "strange_label"]
