"""Sentences of a text, and whether one speaks of the programme: not of something else, not with a
negation, not of what may be.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ....model.names import folded
from .phrasebook import Cue, Phrasebook

_END = re.compile(
    r"(?<=[^\W\d_]{3}[.!?…])[\"'»”)]*\s+(?=[\"«“(]?[A-ZÀ-ÖØ-ÞÁ])|(?<=\d[.!?])\s+(?=[A-ZÀ-ÖØ-Þ])|\n+"
)

#: How long a sentence can be.
_LONGEST = 1_500

#: How far before a phrase a word of negation or of doubt concerns it.
_NEAR, _NEAR_AFTER = 45, 70

#: How far before a phrase the programme that it speaks of is named.
_CALLED = 120

#: How far behind a clause that opens a sentence the programme is named.
_BEHIND = 25

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


class Subject(NamedTuple):
    """What stands for the programme of a page: words such as an acronym, its short name, all words
    that its page opens with, and the phases that its title names.
    """

    names: frozenset[str] = frozenset()
    short: str = ""
    words: frozenset[str] = frozenset()
    phases: frozenset[int] = frozenset()


class Judge:
    """What tells whether words of a sentence concern the programme of a page."""

    def __init__(self, phrases: Phrasebook, subject: Subject) -> None:
        self._phrases, self._subject = phrases, subject
        noun, small = phrases.words("noun"), f"{phrases.words('aux')}|{phrases.words('article')}"
        self._small = re.compile(rf"(?>(?:{small})(?:\s+|$|(?<=')))+", re.IGNORECASE)
        self._called = re.compile(
            rf"(?P<before>(?:[A-ZÀ-Þ][\w+'-]*\s(?:(?:in|of|for|and)\s)?){{1,4}})?(?<![^\W_])"
            rf"(?i:{noun})(?![^\W_])(?:\s[\"'«“]?\s?(?P<behind>[A-ZÀ-Þ][\w+'-]+))?"
        )

    def certainty(self, text: str, sentence: Sentence, cue: Cue, end: int) -> Decimal | None:
        """How sure what a phrase says is, of words up to an end; None where it is denied."""
        near = max(sentence.start, cue.start - _NEAR)
        before = text[near : cue.start]
        near += max(before.rfind(mark) for mark in ",;(") + 1
        if self._has("not", text, near, cue.end) or self._may(text, near, cue.start):
            return None
        return min(cue.certainty, self._limit(text, sentence, cue, end))

    def _limit(self, text: str, sentence: Sentence, cue: Cue, end: int) -> Decimal:
        """How sure it is at most, by what else the sentence says."""
        if self._has("other", text, sentence.start, cue.start) or self._phrases.ends(
            "thing", text, sentence.start, cue.start
        ):
            return ELSEWHERE
        if self.is_another(text, sentence.start, cue.start):
            return ELSEWHERE
        after = min(sentence.end, end + _NEAR_AFTER)
        if self._has("scope", text, sentence.start, cue.start) or self._has(
            "scope", text, end, after
        ):
            return PART
        behind = text[end : end + 1] == "," and self.speaks_of_it(
            text, end, min(after, end + _BEHIND)
        )
        return Decimal(1) if behind or self.is_about(text, sentence, cue.start) else UNCLEAR

    def is_about(self, text: str, sentence: Sentence, place: int) -> bool:
        """Whether a sentence has spoken of the programme before a place, or begins there."""
        before = text[sentence.start : place].strip(" -–•*·▪(\"'«“:>")
        if not before or self.speaks_of_it(text, sentence.start, place):
            return True
        if self._has("phase", text, sentence.start, place):
            return True
        small = self._small.fullmatch(before) or self._phrases.is_wholly("region", before)
        return bool(small) or self._opens(text, sentence)

    def is_another(self, text: str, start: int, end: int) -> bool:
        """Whether the last programme that a part of a text names is not that of its page."""
        every = list(self._called.finditer(text, max(start, end - _CALLED), end))
        if not every:
            return False
        found = every[-1]
        called = re.findall(r"[^\W_][\w+-]{2,}", f"{found['before'] or ''} {found['behind'] or ''}")
        if called and text.startswith(called[0], start) and not called[0].isupper():
            called = called[1:]
        strange = [word for word in called if not self._is_known(word)]
        shouted = any(len(word) > 3 and word.isupper() for word in strange)
        return shouted or bool(strange and strange == called)

    def _is_known(self, word: str) -> bool:
        return folded(word) in self._subject.words or self._phrases.is_wholly("generic", word)

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
        if self._has("programme", text, start, end):
            return True
        found = re.findall(r"[^\W_]{3,}", text[start:end])
        short = self._subject.short
        return bool(self._subject.names.intersection(found)) or bool(
            short and text.find(short, start, end) >= 0
        )

    def is_of_its_phase(self, text: str, sentence: Sentence, phases: frozenset[int]) -> bool:
        """Whether a sentence that names phases speaks of the one that the page is about."""
        if phases:
            return phases <= self._subject.phases
        return self._has("current", text, *sentence)

    def _may(self, text: str, start: int, end: int) -> bool:
        """Whether a part of a text says what may be; the month of May is none of that."""
        found = self._phrases.span("perhaps", text, start, end)
        while found and text[slice(*found)] == "May" and text[found[1] + 1 :][:1].isdigit():
            found = self._phrases.span("perhaps", text, found[1], end)
        return found is not None

    def _has(self, says: str, text: str, start: int, end: int) -> bool:
        return self._phrases.has(says, text, start, end)
