"""Shapes compiled to plain functions that prove of most nodes what an engine would find in them,
and leave all others to the engine (docs/engines.md says why that is sound).
"""

from .prover import prove
from .statements import Statements, SubjectOutline

__all__ = ["Statements", "SubjectOutline", "prove"]
