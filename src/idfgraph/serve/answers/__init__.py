"""Queries to answers, in processes that can be ended, over a store that is kept for a release."""

from ..engine import Asked, Figures, QueryOutcome, answered
from .answers import Answers
from .store_cache import Exchanged

__all__ = ["Answers", "Asked", "Exchanged", "Figures", "QueryOutcome", "answered"]
