"""What was read before, what a page says now, and what people edited, brought together. Pure."""

from .captures import former, vanished
from .meanings import WordMeanings, listed_like, plain
from .record import Clash, MergeOutcome, followed, merge, shortened, value_shown, with_texts
from .three_way import by_field, same, with_fields

__all__ = [
    "Clash",
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
    "vanished",
    "with_fields",
    "with_texts",
]
