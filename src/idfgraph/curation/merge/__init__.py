"""What was read before, what a page says now, and what people edited, brought together. Pure."""

from .captures import former, vanished
from .record import Clash, MergeOutcome, merge, plain, shortened

__all__ = ["Clash", "MergeOutcome", "former", "merge", "plain", "shortened", "vanished"]
