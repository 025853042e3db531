"""Commands on releases: list those of a folder, prune old ones, go back to one; tell what changed
from one to another, and make one of the other.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..model.formats import DifferenceFormat
from ..model.text import N_, Language, gettext, ngettext
from .desk import own_public, told_public
from .options import Lang, app
from .output import put, put_markdown, say, show_table

if TYPE_CHECKING:
    from ..release.history import ReleaseRow

Out = Annotated[
    Path | None,
    typer.Argument(
        help="Folder of the current release; if not given, of the data folder one is in.",
        show_default=False,
    ),
]
_UNSOUND = N_(
    "no sound copy is left of some of it: once nothing is in the way, idfgraph publish --out "
    "{folder} with the same sources and options makes their release whole; idfgraph rollback "
    "{folder} goes back to one before, if there is one"
)

Output = Annotated[Path | None, typer.Option(help="File to write to, instead of printing.")]


@app.command()
def releases(
    out: Out = None,
    keep: Annotated[
        int | None, typer.Option(min=1, help="Leave of all but the newest N their dumps alone.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Hold every file of all releases against its sum.")
    ] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend from sound copies; set aside what is left.")
    ] = False,
    redact: Annotated[
        str | None,
        typer.Option(metavar="SHA256", help="Take a page's text and quotes out of all versions."),
    ] = None,
    sign: Annotated[
        Path | None, typer.Option(help="Secret key to sign the new sums of --redact with.")
    ] = None,
    lang: Lang = "en",
) -> None:
    """List the releases of a folder, oldest first; --keep prunes old ones, but never their dumps
    and tombstones. What is not ours is never touched.

    Exit code 1 says that --check found damage, or that --repair found no sound copy.
    """
    from ..release import history

    out = told_public(out)
    done = history.mend(out) if repair else ()
    done = (*done, *(history.redact(out, redact, sign) if redact else ()))
    for line in done:
        typer.echo(line)
    unsound = repair and history.left_aside(out)
    if unsound:
        say(gettext(_UNSOUND, lang, folder=out))
    if check:
        raise typer.Exit(_checked(out, lang))
    if repair or redact:
        raise typer.Exit(int(unsound))
    for name in history.keep(out, keep) if keep else ():
        say(gettext("pruned: {name}", lang, name=name))
    _list(out, [_cells(row, lang) for row in history.releases(out)], lang)


def _list(out: Path, rows: Sequence[Sequence[str]], lang: Language) -> None:
    """Prints the list of releases."""
    if rows:
        heads = (N_("name"), N_("issued"), N_("projects"), N_("statements"), "MB", "")
        show_table([gettext(head, lang) for head in heads], rows)
    number = ngettext("{number} release", "{number} releases", len(rows), lang)
    say(gettext("{what} in {folder}", lang, what=number, folder=out))


@app.command()
def rollback(
    out: Out = None,
    to: Annotated[
        str | None,
        typer.Option(help="Name of a release, or its beginning; the one before, if not given."),
    ] = None,
    lang: Lang = "en",
) -> None:
    """Make an older release the current one again, once all its files are as its sums say."""
    from ..release.history import rollback

    out = told_public(out)
    say(gettext("{folder} is {release}", lang, folder=out, release=rollback(out, to)))


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="Folder or name of a release: what it was before.")],
    new: Annotated[str, typer.Argument(help="Another: what it is after.")],
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder of the releases that are named; if not given, of the data folder one is "
            "in.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[DifferenceFormat, typer.Option("--format", help="Form.")] = "markdown",
    output: Output = None,
    lang: Lang = "en",
) -> None:
    """Tell what changed between two releases: a changelog in Markdown or HTML, JSON, or an RDF
    patch.
    """
    from ..release.difference import differ
    from ..release.history import located

    out = out or own_public()
    show = put_markdown if form == "markdown" else put
    _put(differ(located(old, out), located(new, out), form, lang), output, show)


@app.command()
def patch(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The dump idf.nq of a release.")],
    change: Annotated[
        Path, typer.Argument(metavar="PATCH", help="A patch, as diff --format patch makes it.")
    ],
    output: Output = None,
    _lang: Lang = "en",
) -> None:
    """Make the dump of a newer release from an older one and a patch, held against the SHA-256 of
    both.
    """
    from ..release.difference import patched

    _put(patched(old, change), output)


def _checked(out: Path, lang: Language) -> int:
    """Tells what is wrong with releases; the exit code."""
    from ..release.history import check

    found = check(out)
    for line in found.damage:
        typer.echo(line)
    for line in found.notes:
        say(line)
    number = len(found.damage)
    faults = ngettext("{number} fault", "{number} faults", number, lang)
    say(gettext("checked {folder}: {faults}", lang, folder=out, faults=faults))
    return int(bool(found.damage))


def _put(pieces: Iterable[str], output: Path | None, show: Callable[[str], None] = put) -> None:
    """Prints pieces of text as they come, or writes them to a file."""
    from ..release.difference import write

    if output is None:
        for piece in pieces:
            show(piece)
    else:
        write(output, pieces)


def _cells(row: "ReleaseRow", lang: Language) -> list[str]:
    """A row of the list of releases."""
    release, summary, size, is_aside = row
    counts = (
        (summary.issued, str(summary.projects), str(summary.statements))
        if summary
        else ("", "", "")
    )
    current, pruned, damaged = (
        gettext(word, lang) for word in (N_("current"), N_("pruned"), N_("damaged"))
    )
    mark = current if release.is_current else pruned if release.is_pruned else ""
    return [
        release.name,
        *counts,
        f"{size / 1e6:.1f}",
        f"{mark} {damaged if is_aside else ''}".strip(),
    ]
