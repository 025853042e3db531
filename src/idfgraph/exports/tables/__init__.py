"""Nodes in, spreadsheets and a SQLite file out, with rights, release and a dictionary in each."""

from .imprint import Imprint
from .tables import TableFile, write_tables
from .workbook import BookTask

__all__ = ["BookTask", "Imprint", "TableFile", "write_tables"]
