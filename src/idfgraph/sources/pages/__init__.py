"""Captured pages to records: text and HTML, in the layouts of the sites."""

from .labels import label_notes, strange_label, taught
from .narrative import ReadProse
from .page import page_text, published_bytes, read_page

__all__ = [
    "ReadProse",
    "label_notes",
    "page_text",
    "published_bytes",
    "read_page",
    "strange_label",
    "taught",
]
