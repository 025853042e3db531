"""Room 7, report: what was found, in the forms that people, editors and build servers read."""

from .shacl import report_lines

__all__ = ["report_lines"]
