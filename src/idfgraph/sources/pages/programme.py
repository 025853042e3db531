"""What the prose of a programme page says: phrases that name its facts, as captures with spans.

A phrase is a pattern with one group, the words that are captured; what they mean is for `resolve`
to say.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ...model.forms import Span
from ...model.records import Capture
from .lines import stripped


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
            r"\bintégrée de différentes manières dans les ([0-9]+) stratégies nationales de développement"
        ),
    ),
)


def programme_captures(page: str, span: Span) -> Iterator[Capture]:
    """The facts that the narrative in this span states in words, each by its first phrase.

    >>> [c.text for c in programme_captures("Depuis lors, depuis 2011, tout va.", (0, 34))]
    ['2011']
    """
    for phrase in _PHRASES:
        if found := phrase.pattern.search(page, *span):
            start, end = stripped(page, found.span(1))
            yield Capture(property=phrase.property, text=page[start:end], span=(start, end))
