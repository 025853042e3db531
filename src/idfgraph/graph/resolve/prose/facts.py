"""States, years, phases, amounts and counts, as sentences of a programme's page say them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from .amounts import Amounts, Money
from .patterns import NUMBER
from .phrasebook import Cue, Phrasebook
from .roles import Fact
from .sentences import ELSEWHERE, PART, UNCLEAR, Judge, Sentence
from .states import StateLists

_ROMAN = r"(?:I{1,3}|IV|VI?)"

#: How sure a list of states is that has another number of names than its sentence counts.
_MISCOUNTED = Decimal("0.7")

#: How sure a list is that stands behind the programme's own noun.
_LOCATED = Decimal("0.8")

#: How sure years in brackets are, and a phase in a title.
_TOLD = Decimal("0.85")

#: How long a verb between "the following countries" and the colon of a list is.
_VERB = 45

#: How far a phrase may be from the amount or the year it speaks of.
_NEAR = 25


class Facts:
    """What sentences say besides who takes part."""

    def __init__(self, phrases: Phrasebook, states: StateLists, amounts: Amounts) -> None:
        self._phrases, self._states, self._amounts = phrases, states, amounts
        self._located_in = re.compile(
            rf"(?<![^\W_])(?:{phrases.words('noun')})\s(?:[^,;:.()\n]{{0,70}}?\s)?(?:in|en|au|aux)\s+(?=[A-ZÀ-ÖØ-Þl(])",
        )
        phase, ordinals = phrases.words("phase"), r"[^\W\d_]+"
        self._phases = re.compile(
            rf"(?<![^\W_])(?:(?P<before>{ordinals}|\d(?:st|nd|rd|th|e|ère|ème|ª|a)?)\s+(?:{phase})|(?:{phase})\s+(?P<behind>{_ROMAN}|\d))(?![^\W_])",
            re.IGNORECASE,
        )
        self._counted = re.compile(rf"(?<![^\W_.,$€£])(?P<number>{NUMBER})\s+$")

    def facts(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """All facts of a sentence."""
        yield from self._targets(text, sentence, judge)
        yield from self._located(text, sentence)
        yield from self._periods(text, sentence, judge)
        yield from self._ends(text, sentence, judge)
        yield from self._spans(text, sentence, judge)
        yield from self._phase(text, sentence, judge)
        yield from self._budget(text, sentence, judge)
        yield from self._results(text, sentence, judge)

    def states_at(self, text: str, start: int, end: int, certainty: Decimal) -> Iterator[Fact]:
        """The list of states that stands at a place."""
        run = self._states.run(text, start, end)
        if run:
            sure = certainty if run.whole else min(certainty, PART)
            yield Fact("targetsGovernmentOf", (run.start, run.end), sure)

    def _targets(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        free = sentence.start
        for cue in sorted(
            self._phrases.cues("targetsGovernmentOf", "before", text, *sentence),
            key=lambda cue: (cue.start, -cue.end),
        ):
            run = self._states.run(text, cue.end, sentence.end)
            colon = text.find(":", cue.end, min(cue.end + _VERB, sentence.end))
            if run is None and colon > 0:
                run = self._states.run(text, colon, sentence.end)
            if run is None or run.start < free:
                continue
            certainty = judge.certainty(text, sentence, cue, run.end)
            if certainty is None:
                continue
            free = run.end
            if self._phrases.ends("origin", text, sentence.start, cue.start):
                continue
            told = self._told(text, cue)
            if told is not None:
                certainty = cue.certainty if certainty == UNCLEAR else certainty
                part = self._phrases.has("partial", text, cue.end, run.start)
                if told != len({name.id for name in run.names}) and not part:
                    certainty = min(certainty, _MISCOUNTED)
            yield Fact(
                "targetsGovernmentOf",
                (run.start, run.end),
                certainty if run.whole else min(certainty, PART),
            )

    def _located(self, text: str, sentence: Sentence) -> Iterator[Fact]:
        """States right behind the programme's own noun: a programme on work in X and Y."""
        for found in self._located_in.finditer(text, *sentence):
            before = self._phrases.has("other", text, sentence.start, found.end())
            denied = self._phrases.has("not", text, sentence.start, found.end())
            if not before and not denied:
                yield from self.states_at(text, found.end(), sentence.end, _LOCATED)

    def _told(self, text: str, cue: Cue) -> int | None:
        """How many states the words before a list count."""
        numbers = (
            self._phrases.number(word) for word in re.findall(NUMBER, text[cue.start : cue.end])
        )
        return next((number for number in numbers if number is not None), None)

    def _periods(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """From one year to another."""
        for cue in self._phrases.cues("period", "before", text, *sentence):
            for years in self._amounts.years(
                text, cue.start, min(sentence.end, cue.end + _NEAR + 40)
            ):
                if years.last is None or years.start > cue.end + _NEAR or years.end <= cue.end:
                    continue
                certainty = self._dated(text, sentence, judge, cue, years.end)
                if certainty is not None:
                    yield Fact("startYear", years.first, certainty)
                    yield Fact("endYear", years.last, certainty)
                break

    def _spans(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """From one year to another, without a phrase: in brackets, or after "from", where the
        sentence is about the programme and not about what it examined.
        """
        if any(self._phrases.has(says, text, *sentence) for says in ("phase", "examined", "not")):
            return
        for years in self._amounts.years(text, *sentence):
            inside = text[years.start - 1 : years.start] == "(" and text[years.end :][:1] == ")"
            after = self._phrases.ends("from", text, sentence.start, years.start)
            cue = Cue("period", "en", _TOLD if inside else _LOCATED, years.start, years.end)
            told = judge.certainty(text, sentence, cue, years.end) if inside or after else None
            if years.last and told is not None:
                yield Fact("startYear", years.first, told)
                yield Fact("endYear", years.last, told)

    def _ends(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """When it began, or ended."""
        for says in ("startYear", "endYear"):
            for cue in self._phrases.cues(says, "before", text, *sentence):
                place = _after_space(text, cue.end)
                year = self._amounts.year_at(text, place, sentence.end)
                certainty = year and self._dated(text, sentence, judge, cue, year[1])
                if year and certainty:
                    yield Fact(says, year, certainty)
        for cue in self._phrases.cues("since", "before", text, *sentence):
            year = self._amounts.year_at(text, _after_space(text, cue.end), sentence.end)
            certainty = year and self._since(text, sentence, judge, cue)
            if year and certainty:
                yield Fact("startYear", year, certainty)

    def _since(self, text: str, sentence: Sentence, judge: Judge, cue: Cue) -> Decimal | None:
        """How sure a year is since which a programme is carried out or paid for."""
        told = judge.certainty(text, sentence, cue, cue.end)
        done = any(
            next(self._phrases.cues(says, at, text, *sentence), None)
            for says in ("association.implementing", "association.funding")
            for at in ("before", "after")
        )
        if told is None or not judge.speaks_of_it(text, *sentence):
            return None
        if self._phrases.has("scope", text, *sentence) or self._phrases.has(
            "other", text, *sentence
        ):
            return PART
        return cue.certainty if done else UNCLEAR

    def _dated(
        self, text: str, sentence: Sentence, judge: Judge, cue: Cue, end: int
    ) -> Decimal | None:
        certainty = judge.certainty(text, sentence, cue, end)
        if certainty is None:
            return None
        if self._phrases.has("phase", text, sentence.start, end):
            return min(certainty, PART)
        return certainty

    def phases(self, text: str, title: Sentence) -> Iterator[Fact]:
        """The phases that a title names."""
        for found in self._phases.finditer(text, *title):
            group = "before" if found["before"] else "behind"
            if self.phase(found[group]) is not None:
                yield Fact("hasPart.phase", found.span(group), _TOLD)

    def _phase(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        for found in self._phases.finditer(text, *sentence):
            group = "before" if found["before"] else "behind"
            cue = Cue("hasPart.phase", "en", Decimal("0.9"), *found.span())
            certainty = judge.certainty(text, sentence, cue, found.end())
            if self.phase(found[group]) is None or certainty is None:
                continue
            sure = certainty if certainty == ELSEWHERE else cue.certainty
            yield Fact("hasPart.phase", found.span(group), sure)

    def phase(self, word: str) -> int | None:
        """The number of a phase as written: an ordinal, a digit, a Roman number."""
        if re.fullmatch(_ROMAN, word):
            return ("I", "II", "III", "IV", "V", "VI").index(word) + 1
        digits = re.match(r"[1-9]", word)
        return int(digits[0]) if digits else self._phrases.ordinal(word) or None

    def _budget(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        cues = list(self._phrases.cues("budget", "before", text, *sentence))
        behind = list(self._phrases.cues("budget", "after", text, *sentence))
        for money in self._amounts.money(text, *sentence):
            start, end = (
                min(money.number[0], money.currency[0]),
                max(money.number[1], money.currency[1]),
            )
            cue = next((one for one in cues if 0 <= start - one.end <= 2), None)
            cue = cue or next((one for one in behind if 0 <= one.start - end <= 2), None)
            if cue:
                certainty = judge.certainty(text, sentence, cue, max(end, cue.end))
                if certainty is not None:
                    yield from money_facts(money, certainty)

    def _results(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        for says in self._phrases.kinds("result.", "after"):
            for cue in self._phrases.cues(says, "after", text, *sentence):
                number = self._counted.search(text, max(sentence.start, cue.start - 20), cue.start)
                if not number or self._phrases.number(number["number"]) is None:
                    continue
                whole = cue._replace(start=number.start("number"))
                certainty = judge.certainty(text, sentence, whole, cue.end)
                if certainty is None or not self._phrases.has(
                    "did", text, sentence.start, whole.start
                ):
                    continue
                yield Fact(says, number.span("number"), certainty)


def money_facts(money: Money, certainty: Decimal) -> Iterator[Fact]:
    """An amount as the parts of a budget."""
    yield Fact("budget.value", money.number, certainty)
    yield Fact("budget.currency", money.currency, certainty)


def _after_space(text: str, place: int) -> int:
    while place < len(text) and text[place] == " ":
        place += 1
    return place
