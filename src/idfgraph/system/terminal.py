"""How tables and long work look: for people at a terminal, or plain for a pipe."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import Any


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as wide as the terminal; in a pipe, tab-separated lines.

    >>> table(("name", "count"), [["one\\nline", "1"]]).splitlines()
    ['name\\tcount', 'one line\\t1']
    """
    if not sys.stdout.isatty():
        return "\n".join(
            "\t".join(" ".join(cell.split()) for cell in row) for row in (columns, *rows)
        )
    box, text = import_module("rich.box"), import_module("rich.text")
    shown = import_module("rich.table").Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*map(text.Text, row))
    console = import_module("rich.console").Console()
    with console.capture() as captured:
        console.print(shown, end="")
    return str(captured.get())


@contextmanager
def counting(what: str, expected: Callable[[], int] | None = None) -> Iterator[Callable[..., None]]:
    """Progress of work, shown on a terminal alone: how much is done, how fast, and, with
    `expected`, what is left.
    """
    if not sys.stderr.isatty():
        yield _ignore
        return
    progress = import_module("rich.progress")
    columns = [progress.SpinnerColumn(), progress.TextColumn("{task.completed:,.0f} " + what)]
    if expected:
        columns += [progress.BarColumn(), _rate(), progress.TimeRemainingColumn()]
    console = import_module("rich.console").Console(stderr=True)
    with progress.Progress(
        *columns, progress.TimeElapsedColumn(), console=console, transient=True
    ) as bar:
        task = bar.add_task(what, total=expected() if expected else None)
        yield partial(bar.advance, task)


def _rate() -> Any:
    """A column of a progress bar: how many are done in a second."""
    progress, text = import_module("rich.progress"), import_module("rich.text")

    class Rate(progress.ProgressColumn):  # type: ignore[misc,name-defined]
        """Pieces of work a second, as far as that is known."""

        def render(self, task: Any) -> Any:
            """The rate, or nothing at the beginning."""
            return text.Text(f"{task.speed:,.0f}/s" if task.speed else "")

    return Rate()


def _ignore(_: float = 1) -> None:
    """Counts nothing."""
