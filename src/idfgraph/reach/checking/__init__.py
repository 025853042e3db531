"""A server of others in, what it does otherwise than the standards say out."""

from .server_inspection import ServerReport, inspect_server
from .verdicts import Verdict, render_junit, rows

__all__ = ["ServerReport", "Verdict", "inspect_server", "render_junit", "rows"]
