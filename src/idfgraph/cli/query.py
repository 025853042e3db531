"""The command that asks a release."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..model.errors import BadQuery
from ..model.formats import AnswerFormat
from ..model.labels import COLUMNS
from ..model.text import N_, Language, gettext
from ..query.question import QUESTION_LIMIT, Parameter, Question
from ..system.reading import read_input, read_text
from .desk import told_public
from .options import Lang, app
from .output import put, say, show, show_table

if TYPE_CHECKING:
    from ..query.desk import Bounds, Inquiry, QueryAnswer


#: What stands in a cell without a value.
_NO_VALUE = "–"

On = Annotated[
    str | None,
    typer.Option(
        help="Folder of a release, or an endpoint; if not given, the release of the data folder "
        "one is in.",
        show_default=False,
    ),
]


@app.command()
def query(
    question: Annotated[
        str | None, typer.Argument(help="Name of a question, a file, or - for standard input.")
    ] = None,
    on: On = None,
    form: Annotated[AnswerFormat, typer.Option("--format", help="Form of the answer.")] = "table",
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="NAME=VALUE", help="A parameter: NAME=VALUE; --list tells them."
        ),
    ] = None,
    listed: Annotated[
        bool, typer.Option("--list", help="List the questions, their parameters and defaults.")
    ] = False,
    deadline: Annotated[
        float, typer.Option(min=0.1, max=86_400, help="Seconds that it may take.")
    ] = 30.0,
    max_memory: Annotated[
        int, typer.Option(min=64, max=1 << 24, help="MiB that it may take.")
    ] = 2048,
    max_rows: Annotated[int, typer.Option(min=1, help="Rows that the answer may have.")] = 100_000,
    base: Annotated[str, typer.Option(help="Base of an endpoint's names, if not ours.")] = "",
    lang: Lang = "en",
) -> None:
    """Ask a question of a published release, here or on the web."""
    from ..query.ask import question_file, questions
    from ..query.desk import Bounds, Inquiry

    if listed or question is None:
        _show_questions(questions(), lang)
        return
    if question == "-":
        name, text = "-", read_input(QUESTION_LIMIT)
    else:
        file = question_file(question)
        name, text = file.stem, read_text(file, QUESTION_LIMIT)
    bounds = Bounds(deadline, max_memory << 20, max_rows)
    inquiry = Inquiry(name, text, _given(values or ()), lang, form)
    content, notes = _answer(on or str(told_public(None)), inquiry, bounds, base)
    for note in notes:
        say(note)
    if isinstance(content, bytes):
        put(content)
    else:
        _show_answer(content.columns, content.rows, lang)


def _answer(on: str, inquiry: "Inquiry", bounds: "Bounds", base: str) -> "QueryAnswer":
    """The answer of a release or of an endpoint."""
    from ..query.desk import Desk
    from ..query.remote import ask_endpoint, is_address
    from ..release.history import check_dump

    if is_address(on):
        return ask_endpoint(on, inquiry, base, bounds)
    check_dump(Path(on))
    with closing(Desk(Path(on), bounds)) as desk:
        return desk.ask(inquiry)


def _given(values: Iterable[str]) -> dict[str, str]:
    """The values of parameters, each given once."""
    given = dict[str, str]()
    for name, value in map(_pair, values):
        if name in given:
            raise BadQuery(N_("--set {name} is given twice"), hint=N_("give one value"), name=name)
        given[name] = value
    return given


def _pair(value: str) -> tuple[str, str]:
    name, equals, rest = value.partition("=")
    if not equals:
        raise BadQuery(
            N_("--set {value} has no '='"), hint=N_("write --set NAME=VALUE"), value=value
        )
    return name, rest


def _show_answer(
    columns: Sequence[str], rows: Iterable[Sequence[str | None]], lang: Language
) -> None:
    """Prints an answer, a dash in cells without a value, and words where nothing answers; columns
    have the names of their variables in English, and the words for them in other languages.
    """
    heads = columns
    if lang != "en":
        heads = [gettext(COLUMNS[one], lang) if one in COLUMNS else one for one in columns]
    shown = [[_NO_VALUE if cell is None else cell for cell in row] for row in rows]
    if shown:
        show_table(heads, shown)
    else:
        show(gettext("nothing that is published answers", lang))


def _described(parameter: Parameter, lang: Language) -> str:
    """A parameter with the value that it has by itself, and what it is."""
    value = lang if parameter.kind == "lang:" else parameter.default
    return f"{parameter.name}={value} ({parameter.description})"


def _show_questions(questions: Iterable[Question], lang: Language) -> None:
    rows = [
        [
            question.name,
            question.titles.get(lang, ""),
            "; ".join(_described(item, lang) for item in question.parameters),
        ]
        for question in questions
    ]
    heads = (N_("name"), N_("title"), N_("parameters"))
    show_table([gettext(head, lang) for head in heads], rows)
