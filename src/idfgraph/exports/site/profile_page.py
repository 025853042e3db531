"""The application profile as a page of one language tells it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from markupsafe import Markup

from ...model.layout import ASK
from ...model.text import capitalized, gettext
from ..profile import (
    PICTURE,
    TIPS,
    ProfileClass,
    code_lists,
    number_words,
    ready_query,
    value_words,
)
from .ask_here import answers_here
from .edition import Edition
from .page_voice import PageVoice

#: How many characters of an example are shown.
_LONGEST = 60


class ProfileLine(NamedTuple):
    """A property in words; `codes` is the anchor of the list of its codes, `ask` the address at
    which its query is asked, if there is one.
    """

    anchor: str
    label: Markup | str
    predicate: str
    number: str
    values: str
    codes: str
    example: str
    meaning: Markup
    query: str
    ask: str


class ProfilePart(NamedTuple):
    """A class in words, with its properties; `graph` is how the names of its graphs begin."""

    anchor: str
    label: Markup
    iri: str
    meaning: Markup
    part: str
    graph: str
    lines: Sequence[ProfileLine]


class CodeView(NamedTuple):
    """A list of codes in words: its name, and its codes by compact IRI."""

    anchor: str
    label: Markup
    iri: str
    codes: Sequence[tuple[str, Markup]]


class ProfileView(NamedTuple):
    """What the page shows: the classes, the lists of codes, what to know before, what prefixes
    stand for, and what the picture shows.
    """

    parts: Sequence[ProfilePart]
    lists: Sequence[CodeView]
    tips: Sequence[str]
    prefixes: Sequence[tuple[str, str]]
    picture: str


def profile_view(edition: Edition, classes: Sequence[ProfileClass]) -> ProfileView:
    """The profile in the language of an edition."""
    language, voice = edition.language, edition.voice("profile")
    names = {one.name: edition.own(one.labels) or one.name for one in classes}
    parts = [
        ProfilePart(
            one.name or "gone",
            voice.text(one.labels or {"": one.name}),
            one.iri,
            voice.text(one.meaning),
            one.part,
            f"graph/{one.graph}" if one.graph else "",
            list(_lines(edition, voice, one, names)),
        )
        for one in classes
    ]
    lists = [
        CodeView(
            one.iri.replace(":", "-"),
            voice.text(one.labels),
            one.iri,
            [(code, voice.text(labels)) for code, labels in one.codes],
        )
        for one in code_lists(classes, edition.site.setting.reference)
    ]
    tips = [gettext(tip, language) for tip in TIPS]
    prefixes = sorted(edition.site.setting.words.prefixes.items())
    return ProfileView(parts, lists, tips, prefixes, gettext(PICTURE, language))


def _lines(
    edition: Edition, voice: PageVoice, class_: ProfileClass, names: dict[str, str]
) -> Iterator[ProfileLine]:
    prefixes = edition.site.setting.mapper.terms.prefixes
    for row in class_.rows:
        query = ready_query(class_, row, prefixes, edition.language)
        yield ProfileLine(
            f"{class_.name or 'gone'}-{row.key}",
            voice.text(row.labels) if row.labels else "",
            row.predicate,
            capitalized(number_words(row, edition.language)),
            value_words(row, names, edition.language),
            row.codes.replace(":", "-"),
            _shortened(row.example[1]),
            voice.text(row.meaning),
            query,
            f"{ASK}{edition.suffix}?{urlencode({'query': query})}"
            if answers_here(edition.site)
            else "",
        )


def _shortened(value: str) -> str:
    flat = " ".join(value.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"
