"""Captured pages to records: text and HTML, in the layouts of the sites."""

from .narrative import ReadProse
from .page import left_out, page_text, published_bytes, read_page
from .page_labels import PRINTED, label_notes, strange_label, taught
from .rendition import LeftOut, Reason

__all__ = [
    "PRINTED",
    "LeftOut",
    "ReadProse",
    "Reason",
    "label_notes",
    "left_out",
    "page_text",
    "published_bytes",
    "read_page",
    "strange_label",
    "taught",
]
