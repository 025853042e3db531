"""Commands on two releases: what changed from one to the other, and a patch that makes one of the
other.
"""

import sys
from collections.abc import Iterable
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from .options import Lang, Language, app


class DifferenceFormat(StrEnum):
    """A form of a difference."""

    markdown = "markdown"
    html = "html"
    json = "json"
    patch = "patch"


Output = Annotated[Path | None, typer.Option(help="File to write to, instead of printing.")]


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="Folder of a release: what it was before.")],
    new: Annotated[Path, typer.Argument(help="Another: what it is after.")],
    form: Annotated[
        DifferenceFormat, typer.Option("--format", help="Form.")
    ] = DifferenceFormat.markdown,
    output: Output = None,
    lang: Lang = Language.en,
) -> None:
    """Tell what changed between two releases: a changelog in Markdown or HTML, JSON, or an RDF
    patch.
    """
    _put(
        import_module("idfgraph.release.difference.differ").differ(
            old, new, form.value, lang.value
        ),
        output,
    )


@app.command()
def patch(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The dump idf.nq of a release.")],
    change: Annotated[
        Path, typer.Argument(metavar="PATCH", help="A patch, as diff --format patch makes it.")
    ],
    output: Output = None,
) -> None:
    """Make the dump of a newer release from an older one and a patch, held against the SHA-256 of
    both.
    """
    _put(import_module("idfgraph.release.difference.differ").patched(old, change), output)


def _put(pieces: Iterable[str], output: Path | None) -> None:
    """Prints pieces of text as they come, or writes them to a file."""
    if output is None:
        sys.stdout.writelines(pieces)
    else:
        import_module("idfgraph.release.difference.differ").write(output, pieces)
