"""Commands on codes: what no list has is listed, accepted, merged; one's own codes are renamed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..model.errors import BadConfig
from ..model.text import LANGUAGES, N_, Language, chosen, gettext, ngettext
from ..system.terminal import counting
from .desk import named, own_desk
from .options import Encoding, Jobs, Lang, Sources, app
from .output import say, show, show_table

if TYPE_CHECKING:
    from ..curation.code_desk import ProvisionalCode
    from ..curation.doubtful import Doubt
    from ..model.entries import Entry

_codes = typer.Typer(
    help="Words that no list has: list, accept, merge; rename codes of one's own.",
    rich_markup_mode=None,
)
app.add_typer(_codes, name="codes")

Data = Annotated[
    Path | None,
    typer.Option(
        help="Data folder whose own list is written; the one that one is in, if not given.",
        show_default=False,
    ),
]
#: How many doubts are told one by one.
_SHOWN = 20

Code = Annotated[
    str, typer.Argument(metavar="CODE", help="With its list: type-provisional-diaspora.")
]


@_codes.callback(invoke_without_command=True)
def _by_itself(context: typer.Context) -> None:
    """Words that no list has: list, accept, merge; rename codes of one's own."""
    if context.invoked_subcommand is None:
        list_codes()


@_codes.command("list")
def list_codes(
    sources: Sources = None, encoding: Encoding = None, jobs: Jobs = 0, lang: Lang = "en"
) -> None:
    """List words that no list has: their codes, how many records have each, and where; and the
    codes that they can be merged into.
    """
    from ..curation.code_desk import listed_codes, provisional_codes
    from ..model.provisional_codes import scheme_and_code

    with counting("records") as count:
        found = provisional_codes(named(sources), encoding=encoding, jobs=jobs, count=count)
    if found:
        rows = [_row(one, lang) for one in found]
        heads = (N_("code"), N_("word"), N_("records"), N_("to look at"), N_("where"))
        show_table([gettext(head, lang) for head in heads], rows)
    say(ngettext("{number} word is on no list", "{number} words are on no list", len(found), lang))
    for scheme in dict.fromkeys(scheme_and_code(f"code:{one.name}")[0] for one in found):
        codes = (f"{name} ({names[lang]})" for name, names in listed_codes(named(sources), scheme))
        names = ", ".join(codes) or "–"
        say(gettext("those of {list} can be merged into: {names}", lang, list=scheme, names=names))


@_codes.command()
def accept(
    code: Code,
    new: Annotated[str, typer.Option("--as", help="Name of the code; else its own letters.")] = "",
    label: Annotated[
        list[str] | None, typer.Option(metavar="LANG=TEXT", help="What it is called: fr=Diaspora.")
    ] = None,
    data: Data = None,
    lang: Lang = "en",
) -> None:
    """Make a code of a word that no list has.

    Exit code 1 says that records are doubtful since, as their pages have come to differ.
    """
    from ..curation.code_desk import accept
    from ..curation.doubtful import with_doubts

    folder, names = data or own_desk(), dict(map(_label, label or ()))
    entry, doubts = with_doubts(folder, lambda: accept(folder, code, new, names))
    _tell(code, entry)
    if not new:
        command = f"idfgraph codes rename {entry.id.removeprefix('code:')} NEW"
        say(gettext("to name it otherwise: {command}", lang, command=command))
    if missing := [tag for tag in LANGUAGES if tag not in entry.pref_label]:
        said = N_("it has no name yet in {languages}: that of another language is shown there")
        say(gettext(said, lang, languages=", ".join(missing)))
    _end(doubts, lang)


@_codes.command()
def merge(
    code: Code,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The code that it means: type-tc.")],
    data: Data = None,
    lang: Lang = "en",
) -> None:
    """Say that a word, or a code of one's own, means another code of its list.

    Exit code 1 says that records are doubtful since, as their pages have come to differ.
    """
    from ..curation.code_desk import merge
    from ..curation.doubtful import with_doubts

    folder = data or own_desk()
    entry, doubts = with_doubts(folder, lambda: merge(folder, code, into))
    _tell(code, entry)
    _end(doubts, lang)


@_codes.command()
def rename(
    code: Code,
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")],
    data: Data = None,
    _lang: Lang = "en",
) -> None:
    """Give a code of one's own another name."""
    from ..curation.code_desk import rename

    _tell(code, rename(data or own_desk(), code, new))


def _row(one: "ProvisionalCode", lang: Language) -> list[str]:
    """A row of the list."""
    word, _ = chosen({tag: texts[0] for tag, texts in one.names.items()}, lang)
    where = "; ".join(map(str, one.use.places))
    return [one.name, word, str(one.use.records), str(one.use.doubted), where]


def _label(given: str) -> tuple[Language, str]:
    """A label by its language; BadConfig for what is none."""
    tag, equals, text = given.partition("=")
    language = next((name for name in LANGUAGES if name == tag), None)
    if language is None or not equals or not text.strip():
        raise BadConfig(
            N_("--label {given!r} is no label"),
            hint=N_("write it as {languages}=Text"),
            given=given,
            languages=LANGUAGES[0],
        )
    return language, text


def _tell(code: str, entry: "Entry") -> None:
    """Tells what a code has become."""
    from ..model.provisional_codes import scheme_and_code

    scheme, now = scheme_and_code(entry.id)
    show(f"{code.removeprefix('code:')}: {scheme}-{now}")


def _end(doubts: "Sequence[Doubt]", lang: Language) -> None:
    """Nothing, or exit code 1 and what is doubtful since a change, with what to do about it."""
    for doubt in doubts[:_SHOWN]:
        say(f"{doubt.place}: {doubt.words[lang]}")
    if records := len({doubt.record for doubt in doubts}):
        say(
            ngettext(
                "{number} record is doubtful since: decide in it what holds (`decisions`)",
                "{number} records are doubtful since: decide in each what holds (`decisions`)",
                records,
                lang,
            )
        )
        raise typer.Exit(1)
