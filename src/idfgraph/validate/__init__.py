"""Room 4, validate: triples and shapes in, a report out. The report is a value; bad data raises nothing."""

from .engine import validate

__all__ = ["validate"]
