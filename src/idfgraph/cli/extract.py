"""The command that makes records of pages, from files or the web."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..model.errors import BadConfig, BadInput
from ..model.text import N_, Language, gettext, ngettext
from ..sources.parts import PAGES
from ..system.terminal import counting
from .desk import told_records
from .options import Encoding, Into, Lang, Shelf, app
from .output import say, say_error, show, show_notes, show_skipped

if TYPE_CHECKING:
    from ..sources.web import Policy

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
ProjectId = Annotated[
    str | None, typer.Option(help="Projet ID of the page, where it prints none, or misprints it.")
]
Delay = Annotated[
    float, typer.Option(min=0, max=3_600, help="Seconds between two requests to a site.")
]
Captured = Annotated[
    str | None, typer.Option(metavar="DAY", help="When the page was captured, as 2026-11-21.")
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
    captured: Captured = None,
    encoding: Encoding = None,
    programme: ProgrammeId = None,
    project: ProjectId = None,
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
    gave no page, or that a page cannot be used; the others are extracted all the same. A page that
    names no project is told, and is no error.
    """
    into = told_records(into, lang)
    shelf = shelf or into.parent / PAGES
    urls = [name for name in pages or () if name.startswith(("http://", "https://"))]
    files = _files((Path(name) for name in pages or () if name not in urls), lang)
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
        hint = N_("name captured pages, addresses, --list FILE or --sitemap URL")
        raise BadConfig(N_("no page is named"), hint=hint)
    known = (url, captured, encoding, programme, project)
    clashes, refused = _extracted(files, into, shelf, *known, lang)
    raise typer.Exit(2 if failed or refused else int(clashes))


def _files(paths: Iterable[Path], lang: Language) -> list[Path]:
    """The pages that are named and those in folders; what is skipped there is told."""
    from ..sources.files import pages_of, skipped_of

    given = list(paths)
    files = pages_of(given)
    show_skipped(skipped_of(given), lang)
    return files


def _refuse_dry(dry_run: bool, addresses: bool) -> None:
    """Nothing, or BadConfig for options that do not go together."""
    if not dry_run:
        raise BadConfig(N_("--html goes with --dry-run"), hint=N_("give both, or neither"))
    if addresses:
        raise BadConfig(
            N_("--dry-run fetches nothing"),
            hint=N_("name captured pages; fetched ones are in data/pages"),
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
        say_error(error.told_in(lang))

    found = list(previews(files, into, encoding=encoding, programme=programme, refuse=refuse))
    if html:
        write_text(html, in_html(found, lang))
        show(f"{html}: {gettext('written', lang)}")
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
    captured: str | None,
    encoding: str | None,
    programme: str | None,
    project: str | None,
    lang: Language,
) -> tuple[bool, bool]:
    """Extracts pages, prints what became of each, and tells whether there were conflicts, and
    whether there were pages that cannot be used.
    """
    from ..curation.extract import extract

    clashes, refused, words = False, list[BadInput](), Counter[str]()

    def refuse(error: BadInput) -> None:
        """Tells what is wrong with a page."""
        refused.append(error)
        say_error(error.told_in(lang))

    for done in extract(
        files,
        into,
        url=url,
        captured=captured,
        encoding=encoding,
        programme=programme,
        project=project,
        shelf=shelf,
        refuse=refuse,
        lang=lang,
    ):
        outcome = gettext(done.outcome, lang) if done.file else done.outcome
        show(f"{done.page}: {outcome}" + (f" {done.file}" if done.file else ""))
        show_notes(done.notes)
        clashes = clashes or done.wants_decision
        words[done.outcome if done.file else N_("not written")] += 1
    if words:
        words[N_("refused")] = len(refused)
        told = ", ".join(
            f"{gettext(word, lang)}: {count}" for word, count in sorted(words.items()) if count
        )
        pages = ngettext("{number} page", "{number} pages", len(files), lang)
        say(f"{pages}; {told}")
    return clashes, bool(refused)
