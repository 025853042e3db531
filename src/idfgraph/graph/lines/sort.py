"""Lines in order, however many: sorted runs on disk, merged, each line once."""

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from ...system.temporary import temporary_folder

#: How many lines are held in memory before they are sorted to disk.
_RUN = 200_000


class Spool:
    """Collects lines and gives them back sorted by code point, without doubles; lines end in a
    newline.
    """

    def __init__(self) -> None:
        self._life = ExitStack()
        self._folder = self._life.enter_context(temporary_folder())
        self._lines: list[str] = []
        self._runs: list[Path] = []

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._life.close()

    def add(self, lines: Iterable[str]) -> None:
        """Takes lines in any order."""
        self._lines.extend(lines)
        if len(self._lines) >= _RUN:
            self._flush()

    def sorted(self) -> Iterator[str]:
        """All lines taken so far, in order, each once.

        >>> with Spool() as spool:
        ...     spool.add(["b\\n", "a\\n", "b\\n"])
        ...     list(spool.sorted())
        ['a\\n', 'b\\n']
        """
        before = None
        self._lines.sort()
        for line in heapq.merge(self._lines, *map(_lines_of, self._runs)):
            if line != before:
                yield line
            before = line

    def _flush(self) -> None:
        run = self._folder / f"run-{len(self._runs)}"
        with run.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(sorted(self._lines))
        self._runs.append(run)
        self._lines = []


def _lines_of(run: Path) -> Iterator[str]:
    with run.open(encoding="utf-8", newline="\n") as file:
        yield from file
