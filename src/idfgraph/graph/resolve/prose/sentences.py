"""Sentences of a text, and whether one speaks of the programme: not of something else, not with a
negation, not of what may be.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from .phrasebook import Cue, Phrasebook

_END = re.compile(
    r"(?<=[^\W\d_]{3}[.!?…])[\"'»”)]*\s+(?=[\"«“(]?[A-ZÀ-ÖØ-ÞÁ])|(?<=\d[.!?])\s+(?=[A-ZÀ-ÖØ-Þ])|\n+"
)

#: How long a sentence can be.
_LONGEST = 1_500

#: How far before a phrase a word of negation or of doubt concerns it.
_NEAR, _NEAR_AFTER = 45, 70

#: How sure a reading is at most that is about something else, a part, or an unclear subject.
ELSEWHERE, PART, UNCLEAR = Decimal("0.4"), Decimal("0.6"), Decimal("0.6")


class Sentence(NamedTuple):
    """Where a sentence begins and ends."""

    start: int
    end: int


def sentences(text: str, start: int, end: int) -> Iterator[Sentence]:
    """The sentences of a part of a text; none goes over a line."""
    here = start
    for found in _END.finditer(text, start, end):
        yield from _pieces(text, here, found.start())
        here = found.end()
    yield from _pieces(text, here, end)


def _pieces(text: str, start: int, end: int) -> Iterator[Sentence]:
    """A sentence, in pieces where no sentence is so long; none of white space alone."""
    for here in range(start, end, _LONGEST):
        stop = min(here + _LONGEST, end)
        if text[here:stop].strip():
            yield Sentence(here, stop)


class Judge:
    """What tells whether words of a sentence concern the programme of a page.

    `names` are words of its title, such as an acronym, that stand for it.
    """

    def __init__(self, phrases: Phrasebook, names: frozenset[str]) -> None:
        self._phrases, self._names = phrases, names

    def certainty(self, text: str, sentence: Sentence, cue: Cue, end: int) -> Decimal | None:
        """How sure what a phrase says is, of words up to an end; None where it is denied."""
        near = max(sentence.start, cue.start - _NEAR)
        before = text[near : cue.start]
        near += max(before.rfind(mark) for mark in ",;(") + 1
        if self._has("not", text, near, cue.start) or self._has("perhaps", text, near, cue.start):
            return None
        return min(cue.certainty, self._limit(text, sentence, cue, end))

    def _limit(self, text: str, sentence: Sentence, cue: Cue, end: int) -> Decimal:
        """How sure it is at most, by what else the sentence says."""
        if self._has("other", text, sentence.start, cue.start) or self._phrases.ends(
            "thing", text, sentence.start, cue.start
        ):
            return ELSEWHERE
        after = min(sentence.end, end + _NEAR_AFTER)
        if self._has("scope", text, sentence.start, cue.start) or self._has(
            "scope", text, end, after
        ):
            return PART
        return Decimal(1) if self.is_about(text, sentence, cue.start) else UNCLEAR

    def is_about(self, text: str, sentence: Sentence, place: int) -> bool:
        """Whether a sentence has spoken of the programme before a place, or begins there."""
        before = text[sentence.start : place].strip(" -–•*·▪(\"'«“:>")
        if not before or self._has("programme", text, sentence.start, place):
            return True
        if self._phrases.is_wholly("aux", before) or self._opens(text, sentence):
            return True
        return bool(self._names.intersection(re.findall(r"[^\W_]{3,}", before)))

    def _opens(self, text: str, sentence: Sentence) -> bool:
        """Whether a sentence opens with words that say who pays for something or carries it out, or
        when it began or ended.
        """
        roles = ("association.funding", "association.implementing", "startYear", "endYear")
        return any(
            cue.start == sentence.start
            for says in roles
            for cue in self._phrases.cues(says, "before", text, *sentence)
        )

    def speaks_of_it(self, text: str, start: int, end: int) -> bool:
        """Whether a part of a text names the programme."""
        found = re.findall(r"[^\W_]{3,}", text[start:end])
        return self._has("programme", text, start, end) or bool(self._names.intersection(found))

    def _has(self, says: str, text: str, start: int, end: int) -> bool:
        return self._phrases.has(says, text, start, end)
