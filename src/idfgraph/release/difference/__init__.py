"""Two sorted dumps in; a patch, or what became of each resource, out. Pure."""

from .two_releases import differ, patched, write

__all__ = ["differ", "patched", "write"]
