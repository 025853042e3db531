"""A preview of pages for people: marked in a terminal, between brackets in a pipe, or as one HTML
file that needs no other.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ..model.labels import PROPERTIES
from ..model.records import Capture
from ..model.text import N_, Language, gettext
from ..model.visible import shielded, visible
from ..sources.pages import Reason
from .compare import property_labels
from .preview import Kind, Preview, Stretch

_HERE = Path(__file__).parent

#: How kinds of words look in a terminal, and what they are called.
_STYLES: Mapping[Kind, str] = {
    "read": "bold green",
    "unknown": "bold yellow",
    "label": "dim",
    "": "",
}
_KINDS: Mapping[Kind, str] = {
    "read": N_("read"),
    "label": N_("label"),
    "unknown": N_("under a label that is not known"),
    "": N_("not read"),
}

_REASONS: Mapping[Reason, str] = {
    "hidden": N_("browsers do not show it"),
    "navigation": N_("leads to other pages"),
    "related": N_("about other things"),
    "sharing": N_("for sharing the page"),
    "aside": N_("beside the text"),
    "footer": N_("foot of the page"),
    "form": N_("form to fill in"),
    "banner": N_("banner over the page"),
    "about-page": N_("about the page itself, or comments"),
    "links": N_("links that end the page"),
    "twice": N_("printed before"),
    "several": N_("table of several things"),
    "other-project": N_("fields of another project"),
    "apart": N_("apart from the page's fields, perhaps another project's"),
}

#: How much of a value is told in a table.
_LONG = 160


class _Section(NamedTuple):
    """A titled list of rows of text."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def in_terminal(one: Preview, language: Language, *, colour: bool) -> str:
    """A page with its words marked, and what is to be known of it, as text."""
    words = _coloured(one.stretches) if colour else _bracketed(one.stretches)
    parts = [visible(str(one.page)), "", words.rstrip("\n")]
    for section in _sections(one, language):
        rows = (
            "  " + " · ".join(" ".join(cell.split()) for cell in row if cell)
            for row in section.rows
        )
        parts += ["", f"{section.title} ({len(section.rows)})", *map(shielded, rows)]
    return "\n".join(parts) + "\n"


def _bracketed(stretches: Sequence[Stretch]) -> str:
    """The words with brackets about them.

    >>> _bracketed([Stretch("Donor", "unknown"), Stretch(" ", ""), Stretch("No", "read", "status")])
    '[? Donor] [status: No]'
    """
    return "".join(shielded(_bracket(one)) for one in stretches)


def _bracket(one: Stretch) -> str:
    if one.kind == "unknown":
        return f"[? {one.text}]"
    return f"[{one.property}: {one.text}]" if one.kind == "read" else one.text


def _coloured(stretches: Sequence[Stretch]) -> str:
    """The words in colours, each with the name of what it is read as."""
    from rich.console import Console  # noqa: PLC0415 - for terminals alone
    from rich.text import Text  # noqa: PLC0415

    text = Text()
    for one in stretches:
        text.append(shielded(one.text), _STYLES[one.kind])
        if one.kind == "read":
            text.append(f" ‹{one.property}›", "dim")
    console = Console(force_terminal=True)
    with console.capture() as captured:
        console.print(text, soft_wrap=True)
    return captured.get()


def in_html(previews: Sequence[Preview], language: Language) -> str:
    """Pages with their words marked, in one HTML file."""
    style = (_HERE / "preview.css").read_text("utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    pages = [
        {
            "name": str(one.page),
            "stretches": [(s.text, s.kind, name_of(s.property, language)) for s in one.stretches],
            "sections": list(_sections(one, language)),
        }
        for one in previews
    ]
    return _template().render(
        language=language,
        title=gettext(N_("What would be read"), language),
        kinds=[(kind, gettext(text, language)) for kind, text in _KINDS.items()],
        policy=f"default-src 'none'; style-src 'sha256-{digest}'",
        style=style,
        pages=pages,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined
    )
    environment.filters.update(visible=visible, shielded=shielded)
    return environment.get_template("preview.html")


def _sections(one: Preview, language: Language) -> Iterator[_Section]:
    """What is read, unknown, left out and doubtful, in words; nothing of what there is none."""

    def section(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> _Section:
        """A section with its words in the language."""
        return _Section(gettext(title, language), [gettext(head, language) for head in heads], rows)

    field, words = N_("field"), N_("words of the page")
    yield section(N_("Read"), (field, words, N_("read as")), list(_read(one, language)))
    unknown = [(c.label or "", _cut(c.text or "")) for c in one.captures if not _is_known(c)]
    yield section(N_("Labels that are not known"), (N_("label"), words), unknown)
    left = [(gettext(_REASONS[it.reason], language), it.text, str(it.line)) for it in one.left]
    yield section(N_("Left out of the text"), (N_("why"), words, N_("line")), left)
    notes = [(name_of(note.about_property, language), note.comment[language]) for note in one.notes]
    yield section(N_("Notes"), (field, N_("what is to be known")), notes)


def _read(one: Preview, language: Language) -> Iterator[Sequence[str]]:
    for capture in filter(_is_known, one.captures):
        name, _, part = capture.property.partition(".")
        value = one.values.get(name)
        value = value.get(part, value) if isinstance(value, dict) else value
        words = _cut(capture.text or "")
        told = isinstance(value, dict) or name in ("title", "narrative")
        yield name_of(capture.property, language), words, "" if told else _value(value)


def _value(value: object) -> str:
    """A value that words are read as; nothing where there is none, or where it has parts."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_value, value)))
    return value if isinstance(value, str) else ""


def _is_known(capture: Capture) -> bool:
    return capture.property != "unknown"


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"


def name_of(property_: str, language: Language) -> str:
    """What a property of a record is called.

    >>> name_of("budget.value", "fr"), name_of("title", "es")
    ('budget: montant', 'título')
    """
    return ": ".join(_name(part, language) for part in property_.split(".") if part)


def _name(word: str, language: Language) -> str:
    if word in PROPERTIES:
        return gettext(PROPERTIES[word], language)
    return _labels().get(word, {}).get(language, word)


_labels = cache(property_labels)
