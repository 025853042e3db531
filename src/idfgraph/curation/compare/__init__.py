"""The records of two data folders held against each other, told in Markdown and JSON. Pure."""

from .sides import compare_sides, property_labels, rendered, write

__all__ = ["compare_sides", "property_labels", "rendered", "write"]
