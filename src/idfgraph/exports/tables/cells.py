"""The cells of a table as spreadsheets get them, and how many of each column were made harmless."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from .columns import Column
from .harmless import harmless

#: Labels come again and again; texts longer than this do not.
_SHORT = 100

_short = lru_cache(10_000)(harmless)


class Cells:
    """Makes the cells of a table harmless and counts them by column."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._texts = [at for at, column in enumerate(columns) if column.type in {"text", "code"}]
        self.marked = [0] * len(columns)

    def of(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[list[Any]]:
        """The rows, their texts harmless."""
        for row in rows:
            cells = list(row)
            for at in self._texts:
                text = cells[at]
                if text:
                    cells[at] = safe = _short(text) if len(text) < _SHORT else harmless(text)
                    self.marked[at] += safe != text
            yield cells
