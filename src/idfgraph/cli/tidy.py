"""The command that tidies records."""

from typing import Annotated

import typer

from ..model.text import ngettext
from .desk import named, record_file
from .options import Lang, app
from .output import say, show

Records = Annotated[
    list[str] | None,
    typer.Argument(
        help="YAML records, by their files or ids, or folders of them.",
        metavar="[RECORD]...",
        show_default=False,
    ),
]


@app.command()
def tidy(
    records: Records = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would change, and write nothing.")
    ] = False,
    lang: Lang = "en",
) -> None:
    """Write records as extract does: keys in order, values in their form (ALB for Albania);
    comments stay, and each change is told.

    Exit code 2 says that a record was left as it is: something in it can be meant in several ways.
    """
    from ..curation.tidy import tidy

    done = []
    for file in tidy([*map(record_file, records)] if records else named(None), dry=dry_run):
        done.append(file)
        for one in file.done:
            show(f"{one.place}: {one.said.get(lang, '')}")
        if file.refused:
            for error in (file.refused, *file.refused.others):
                say(error.told_in(lang))
    number = sum(file.changed for file in done)
    if dry_run:
        say(
            ngettext(
                "{number} record would be tidied",
                "{number} records would be tidied",
                number,
                lang,
            )
        )
    else:
        say(ngettext("{number} record tidied", "{number} records tidied", number, lang))
    if any(file.refused for file in done):
        raise typer.Exit(2)
