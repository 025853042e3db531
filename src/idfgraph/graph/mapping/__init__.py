"""Linked records in, N-Quads out. The JSON-LD context that is published is its only mapping."""

from .terms import Term, Terms
from .writer import Mapper, compile_context

__all__ = ["Mapper", "Term", "Terms", "compile_context"]
