"""The program, and the options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Language(StrEnum):
    """A language that people read."""

    en = "en"
    fr = "fr"
    es = "es"


class Severity(StrEnum):
    """From which severity on a result fails the command."""

    violation = "violation"
    warning = "warning"
    info = "info"


class RecordKind(StrEnum):
    """What a record is about."""

    project = "project"
    programme = "programme"


class ReportFormat(StrEnum):
    """A form of a report."""

    human = "human"
    json = "json"
    ttl = "ttl"
    sarif = "sarif"
    junit = "junit"
    github = "github"


class Format(StrEnum):
    """A form of an answer."""

    table = "table"
    csv = "csv"
    json = "json"
    xml = "xml"
    ttl = "ttl"
    jsonld = "jsonld"


class ReleaseLayout(StrEnum):
    """How a release stands in its folder."""

    auto = "auto"
    links = "links"
    plain = "plain"


Sources = Annotated[
    list[Path] | None, typer.Argument(help="Folders or files of pages, YAML records, JSON Lines.")
]
Base = Annotated[
    str | None, typer.Option(help="Base IRI to publish under, instead of the data set's.")
]
Encoding = Annotated[
    str | None, typer.Option(help="Encoding of pages that are not UTF-8; recorded.")
]
Jobs = Annotated[int, typer.Option(min=0, max=64, help="Number of processes; 0 for one a core.")]
Engine = Annotated[
    str, typer.Option(help="SHACL engine: auto, pyshacl, pyshacl-turbo or pyshifty.")
]
Lang = Annotated[Language, typer.Option(help="Language of messages and labels.")]

app = typer.Typer(
    name="idfgraph",
    help="Project pages of the IOM Development Fund as a validated, published, queryable knowledge graph.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
