"""Which organisations stand behind a phrase, or before a verb."""

import re

from .partners import PartnerNames, PartnerRun
from .phrasebook import Cue, Phrasebook
from .sentences import Judge, Sentence

FUNDING, IMPLEMENTING = "association.funding", "association.implementing"

RELATIVE = re.compile(r"(?<![^\W_])(?:which|that|que|dont)\s+", re.IGNORECASE)

#: How far before its verb a run of names can begin, and how many places it may begin at.
_NAMED, _STARTS = 400, 8

_CAPITAL = re.compile(r"(?<=[\s'])(?=[A-ZÀ-ÖØ-Þ])")

#: What may stand between names and their verb, and between what they are called and names.
_APPOSED = re.compile(
    r"[\s,]*|-|\s*,[^,;:.()\n]{1,60},\s*|\s[a-zà-ÿ][^,;:.()\nA-ZÀ-Þ]{1,50}\s(?:and|et|y|e)\s+"
    r"|\s+(?:who|that|which|qui|quien|quienes|(?:el|la|los|las) que)\s+"
)
_OPENING = re.compile(r"[\s:,(-]*")

_VERB = re.compile(r"\s+([a-zà-ÿ]+)")
_COMMA = re.compile(r"\s*(?:\([^()\n]{1,60}\))?\s*,")

#: How far behind words is what names are called together, and how far names are behind that.
_GROUP, _CALLED = 70, 25

#: How far from its beginning a clause opens a sentence.
_OPENS = 5


class NamesBeside:
    """What finds the names that a phrase speaks of, and no others of its sentence."""

    def __init__(self, phrases: Phrasebook, partners: PartnerNames) -> None:
        self._phrases, self._partners = phrases, partners

    def behind(
        self, text: str, sentence: Sentence, cue: Cue, verbs: frozenset[int]
    ) -> PartnerRun | None:
        """The names behind a phrase: up to the one that does what a next verb says."""
        run = self.run(cue.says, text, cue.end, sentence.end)
        if run and cue.start - sentence.start <= _OPENS:
            run = self._opening(text, run, sentence.end)
        if run and len(run.names) > 1 and run.stop + 1 in verbs:
            names = run.names[:-1]
            return PartnerRun(names, run.start, names[-1].span[1], names[-1].span[1])
        return run

    def before(
        self, says: str, text: str, sentence: Sentence, place: int, judge: Judge
    ) -> PartnerRun | None:
        """The names before a verb: without those that a phrase before them speaks of."""
        run = self._ending(says, text, sentence, place)
        for kind in (FUNDING, IMPLEMENTING, "companion", "support"):
            if run is None or len(run.names) < 2:
                break
            for cue in judge.cues(kind, "before", sentence.start, run.end):
                said = self.run(FUNDING, text, cue.end, run.end)
                if said and said.names[0].id == run.names[0].id:
                    last = run.names[-1]
                    return PartnerRun((last,), last.span[0], run.end, run.stop)
        return run

    def verbs(self, sentence: Sentence, judge: Judge) -> frozenset[int]:
        """Where words begin that say what those do who are named before them."""
        return frozenset(
            cue.start
            for says in (FUNDING, IMPLEMENTING, "gives")
            for cue in judge.cues(says, "after", *sentence)
        )

    def run(self, says: str, text: str, start: int, end: int) -> PartnerRun | None:
        """The names from a place on, or behind what they are called together: UN agencies X, Y."""
        states = says == FUNDING
        called = self._phrases.span("group", text, start, min(end, start + _GROUP))
        opening = _OPENING.match(text, called[1], end) if called else None
        if called and opening and text[opening.end() : opening.end() + 1].isupper():
            run = self._partners.run(text, opening.end(), end, states=states)
            if run and called[0] - start < _CALLED:
                return run
        else:
            run = None
        return self._partners.run(text, start, end, states=states) or run

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

    def _ending(self, says: str, text: str, sentence: Sentence, end: int) -> PartnerRun | None:
        """The run of names that ends where the words begin."""
        first = max(sentence.start, end - _NAMED)
        starts = [sentence.start] if first == sentence.start else []
        starts += [place + 1 for place in range(first, end) if text[place] in ",;:("]
        starts += [found.end() for found in RELATIVE.finditer(text, first, end)]
        capitals = [found.start() for found in _CAPITAL.finditer(text, first, end)]
        free = [place for place in capitals if not self._phrases.ends("of", text, first, place)]
        places = (*starts[-_STARTS:], *free[-_STARTS:])
        runs = [run for start in places if (run := self.run(says, text, start, end))]
        ending = [run for run in runs if _APPOSED.fullmatch(text, run.stop, end)]
        return max(ending, key=lambda run: len(run.names), default=None)
