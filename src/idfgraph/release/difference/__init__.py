"""Two sorted dumps in; a patch, or what became of each resource, out. Pure."""

from .two_releases import change_logs, differ, patched, write

__all__ = ["change_logs", "differ", "patched", "write"]
