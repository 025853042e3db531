"""Nodes in, spreadsheets and a SQLite file out, with rights, release and a dictionary in each."""

from .tables import Imprint, write_tables

__all__ = ["Imprint", "write_tables"]
