"""Room 4, validate: triples and shapes in, a report out. The report is a value; bad data raises nothing."""

from .engines import ENGINES, engine_name
from .validation import validate
from .wording import shape_words

__all__ = ["ENGINES", "engine_name", "shape_words", "validate"]
