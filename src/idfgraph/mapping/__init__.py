"""Room 3, mapping: linked records in, N-Quads out. The JSON-LD context that is published is its only mapping."""

from .terms import Term, Terms
from .writer import Link, Mapper, compile_context

__all__ = ["Link", "Mapper", "Term", "Terms", "compile_context"]
