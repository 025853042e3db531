"""How tables and long work look: for people at a terminal, or plain for a pipe."""

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from ..model.text import LANGUAGES, Language, ours
from ..model.visible import shielded, visible

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
    return ours(asked[-1]) or LANGUAGES[0]


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as wide as the terminal; in a pipe, tab-separated lines.

    >>> table(("name", "count"), [["one\\nline", "1"]]).splitlines()
    ['name\\tcount', 'one line\\t1']
    """
    if not sys.stdout.isatty():
        return "\n".join(
            "\t".join(visible(" ".join(cell.split())) for cell in row) for row in (columns, *rows)
        )
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown, console = Table(box=SIMPLE_HEAD, pad_edge=False), Console()
    for column in columns:
        shown.add_column(Text(shielded(column)), overflow="fold")
    for row in rows:
        shown.add_row(*(Text(shielded(cell)) for cell in row))
    with console.capture() as captured:
        console.print(shown, end="")
    return captured.get()


@contextmanager
def counting(what: str, expected: Callable[[], int] | None = None) -> Iterator[Callable[..., None]]:
    """Progress of work, shown on a terminal alone: how much is done, how fast, and, with
    `expected`, what is left.
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
