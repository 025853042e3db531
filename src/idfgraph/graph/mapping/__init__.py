"""Linked records in, N-Quads out. The JSON-LD context that is published is its only mapping."""

from .terms import Terms
from .writer import Mapper, compile_context

__all__ = ["Mapper", "Terms", "compile_context"]
