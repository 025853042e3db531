"""One word for one thing: texts for people use the words of the glossary, in each language."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.pofile import read_po
from pyoxigraph import Literal, RdfFormat, parse

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "src" / "idfgraph" / "model" / "locale"

#: English words of the glossary, and the texts in which they mean something else or are left to be
#: understood.
ELSEWHERE = {
    ("page", "The marks belong to the page's layout, not to the text; this tells that they were"
             " there."),
    ("label", "The year that the page gives under the label Year, read as the year in which the"
              " Fund set the money aside."),
    ("page", "Is not used; did you mean pages/?"),
    ("record", "Is not used; did you mean records/?"),
    ("warning", "Severities of quality notes are those of SHACL: sh:Violation, sh:Warning,"
                " sh:Info."),
}  # fmt: skip


class Term(NamedTuple):
    """A row of the glossary: the word in each language, and the words that are not to be used."""

    words: Mapping[str, str]
    others: tuple[str, ...]


def terms() -> Iterator[Term]:
    for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] != "English":
            others = tuple(word.strip() for word in cells[5].split(",") if word.strip())
            yield Term(dict(zip(("en", "fr", "es"), cells, strict=False)), others)


@cache
def texts() -> tuple[Mapping[str, str], ...]:
    """The texts of the catalogues, the ontology and the shapes, by language."""
    return (*messages(), *literals())


def messages() -> Iterator[Mapping[str, str]]:
    found: dict[tuple[str, str | None], dict[str, str]] = defaultdict(dict)
    for language in ("fr", "es"):
        with (LOCALE / language / "LC_MESSAGES" / "idfgraph.po").open("rb") as file:
            for message in read_po(file, locale=language):
                for id_, text in zip(forms(message.id), forms(message.string), strict=True):
                    found[id_, message.context] |= {"en": id_, language: text}
    return (said for said in found.values() if said["en"])


def forms(said: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said or ())


def literals() -> Iterator[Mapping[str, str]]:
    for file in sorted([*(ROOT / "ontology").glob("*.ttl"), *(ROOT / "shapes").glob("*.ttl")]):
        found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for quad in parse(path=file, format=RdfFormat.TURTLE):
            if isinstance(quad.object, Literal) and quad.object.language:
                key = str(quad.subject), quad.predicate.value
                found[key][quad.object.language] = quad.object.value
        yield from (said for said in found.values() if len(said) == 3)


#: What is no word of a text: {places}, options, commands, names of files, keys.
NO_WORD = re.compile(
    r"\{[^{}]*\}|%\(\w+\)s|--[\w-]+|ID:FIELD|idfgraph \w+|"
    r"[\w/-]*[\w-]+\.(?:csv|jsonl)|\w+/|\"\w+\":"
)


def plain(text: str) -> str:
    """The text in small letters, without accents and what is no word."""
    bare = unicodedata.normalize("NFD", NO_WORD.sub("", text).casefold())
    return "".join(char for char in bare if not unicodedata.combining(char))


def stems(words: str) -> list[str]:
    """The beginnings of words, as plurals and genders have them too."""
    return [word[: max(4, len(word) - 3)] for word in plain(words).split()]


def has(term: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(plain(term))}s?\b", plain(text)) is not None


@pytest.mark.parametrize("term", [*terms()], ids=lambda term: term.words["en"])
def test_a_thing_has_one_word_in_each_language(term: Term) -> None:
    about = [said for said in texts() if has(term.words["en"], said["en"])]
    assert about, "no text has this word"
    assert [
        (said["en"], said[language])
        for said in about
        for language in ("fr", "es")
        if (term.words["en"], said["en"]) not in ELSEWHERE
        and not all(stem in plain(said[language]) for stem in stems(term.words[language]))
    ] == []


@pytest.mark.parametrize("term", [*terms()], ids=lambda term: term.words["en"])
def test_no_other_word_is_used_for_it(term: Term) -> None:
    translations = [said[language] for said in texts() for language in ("fr", "es")]
    assert [text for text in translations for word in term.others if has(word, text)] == []
