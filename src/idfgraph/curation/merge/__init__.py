"""What was read before, what a page says now, and what people edited, brought together. Pure."""

from .captures import former, vanished
from .meanings import WordMeanings, listed_like, plain
from .record import Clash, MergeOutcome, followed, merge, shortened
from .three_way import with_fields

__all__ = [
    "Clash",
    "MergeOutcome",
    "WordMeanings",
    "followed",
    "former",
    "listed_like",
    "merge",
    "plain",
    "shortened",
    "vanished",
    "with_fields",
]
