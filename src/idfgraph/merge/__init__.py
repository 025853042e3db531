"""Room 6, merge: what was read before, what a page says now, and what people edited, brought together. Pure."""

from .captures import former, in_full, in_short, is_text_of, untold, vanished
from .fields import Conflict, Merged, by_field, three_way, with_fields

__all__ = [
    "Conflict",
    "Merged",
    "by_field",
    "former",
    "in_full",
    "in_short",
    "is_text_of",
    "three_way",
    "untold",
    "vanished",
    "with_fields",
]
