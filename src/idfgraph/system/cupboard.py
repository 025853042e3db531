"""Values by key, however many: what is more than a process should hold lies on disk, in a file that
has no name and is gone with the process.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from .pickling import pickled, unpickled

V = TypeVar("V")

#: How many values are held in memory before they are put away, and how many are read at a time.
_HELD, _AT_A_TIME = 1_000, 100

#: How many KiB of what lies on disk a cupboard may keep at hand.
_CACHE = 500

#: What keys begin with on disk.
_BEFORE = b"="


class Cupboard(Mapping[str, V]):
    """Values by key, which go round in the order of the keys' code points; those that are put away
    are pickled, and come back as others that are equal.

    >>> cupboard = Cupboard[int]()
    >>> cupboard["b"], cupboard["a"] = 2, 1
    >>> list(cupboard.items()), len(cupboard)
    ([('a', 1), ('b', 2)], 2)
    """

    def __init__(self) -> None:
        self._held: dict[str, V] = {}
        self._away: sqlite3.Connection | None = None

    def __setitem__(self, key: str, value: V) -> None:
        if len(self._held) >= _HELD:
            self._put_away()
        self._held[key] = value

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and super().__contains__(key)

    def __getitem__(self, key: str) -> V:
        if key in self._held:
            return self._held[key]
        found = self._asked("SELECT value FROM kept WHERE key = ?", _bytes(key))
        if row := next(found, None):
            value: V = unpickled(row[0])
            return value
        raise KeyError(key)

    def __len__(self) -> int:
        if self._away is None:
            return len(self._held)
        self._put_away()
        return int(next(self._asked("SELECT count(*) FROM kept"))[0])

    def __iter__(self) -> Iterator[str]:
        return (key for key, _ in self._ordered())

    def in_order(self) -> Iterator[V]:
        """The values, in the order of their keys."""
        return (value for _, value in self._ordered())

    def _ordered(self) -> Iterator[tuple[str, V]]:
        if self._away is None:
            yield from sorted(self._held.items(), key=lambda item: _bytes(item[0]))
            return
        self._put_away()
        last = b""
        while rows := list(
            self._asked(
                "SELECT key, value FROM kept WHERE key > ? ORDER BY key LIMIT ?", last, _AT_A_TIME
            )
        ):
            for key, value in rows:
                yield key[len(_BEFORE) :].decode("utf-8", "surrogatepass"), unpickled(value)
            last = rows[-1][0]

    def _put_away(self) -> None:
        if self._away is None:
            self._away = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            self._away.execute("PRAGMA journal_mode = OFF")
            self._away.execute(f"PRAGMA cache_size = -{_CACHE}")
            self._away.execute("CREATE TABLE kept (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")
        held = ((_bytes(key), pickled(value)) for key, value in self._held.items())
        self._away.execute("BEGIN")
        self._away.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", held)
        self._away.execute("COMMIT")
        self._held.clear()

    def _asked(self, question: str, *values: object) -> Iterator[Any]:
        return iter(()) if self._away is None else self._away.execute(question, values)


def _bytes(key: str) -> bytes:
    """A key as bytes that come after none, and in the same order."""
    return _BEFORE + key.encode("utf-8", "surrogatepass")
