"""Nodes in, spreadsheets and a SQLite file out, with rights, release and a dictionary in each."""

from .tables import TABLE_STORE, Imprint, write_tables

__all__ = ["TABLE_STORE", "Imprint", "write_tables"]
