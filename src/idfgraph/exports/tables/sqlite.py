"""The store: one SQLite file that all tables are read from, and that is published itself; the same
bytes each time.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ...model.errors import BadOutput, Place
from ...model.text import N_
from .column import Table, Value
from .ddl import CREATE, FINISH
from .node_rows import Row

#: Rows held before they are written, and bytes given out at a time.
_ROWS, _BYTES = 1_000, 1 << 20

#: The version of SQLite that a file says it was written by; else the bytes would differ with the
#: library's.
_WRITTEN_BY = (96, (3_040_000).to_bytes(4, "big"))

#: Fixed page size and encoding, freed bytes set to zero; no journal: the file is made once, aside.
_PRAGMAS = (
    "page_size = 4096",
    "encoding = 'UTF-8'",
    "auto_vacuum = NONE",
    "secure_delete = ON",
    "journal_mode = OFF",
    "synchronous = OFF",
    "user_version = 1",
)


@contextmanager
def table_store(path: Path) -> Iterator["TableStore"]:
    """A store in the making, in a file that is not there yet; BadOutput where it cannot be written
    or read.
    """
    try:
        with closing(TableStore(path)) as store:
            yield store
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        hint = N_("make room, or name another folder in TMPDIR")
        raise BadOutput(
            N_("cannot be written: {error}"), Place(str(path)), hint=hint, error=error
        ) from error


class StoredTables:
    """The tables of a store, read through a connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sqlite = connection

    def close(self) -> None:
        """Lets the file go."""
        self._sqlite.close()

    def rows(self, table: Table) -> Iterator[tuple[Value, ...]]:
        """The rows of a table, with labels, in its order."""
        return iter(self._sqlite.execute(table.query))

    def answers(self, query: str) -> Iterator[tuple[Value, ...]]:
        """What the store answers to a query."""
        return iter(self._sqlite.execute(query))


def stored_tables(path: Path) -> StoredTables:
    """The tables of a store that is whole, to be closed; nothing can be written."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return StoredTables(sqlite3.connect(address, uri=True))


class TableStore(StoredTables):
    """A store that takes rows and gives tables."""

    def __init__(self, path: Path) -> None:
        super().__init__(sqlite3.connect(path, isolation_level=None))
        self._path = path
        self._waiting: dict[str, list[tuple[Value, ...]]] = defaultdict(list)
        for pragma in _PRAGMAS:
            self._sqlite.execute(f"PRAGMA {pragma}")
        self._sqlite.executescript(CREATE)
        self._sqlite.execute("BEGIN")

    def add(self, rows: Iterable[Row]) -> None:
        """Takes rows, tables in any order; one whose key is there already changes nothing, one that
        lacks its key is an error.
        """
        for table, values in rows:
            waiting = self._waiting[table]
            waiting.append(values)
            if len(waiting) >= _ROWS:
                self._flush(table)

    def finish(self) -> None:
        """Writes all rows, and makes indexes and views."""
        self.settle()
        self._sqlite.executescript(FINISH)

    def settle(self) -> None:
        """Writes the rows that wait."""
        for table in list(self._waiting):
            self._flush(table)
        if self._sqlite.in_transaction:
            self._sqlite.execute("COMMIT")

    def all(self, name: str) -> Iterator[tuple[Value, ...]]:
        """The rows of one of the store's own tables, in the order of its key."""
        return iter(self._sqlite.execute(f"SELECT * FROM {name}"))  # noqa: S608

    def bytes(self) -> Iterator[bytes]:
        """The file, packed; nothing can be read or added afterwards."""
        self.settle()
        self._sqlite.execute("VACUUM")
        self._sqlite.close()
        with self._path.open("r+b") as file:
            file.seek(_WRITTEN_BY[0])
            file.write(_WRITTEN_BY[1])
            file.seek(0)
            yield from iter(lambda: file.read(_BYTES), b"")

    def _flush(self, table: str) -> None:
        rows = self._waiting.pop(table)
        places = ", ".join("?" * len(rows[0]))
        sql = f"INSERT INTO {table} VALUES ({places}) ON CONFLICT DO NOTHING"  # noqa: S608
        self._sqlite.executemany(sql, rows)
