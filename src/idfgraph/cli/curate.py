"""Commands that begin records, and keep them right."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..model.formats import SchemaName
from ..model.text import N_, Language, gettext, ngettext
from ..model.visible import in_words
from ..model.vocab import RecordKind
from ..sources.parts import quoted
from ..system.disk import real
from ..system.terminal import counting
from .desk import named, record_file, told_records
from .options import By, Encoding, Errors, Into, Jobs, Lang, Mine, On, Shelf, Sources, app
from .output import put, say, show, show_notes, show_table

if TYPE_CHECKING:
    from ..curation.review import Task


@app.command()
def quote(
    record: Annotated[str, typer.Argument(help="A record: its file, or its id.")],
    field: Annotated[
        str, typer.Argument(help="The field, as startYear, budget.value or association.funding.")
    ],
    words: Annotated[str, typer.Argument(help="The words of the value, as its page has them.")],
    shelf: Shelf = None,
    nth: Annotated[
        int, typer.Option(min=0, help="Which place is meant, where the words stand at several.")
    ] = 0,
    instead: Annotated[
        bool, typer.Option(help="Put the words in the place of those quoted for the field.")
    ] = False,
    new_code: Annotated[
        bool, typer.Option("--new-code", help="Make a new code of a word that is on no list.")
    ] = False,
    lang: Lang = "en",
) -> None:
    """Quote words of a record's page for a field: the words, their place and the value are written
    into the record.
    """
    from ..curation.quote import quote, standings

    file = record_file(record)
    shelf = shelf or file.parent.parent / "pages"
    if not nth and sys.stdin.isatty() and len(found := standings(file, words, shelf)) > 1:
        for number, place in enumerate(found, 1):
            show(f"{number}  {place}")
        nth = typer.prompt(gettext("Which one is meant", lang), type=int)
    done = quote(file, field, words, shelf, nth=nth, instead=instead, new_code=new_code)
    where = gettext("{field} quoted, {place}", lang, field=field, place=done.standing)
    show(f"{file}: {where}")
    for dropped in done.dropped:
        said = gettext("no longer quoted: {words}", lang, words=dropped)
        show(f"  {said}")
    for name, value in done.changes.items():
        show(f"  {name}: {in_words(value)}")
    show_notes(done.notes)


@app.command()
def todo(
    sources: Sources = None,
    errors: Errors = False,
    mine: Mine = False,
    by: By = "",
    encoding: Encoding = None,
    jobs: Jobs = 0,
    lang: Lang = "en",
) -> None:
    """List the records that want a look, most urgent first: wrong, contradictory, doubtful or not
    reviewed.

    Exit code 2 says that an input cannot be read; it is listed, and the others are looked at.
    """
    from ..curation.review import todo
    from ..curation.signed import signature

    given, person = named(sources), signature(by)[0] if mine else ""
    with counting("records") as count:
        tasks: Sequence[Task] = todo(
            given, encoding=encoding, jobs=jobs, count=count, person=person
        )
    if errors:
        tasks = [task for task in tasks if task.has_error]
    if tasks:
        rows = [[str(task.weight), task.record, str(task.place), task.why(lang)] for task in tasks]
        heads = (N_("weight"), N_("record"), N_("where"), N_("why"))
        show_table([gettext(head, lang) for head in heads], rows)
    records = sum(bool(task.record) for task in tasks)
    unread = any(task.is_unread for task in tasks)
    names = any(reason.kind == "unused" for task in tasks for reason in task.reasons)
    wanting = ngettext(
        "{number} record wants a look", "{number} records want a look", records, lang
    )
    also = [
        *([gettext(", and inputs that cannot be read", lang)] if unread else ()),
        *([gettext(", and added names", lang)] if names else ()),
    ]
    say("".join([wanting, *also]))
    if unread:
        raise typer.Exit(2)


@app.command()
def review(
    records: Annotated[
        list[str],
        typer.Argument(
            help="Records that were looked over, by their files or ids, or folders of them."
        ),
    ],
    by: By = "",
    on: On = None,
    lang: Lang = "en",
) -> None:
    """Note who reviewed the values of YAML records, and when, in files beside them."""
    from ..curation.review import review
    from ..sources.files import records_of

    files = records_of(map(record_file, records))
    for file in review(files, by=by, on=on):
        word = gettext("reviewed", lang)
        show(f"{file}: {word}")
    say(ngettext("{number} record reviewed", "{number} records reviewed", len(files), lang))


@app.command()
def migrate(
    sources: Sources = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would change, and write nothing.")
    ] = False,
    lang: Lang = "en",
) -> None:
    """Rewrite records of format 1 in format 2, in place; comments, order and all that people wrote
    stay.

    Exit code 2 says that a file was left as it is, because it cannot be read or edited.
    """
    from ..curation.migrate import migrate

    word = gettext(N_("would be migrated") if dry_run else N_("migrated"), lang)
    done = []
    for file in migrate(named(sources), dry=dry_run):
        done.append(file)
        if file.refused:
            said = file.refused.told_in(lang)
            say(gettext("left as it is: {why}", lang, why=said))
        elif file.changed:
            show(f"{file.file}: {word}")
    number = sum(file.changed for file in done)
    if dry_run:
        say(
            ngettext(
                "{number} file would be migrated", "{number} files would be migrated", number, lang
            )
        )
    else:
        say(ngettext("{number} file migrated", "{number} files migrated", number, lang))
    if any(file.refused for file in done):
        raise typer.Exit(2)


@app.command()
def new(
    kind: Annotated[RecordKind, typer.Argument(help="What the record is about.")],
    identifier: Annotated[
        str, typer.Argument(metavar="ID", help="Its Projet ID, or the name of the programme.")
    ],
    into: Into = None,
    lang: Lang = "en",
) -> None:
    """Write a record to fill in, explained in comments; never overwrites one."""
    from ..curation.start import new

    show(new(kind, identifier, told_records(into, lang)))


@app.command()
def init(
    folder: Annotated[
        Path, typer.Argument(help="A folder that is empty or not there, or lacks some of this.")
    ],
    install: Annotated[
        str,
        typer.Option(
            help="Where its workflow has idfgraph from: a wheel, git+https://...@REVISION, or "
            "registry; if not given, where this one is from.",
            show_default=False,
        ),
    ] = "",
    lang: Lang = "en",
) -> None:
    """Make a data folder of one's own: settings, an example to publish as it is, a README, what
    editors and git want, a check for CI. No file is written over.
    """
    from ..curation.start import init

    for file in init(folder, install, lambda said: say(said[lang])):
        show(file)
    _tell_next(folder, lang)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="A folder that is empty or not there.")] = Path(
        "demo"
    ),
    lang: Lang = "en",
) -> None:
    """Make a data folder to look at: thirty real project pages as facts, and their records."""
    from ..curation.start import demo

    records = demo(folder)
    number = ngettext("{number} record", "{number} records", len(records), lang)
    show(f"{folder}: {number}")
    _tell_next(folder, lang)


def _tell_next(folder: Path, lang: Language) -> None:
    """Tells how a new data folder is published."""
    inside = "" if real(folder) == Path.cwd() else f"cd {quoted(folder)} && "
    command = f"{inside}idfgraph publish"
    say(gettext("publish it with: {command}", lang, command=command))


@app.command()
def schema(
    of: Annotated[SchemaName, typer.Argument(help="What the schema is of.")] = "record",
    _lang: Lang = "en",
) -> None:
    """Print the JSON Schema of records, of dataset.yaml, or of a report, for editors and
    programs.
    """
    from ..sources.schema import schema

    put(schema(of))
