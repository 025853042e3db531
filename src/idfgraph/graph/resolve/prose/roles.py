"""Who pays for a programme and who carries it out, as its sentences say."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ....model.datatypes import Span
from ....model.text import Language
from .partners import PartnerNames, Run
from .phrasebook import Phrasebook
from .sentences import UNCLEAR, Judge, Sentence

_RELATIVE = re.compile(r"(?<![^\W_])(?:which|that|que)\s+", re.IGNORECASE)

#: How far before its verb a run of names can begin, and how many places it may begin at.
_NAMED, _STARTS = 400, 12

_PRONOUN = re.compile(r"l'|(?:le|la|lo)\s", re.IGNORECASE)

#: How far behind "X and Y implement" the programme must be named.
_OBJECT = 90


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

    def __init__(self, phrases: Phrasebook, partners: PartnerNames) -> None:
        self._phrases, self._partners = phrases, partners

    def facts(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """The partners of a sentence by role."""
        for says in ("association.funding", "association.implementing"):
            yield from self._before(says, text, sentence, judge)
            yield from self._after(says, text, sentence, judge)

    def _before(self, says: str, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """Where the words stand before the names: funded by X and Y."""
        taken: set[int] = set()
        for cue in self._phrases.cues(says, "before", text, *sentence):
            if taken.intersection(range(cue.start, cue.end)):
                continue
            run = self._run(says, text, cue.end, sentence.end)
            if run is None:
                continue
            taken.update(range(cue.start, run.end))
            certainty = judge.certainty(text, sentence, cue, run.end)
            if certainty is not None:
                yield from _each(says, run, certainty)

    def _after(self, says: str, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """Where the words stand behind the names: X and Y implement."""
        for cue in self._phrases.cues(says, "after", text, *sentence):
            run = self._ending(says, text, sentence, cue.start)
            if run is None:
                continue
            whole = cue._replace(start=run.start)
            certainty = judge.certainty(text, sentence, whole, cue.end)
            behind = min(sentence.end, cue.end + _OBJECT)
            if certainty is None or self._denied(text, run.end, cue.end):
                continue
            relative = _RELATIVE.search(text, sentence.start, run.start)
            named = relative and judge.speaks_of_it(text, sentence.start, relative.start())
            by_pronoun = _PRONOUN.match(text, cue.start)
            if named or by_pronoun or judge.speaks_of_it(text, cue.end, behind):
                yield from _each(says, run, cue.certainty)
            else:
                yield from _each(says, run, min(certainty, UNCLEAR))

    def _denied(self, text: str, start: int, end: int) -> bool:
        return self._phrases.has("not", text, start, end)

    def _ending(self, says: str, text: str, sentence: Sentence, end: int) -> Run | None:
        """The run of names that ends where the words begin."""
        first = max(sentence.start, end - _NAMED)
        starts = [sentence.start] if first == sentence.start else []
        starts += [place + 1 for place in range(first, end) if text[place] in ",;:("]
        starts += [found.end() for found in _RELATIVE.finditer(text, first, end)]
        for start in starts[-_STARTS:]:
            run = self._run(says, text, start, end)
            if run and not text[run.end : end].strip(" ,"):
                return run
        return None

    def _run(self, says: str, text: str, start: int, end: int) -> Run | None:
        return self._partners.run(text, start, end, states=says == "association.funding")


def _each(says: str, run: Run, certainty: Decimal) -> Iterator[Fact]:
    """A fact for each name of a run."""
    yield from (Fact(says, name.span, certainty, name.id) for name in run.names)
