"""Linked records in, N-Quads out. The JSON-LD context that is published is its only mapping."""

from .plans import Mapper, compile_context
from .terms import Term, Terms

__all__ = ["Mapper", "Term", "Terms", "compile_context"]
