"""The program, and the options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from ..model.text import Language
from ..system.terminal import LANGUAGE

Sources = Annotated[
    list[Path] | None, typer.Argument(help="Folders or files of pages, YAML records, JSON Lines.")
]
AnySources = Annotated[
    list[str] | None,
    typer.Argument(
        help="Folders or files of pages, YAML records, JSON Lines; or where they lie, such as "
        "s3://bucket/folder.",
    ),
]
Base = Annotated[
    str | None, typer.Option(help="Base IRI to publish under, instead of the data set's.")
]
Encoding = Annotated[
    str | None, typer.Option(help="Encoding of pages that are not UTF-8; recorded.")
]
Jobs = Annotated[int, typer.Option(min=0, max=64, help="Number of processes; 0 for one a core.")]
Cluster = Annotated[
    str,
    typer.Option(
        "--on",
        metavar="dask://HOST:PORT",
        help="The scheduler of a Dask cluster, whose workers check the records.",
        show_default=False,
    ),
]
Runs = Annotated[
    str,
    typer.Option(
        metavar="URL",
        help="Where these workers write, such as s3://bucket/folder, if they do not see TMPDIR.",
        show_default=False,
    ),
]
Engine = Annotated[
    str, typer.Option(help="SHACL engine: auto, pyshacl, pyshacl-turbo or pyshifty.")
]
RequireEvidence = Annotated[
    bool, typer.Option(help="Refuse quotes that cannot be re-read on their pages.")
]
By = Annotated[
    str, typer.Option(envvar="IDFGRAPH_BY", metavar="NAME", help="Who you are.", show_default=False)
]
Errors = Annotated[bool, typer.Option("--errors", help="Tell errors alone.")]
Mine = Annotated[
    bool,
    typer.Option(
        "--mine",
        help="Tell of records alone that name you (--by) as who reviewed, decided or saw a doubt.",
    ),
]
On = Annotated[str | None, typer.Option(help="The day, as 2026-11-21; today if not given.")]
Why = Annotated[str, typer.Option(metavar="TEXT", help="Why.", show_default=False)]
WhyLang = Annotated[
    Language | None, typer.Option(help="Language of --why, where it is not that of --lang.")
]
Lang = Annotated[
    Language,
    typer.Option(
        "--lang",
        envvar=LANGUAGE,
        case_sensitive=False,
        help="Language of messages and labels.",
    ),
]
Into = Annotated[
    Path | None,
    typer.Option(
        help="Folder of records; that of the data folder one is in, if not given.",
        show_default=False,
    ),
]
Shelf = Annotated[
    Path | None, typer.Option("--pages", help="Folder of pages; the one beside that of records.")
]

app = typer.Typer(
    name="idfgraph",
    help="Project pages of the IOM Development Fund as a validated, published, queryable "
    "knowledge graph.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
