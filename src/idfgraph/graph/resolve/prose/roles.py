"""Who pays for a programme and who carries it out, as its sentences say."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ....model.datatypes import Span
from ....model.text import Language
from .amounts import Amounts
from .partners import PartnerNames, PartnerRun
from .phrasebook import ACCEPTED, Cue, Phrasebook
from .sentences import ELSEWHERE, UNCLEAR, Judge, Sentence

_RELATIVE = re.compile(r"(?<![^\W_])(?:which|that|que|dont)\s+", re.IGNORECASE)

#: How far before its verb a run of names can begin, and how many places it may begin at.
_NAMED, _STARTS = 400, 8

_PRONOUN = re.compile(r"l'|(?:le|la|lo|les|los|las|en|y|lui)\s", re.IGNORECASE)

_CAPITAL = re.compile(r"(?<=[\s'])(?=[A-ZÀ-ÖØ-Þ])")

#: What may stand between names and their verb, and between what they are called and names.
_APPOSED = re.compile(
    r"[\s,]*|\s*,[^,;:.()\n]{1,60},\s*|\s[a-zà-ÿ][^,;:.()\nA-ZÀ-Þ]{1,50}\s(?:and|et|y|e)\s+"
    r"|\s+(?:who|that|which|qui|quien|quienes|(?:el|la|los|las) que)\s+"
)
_OPENING = re.compile(r"[\s:,(-]*")

_VERB = re.compile(r"\s+([a-zà-ÿ]+)")
_COMMA = re.compile(r"\s*(?:\([^()\n]{1,60}\))?\s*,")

_FUNDING, _IMPLEMENTING = "association.funding", "association.implementing"

#: How far behind "X and Y implement" the programme must be named.
_OBJECT = 90

#: How far behind words the colon of a list is, what names are called together, what they give.
_COLON, _GROUP, _MEANS, _CALLED = 90, 70, 12, 25

#: How near to what someone gives the amount is.
_AMOUNT = 40

#: How far from its beginning a clause opens a sentence.
_OPENS = 5

#: How near to a verb the word is that says what is done.
_NEAR = 20


class Fact(NamedTuple):
    """Words of a text that say something: the property, where they stand, how sure, which
    organisation they name, if one, and the label that they stand behind.
    """

    property: str
    span: Span
    certainty: Decimal
    agent: str = ""
    label: tuple[str, Language] | None = None


class Roles:
    """The partners that sentences name, with the words that say what they do."""

    def __init__(self, phrases: Phrasebook, partners: PartnerNames, amounts: Amounts) -> None:
        self._phrases, self._partners, self._amounts = phrases, partners, amounts

    def facts(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """The partners of a sentence by role."""
        for says in (_FUNDING, _IMPLEMENTING):
            found = [*self._before(says, text, sentence, judge)]
            found += self._after(says, text, sentence, judge)
            found += self._listed(says, text, sentence, judge)
            yield from found
            if says == _FUNDING:
                yield from self._supporters(text, sentence, judge)
                yield from self._givers(text, sentence, judge)
            else:
                yield from self._companions(text, sentence, judge, found)

    def _before(self, says: str, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """Where the words stand before the names: funded by X and Y."""
        taken: set[int] = set()
        verbs = self._verbs(sentence, judge)
        for cue in self._phrases.cues(says, "before", judge.text, *sentence):
            if taken.intersection(range(cue.start, cue.end)):
                continue
            run = self._run(says, text, cue.end, sentence.end)
            if run is None:
                continue
            if cue.start - sentence.start <= _OPENS:
                run = self._opening(text, run, sentence.end)
            run = self._without_next(run, verbs)
            taken.update(range(cue.start, run.end))
            certainty = judge.certainty(sentence, cue, run.end)
            if certainty is not None:
                yield from _each(says, run, certainty)

    def _opening(self, text: str, run: PartnerRun, end: int) -> PartnerRun:
        """The names of a clause that opens a sentence, without those that are its subject: funded
        by X, Y and Z help.
        """
        first = run.names[0].span[1]
        verb = _VERB.match(text, run.end, end)
        if len(run.names) < 2 or not verb or not _COMMA.match(text, first, end):
            return run
        if self._phrases.is_wholly("of", verb[1]) or self._phrases.is_wholly("and", verb[1]):
            return run
        return PartnerRun(run.names[:1], run.start, first, first)

    def _after(self, says: str, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """Where the words stand behind the names: X and Y implement."""
        for cue in self._phrases.cues(says, "after", judge.text, *sentence):
            run = self._ending(says, text, sentence, cue.start)
            if run is None:
                continue
            run = self._own(text, run, sentence, judge)
            whole = cue._replace(start=run.start)
            certainty = judge.certainty(sentence, whole, cue.end)
            if certainty is None or self._denied(text, run.end, cue.end):
                continue
            before = Sentence(sentence.start, run.start)
            if self._has_object(cue, text, before, sentence.end, judge):
                limit = ELSEWHERE if certainty == ELSEWHERE else cue.certainty
                yield from _each(says, run, min(cue.certainty, limit))
            else:
                yield from _each(says, run, min(certainty, UNCLEAR))

    def _verbs(self, sentence: Sentence, judge: Judge) -> frozenset[int]:
        """Where words begin that say what those do who are named before them."""
        return frozenset(
            cue.start
            for says in (_FUNDING, _IMPLEMENTING, "gives")
            for cue in self._phrases.cues(says, "after", judge.text, *sentence)
        )

    def _without_next(self, run: PartnerRun, verbs: frozenset[int]) -> PartnerRun:
        """The names before a verb, without the one that does what it says: run by X and Y pays."""
        if len(run.names) > 1 and run.stop + 1 in verbs:
            names = run.names[:-1]
            return PartnerRun(names, run.start, names[-1].span[1], names[-1].span[1])
        return run

    def _own(self, text: str, run: PartnerRun, sentence: Sentence, judge: Judge) -> PartnerRun:
        """The names that do what a verb says behind them, without those of a phrase before them."""
        if len(run.names) < 2:
            return run
        for says in (_FUNDING, _IMPLEMENTING, "companion", "support"):
            for cue in self._phrases.cues(says, "before", judge.text, sentence.start, run.end):
                said = self._run(_FUNDING, text, cue.end, run.end)
                if said and said.names[0].id == run.names[0].id:
                    last = run.names[-1]
                    return PartnerRun((last,), last.span[0], run.end, run.stop)
        return run

    def _has_object(self, cue: Cue, text: str, before: Sentence, end: int, judge: Judge) -> bool:
        """Whether what is paid for, or carried out, is the programme."""
        comma = text.find(",", cue.end, end)
        behind = min(end if comma < 0 else comma, cue.end + _OBJECT)
        if judge.is_another(cue.end, behind):
            return False
        if _PRONOUN.match(text, cue.start) or judge.goes_on_with_it(cue.start, cue.end, behind):
            return True
        near = min(end, cue.end + _NEAR)
        verb = cue.start + len(text[cue.start : near].partition(" ")[0])
        if self._phrases.has(f"object.{cue.says.partition('.')[2]}", text, verb, near):
            return True
        relative = _RELATIVE.search(text, *before)
        return relative is not None and judge.ends_with_it(before.start, relative.start())

    def _listed(self, says: str, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """Where they are counted, and named behind a colon: five agencies carry it out: X, Y."""
        cues = [(cue, cue.end) for cue in self._phrases.cues(says, "before", judge.text, *sentence)]
        cues += [
            (cue, sentence.start)
            for cue in self._phrases.cues(says, "after", judge.text, *sentence)
        ]
        for cue, counted in cues:
            colon = text.find(":", cue.end, min(sentence.end, cue.end + _COLON))
            if colon < 0 or self._run(says, text, cue.end, colon):
                continue
            limit = colon if counted == cue.end else cue.start
            if not self._phrases.has("group", text, counted, limit):
                continue
            run = self._partners.run(text, colon + 1, sentence.end, states=says == _FUNDING)
            certainty = judge.certainty(sentence, cue, colon)
            if run and certainty is not None:
                named = judge.speaks_of_it(sentence.start, colon)
                plain = named or _PRONOUN.match(text, cue.start)
                known = certainty == ELSEWHERE or not plain
                yield from _each(says, run, certainty if known else cue.certainty)

    def _companions(
        self, text: str, sentence: Sentence, judge: Judge, found: Sequence[Fact]
    ) -> Iterator[Fact]:
        """Those with whom they carry it out who are named as doing so."""
        sure = [fact for fact in found if fact.certainty >= ACCEPTED]
        for cue in self._phrases.cues("companion", "before", judge.text, *sentence):
            run = self._partners.run(text, cue.end, sentence.end)
            certainty = judge.certainty(sentence, cue, run.end) if run else None
            if run is None or certainty is None or self._pays(text, run):
                continue
            named = any(fact.span[0] < cue.start for fact in sure)
            if certainty > ELSEWHERE:
                certainty = cue.certainty if named else min(certainty, UNCLEAR)
            yield from _each(_IMPLEMENTING, run, certainty)

    def _supporters(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """Those with whose support it is done: who pays for most of what it is named with, pays."""
        for cue in self._phrases.cues("support", "before", judge.text, *sentence):
            run = self._run(_FUNDING, text, cue.end, sentence.end)
            certainty = judge.certainty(sentence, cue, run.end) if run else None
            if run is None or certainty is None:
                continue
            for name in run.names:
                pays = name.id.startswith("ag:government-") or self._phrases.is_wholly(
                    "payer", text[slice(*name.span)]
                )
                sure = certainty if pays else min(certainty, UNCLEAR)
                yield Fact(_FUNDING, name.span, sure, name.id)

    def _givers(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """Those who give an amount to the programme: X contributes EUR 7 million."""
        for cue in self._phrases.cues("gives", "after", judge.text, *sentence):
            end = min(sentence.end, cue.end + _AMOUNT)
            money = next(self._amounts.money(text, cue.end, end), None)
            gives = money or self._phrases.has("multiplier.1000000", text, cue.end, end)
            run = self._ending(_FUNDING, text, sentence, cue.start) if gives else None
            if run is None:
                continue
            whole = cue._replace(start=run.start)
            certainty = judge.certainty(sentence, whole, cue.end)
            if certainty is not None and not self._denied(text, run.end, cue.end):
                another = judge.is_another(*sentence)
                spoken = _PRONOUN.match(text, cue.start) or judge.speaks_of_it(*sentence)
                named = spoken and certainty > ELSEWHERE
                sure = cue.certainty if named else certainty
                yield from _each(_FUNDING, run, ELSEWHERE if another else sure)

    def _pays(self, text: str, run: PartnerRun) -> bool:
        """Whether what goes on behind names is what they pay: with EU funding."""
        return self._phrases.has("means", text, run.end, run.end + _MEANS)

    def _denied(self, text: str, start: int, end: int) -> bool:
        return self._phrases.has("not", text, start, end)

    def _ending(self, says: str, text: str, sentence: Sentence, end: int) -> PartnerRun | None:
        """The run of names that ends where the words begin."""
        first = max(sentence.start, end - _NAMED)
        starts = [sentence.start] if first == sentence.start else []
        starts += [place + 1 for place in range(first, end) if text[place] in ",;:("]
        starts += [found.end() for found in _RELATIVE.finditer(text, first, end)]
        capitals = [found.start() for found in _CAPITAL.finditer(text, first, end)]
        free = [place for place in capitals if not self._phrases.ends("of", text, first, place)]
        for start in (*starts[-_STARTS:], *free[-_STARTS:]):
            run = self._run(says, text, start, end)
            if run and _APPOSED.fullmatch(text, run.stop, end):
                return run
        return None

    def _run(self, says: str, text: str, start: int, end: int) -> PartnerRun | None:
        """The names from a place on, or behind what they are called together: UN agencies X, Y."""
        states = says == _FUNDING
        called = self._phrases.span("group", text, start, min(end, start + _GROUP))
        opening = _OPENING.match(text, called[1], end) if called else None
        if called and opening and text[opening.end() : opening.end() + 1].isupper():
            run = self._partners.run(text, opening.end(), end, states=states)
            if run and called[0] - start < _CALLED:
                return run
        else:
            run = None
        return self._partners.run(text, start, end, states=states) or run


def _each(says: str, run: PartnerRun, certainty: Decimal) -> Iterator[Fact]:
    """A fact for each name of a run."""
    yield from (Fact(says, name.span, certainty, name.id) for name in run.names)
