"""Titles and narratives as pages print them: what is cut off, what is put in quotation marks, what
the prose of a programme page says.

A phrase is a pattern with one group, the words that are captured; what they mean is for `resolve`
to say.
"""

import re
from collections.abc import Iterator
from html.entities import codepoint2name
from typing import NamedTuple

from ...model.datatypes import Span
from ...model.records import Capture
from .page_lines import stripped

#: The longest title that the site keeps, with its characters as written in HTML.
_TITLE_LIMIT = 255

_BROKEN_ENTITY = re.compile(r"&(?:#x?[0-9a-fA-F]{0,6}|[A-Za-z]{1,8})$")

_QUOTES = {'"': '"', "“": "”", "«": "»"}


class Phrase(NamedTuple):
    """A property and the pattern whose only group holds its words."""

    property: str
    pattern: re.Pattern[str]


#: French phrases; `[^.;]` keeps a phrase inside its sentence, and it is bounded so that no text
#: takes long to search.
_PHRASES = (
    Phrase("title", re.compile(r"\b(Programme [^.,;]{1,300})")),
    Phrase("startYear", re.compile(r"\bdepuis ([0-9]{4})\b")),
    Phrase("coverage", re.compile(r"\bProgramme (mondial|régional|national)\b")),
    Phrase(
        "association.implementing", re.compile(r"(?:^|[.,;])([^.,;]{1,300}) mettent en œuvre\b")
    ),
    Phrase("association.funding", re.compile(r"\bavec le financement de ([^.,;]{1,300})")),
    Phrase("targetsGovernmentOf", re.compile(r"\bgouvernements cibles - ([^.;]{1,600}?) - ")),
    Phrase("hasPart.phase", re.compile(r"\bla fin de sa (\w+ième|première) phase\b")),
    Phrase(
        "result.laws-policies-mainstreamed",
        re.compile(r"\bdans ([0-9]+) lois et politiques nationales\b"),
    ),
    Phrase(
        "result.new-policies-plans-programmes",
        re.compile(r"\bde ([0-9]+) nouvelles politiques, plans et programmes"),
    ),
    Phrase(
        "result.development-strategies-mainstreamed",
        re.compile(
            r"\bintégrée de différentes manières dans les ([0-9]+) stratégies nationales "
            "de développement"
        ),
    ),
)


def is_cut(title: str) -> bool:
    """Whether a title ends inside a character's code, or is as long as the site lets titles be,
    plain or in HTML.

    >>> is_cut("Un projet à L&#03"), is_cut("L’élaboration " * 9 + "d" * 12), is_cut("Recherche")
    (True, True, False)
    """
    lengths = {len(title), sum(map(_length_in_html, title))}
    return bool(_BROKEN_ENTITY.search(title)) or not lengths.isdisjoint(
        (_TITLE_LIMIT - 1, _TITLE_LIMIT)
    )


def _length_in_html(letter: str) -> int:
    name = codepoint2name.get(ord(letter))
    return len(name) + 2 if name else 1


def narrative_span(page: str, span: Span) -> Span:
    """The span without one balanced pair of outer quotes, and nothing else.

    >>> narrative_span('"Un texte."', (0, 11))
    (1, 10)
    """
    start, end = span
    return stripped(page, (start + 1, end - 1)) if _is_quotation(page[start:end]) else span


def programme_captures(page: str, span: Span) -> Iterator[Capture]:
    """The facts that the narrative in this span states in words, each by its first phrase.

    >>> [c.text for c in programme_captures("Depuis lors, depuis 2011, tout va.", (0, 34))]
    ['2011']
    """
    for phrase in _PHRASES:
        if found := phrase.pattern.search(page, *span):
            start, end = stripped(page, found.span(1))
            yield Capture(property=phrase.property, text=page[start:end], span=(start, end))


def _is_quotation(text: str) -> bool:
    """Whether the first character is a quote that only the last one closes; a straight quote opens
    after a space.
    """
    opening, closing, depth = text[0], _QUOTES.get(text[0]), 0
    for i, mark in enumerate(text):
        if closing is None or mark not in (opening, closing):
            continue
        last = i == len(text) - 1
        opens = mark == opening and (
            opening != closing or i == 0 or (text[i - 1] in " \n([’'" and not last)
        )
        depth += 1 if opens else -1
        if depth == 0:
            return last
    return False
