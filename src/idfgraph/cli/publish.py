"""Commands on releases: publish one, ask one."""

import sys
from collections.abc import Iterable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from ..model.errors import BadQuery, LostData, ShapesViolated
from ..model.text import gettext
from ..system.terminal import counting, table
from .options import (
    Base,
    Encoding,
    Engine,
    Format,
    Jobs,
    Lang,
    Language,
    ReleaseLayout,
    Sources,
    app,
)
from .output import counts, named, say, show_findings, violations, warn


@app.command()
def publish(
    sources: Sources = None,
    out: Annotated[Path, typer.Option(help="Folder of the release; replaced whole.")] = Path(
        "public"
    ),
    base: Base = None,
    encoding: Encoding = None,
    jobs: Jobs = 0,
    engine: Engine = "auto",
    quarantine: Annotated[
        bool, typer.Option(help="Publish sound records; of the others, what was.")
    ] = False,
    layout: Annotated[
        ReleaseLayout, typer.Option(help="A link to the release, or a plain folder.")
    ] = ReleaseLayout.auto,
    previous: Annotated[
        str, typer.Option(help="What nothing may be lost against: a release, or none.")
    ] = "current",
    allow_removals: Annotated[
        bool, typer.Option(help="Publish less than before all the same.")
    ] = False,
    lang: Lang = Language.en,
) -> None:
    """Read, resolve, map, validate and publish (default source: data/)."""
    pipeline = import_module("idfgraph.pipeline")
    options = {
        "base": base,
        "encoding": encoding,
        "jobs": jobs,
        "engine": engine,
        "quarantine": quarantine,
    }
    target = {"layout": layout.value, "previous": previous, "allow_removals": allow_removals}
    try:
        with counting(
            "records", partial(import_module("idfgraph.checks.check").expected, named(sources))
        ) as count:
            done = pipeline.publish(named(sources), out, **options, **target, count=count)
    except ShapesViolated as error:
        show_findings(violations(error.findings), lang)
        raise
    except LostData as error:
        for loss in error.losses:
            say(f"lost: {loss}")
        raise
    warn(done.warnings)
    for note in done.notes:
        say(note)
    show_findings(violations(done.faults), lang)
    for identifier in done.quarantined:
        stays = identifier in done.staying
        say(
            f"held back: {identifier}; its last sound version stays"
            if stays
            else f"left out: {identifier}"
        )
    say(f"published {done.records} records in {out} ({counts(done.report)})")


@app.command()
def query(
    question: Annotated[
        str | None, typer.Argument(help="Name of a question, a file, or - for standard input.")
    ] = None,
    on: Annotated[Path, typer.Option(help="Folder of a release.")] = Path("public"),
    form: Annotated[Format, typer.Option("--format", help="Form of the answer.")] = Format.table,
    values: Annotated[
        list[str] | None, typer.Option("--set", help="A parameter: NAME=VALUE.")
    ] = None,
    show: Annotated[
        bool, typer.Option("--list", help="List the questions and their parameters.")
    ] = False,
    lang: Lang = Language.en,
) -> None:
    """Ask a question of a published release."""
    asking = import_module("idfgraph.query.ask")
    if show or question is None:
        _show_questions(asking.questions(), lang)
        return
    found = asking.find_question(question, sys.stdin.read() if question == "-" else None)
    given = dict(_pair(value) for value in values or ())
    if any(parameter.name == "lang" for parameter in found.parameters):
        given.setdefault("lang", lang.value)
    answerer, text = asking.ask(found, on, given)
    if form is Format.table:
        _show_table(answerer.table(text), lang)
    else:
        sys.stdout.buffer.write(answerer.text(text, form.value))


def _pair(value: str) -> tuple[str, str]:
    name, equals, rest = value.partition("=")
    if not equals:
        raise BadQuery(f"--set {value} has no '='", hint="write --set NAME=VALUE")
    return name, rest


def _show_table(answer: Any, lang: Language) -> None:
    absent = gettext("not published", lang.value)
    if not answer.rows:
        typer.echo(absent)
        return
    shown = [[absent if cell is None else cell for cell in row] for row in answer.rows]
    typer.echo(table(answer.columns, shown))


def _show_questions(questions: Iterable[Any], lang: Language) -> None:
    rows = [
        [
            question.name,
            question.titles.get(lang.value, ""),
            " ".join(item.name for item in question.parameters),
        ]
        for question in questions
    ]
    typer.echo(table(("name", "title", "parameters"), rows))
