"""Commands on the releases of a folder: list them, prune old ones, go back to one."""

from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from ..system.terminal import table
from .options import app
from .output import say

Out = Annotated[Path, typer.Argument(help="Folder of the current release.")]


@app.command()
def releases(
    out: Out = Path("public"),
    keep: Annotated[
        int | None, typer.Option(min=1, help="Leave of all but the newest N their dumps alone.")
    ] = None,
) -> None:
    """List the releases of a folder, oldest first; --keep prunes old ones, but never their dumps
    and tombstones.
    """
    releasing = import_module("idfgraph.release.history")
    for name in releasing.keep(out, keep) if keep else ():
        say(f"pruned: {name}")
    rows = [_cells(row) for row in releasing.releases(out)]
    if rows:
        typer.echo(table(("name", "issued", "projects", "statements", "MB", ""), rows))
    say(f"{len(rows)} releases in {out}")


@app.command()
def rollback(
    name: Annotated[
        str | None, typer.Argument(help="Name of a release; the one before, if not given.")
    ] = None,
    out: Out = Path("public"),
) -> None:
    """Make an older release the current one again, once all its files are as its sums say."""
    done = import_module("idfgraph.release.history").rollback(out, name)
    say(f"{out} is {done}")


def _cells(row: Any) -> list[str]:
    release, summary, size = row
    counts = (
        (summary.issued, str(summary.projects), str(summary.statements))
        if summary
        else ("", "", "")
    )
    mark = "current" if release.is_current else "pruned" if release.is_pruned else ""
    return [release.name, *counts, f"{size / 1e6:.1f}", mark]
