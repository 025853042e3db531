"""Words to calls, results to text, errors to exit codes: the only file that prints.

Exit codes: 0 done; 1 the data breaks shapes; 2 the command or an input cannot be used; 3 a defect of ours.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer

from .errors import BadConfig, BadQuery, IdfgraphError, ShapesViolated
from .terminal import counting, table
from .vocab import SEVERITIES


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


class Kind(StrEnum):
    """What a record is about."""

    project = "project"
    programme = "programme"


class Format(StrEnum):
    """A form of an answer."""

    table = "table"
    csv = "csv"
    json = "json"
    xml = "xml"
    ttl = "ttl"
    jsonld = "jsonld"


Sources = Annotated[list[Path] | None, typer.Argument(help="Folders or files of pages, YAML records, JSON Lines.")]
Base = Annotated[str | None, typer.Option(help="Base IRI to publish under, instead of the data set's.")]
Encoding = Annotated[str | None, typer.Option(help="Encoding of pages that are not UTF-8; recorded.")]
Jobs = Annotated[int, typer.Option(min=1, max=64, help="Number of processes.")]
Lang = Annotated[Language, typer.Option(help="Language of messages and labels.")]

app = typer.Typer(
    name="idfgraph",
    help="Project pages of the IOM Development Fund as a validated, published, queryable knowledge graph.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


#: What typer raises for words that it does not understand.
_Misused: type[Any] = typer.BadParameter.__mro__[2]


def main() -> None:
    """Runs the command line; never shows a traceback unless IDFGRAPH_DEBUG is set."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code)
    except ShapesViolated as error:
        _fail(str(error), error.exit_code)
    except IdfgraphError as error:
        _fail(str(error), error.exit_code)
    except _Misused as error:
        _fail(f"{error.format_message()}; see idfgraph --help", 2)
    except BrokenPipeError:
        _drop_output()
    except OSError as error:
        _drop_output()
        _fail(f"{error.filename or 'output'}: {error.strerror or error}; make room, or name another place", 2)
    except KeyboardInterrupt:
        _fail("stopped; nothing published was changed", 130)
    except Exception as error:
        if os.environ.get("IDFGRAPH_DEBUG"):
            raise
        _fail(f"a defect of ours: {type(error).__name__}: {error}; please report it with the command", 3)


@app.callback(invoke_without_command=True)
def _root(show: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False) -> None:
    if show:
        print(version("idfgraph"))
        raise typer.Exit


@app.command()
def publish(
    sources: Sources = None,
    out: Annotated[Path, typer.Option(help="Folder of the release; replaced whole.")] = Path("public"),
    base: Base = None,
    encoding: Encoding = None,
    jobs: Jobs = 1,
    quarantine: Annotated[bool, typer.Option(help="Publish sound records, list the others.")] = False,
    lang: Lang = Language.en,
) -> None:
    """Read, resolve, map, validate and publish (default source: data/)."""
    pipeline = import_module("idfgraph.pipeline")
    options = {"base": base, "encoding": encoding, "jobs": jobs, "quarantine": quarantine}
    try:
        with counting("records") as count:
            done = pipeline.publish(_named(sources), out, **options, count=count)
    except ShapesViolated as error:
        _show_findings(error.findings, lang)
        raise
    _show_findings(done.findings, lang)
    _warn(done.warnings)
    for identifier in done.quarantined:
        _say(f"left out: {identifier}")
    _say(f"published {done.records} records in {out} ({_counts(done.report)})")


@app.command()
def validate(
    sources: Sources = None,
    report: Annotated[Path | None, typer.Option(help="File to write the SHACL report to, as Turtle.")] = None,
    fail_on: Annotated[Severity, typer.Option(help="Least severity that fails.")] = Severity.violation,
    base: Base = None,
    encoding: Encoding = None,
    jobs: Jobs = 1,
    lang: Lang = Language.en,
) -> None:
    """Check pages and records against the shapes; writes nothing but the report."""
    pipeline = import_module("idfgraph.pipeline")
    with counting("records") as count:
        done = pipeline.check(_named(sources), base=base, encoding=encoding, jobs=jobs, count=count)
    if report:
        pipeline.write_report(done.report, report)
    _show_findings(done.findings, lang)
    _warn(done.warnings)
    _say(f"checked {done.records} records ({_counts(done.report)})")
    grave = SEVERITIES[: SEVERITIES.index(fail_on.value.capitalize()) + 1]
    if any(done.report.count(severity) for severity in grave):
        raise typer.Exit(1)


@app.command()
def extract(
    pages: Annotated[list[str] | None, typer.Argument(help="Captured pages, or addresses to fetch.")] = None,
    into: Annotated[Path, typer.Option(help="Folder of records.")] = Path("data/records"),
    url: Annotated[str | None, typer.Option(help="Address of the page.")] = None,
    encoding: Encoding = None,
    programme: Annotated[str | None, typer.Option(help="Id of the programme that the page is about.")] = None,
    lists: Annotated[list[Path] | None, typer.Option("--list", help="File of addresses, one a line.")] = None,
    sitemap: Annotated[list[str] | None, typer.Option(help="Address of a sitemap of pages to fetch.")] = None,
    path: Annotated[str, typer.Option(help="Pattern of the paths to take from sitemaps.")] = "*",
    shelf: Annotated[Path, typer.Option("--pages", help="Folder for fetched pages.")] = Path("data/pages"),
    delay: Annotated[float, typer.Option(min=0, help="Seconds between two requests to a site.")] = 2.0,
    allow_private: Annotated[bool, typer.Option(help="Fetch from private addresses too.")] = False,
) -> None:
    """Make YAML records of pages, to look over, or merge pages into them; what people wrote stays.

    Exit code 1 says that a record was edited where its page has changed as well; 2, that an address gave no page.
    """
    named = pages or []
    urls = [name for name in named if name.startswith(("http://", "https://"))]
    files = [Path(name) for name in named if name not in urls]
    failed = False
    if urls or lists or sitemap:
        fetching = import_module("idfgraph.fetching")
        policy = fetching.Policy(delay=delay, allow_private=allow_private)
        found = fetching.addresses(urls, lists or (), sitemap or (), pattern=path, policy=policy)
        with counting("pages") as count:
            for outcome in fetching.fetch_all(found, shelf, policy, count):
                _say(" ".join((outcome.kind, outcome.url, outcome.reason, *outcome.notes)))
                taken = outcome.kind in {"fetched", "unchanged"} and outcome.file
                files += [outcome.file] if taken else []
                failed = failed or not taken
    elif not files:
        raise BadConfig("no page is named", hint="name captured pages, addresses, --list FILE or --sitemap URL")
    clashes = _extracted(files, into, url, encoding, programme)
    if failed or clashes:
        raise typer.Exit(2 if failed else 1)


def _extracted(files: list[Path], into: Path, url: str | None, encoding: str | None, programme: str | None) -> bool:
    """Extracts pages, prints what became of each, and tells whether there were conflicts."""
    clashes = False
    extraction = import_module("idfgraph.extraction")
    for done in extraction.extract(files, into, url=url, encoding=encoding, programme=programme):
        print(f"{done.page}: {done.outcome}" + (f" {done.file}" if done.file else ""))
        for note in done.notes:
            print(f"  {note}")
        clashes = clashes or bool(done.clashes)
    return clashes


@app.command()
def query(
    question: Annotated[str | None, typer.Argument(help="Name of a question, a file, or - for standard input.")] = None,
    on: Annotated[Path, typer.Option(help="Folder of a release.")] = Path("public"),
    form: Annotated[Format, typer.Option("--format", help="Form of the answer.")] = Format.table,
    values: Annotated[list[str] | None, typer.Option("--set", help="A parameter: NAME=VALUE.")] = None,
    show: Annotated[bool, typer.Option("--list", help="List the questions and their parameters.")] = False,
    lang: Lang = Language.en,
) -> None:
    """Ask a question of a published release."""
    asking = import_module("idfgraph.asking")
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


@app.command()
def todo(
    sources: Sources = None,
    encoding: Encoding = None,
    jobs: Jobs = 1,
    lang: Lang = Language.en,
) -> None:
    """List the records that want a look, most urgent first: wrong, contradictory, doubtful or not reviewed."""
    desk = import_module("idfgraph.review")
    with counting("records") as count:
        tasks = desk.todo(_named(sources), encoding=encoding, jobs=jobs, count=count)
    if tasks:
        rows = [[str(task.weight), task.record, str(task.place), task.why(lang.value)] for task in tasks]
        print(table(("weight", "record", "where", "why"), rows))
    _say(f"{len(tasks)} records want a look")


@app.command()
def review(
    records: Annotated[list[Path], typer.Argument(help="YAML records that were looked over.")],
    by: Annotated[str, typer.Option(help="Who looked them over.")],
    on: Annotated[str | None, typer.Option(help="The day, as 2026-11-21; today if not given.")] = None,
) -> None:
    """Note in YAML records who reviewed their values, and when; nothing else in them changes."""
    for file in import_module("idfgraph.review").review(records, by=by, on=on):
        print(f"{file}: reviewed")


@app.command()
def new(
    kind: Annotated[Kind, typer.Argument(help="What the record is about.")],
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Its Projet ID, or the name of the programme.")],
    into: Annotated[Path, typer.Option(help="Folder of records.")] = Path("data/records"),
) -> None:
    """Write a record to fill in, explained in comments; never overwrites one."""
    print(import_module("idfgraph.starting").new(kind.value, identifier, into))


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="A folder that does not exist yet, or is empty.")]) -> None:
    """Make a data folder of one's own: settings, an example to publish as it is, a schema, a check for CI."""
    for file in import_module("idfgraph.starting").init(folder):
        print(file)
    _say(f"publish it with: idfgraph publish {folder} --out public")


def _named(sources: list[Path] | None) -> Sequence[Path]:
    if sources or Path("data").is_dir():
        return sources or [Path("data")]
    raise BadConfig(
        "no source is named, and there is no folder data/", hint="name a folder or file of pages or records"
    )


def _pair(value: str) -> tuple[str, str]:
    name, equals, rest = value.partition("=")
    if not equals:
        raise BadQuery(f"--set {value} has no '='", hint="write --set NAME=VALUE")
    return name, rest


def _counts(report: Any) -> str:
    return ", ".join(f"{report.count(severity)} {severity.lower()}" for severity in SEVERITIES)


#: What stands where nothing published answers.
_NOT_PUBLISHED = {Language.en: "not published", Language.fr: "non publié", Language.es: "no publicado"}


def _show_table(answer: Any, lang: Language) -> None:
    if not answer.rows:
        print(_NOT_PUBLISHED[lang])
        return
    shown = [[_NOT_PUBLISHED[lang] if cell is None else cell for cell in row] for row in answer.rows]
    print(table(answer.columns, shown))


def _show_questions(questions: Iterable[Any], lang: Language) -> None:
    rows = [
        [question.name, question.titles.get(lang.value, ""), " ".join(item.name for item in question.parameters)]
        for question in questions
    ]
    print(table(("name", "title", "parameters"), rows))


def _show_findings(findings: Iterable[Any], lang: Language) -> None:
    rows = [[finding.result.severity, str(finding.place), finding.result.message(lang.value)] for finding in findings]
    if rows:
        print(table(("severity", "where", "what"), rows))


def _warn(warnings: Iterable[str]) -> None:
    for warning in warnings:
        _say(f"overrides.yaml: {warning}")


def _drop_output() -> None:
    """Lets what could not be printed go, so that nothing is said of it when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _fail(text: str, code: int) -> None:
    _say(f"idfgraph: {' '.join(text.split())}")
    sys.exit(code)
