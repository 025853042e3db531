"""States, years, phases, amounts and counts, as sentences of a programme's page say them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

from ....model.datatypes import Span
from .listed_states import StateLists, StateRun
from .patterns import NUMBER
from .phrasebook import Cue, Phrasebook
from .roles import Fact
from .sentences import ELSEWHERE, PART, UNCLEAR, Judge, Sentence
from .written_amounts import Amounts, SaidMoney

_ROMAN = r"(?:I{1,3}|I[VX]|VI{0,3}|X)"
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")

#: How sure a list of states is that has another number of names than its sentence counts.
_MISCOUNTED = Decimal("0.7")

#: How sure a list is that stands behind the programme's own noun.
_LOCATED = Decimal("0.8")

#: How sure a phase in a title is.
_TITLED = Decimal("0.95")

#: How far behind a phase it is said that it may come.
_FUTURE = 40

#: How long a verb between "the following countries" and the colon of a list is.
_VERB = 45

#: How sure a list is that is as long as its sentence says; from how many on, how far behind.
_SURE, _COUNTED, _NEAR_LIST = Decimal("0.9"), 2, 70

#: How near behind what someone gives an amount is no more than that.
_SHARE = 3

#: How far behind an amount it is said that it is one of several, or none yet.
_SETTLED = 45

#: How far behind what is counted it is said that it was done.
_DONE = 40

#: How often a sentence may count states.
_MOST = 4


class FactFinder:
    """What sentences say besides who takes part."""

    def __init__(self, phrases: Phrasebook, states: StateLists, amounts: Amounts) -> None:
        self._phrases, self._states, self._amounts = phrases, states, amounts
        self._located_in = re.compile(
            rf"(?P<noun>(?<![^\W_])(?i:{phrases.words('noun')}))\s(?:[^,;:.()\n]{{0,70}}?\s)?"
            rf"(?:{phrases.words('inside')})\s+(?=[A-ZÀ-ÖØ-Þl(])",
        )
        self._inside = re.compile(rf"(?:{phrases.words('inside')})\s+", re.IGNORECASE)
        self._so_many = re.compile(
            rf"(?P<words>(?:[^\s,;:.()]+\s){{1,3}})(?:{phrases.words('countries')})(?![^\W_])",
            re.IGNORECASE,
        )
        phase, ordinals = phrases.words("phase"), r"[^\W\d_]+"
        before = rf"(?P<before>{ordinals}|\d{{1,2}}(?:st|nd|rd|th|e|ère|ème|ª|a)?)"
        self._phases = re.compile(
            rf"(?<![^\W_])(?:{before}\s+)?(?:{phase})(?:\s+(?P<behind>{_ROMAN}|\d{{1,2}}))?(?![^\W_])",
            re.IGNORECASE,
        )
        self._counted = re.compile(rf"(?<![^\W_.,$€£])(?P<number>{NUMBER})\s+$")

    def facts(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """All facts of a sentence."""
        yield from self._targets(text, sentence, judge)
        yield from self._located(text, sentence, judge)
        yield from self._opening(text, sentence, judge)
        yield from self._counted_states(text, sentence, judge)
        yield from self._taking_part(text, sentence, judge)
        yield from self._phase(text, sentence, judge)
        yield from self._budget(text, sentence, judge)
        yield from self._results(text, sentence, judge)

    def told(self, text: str, start: int, end: int) -> int | None:
        """How many states a part of a text says there are."""
        found = list(self._so_many.finditer(text, start, end))
        return self._number(found[0]["words"]) if len(found) == 1 else None

    def _number(self, words: str) -> int | None:
        """The last number among words; no state is counted alone."""
        numbers = [self._phrases.number(word) for word in words.split()]
        told = [number for number in numbers if number is not None and number >= _COUNTED]
        return told[-1] if told else None

    def states_of(self, text: str, start: int, end: int) -> frozenset[str]:
        """The states that a part of a text names, in its first lists."""
        runs = islice(self._states.runs(text, start, end), _MOST)
        return frozenset(name.id for run in runs for name in run.names)

    def states_within(self, text: str, lines: Sequence[Span], told: int) -> Iterator[Fact]:
        """The states that lines name among other words, where they are as many as told."""
        runs = [run for line in lines for run in self._states.runs(text, *line)]
        if len({name.id for run in runs for name in run.names}) == told:
            yield from (Fact("targetsGovernmentOf", (run.start, run.end), _SURE) for run in runs)

    def states_at(self, text: str, start: int, end: int, certainty: Decimal) -> Iterator[Fact]:
        """The list of states that stands at a place."""
        run = self._states.run(text, start, end)
        if run:
            sure = certainty if run.whole else min(certainty, PART)
            yield Fact("targetsGovernmentOf", (run.start, run.end), sure)

    def _targets(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        free = sentence.start
        for cue in sorted(
            judge.cues("targetsGovernmentOf", "before", *sentence),
            key=lambda cue: (cue.start, -cue.end),
        ):
            run = self._states.run(text, cue.end, sentence.end)
            colon = text.find(":", cue.end, min(cue.end + _VERB, sentence.end))
            if run is None and colon > 0:
                run = self._states.run(text, colon, sentence.end)
            if run is None or run.start < free:
                continue
            certainty = judge.certainty(sentence, cue, run.end)
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

    def _counted_states(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """States behind how many they are, where they are as many: in three countries, X, Y, Z."""
        for found in islice(self._so_many.finditer(text, *sentence), _MOST):
            told = self._number(found["words"])
            run = self._behind(text, found.end(), sentence.end) if told else None
            if not run or len({name.id for name in run.names}) != told:
                continue
            cue = Cue("targetsGovernmentOf", "en", _SURE, *found.span())
            certainty = judge.certainty(sentence, cue, run.end)
            unlisted = self._phrases.has("unlisted", text, *sentence)
            if certainty is not None and not unlisted:
                sure = cue.certainty if certainty == UNCLEAR else certainty
                yield Fact("targetsGovernmentOf", (run.start, run.end), sure)

    def _behind(self, text: str, start: int, end: int) -> StateRun | None:
        """The states that stand a little behind a place, after a sign."""
        run = self._states.run(text, start, end)
        for place in range(start, min(end, start + _NEAR_LIST)):
            if run:
                break
            if text[place] in ",:(-":
                run = self._states.run(text, place, end)
        return run

    def _taking_part(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """States before words that say what they are: X and Y are the partner countries."""
        for cue in judge.cues("targetsGovernmentOf", "after", *sentence):
            run = self._states.ending(text, sentence.start, cue.start)
            if run is None or self._phrases.has("unlisted", text, *sentence):
                continue
            whole = cue._replace(start=run.start)
            certainty = judge.certainty(sentence, whole, cue.end)
            denied = self._phrases.has("not", text, run.end, cue.end)
            if certainty is not None and not denied:
                sure = cue.certainty if certainty == UNCLEAR else certainty
                yield Fact("targetsGovernmentOf", (run.start, run.end), sure)

    def _located(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """States right behind the programme's own noun: a programme on work in X and Y."""
        for found in self._located_in.finditer(text, *sentence):
            before = self._phrases.has("other", text, sentence.start, found.end())
            denied = any(
                self._phrases.has(says, text, sentence.start, found.end())
                for says in ("not", "perhaps")
            )
            another = judge.is_another(sentence.start, found.end())
            held = self._phrases.has("venue", text, *found.span())
            own = judge.ends_with_it(sentence.start, found.end("noun"))
            between = (found.end("noun"), found.end())
            thing = self._phrases.has("a", text, *between) and judge.has_thing(*between)
            paying = any(
                text[cue.end : found.end()].islower()
                for cue in judge.cues("association.funding", "before", *between)
            )
            if own and not (before or denied or another or held or thing or paying):
                yield from self.states_at(text, found.end(), sentence.end, _LOCATED)

    def _opening(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """States that a sentence about the programme opens with: in X and Y, the project helps."""
        opening = self._inside.match(text, *sentence)
        run = self._states.run(text, opening.end(), sentence.end) if opening else None
        several = run and run.whole and len(run.names) >= _COUNTED
        if run and several and judge.is_next(run.end, sentence.end):
            yield Fact("targetsGovernmentOf", (run.start, run.end), _LOCATED)

    def _told(self, text: str, cue: Cue) -> int | None:
        """How many states the words before a list count."""
        numbers = (
            self._phrases.number(word) for word in re.findall(NUMBER, text[cue.start : cue.end])
        )
        return next((number for number in numbers if number is not None), None)

    def phases(self, text: str, title: Sentence) -> Iterator[Fact]:
        """The phases that a title names."""
        for span, _ in self._numbered(text, *title):
            yield Fact("hasPart.phase", span, _TITLED)

    def phases_in(self, text: str, start: int, end: int) -> frozenset[int]:
        """The numbers of the phases that a part of a text names."""
        return frozenset(
            number
            for span, _ in self._numbered(text, start, end)
            if (number := self.phase(text[slice(*span)]))
        )

    def _numbered(self, text: str, start: int, end: int) -> Iterator[tuple[Span, Span]]:
        """The words that number phases, and all words of each phase."""
        for found in self._phases.finditer(text, start, end):
            for group in ("behind", "before"):
                if found[group] and self.phase(found[group]) is not None:
                    yield found.span(group), found.span()
                    break

    def _phase(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        for number, whole in self._numbered(text, *sentence):
            cue = Cue("hasPart.phase", "en", Decimal("0.9"), *whole)
            certainty = judge.certainty(sentence, cue, cue.end)
            behind = min(sentence.end, cue.end + _FUTURE)
            if certainty is None or self._phrases.has("perhaps", text, cue.end, behind):
                continue
            alone = text[slice(*sentence)].strip(" .:*#") == text[slice(*whole)]
            sure = _TITLED if alone else cue.certainty
            yield Fact("hasPart.phase", number, certainty if certainty == ELSEWHERE else sure)

    def phase(self, word: str) -> int | None:
        """The number of a phase as written: an ordinal, a digit, a Roman number."""
        if re.fullmatch(_ROMAN, word):
            return _ROMANS.index(word) + 1
        digits = re.match(r"[1-9][0-9]?", word)
        return int(digits[0]) if digits else self._phrases.ordinal(word) or None

    def _budget(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        cues = list(judge.cues("budget", "before", *sentence))
        behind = list(judge.cues("budget", "after", *sentence))
        gives = [one.end for one in judge.cues("gives", "after", *sentence)]
        for money in self._amounts.money(text, *sentence):
            start, end = (
                min(money.number[0], money.currency[0]),
                max(money.number[1], money.currency[1]),
            )
            cue = next((one for one in cues if 0 <= start - one.end <= 2), None)
            cue = cue or next((one for one in behind if 0 <= one.start - end <= 2), None)
            behind_it = min(sentence.end, end + _SETTLED)
            if cue and not self._phrases.has("unsettled", text, end, behind_it):
                certainty = judge.certainty(sentence, cue, max(end, cue.end))
                share = any(0 <= cue.start - given <= _SHARE for given in gives)
                if certainty is not None:
                    yield from money_facts(money, min(certainty, PART) if share else certainty)

    def results(self, text: str, sentence: Sentence, certainty: Decimal) -> Iterator[Fact]:
        """The counts of what a label calls results."""
        for cue, number in self._counts(text, sentence):
            yield Fact(cue.says, number, certainty)

    def _results(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        for cue, number in self._counts(text, sentence):
            certainty = judge.certainty(sentence, cue._replace(start=number[0]), cue.end)
            done = self._phrases.has("did", text, sentence.start, number[0]) or self._phrases.has(
                "done", text, cue.end, min(sentence.end, cue.end + _DONE)
            )
            if certainty is not None and done:
                yield Fact(cue.says, number, certainty)

    def _counts(self, text: str, sentence: Sentence) -> Iterator[tuple[Cue, Span]]:
        """The words for what is counted as a result, and where the number before them stands."""
        for says in self._phrases.kinds("result.", "after"):
            for cue in self._phrases.cues(says, "after", text, *sentence):
                found = self._counted.search(text, max(sentence.start, cue.start - 20), cue.start)
                if found and self._phrases.number(found["number"]) is not None:
                    number = found.span("number")
                    if not self._is_shared(text, sentence.start, number[0]):
                        yield cue, number

    def _is_shared(self, text: str, start: int, number: int) -> bool:
        """Whether a number is that of all, behind the number of some: 12 of the 40."""
        words = self._phrases.words("share")
        some = re.search(rf"([^\W_]+)\s+(?i:{words})\s+$", text[start:number])
        return some is not None and self._phrases.number(some[1]) is not None


def money_facts(money: SaidMoney, certainty: Decimal) -> Iterator[Fact]:
    """An amount as the parts of a budget."""
    yield Fact("budget.value", money.number, certainty)
    yield Fact("budget.currency", money.currency, certainty)
