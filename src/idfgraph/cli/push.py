"""The command that brings a release to a store of others."""

import os
from pathlib import Path
from typing import Annotated

import typer

from ..model.text import gettext, ngettext
from ..system.terminal import counting
from .desk import told_public
from .options import Lang, app
from .output import say

Url = Annotated[
    str, typer.Argument(help="Address of the store's Graph Store Protocol.", show_default=False)
]
Public = Annotated[
    Path | None,
    typer.Argument(
        help="Folder of the release; if not given, of the data folder one is in.",
        show_default=False,
    ),
]
QueryUrl = Annotated[
    str,
    typer.Option(
        "--query", metavar="URL", help="Its SPARQL address, if not known.", show_default=False
    ),
]
Everything = Annotated[bool, typer.Option("--all", help="Send all graphs, changed or not.")]
Replace = Annotated[
    bool, typer.Option("--replace", help="Replace a default graph that no push has written.")
]
Sample = Annotated[
    int, typer.Option(min=0, max=10_000, help="Statements that are asked for in the end.")
]
Authority = Annotated[
    Path | None,
    typer.Option(help="File of certificates to trust instead of the usual ones."),
]


@app.command()
def push(
    url: Url,
    public: Public = None,
    query: QueryUrl = "",
    everything: Everything = False,
    replace: Replace = False,
    sample: Sample = 100,
    authority: Authority = None,
    lang: Lang = "en",
) -> None:
    """Bring a release to a store: only what changed, checked, gone on with where it stopped.

    A name and password stand in IDFGRAPH_PUSH_USER and IDFGRAPH_PUSH_PASSWORD, a token in
    IDFGRAPH_PUSH_TOKEN, in the environment alone.

    Exit code 1 says that the store does not hold what was sent.
    """
    from ..reach.pushing import Access, PushWishes, push
    from ..sources.web import Credentials

    names = ("USER", "PASSWORD", "TOKEN")
    credentials = Credentials(*(os.environ.get(f"IDFGRAPH_PUSH_{name}", "") for name in names))
    access = Access(url, query, credentials, authority)
    with counting("graphs") as advance:
        wishes = PushWishes(everything, replace, sample)
        done = push(told_public(public), access, wishes, advance)
    for note in done.notes:
        say(note[lang])
    for line in done.wrong:
        typer.echo(line[lang])
    said = gettext(
        "graphs: {sent} sent, {kept} there already, {removed} removed",
        lang,
        sent=done.sent,
        kept=done.kept,
        removed=done.removed,
    )
    if done.wrong:
        wrong = gettext("the store does not hold what was sent", lang)
        say(f"{done.release}: {said}; {wrong}")
        raise typer.Exit(1)
    there = ngettext("{number} statement there", "{number} statements there", done.statements, lang)
    say(f"{done.release}: {said}; {there}")
