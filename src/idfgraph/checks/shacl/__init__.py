"""Triples and shapes in, a report out. The report is a value; bad data raises nothing."""

from .engines import usable
from .proof import Statements, SubjectOutline
from .validation import validate, validate_apart
from .wording import shape_words

__all__ = ["Statements", "SubjectOutline", "shape_words", "usable", "validate", "validate_apart"]
