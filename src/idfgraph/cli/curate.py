"""Commands that make records and keep them right: extract, quote, todo, review, migrate, new, init,
schema.
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..model.errors import BadConfig, BadInput
from ..model.formats import SchemaName
from ..model.text import Language
from ..model.visible import shortened
from ..model.vocab import RecordKind
from ..sources.parts import PAGES, new_folder, records_folder
from ..system.disk import real
from ..system.terminal import counting, table
from .options import Encoding, Jobs, Lang, Sources, app
from .output import named, put, say, say_error, show

if TYPE_CHECKING:
    from ..sources.web import Policy


#: How much of a note is shown.
_NOTE = 1_000

Into = Annotated[
    Path | None,
    typer.Option(
        help="Folder of records; of the data folder one is in, or of data/, if not given.",
        show_default=False,
    ),
]
Shelf = Annotated[
    Path | None, typer.Option("--pages", help="Folder of pages; the one beside that of records.")
]

Lists = Annotated[
    list[Path] | None,
    typer.Option("--list", metavar="FILE", help="File of addresses, one a line."),
]
Sitemaps = Annotated[
    list[str] | None, typer.Option(metavar="URL", help="Address of a sitemap of pages to fetch.")
]
ProgrammeId = Annotated[
    str | None, typer.Option(help="Id of the programme that the page is about.")
]
Delay = Annotated[
    float, typer.Option(min=0, max=3_600, help="Seconds between two requests to a site.")
]
DryRun = Annotated[
    bool, typer.Option(help="Write no record: show what would be read, marked in the page.")
]
HtmlFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="With --dry-run: write that as HTML.")
]


@app.command()
def extract(
    pages: Annotated[
        list[str] | None, typer.Argument(help="Captured pages, folders of them, or addresses.")
    ] = None,
    into: Into = None,
    url: Annotated[str | None, typer.Option(help="Address of the page.")] = None,
    encoding: Encoding = None,
    programme: ProgrammeId = None,
    lists: Lists = None,
    sitemap: Sitemaps = None,
    path: Annotated[str, typer.Option(help="Pattern of the paths to take from sitemaps.")] = "*",
    shelf: Shelf = None,
    delay: Delay = 2.0,
    allow_private: Annotated[bool, typer.Option(help="Fetch from private addresses too.")] = False,
    dry_run: DryRun = False,
    html: HtmlFile = None,
    lang: Lang = "en",
) -> None:
    """Make YAML records of pages, to look over, or merge pages into them; what people wrote stays.

    Exit code 1 says that a record was edited where its page has changed as well; 2, that an address
    gave no page, or a page no record; the others are extracted all the same.
    """
    from ..sources.files import pages_of

    into = records_folder(into)
    note = new_folder(into)
    shelf = shelf or into.parent / PAGES
    urls = [name for name in pages or () if name.startswith(("http://", "https://"))]
    files = pages_of(Path(name) for name in pages or () if name not in urls)
    failed = False
    if dry_run or html:
        _refuse_dry(dry_run, bool(urls or lists or sitemap))
        raise typer.Exit(2 if _previewed(files, into, encoding, programme, html, lang) else 0)
    if urls or lists or sitemap:
        from ..sources.web import Policy, addresses

        policy = Policy(delay=delay, allow_private=allow_private)
        wanted = addresses(urls, lists or (), sitemap or (), pattern=path, policy=policy)
        fetched = _fetched(wanted, shelf, policy)
        files += [file for file in fetched if file]
        failed = None in fetched
    elif not files:
        raise BadConfig(
            "no page is named", hint="name captured pages, addresses, --list FILE or --sitemap URL"
        )
    clashes, refused = _extracted(files, into, shelf, url, encoding, programme)
    if note and into.is_dir():
        say(note)
    raise typer.Exit(2 if failed or refused else int(clashes))


def _refuse_dry(dry_run: bool, addresses: bool) -> None:
    """Nothing, or BadConfig for options that do not go together."""
    if not dry_run:
        raise BadConfig("--html goes with --dry-run", hint="give both, or neither")
    if addresses:
        raise BadConfig(
            "--dry-run fetches nothing", hint="name captured pages; fetched ones are in data/pages"
        )


def _previewed(
    files: Sequence[Path],
    into: Path,
    encoding: str | None,
    programme: str | None,
    html: Path | None,
    lang: Language,
) -> bool:
    """Shows what would be read of pages, and tells whether some of them cannot be."""
    from ..curation.preview import previews
    from ..curation.preview_forms import in_html, in_terminal
    from ..system.disk import write_text

    refused = list[BadInput]()

    def refuse(error: BadInput) -> None:
        """Tells what is wrong with a page."""
        refused.append(error)
        say_error(error)

    found = list(previews(files, into, encoding=encoding, programme=programme, refuse=refuse))
    if html:
        write_text(html, in_html(found, lang))
        show(f"{html}: written")
    else:
        for one in found:
            typer.echo(in_terminal(one, lang, colour=sys.stdout.isatty()), nl=False)
    return bool(refused)


def _fetched(urls: Sequence[str], shelf: Path, policy: "Policy") -> list[Path | None]:
    """Fetches addresses, tells what became of each, and gives the files of their pages."""
    from ..sources.web import fetch_all
    from ..system.lock import alone_in

    files = list[Path | None]()
    with alone_in(shelf), counting("pages") as count:
        for outcome in fetch_all(urls, shelf, policy, count):
            say(" ".join((outcome.kind, outcome.url, outcome.reason, *outcome.notes)))
            files.append(outcome.file if outcome.kind in {"fetched", "unchanged"} else None)
    return files


def _extracted(
    files: list[Path],
    into: Path,
    shelf: Path,
    url: str | None,
    encoding: str | None,
    programme: str | None,
) -> tuple[bool, bool]:
    """Extracts pages, prints what became of each, and tells whether there were conflicts, and
    whether there were pages that cannot be used.
    """
    from ..curation.extract import extract

    clashes, refused, words = False, list[BadInput](), Counter[str]()

    def refuse(error: BadInput) -> None:
        """Tells what is wrong with a page."""
        refused.append(error)
        say_error(error)

    for done in extract(
        files, into, url=url, encoding=encoding, programme=programme, shelf=shelf, refuse=refuse
    ):
        show(f"{done.page}: {done.outcome}" + (f" {done.file}" if done.file else ""))
        for note in done.notes:
            show(f"  {shortened(note, _NOTE)}")
        clashes = clashes or done.wants_decision
        words[done.outcome if done.file else "not written"] += 1
    if words:
        words["refused"] = len(refused)
        told = ", ".join(f"{count} {word}" for word, count in sorted(words.items()) if count)
        say(f"{len(files)} pages: {told}")
    return clashes, bool(refused)


@app.command()
def quote(
    record: Annotated[Path, typer.Argument(help="The YAML record.")],
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
) -> None:
    """Quote words of a record's page for a field: the words, their place and the value are written
    into the record.
    """
    from ..curation.quote import quote, standings

    shelf = shelf or record.parent.parent / "pages"
    if not nth and sys.stdin.isatty() and len(found := standings(record, words, shelf)) > 1:
        for number, place in enumerate(found, 1):
            show(f"{number}  {place}")
        nth = typer.prompt("Which one is meant", type=int)
    done = quote(record, field, words, shelf, nth=nth, instead=instead)
    show(f"{record}: {field} quoted, {done.standing}")
    for name, value in done.changes.items():
        show(f"  {name}: {json.dumps(value, ensure_ascii=False)}")
    for note in done.notes:
        show(f"  {shortened(note, _NOTE)}")


@app.command()
def todo(
    sources: Sources = None,
    encoding: Encoding = None,
    jobs: Jobs = 0,
    lang: Lang = "en",
) -> None:
    """List the records that want a look, most urgent first: wrong, contradictory, doubtful or not
    reviewed.
    """
    from ..curation.review import todo

    with counting("records") as count:
        tasks = todo(named(sources), encoding=encoding, jobs=jobs, count=count)
    if tasks:
        rows = [[str(task.weight), task.record, str(task.place), task.why(lang)] for task in tasks]
        show(table(("weight", "record", "where", "why"), rows))
    records = sum(bool(task.record) for task in tasks)
    say(f"{records} records want a look" + (", and added names" if records < len(tasks) else ""))


@app.command()
def review(
    records: Annotated[
        list[Path], typer.Argument(help="YAML records that were looked over, or folders of them.")
    ],
    by: Annotated[str, typer.Option(help="Who looked them over.")],
    on: Annotated[
        str | None, typer.Option(help="The day, as 2026-11-21; today if not given.")
    ] = None,
) -> None:
    """Note in YAML records who reviewed their values, and when; nothing else in them changes."""
    from ..curation.review import review
    from ..sources.files import records_of

    files = records_of(records)
    for file in review(files, by=by, on=on):
        show(f"{file}: reviewed")
    say(f"{len(files)} records reviewed")


@app.command()
def migrate(
    sources: Sources = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would change, and write nothing.")
    ] = False,
) -> None:
    """Rewrite records of format 1 in format 2, in place; comments, order and all that people wrote
    stay.

    Exit code 2 says that a file was left as it is, because it cannot be read or edited.
    """
    from ..curation.migrate import migrate

    word = "would be migrated" if dry_run else "migrated"
    done = []
    for file in migrate(named(sources), dry=dry_run):
        done.append(file)
        if file.refused:
            say(f"left as it is: {file.refused}")
        elif file.changed:
            show(f"{file.file}: {word}")
    say(f"{sum(file.changed for file in done)} files {word}")
    if any(file.refused for file in done):
        raise typer.Exit(2)


@app.command()
def new(
    kind: Annotated[RecordKind, typer.Argument(help="What the record is about.")],
    identifier: Annotated[
        str, typer.Argument(metavar="ID", help="Its Projet ID, or the name of the programme.")
    ],
    into: Into = None,
) -> None:
    """Write a record to fill in, explained in comments; never overwrites one."""
    from ..curation.start import new

    folder = records_folder(into)
    note = new_folder(folder)
    show(new(kind, identifier, folder))
    if note:
        say(note)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="A folder that does not exist yet, or is empty.")],
) -> None:
    """Make a data folder of one's own: settings, an example to publish as it is, a schema, a check
    for CI.
    """
    from ..curation.start import init

    for file in init(folder):
        show(file)
    inside = "" if real(folder) == Path.cwd() else f"cd {folder} && "
    say(f"publish it with: {inside}idfgraph publish")


@app.command()
def schema(
    of: Annotated[SchemaName, typer.Argument(help="What the schema is of.")] = "record",
) -> None:
    """Print the JSON Schema of records, of dataset.yaml, or of a report, for editors and
    programs.
    """
    from ..sources.schema import schema

    put(schema(of))
