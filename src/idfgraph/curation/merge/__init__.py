"""What was read before, what a page says now, and what people edited, brought together. Pure."""

from .captures import former, vanished
from .outcome import Clash, MergeOutcome, value_shown, values_shown
from .record import followed, merge, shortened, with_texts
from .taught_meanings import WordMeanings, listed_like, plain
from .three_way import Fields, by_field, same, with_fields

__all__ = [
    "Clash",
    "Fields",
    "MergeOutcome",
    "WordMeanings",
    "by_field",
    "followed",
    "former",
    "listed_like",
    "merge",
    "plain",
    "same",
    "shortened",
    "value_shown",
    "values_shown",
    "vanished",
    "with_fields",
    "with_texts",
]
