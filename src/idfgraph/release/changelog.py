"""What changed, in one language: titled tables of plain text, and their forms in Markdown, HTML and
JSON. Both `diff` (of dumps) and `compare` (of records) give what they find these forms.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ..checks.report import escaped
from ..model.text import gettext, ngettext
from ..model.visible import visible

#: Texts with more characters are cut, or only their length is given.
LONG = 300

_HERE = Path(__file__).parent


class ChangeTable(NamedTuple):
    """A titled table of plain text, and how many things it is about; with none it is one of totals,
    whose columns but the first are figures.

    A long table is folded, and `fold` unfolds it; `note` says what is left out of it.
    """

    title: str
    number: int | None
    heads: Sequence[str]
    rows: Iterable[Sequence[str]]
    fold: str = ""
    note: str = ""


class Changelog(NamedTuple):
    """What changed: a title, paragraphs and tables of plain text in one language."""

    language: str
    title: str
    paragraphs: Sequence[str]
    tables: Iterable[ChangeTable]


def render_markdown(log: Changelog, level: int = 1) -> Iterator[str]:
    """A changelog as pieces of GitHub Flavored Markdown, its title a heading of this level.

    >>> list(render_markdown(Changelog("en", "What changed", ["From a|b to c"], [])))
    ['# What changed\\n', '\\nFrom a&#124;b to c\\n']
    """
    mark = "#" * level
    yield f"{mark} {log.title}\n"
    yield from (f"\n{escaped(text)}\n" for text in log.paragraphs)
    for table in log.tables:
        number = "" if table.number is None else f" ({table.number})"
        yield f"\n{mark}# {table.title}{number}\n\n"
        yield from _folded(table) if table.fold else _markdown(table)


def render_html(log: Changelog) -> Iterator[str]:
    """A changelog as pieces of one HTML page that needs no other file and runs nothing.

    >>> "".join(render_html(Changelog("fr", "Ce qui a changé", [], []))).splitlines()[1]
    '<html lang="fr">'
    """
    style = (_HERE / "changelog.css").read_text("utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return _template().generate(log=log, style=style, policy=policy)


def render_json(
    members: Mapping[str, str | int | Iterable[object]], *, end: str = "\n"
) -> Iterator[str]:
    """Pieces of a JSON object with a line for each item of its lists; `end` stands after the last
    one.

    >>> "".join(render_json({"format": 1, "added": [{"id": "a"}], "gone": []}))
    '{\\n"format": 1,\\n"added": [\\n{"id": "a"}\\n],\\n"gone": []\\n}\\n'
    """
    for number, (name, value) in enumerate(members.items()):
        yield f"{',' if number else '{'}\n{_json(name)}: "
        yield from [_json(value)] if isinstance(value, str | int) else _json_list(value, end)
    yield "\n}\n"


def named(name: str, value: object, language: str) -> str:
    """A name and what goes under it, as a language writes a colon.

    >>> named("statut", "Actif", "fr")
    'statut : Actif'
    """
    return gettext("{name}: {value}", language, name=name, value=value)


def change_heads(language: str) -> list[str]:
    """The heads of a table of fields with what they were and what they are.

    >>> change_heads("es")
    ['Campo', 'Antes o retirado', 'Después o añadido']
    """
    return [
        gettext("Field", language),
        gettext("Before or taken away", language),
        gettext("After or added", language),
    ]


def text_length(number: int, language: str) -> str:
    """How many characters a text has that is not shown.

    >>> text_length(1200, "en")
    'text of 1,200 characters'
    """
    return ngettext("text of {number} character", "text of {number} characters", number, language)


def _folded(table: ChangeTable) -> Iterator[str]:
    yield f"<details><summary>{table.fold}</summary>\n\n"
    yield from _markdown(table)
    yield "\n</details>\n"


def _markdown(table: ChangeTable) -> Iterator[str]:
    rest = "---:" if table.number is None else "---"
    yield _row(table.heads) + _row(["---", *[rest] * (len(table.heads) - 1)])
    yield from (_row([escaped(cell) for cell in row]) for row in table.rows)
    if table.note:
        yield f"\n{table.note}\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["visible"] = visible
    return environment.get_template("changelog.html")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _json_list(items: Iterable[object], end: str) -> Iterator[str]:
    some = False
    for item in items:
        yield f"{',' if some else '['}\n{_json(item)}"
        some = True
    yield f"{end}]" if some else "[]"
