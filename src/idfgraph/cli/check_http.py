"""The command that holds a server of others against the standards."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from ..model.text import N_, gettext
from ..system.terminal import counting, table
from .options import Lang, app
from .output import say, show

Url = Annotated[
    str,
    typer.Argument(
        help="Address of a thing or document, or of a SPARQL endpoint.", show_default=False
    ),
]
Sparql = Annotated[
    str, typer.Option(metavar="URL", help="A SPARQL endpoint besides.", show_default=False)
]
Form = Annotated[Literal["human", "junit"], typer.Option("--format", help="Form of the report.")]
Output = Annotated[Path | None, typer.Option(help="File to write to, instead of printing.")]


@app.command("check-http")
def check_http(
    url: Url, sparql: Sparql = "", form: Form = "human", output: Output = None, lang: Lang = "en"
) -> None:
    """Hold a server, whoever's it is, against the standards of linked data and SPARQL. Nothing is
    changed there.

    Exit code 1 says that it does otherwise than it must.
    """
    from ..reach.checking import inspect_server, render_junit, rows
    from ..system.disk import write_text

    with counting("checks") as advance:
        found = inspect_server(url, sparql, advance)
    heads = (N_("outcome"), N_("check"), N_("clause"), N_("should come"), N_("came"))
    columns = [gettext(head, lang) for head in heads]
    text = (
        render_junit(found.verdicts)
        if form == "junit"
        else table(columns, rows(found.verdicts, lang))
    )
    if output:
        write_text(output, text)
    else:
        show(text)
    warnings = sum(one.outcome == "warning" for one in found.verdicts)
    say(
        gettext(
            "checks: {number}; failed: {failed}; warnings: {warnings}",
            lang,
            number=len(found.verdicts),
            failed=found.failed,
            warnings=warnings,
        )
    )
    if found.stopped:
        found.stopped.outcome = N_("the report is of what was asked until then")
        raise found.stopped
    raise typer.Exit(int(bool(found.failed)))
