"""Room aside, tables: nodes in, spreadsheets and a SQLite file out, with rights, release and a dictionary in each."""

from .columns import TABLES
from .harmless import harmless
from .writing import Edition, write_tables

__all__ = ["TABLES", "Edition", "harmless", "write_tables"]
