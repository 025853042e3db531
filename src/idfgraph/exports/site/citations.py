"""How a page is cited: in three usual styles, and as BibTeX."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from babel.dates import format_date, format_skeleton

#: What TeX takes for something else, and how it is written so that it stays what it is.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "&%$#_"},
    }
)

#: A title in the quotation marks of French, which have no stop within.
_FRENCH = "\u00ab\u00a0{}\u00a0\u00bb"


class Work(NamedTuple):
    """What is cited: its title, the data set that it is of (empty: it is that itself), who
    publishes it, on which day (ISO 8601), and its address.
    """

    title: str
    within: str
    publisher: str
    day: str
    address: str


class Citation(NamedTuple):
    """A work as each style writes it, by the name of the style, and as an entry of BibTeX."""

    styles: Mapping[str, str]
    bibtex: str


def citation(work: Work, language: str) -> Citation:
    """How a work is cited."""
    return Citation(styled(work, language), bibtex(work))


def styled(work: Work, language: str) -> Mapping[str, str]:
    """The work as each style writes it, by the name of the style.

    >>> work = Work("Appui", "Projects", "A publisher", "2026-11-21", "https://example.org/X")
    >>> styled(work, "en")["APA"]
    'A publisher. (2026, November 21). Appui. Projects. https://example.org/X'
    """
    in_apa, day = _days(work.day, language)
    quoted = _FRENCH.format(work.title) if language == "fr" else f"\u201c{_ended(work.title)}\u201d"
    apa = [f"{work.publisher}. ({in_apa})", work.title, work.within]
    chicago = [work.publisher, quoted, work.within, day]
    mla = [quoted, ", ".join(filter(None, (work.within, work.publisher, day)))]
    return {
        style: " ".join([*(_ended(part) for part in said if part), work.address])
        for style, said in {"APA": apa, "Chicago": chicago, "MLA": mla}.items()
    }


@cache
def _days(day: str, language: str) -> tuple[str, str]:
    """A day with its year first, and as the language writes it: one for all pages of a release."""
    on = date.fromisoformat(day)
    first = f"{on.year}, {format_skeleton('MMMMd', on, locale=language)}"
    return first, format_date(on, "long", locale=language)


def bibtex(work: Work) -> str:
    """The work as an entry of BibTeX.

    >>> print(bibtex(Work("50 % & more", "", "P", "2026-11-21", "https://example.org/X_1")))
    @misc{X_1-2026,
      title = {50 \\% \\& more},
      publisher = {P},
      year = {2026},
      url = {https://example.org/X_1},
    }
    """
    name = re.sub("[^A-Za-z0-9.:-]+", "_", work.address.rstrip("/").rpartition("/")[2])
    fields = {
        "title": _tex(work.title),
        "howpublished": _tex(work.within),
        "publisher": _tex(work.publisher),
        "year": work.day[:4],
        "url": work.address,
    }
    lines = (f"  {field} = {{{value}}},\n" for field, value in fields.items() if value)
    return f"@misc{{{name}-{work.day[:4]},\n{''.join(lines)}}}"


def _tex(words: str) -> str:
    return words.translate(_TEX)


def _ended(part: str) -> str:
    """A part with a full stop behind it, but none after another or within quotation marks."""
    return part if part.endswith((".", ".\u201d", "?", "!")) else f"{part}."
