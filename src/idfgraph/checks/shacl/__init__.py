"""Triples and shapes in, a report out. The report is a value; bad data raises nothing."""

from .engines import engine_name
from .validation import validate, validate_apart
from .wording import shape_words

__all__ = ["engine_name", "shape_words", "validate", "validate_apart"]
