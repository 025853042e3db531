"""From when to when a programme goes, as the sentences of its page say it."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ....model.datatypes import Span
from .facts import FactFinder
from .phrasebook import Cue, Phrasebook
from .roles import Fact
from .sentences import PART, UNCLEAR, Judge, Sentence
from .written_amounts import Amounts

#: How far a phrase may be from the year it speaks of, and from the programme that it is about.
_NEAR, _NEXT = 25, 40

#: How long the word is before years that open a sentence.
_FROM = 12

#: How far behind a date the verb is that says what began.
_VERB = 60

#: How sure years behind "from" are, those in brackets, and the date above a report of a launch.
_LOCATED, _TOLD = Decimal("0.8"), Decimal("0.85")

#: A place between what began there and the date.
_CAPITALS = r"[A-ZÀ-ÖØ-Þ][\w'-]*(?:\s(?:(?:de|del|da)\s)?(?:(?:la|los)\s)?[A-ZÀ-ÖØ-Þ][\w'-]*){0,3}"

#: Where and when a report was written: Quito, 23 January 2020 -
_DATELINE = re.compile(r"[^\n.!?:;]{0,80}?\s-\s")


class Periods:
    """What finds when a programme began and ended."""

    def __init__(self, phrases: Phrasebook, facts: FactFinder, amounts: Amounts) -> None:
        self._phrases, self._facts, self._amounts = phrases, facts, amounts
        self._placed = re.compile(
            rf"\s*{_CAPITALS}(?:\s\([^()\d\n]{{1,40}}\)|,\s{_CAPITALS},?)?\s+"
            rf"(?i:{phrases.words('on')})\s+(?=[^\W_])"
        )

    def facts(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """All years of a sentence that are the programme's."""
        yield from self._periods(text, sentence, judge)
        yield from self._ends(text, sentence, judge)
        yield from self._spans(text, sentence, judge)
        yield from self._begun(text, sentence, judge)

    def _begun(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """When it began, where the date stands before the verb: in March 2018 it was launched."""
        years = list(self._amounts.years(text, *sentence))
        other = self._phrases.has("other", text, *sentence)
        if len(years) != 1 or years[0].last is not None or other:
            return
        for cue in judge.cues("startYear", "after", years[0].end, sentence.end):
            certainty = judge.certainty(sentence, cue, cue.end)
            behind = min(sentence.end, cue.end + _NEXT)
            named = judge.speaks_of_it(years[0].end, behind)
            dated = self._phrases.ends("on", text, sentence.start, years[0].start)
            if certainty and dated and named and cue.start - years[0].end <= _VERB:
                phase = self._is_other_phase(text, sentence, judge, sentence.end)
                sure = PART if phase or certainty < UNCLEAR else cue.certainty
                yield Fact("startYear", years[0].first, sure)

    def launched(self, text: str, line: Span) -> Iterator[Fact]:
        """The year above a report that says that the programme is launched today."""
        dateline = _DATELINE.match(text, *line)
        years = list(self._amounts.years(text, *dateline.span())) if dateline else []
        if dateline and len(years) == 1 and years[0].last is None:
            for says in ("launched", "today"):
                if not self._phrases.has(says, text, dateline.end(), line[1]):
                    return
            yield Fact("startYear", years[0].first, _TOLD)

    def _periods(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """From one year to another."""
        for cue in judge.cues("period", "before", *sentence):
            for years in self._amounts.years(
                text, cue.start, min(sentence.end, cue.end + _NEAR + 40)
            ):
                if years.last is None or years.start > cue.end + _NEAR or years.end <= cue.end:
                    continue
                certainty = self._dated(text, sentence, judge, cue, years.end)
                denied = self._phrases.has("not", text, cue.end, years.start)
                if certainty is not None and not denied:
                    yield Fact("startYear", years.first, certainty)
                    yield Fact("endYear", years.last, certainty)
                break

    def _spans(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """From one year to another, without a phrase: in brackets, or after "from", where the
        sentence is about the programme and not about what it examined.
        """
        if any(self._phrases.has(says, text, *sentence) for says in ("examined", "not", "other")):
            return
        if self._is_other_phase(text, sentence, judge, sentence.end):
            return
        for years in self._amounts.years(text, *sentence):
            inside = text[years.start - 1 : years.start] == "(" and text[years.end :][:1] == ")"
            after = self._phrases.ends("from", text, sentence.start, years.start)
            cue = Cue("period", "en", _TOLD if inside else _LOCATED, years.start, years.end)
            told = judge.certainty(sentence, cue, years.end) if inside or after else None
            opens = years.start - sentence.start <= _FROM
            if told == UNCLEAR and opens and self._goes_on(years.end, sentence.end, judge):
                told = _LOCATED
            if years.last and told is not None:
                yield Fact("startYear", years.first, told)
                yield Fact("endYear", years.last, told)

    def _ends(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """When it began, or ended."""
        for says in ("startYear", "endYear"):
            for cue in judge.cues(says, "before", *sentence):
                placed = self._placed.match(text, cue.end, sentence.end)
                place = placed.end() if placed else _after_space(text, cue.end)
                year = self._amounts.year_at(text, place, sentence.end)
                certainty = year and self._dated(text, sentence, judge, cue, year[1])
                if year and certainty:
                    yield Fact(says, year, certainty)
        for cue in judge.cues("since", "before", *sentence):
            year = self._amounts.year_at(text, _after_space(text, cue.end), sentence.end)
            certainty = year and self._since(text, sentence, judge, cue)
            if year and certainty:
                yield Fact("startYear", year, certainty)

    def _since(self, text: str, sentence: Sentence, judge: Judge, cue: Cue) -> Decimal | None:
        """How sure a year is since which a programme is carried out or paid for."""
        told = judge.certainty(sentence, cue, cue.end)
        done = any(
            judge.cues(says, at, *sentence)
            for says in ("association.implementing", "association.funding")
            for at in ("before", "after")
        )
        if told is None or not judge.speaks_of_it(*sentence):
            return None
        opens = not text[sentence.start : cue.start].strip()
        done = done or (opens and self._goes_on(cue.end, sentence.end, judge))
        if self._phrases.has("scope", text, *sentence) or self._phrases.has(
            "other", text, *sentence
        ):
            return PART
        return cue.certainty if done else UNCLEAR

    def _dated(
        self, text: str, sentence: Sentence, judge: Judge, cue: Cue, end: int
    ) -> Decimal | None:
        certainty = judge.certainty(sentence, cue, end)
        if certainty is None:
            return None
        if self._is_other_phase(text, sentence, judge, end):
            return min(certainty, PART)
        return certainty

    def _is_other_phase(self, text: str, sentence: Sentence, judge: Judge, end: int) -> bool:
        """Whether a sentence speaks of a phase that the page is not about."""
        if not self._phrases.has("phase", text, sentence.start, end):
            return False
        phases = self._facts.phases_in(text, sentence.start, end)
        return not judge.is_of_its_phase(sentence, phases)

    def _goes_on(self, start: int, end: int, judge: Judge) -> bool:
        """Whether the programme is named right behind: since 2018 the project has helped."""
        end = min(end, start + _NEXT)
        return judge.speaks_of_it(start, end) and not judge.is_another(start, end)


def _after_space(text: str, place: int) -> int:
    while place < len(text) and text[place] == " ":
        place += 1
    return place
