"""Sentences of a text, and whether one speaks of the programme: not of something else, not with a
negation, not of what may be.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from .heads import Head, Heads
from .phrasebook import Cue, Phrasebook
from .subject import Subject

_END = re.compile(
    r"(?<=[^\W\d_]{3}[.!?…])[\"'»”)]*\s+(?=[\"«“(]?[A-ZÀ-ÖØ-ÞÁ])|(?<=[\d)][.!?])\s+(?=[A-ZÀ-ÖØ-Þ])|\n+"
)

#: How long a sentence can be.
_LONGEST = 1_500

#: How far before a phrase a word of negation or of doubt concerns it.
_NEAR, _NEAR_AFTER = 45, 70

#: How far into a sentence the programme that it is about is named, and how far a name goes on
#: behind the noun of its programme.
_CALLED, _BEHIND = 90, 25

#: What may stand before the words of a sentence.
_OPENING = " -–•*·▪(\"'«“:>"

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
    """What tells whether words of a sentence concern the programme of a page, by the text in which
    names of organisations say nothing.
    """

    def __init__(self, phrases: Phrasebook, subject: Subject, text: str) -> None:
        self._phrases, self._subject = phrases, subject
        self.text, self._told = text, len(text)
        self._cues: dict[tuple[str, str, int, int], Sequence[Cue]] = {}
        self._heads = Heads(phrases, subject.names)
        small = f"{phrases.words('be')}|{phrases.words('aux')}|{phrases.words('article')}"
        self._small = re.compile(rf"(?>(?:{small})(?:\s+|$|(?<=')))+", re.IGNORECASE)
        self._earlier = re.compile(
            rf"(?:\s+[^\s.;,]+){{0,3}}\s+(?:{phrases.words('earlier')})\s*(?:[.;,)]|$)",
            re.IGNORECASE,
        )
        self._denied = re.compile(
            rf"(?<![^\W_])(?:{phrases.words('not')})(?:\s+(?:{phrases.words('be')}))?\s*[,(-]"
            r"[^,;:()\n]{0,80}(?:[,)-][^,;:()\n]{0,20})?$",
            re.IGNORECASE,
        )

    def cues(self, says: str, at: str, start: int, end: int) -> Sequence[Cue]:
        """The phrases of one kind in a part of the text, surest first; looked for once."""
        key = (says, at, start, end)
        if key not in self._cues:
            self._cues[key] = tuple(self._phrases.cues(says, at, self.text, start, end))
        return self._cues[key]

    def certainty(self, sentence: Sentence, cue: Cue, end: int) -> Decimal | None:
        """How sure what a phrase says is, of words up to an end; None where it is denied."""
        near = max(sentence.start, cue.start - _NEAR)
        before = self.text[near : cue.start]
        near += max(before.rfind(mark) for mark in ",;(") + 1
        if self._has("not", near, cue.end) or self._may(near, cue.start):
            return None
        if self._denied.search(self.text, sentence.start, cue.start):
            return None
        return min(cue.certainty, self._limit(sentence, cue, end))

    def _limit(self, sentence: Sentence, cue: Cue, end: int) -> Decimal:
        """How sure it is at most, by what else the sentence says."""
        behind = self._heads.behind(self.text, end, sentence.end)
        if self._is_elsewhere(sentence, cue, end, behind):
            return ELSEWHERE
        if self.is_former(sentence, cue.end, end):
            return PART
        if self._has("noun", cue.start, cue.end) and self._is_mentioned(sentence, cue.start):
            return UNCLEAR
        if behind and not behind.is_thing:
            return Decimal(1)
        if cue.start >= self._told or self._is_about(sentence, cue.start):
            return Decimal(1)
        aside = self.text[sentence.start : cue.start].rstrip().endswith(",")
        by_the_way = aside and self._heads.is_by_the_way(self.text[cue.start : cue.end])
        named = by_the_way and self.goes_on_with_it(end, end, min(sentence.end, end + _CALLED))
        return Decimal(1) if named else UNCLEAR

    def is_former(self, sentence: Sentence, cue: int, end: int) -> bool:
        """Whether what a phrase says is so of a part, or was so formerly: by X before."""
        after = min(sentence.end, end + _NEAR_AFTER)
        scoped = self._has("scope", sentence.start, cue) or self._has("scope", end, after)
        return scoped or self._earlier.match(self.text, end, sentence.end) is not None

    def _is_elsewhere(self, sentence: Sentence, cue: Cue, end: int, behind: Head | None) -> bool:
        """Whether a phrase is about another programme, or a thing beside this one."""
        if self._has("other", sentence.start, cue.start):
            return True
        if self.is_another(sentence.start, cue.start):
            return True
        if cue.at == "before" and self._heads.is_of_a_thing(self.text, sentence.start, cue):
            return True
        opens = not self.text[sentence.start : cue.start].strip(_OPENING)
        if not (opens and behind and cue.says.startswith("association.")):
            return False
        return behind.is_thing or self.is_another(end, behind.end + _BEHIND)

    def told(self, places: Iterable[int]) -> "Judge":
        """The judge of a sentence of which it is known that it is about the programme, from the
        first of these places on.
        """
        judge = copy(self)
        judge._told = min(places, default=len(self.text))
        return judge

    def _is_mentioned(self, sentence: Sentence, place: int) -> bool:
        """Whether a programme is neither what a clause begins with, nor what something is said to
        be: this one recalls the joint programme of.
        """
        comma = max(self.text.rfind(mark, sentence.start, place) for mark in ",;:(")
        lead = self.text[max(sentence.start, comma + 1) : place].strip(_OPENING)
        begins = self._small.fullmatch(lead) or self._heads.is_by_the_way(lead)
        the = self._phrases.ends("definite", lead, 0, len(lead))
        return the and not begins and not self._phrases.has("be", lead)

    def _is_about(self, sentence: Sentence, place: int) -> bool:
        """Whether a sentence has spoken of the programme before a place, or begins there."""
        before = self.text[sentence.start : place].strip(_OPENING)
        if not before or self.speaks_of_it(sentence.start, place):
            return True
        if self._has("phase", sentence.start, place):
            return True
        small = self._small.fullmatch(before) or self._phrases.is_wholly("region", before)
        return bool(small) or self._opens(sentence)

    def is_another(self, start: int, end: int) -> bool:
        """Whether the last programme that a part of a text names is not that of its page."""
        return self._subject.is_another(self.text, start, end)

    def goes_on_with_it(self, start: int, verb: int, end: int) -> bool:
        """Whether the first noun of a part of a text, up to a verb and behind it, is the programme,
        not a thing beside it.
        """
        before = (head for head in self._heads.within(self.text, start, verb) if not head.is_thing)
        first = next(chain(before, self._heads.within(self.text, verb, end)), None)
        return self.speaks_of_it(start, end) and not (first and first.is_thing)

    def ends_with_it(self, start: int, end: int) -> bool:
        """Whether the last noun of a part of a text is the programme, not a thing beside it."""
        thing = self._heads.ends_with_thing(self.text, start, end)
        return self.speaks_of_it(start, end) and not thing

    def has_thing(self, start: int, end: int) -> bool:
        """Whether a part of a text names a thing beside the programme."""
        return any(head.is_thing for head in self._heads.within(self.text, start, end))

    def is_next(self, start: int, end: int) -> bool:
        """Whether the programme is named right behind the comma that closes a clause."""
        behind = self._heads.behind(self.text, start, end)
        return behind is not None and not behind.is_thing and not self.is_another(start, behind.end)

    def topics(self, told: Iterable[Sentence]) -> Iterator[tuple[Sentence, bool]]:
        """Sentences, and whether each is about another programme, or a thing: one that it begins
        with, or, where it names none, the one that the sentence before it in its line is about.
        """
        elsewhere = thing = False
        end = 0
        for sentence in told:
            if "\n" in self.text[end : sentence.start]:
                elsewhere = thing = False
            goes_on = not self._has("noun", *sentence)
            thing = thing and goes_on and self._begins("pronoun", "be", sentence)
            elsewhere = self._begins_elsewhere(sentence) or (elsewhere and goes_on)
            yield sentence, elsewhere or thing
            thing = thing or self._heads.opens_with_thing(self.text, *sentence)
            end = sentence.end

    def _begins(self, one: str, other: str, sentence: Sentence) -> bool:
        start, end = sentence
        return any(
            self._phrases.first(says, self.text, start, end) == start for says in (one, other)
        )

    def _begins_elsewhere(self, sentence: Sentence) -> bool:
        """Whether a sentence begins with another programme."""
        start, end = sentence
        other = self._phrases.span("other", self.text, start, end)
        if other and self._small.fullmatch(self.text, start, other[0]):
            return True
        return bool(self._subject.strange(self.text, start, min(end, start + _CALLED)))

    def _opens(self, sentence: Sentence) -> bool:
        """Whether a sentence opens with words that say who pays for something or carries it out, or
        when it began or ended.
        """
        roles = ("association.funding", "association.implementing", "startYear", "endYear")
        small = self._small.match(self.text, *sentence)
        return any(
            cue.start in (sentence.start, small.end() if small else sentence.start)
            for says in roles
            for cue in self.cues(says, "before", *sentence)
        )

    def speaks_of_it(self, start: int, end: int) -> bool:
        """Whether a part of a text names the programme."""
        return self._has("programme", start, end) or self.is_named(start, end)

    def is_named(self, start: int, end: int) -> bool:
        """Whether a part of a text calls the programme by its name."""
        found = re.findall(r"[^\W_]{3,}", self.text[start:end])
        short = self._subject.short
        return bool(self._subject.names.intersection(found)) or bool(
            short and self.text.find(short, start, end) >= 0
        )

    def is_of_its_phase(self, sentence: Sentence, phases: frozenset[int]) -> bool:
        """Whether a sentence that names phases speaks of the one that the page is about."""
        if phases:
            return phases <= self._subject.phases
        return self._has("current", *sentence)

    def _may(self, start: int, end: int) -> bool:
        """Whether a part of a text says what may be; the month of May is none of that."""
        found = self._phrases.span("perhaps", self.text, start, end)
        while (
            found and self.text[slice(*found)] == "May" and self.text[found[1] + 1 :][:1].isdigit()
        ):
            found = self._phrases.span("perhaps", self.text, found[1], end)
        return found is not None

    def _has(self, says: str, start: int, end: int) -> bool:
        return self._phrases.has(says, self.text, start, end)
