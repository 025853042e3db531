"""Room aside, tables: nodes in, spreadsheets and a SQLite file out, with rights, release and a dictionary in each."""

from .columns import TABLES
from .harmless import harmless
from .words import LANGUAGES
from .writing import Edition, write_tables

__all__ = ["LANGUAGES", "TABLES", "Edition", "harmless", "write_tables"]
