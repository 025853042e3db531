"""Who pays for a programme and who carries it out, as its sentences say."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ....model.datatypes import Span
from ....model.text import Language
from .organisations import FUNDING, IMPLEMENTING, RELATIVE, NamesBeside
from .partners import PartnerNames, PartnerRun
from .phrasebook import ACCEPTED, Cue, Phrasebook
from .sentences import ELSEWHERE, UNCLEAR, Judge, Sentence
from .written_amounts import Amounts

_PRONOUN = re.compile(r"l'|(?:le|la|lo|les|los|las|en|y|lui)\s", re.IGNORECASE)

#: How sure it is that they carry a programme out whose it is said to be.
_OWNED = Decimal("0.8")

#: How far behind "X and Y implement" the programme must be named.
_OBJECT = 90

#: How far behind words the colon of a list is, and what it is that names give.
_COLON, _MEANS = 90, 12

#: What stands behind a verb that has no object.
_ALONE = re.compile(r"\s*(?:[.;,]|$|(?:and|et|y|while|mientras)\s)")

#: How near to what someone gives the amount is.
_AMOUNT = 40

_VERB = re.compile(r"\s+([a-zà-ÿ]+)")

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
        self._names = NamesBeside(phrases, partners)

    def facts(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """The partners of a sentence by role."""
        for says in (FUNDING, IMPLEMENTING):
            found = [*self._before(says, text, sentence, judge)]
            found += self._after(says, text, sentence, judge)
            found += self._hyphened(says, text, sentence, judge)
            found += self._listed(says, text, sentence, judge)
            yield from found
            if says == FUNDING:
                yield from self._supporters(text, sentence, judge)
                yield from self._givers(text, sentence, judge)
            else:
                yield from self._owning(text, sentence, judge)
                yield from self._acting(text, sentence, judge)
                yield from self._companions(text, sentence, judge, found)

    def _before(self, says: str, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """Where the words stand before the names: funded by X and Y."""
        taken: set[int] = set()
        verbs = self._names.verbs(sentence, judge)
        for cue in judge.cues(says, "before", *sentence):
            if taken.intersection(range(cue.start, cue.end)):
                continue
            run = self._names.behind(text, sentence, cue, verbs)
            if run is None:
                continue
            taken.update(range(cue.start, run.end))
            certainty = judge.certainty(sentence, cue, run.end)
            if certainty is not None:
                yield from _each(says, run, certainty)

    def _after(self, says: str, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """Where the words stand behind the names: X and Y implement."""
        for cue in judge.cues(says, "after", *sentence):
            if self._is_passive(cue, text, sentence, judge):
                continue
            run = self._names.before(says, text, sentence, cue.start, judge)
            if run is None:
                continue
            whole = cue._replace(start=run.start)
            certainty = judge.certainty(sentence, whole, cue.end)
            if certainty is None or self._denied(text, run.end, cue.end):
                continue
            before = Sentence(sentence.start, run.start)
            former = judge.is_former(sentence, cue.end, cue.end)
            if self._has_object(cue, text, before, sentence.end, judge) and not former:
                limit = ELSEWHERE if certainty == ELSEWHERE else cue.certainty
                yield from _each(says, run, min(cue.certainty, limit))
            else:
                yield from _each(says, run, min(certainty, UNCLEAR))

    def _is_passive(self, cue: Cue, text: str, sentence: Sentence, judge: Judge) -> bool:
        """Whether a phrase is the beginning of one that says it of what stands behind: X, funded
        by Y.
        """
        return any(
            one.start <= cue.start < cue.end < one.end
            and self._phrases.ends("of", text, cue.end, one.end)
            for one in judge.cues(cue.says, "before", *sentence)
        )

    def _has_object(self, cue: Cue, text: str, before: Sentence, end: int, judge: Judge) -> bool:
        """Whether what is paid for, or carried out, is the programme."""
        comma = text.find(",", cue.end, end)
        behind = min(end if comma < 0 else comma, cue.end + _OBJECT)
        other = self._phrases.has("other", text, before.end, behind)
        if other or judge.is_another(cue.end, behind):
            return False
        if _PRONOUN.match(text, cue.start) or judge.goes_on_with_it(cue.start, cue.end, behind):
            return True
        near = min(end, cue.end + _NEAR)
        verb = cue.start + len(text[cue.start : near].partition(" ")[0])
        if self._phrases.has(f"object.{cue.says.partition('.')[2]}", text, verb, near):
            return True
        if RELATIVE.search(text, *before):
            return self._is_of_it(text, before, judge)
        return _ALONE.match(text, cue.end, end) is not None and not judge.has_thing(*before)

    def _hyphened(self, says: str, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """Where one word says it of the programme: this X-funded project."""
        kind = f"hyphened.{says.partition('.')[2]}"
        for cue in judge.cues(kind, "after", *sentence):
            joint = cue.start - 1
            run = self._names.before(says, text, sentence, joint, judge)
            if run is None or text[joint] != "-" or run.stop != joint:
                continue
            whole = cue._replace(start=run.start)
            certainty = judge.certainty(sentence, whole, cue.end)
            own = self._phrases.ends("this", text, sentence.start, run.start)
            if certainty is not None and own and not judge.is_another(run.start, cue.end):
                sure = cue.certainty if certainty == UNCLEAR else certainty
                yield from _each(says, run, sure)

    def _listed(self, says: str, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """Where they are counted, and named behind a colon: five agencies carry it out: X, Y."""
        cues = [(cue, cue.end) for cue in judge.cues(says, "before", *sentence)]
        cues += [(cue, sentence.start) for cue in judge.cues(says, "after", *sentence)]
        for cue, counted in cues:
            colon = text.find(":", cue.end, min(sentence.end, cue.end + _COLON))
            if colon < 0 or self._names.run(says, text, cue.end, colon):
                continue
            limit = colon if counted == cue.end else cue.start
            if not self._phrases.has("group", text, counted, limit):
                continue
            run = self._partners.run(text, colon + 1, sentence.end, states=says == FUNDING)
            certainty = judge.certainty(sentence, cue, colon)
            if run and certainty is not None:
                named = judge.speaks_of_it(sentence.start, colon)
                plain = named or _PRONOUN.match(text, cue.start)
                known = certainty == ELSEWHERE or not plain
                yield from _each(says, run, certainty if known else cue.certainty)

    def _owning(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """Those whose programme it is: this X project, the programme so and so of X."""
        for name, end in self._partners.owned(text, *sentence):
            cue = Cue(IMPLEMENTING, "en", _OWNED, name.span[0], end, "after")
            own = self._phrases.ends("own", text, sentence.start, cue.start)
            run = PartnerRun((name,), *name.span, name.span[1])
            yield from self._own(run, sentence, cue, own or judge.is_named(cue.start, end), judge)
        for cue in judge.cues("named.implementing", "before", *sentence):
            those = self._names.run(IMPLEMENTING, text, cue.end, sentence.end)
            if those:
                yield from self._own(
                    those, sentence, cue, judge.is_named(cue.start, cue.end), judge
                )

    def _own(
        self, run: PartnerRun, sentence: Sentence, cue: Cue, named: bool, judge: Judge
    ) -> Iterator[Fact]:
        certainty = judge.certainty(sentence, cue, cue.end)
        if named and certainty and not judge.is_another(cue.start, cue.end):
            sure = cue.certainty if certainty == UNCLEAR else certainty
            yield from _each(IMPLEMENTING, run, sure)

    def _acting(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """Those who do something through the programme: under the project, X and Y help."""
        for cue in judge.cues("acting", "before", *sentence):
            run = self._names.run(IMPLEMENTING, text, cue.end, sentence.end)
            verb = _VERB.match(text, run.stop, sentence.end) if run else None
            certainty = judge.certainty(sentence, cue, run.stop) if run else None
            does = verb is not None and self._phrases.is_wholly("acts", verb[1])
            if run and certainty and does and not self._denied(text, run.stop, run.stop + _NEAR):
                yield from _each(IMPLEMENTING, run, certainty)

    def _companions(
        self, text: str, sentence: Sentence, judge: Judge, found: Sequence[Fact]
    ) -> Iterator[Fact]:
        """Those with whom they carry it out who are named as doing so."""
        sure = [fact for fact in found if fact.certainty >= ACCEPTED]
        for cue in judge.cues("companion", "before", *sentence):
            run = self._partners.run(text, cue.end, sentence.end)
            certainty = judge.certainty(sentence, cue, run.end) if run else None
            if run is None or certainty is None or self._pays(text, run):
                continue
            named = any(fact.span[0] < cue.start for fact in sure)
            if certainty > ELSEWHERE:
                certainty = cue.certainty if named else min(certainty, UNCLEAR)
            yield from _each(IMPLEMENTING, run, certainty)

    def _supporters(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """Those with whose support it is done: who pays for most of what it is named with, pays."""
        for cue in judge.cues("support", "before", *sentence):
            run = self._names.run(FUNDING, text, cue.end, sentence.end)
            certainty = judge.certainty(sentence, cue, run.end) if run else None
            if run is None or certainty is None:
                continue
            for name in run.names:
                pays = name.id.startswith("ag:government-") or self._phrases.is_wholly(
                    "payer", text[slice(*name.span)]
                )
                sure = certainty if pays else min(certainty, UNCLEAR)
                yield Fact(FUNDING, name.span, sure, name.id)

    def _givers(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """Those who give an amount to the programme: X contributes EUR 7 million."""
        for cue in judge.cues("gives", "after", *sentence):
            end = min(sentence.end, cue.end + _AMOUNT)
            money = next(self._amounts.money(text, cue.end, end), None)
            gives = money or self._phrases.has("multiplier.1000000", text, cue.end, end)
            run = self._names.before(FUNDING, text, sentence, cue.start, judge) if gives else None
            if run is None:
                continue
            whole = cue._replace(start=run.start)
            certainty = judge.certainty(sentence, whole, cue.end)
            if certainty is not None and not self._denied(text, run.end, cue.end):
                another = judge.is_another(*sentence)
                spoken = _PRONOUN.match(text, cue.start) or judge.speaks_of_it(*sentence)
                own = self._is_of_it(text, Sentence(sentence.start, run.start), judge)
                sure = cue.certainty if spoken and certainty > ELSEWHERE else certainty
                limit = ELSEWHERE if another else sure if own else UNCLEAR
                yield from _each(FUNDING, run, min(sure, limit))

    def _is_of_it(self, text: str, before: Sentence, judge: Judge) -> bool:
        """Whether words behind a part of a sentence are none that are said of something else in
        it: the plan, to which X gives.
        """
        relative = [found.start() for found in RELATIVE.finditer(text, *before)]
        if not relative or "," in text[relative[-1] : before.end]:
            return True
        return judge.ends_with_it(before.start, relative[-1])

    def _pays(self, text: str, run: PartnerRun) -> bool:
        """Whether what goes on behind names is what they pay: with EU funding."""
        return self._phrases.has("means", text, run.end, run.end + _MEANS)

    def _denied(self, text: str, start: int, end: int) -> bool:
        return self._phrases.has("not", text, start, end)


def _each(says: str, run: PartnerRun, certainty: Decimal) -> Iterator[Fact]:
    """A fact for each name of a run."""
    yield from (Fact(says, name.span, certainty, name.id) for name in run.names)
