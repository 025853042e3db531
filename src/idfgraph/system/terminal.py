"""How tables and long work look: for people at a terminal, or plain for a pipe."""

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from ..model.text import LANGUAGES, Language, ours
from ..model.visible import shielded, visible

if TYPE_CHECKING:
    from rich.table import Table

#: How many columns of a terminal stand between two of a table.
_BETWEEN = 3

#: Where the language stands that a person is told things in.
LANGUAGE = "IDFGRAPH_LANG"

_ASKED = re.compile(r"--lang[ =](\w+)")


def spoken() -> Language:
    """The language that the command line asks for, even where it cannot be understood: that of
    `--lang`, or of IDFGRAPH_LANG in the environment, or the first.

    >>> spoken()
    'en'
    """
    asked = _ASKED.findall(" ".join(sys.argv)) or [os.environ.get(LANGUAGE, "")]
    return ours(asked[-1].lower()) or LANGUAGES[0]


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table that fits the terminal; in a pipe, tab-separated lines.

    >>> table(("name", "count"), [["one\\nline", "1"]]).splitlines()
    ['name\\tcount', 'one line\\t1']
    """
    if not sys.stdout.isatty():
        return "\n".join(
            "\t".join(visible(" ".join(cell.split())) for cell in row) for row in (columns, *rows)
        )
    from rich.console import Console

    console = Console()
    with console.capture() as captured:
        console.print(_laid_out(columns, rows, console.width), end="")
    return captured.get()


def _laid_out(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> "Table":
    """A table in columns that cut no word; where a terminal is too narrow for that, its rows below
    one another, a line for each cell.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    heads, *cells = ([shielded(cell) for cell in row] for row in (columns, *rows))
    if widths := _widths(list(zip(heads, *cells, strict=True)), width):
        shown = Table(box=SIMPLE_HEAD)
        for head, room in zip(heads, widths, strict=True):
            shown.add_column(Text(head), overflow="fold", width=room)
        for row in cells:
            shown.add_row(*map(Text, row))
        return shown
    shown = Table.grid(padding=(0, 2))
    shown.add_column(no_wrap=True, style="bold")
    shown.add_column(overflow="fold")
    for row in cells:
        for head, cell in zip(heads, row, strict=True):
            shown.add_row(Text(head), Text(cell))
        shown.add_row()
    return shown


def _widths(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """How wide columns are so that no word is cut and all fit in a width; none if they do not."""
    from rich.cells import cell_len

    room = width - _BETWEEN * len(columns) - 1
    least = [max(cell_len(word) for cell in one for word in (*cell.split(), "")) for one in columns]
    if sum(least) > room:
        return []
    widths = [min(max(map(cell_len, one)), width) for one in columns]
    while sum(widths) > room:
        wide = [at for at, now in enumerate(widths) if now > least[at]]
        widths[max(wide, key=widths.__getitem__)] -= 1
    return widths


@contextmanager
def counting(
    what: str, expected: Callable[[], int | None] | None = None
) -> Iterator[Callable[..., None]]:
    """Progress of work, shown on a terminal alone: how much is done, how fast, and, with
    `expected`, what is left, where that is known.
    """
    if not sys.stderr.isatty():
        yield _ignore
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        ProgressColumn,
        SpinnerColumn,
        Task,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """Pieces of work a second, as far as that is known."""

        def render(self, task: Task) -> Text:
            """The rate, or nothing at the beginning."""
            return Text(f"{task.speed:,.0f}/s" if task.speed else "")

    columns: list[ProgressColumn] = [SpinnerColumn(), TextColumn("{task.completed:,.0f} " + what)]
    if expected:
        columns += [BarColumn(), Rate(), TimeRemainingColumn()]
    columns += [TimeElapsedColumn()]
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=expected() if expected else None)
        yield partial(bar.advance, task)


def _ignore(_: float = 1) -> None:
    """Counts nothing."""
