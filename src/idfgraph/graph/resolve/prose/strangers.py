"""Organisations that nobody knows, named behind words that say who pays or carries out: told, so
that somebody can add the name, and never taken.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from ....model.datatypes import Span
from ....model.text import Language
from .organisations import FUNDING, IMPLEMENTING
from .partners import PartnerNames
from .phrasebook import Phrasebook
from .roles import Fact
from .sentences import Judge, Sentence

#: How sure words must be that what stands behind them is a partner, known or not.
_SURE = Decimal("0.85")

_WORD = re.compile(r"\S+")

#: What may join two names, or two parts of one.
_AND = re.compile(r"\s*(?:&|and|et|y|e)\s+")

#: What stands behind a name that ends there; nothing does at the end of a sentence.
_AFTER = ("", *".,;:)")


class Strangers:
    """What finds partners whose names nobody knows."""

    def __init__(self, phrases: Phrasebook, partners: PartnerNames) -> None:
        self._phrases, self._partners = phrases, partners

    def facts(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        """The partners of a sentence that are not known, by role."""
        for says in (FUNDING, IMPLEMENTING):
            for cue in judge.cues(says, "before", *sentence):
                for named, is_first in self._partners.strangers(text, cue.end, sentence.end):
                    span = self._name(text, named, cue.language)
                    certainty = judge.certainty(sentence, cue, span[1])
                    whole = is_first or text[span[1] : sentence.end].strip()[:1] in _AFTER
                    whole = whole and not self._may_go_on(text, span[1], sentence.end)
                    if whole and certainty and certainty >= _SURE and self._is_name(text, span):
                        yield Fact(says, span, certainty)

    def _name(self, text: str, named: Span, language: Language) -> Span:
        """A name without what goes on behind it: numbers, words that no name has, and in English
        any other word in small letters; it ends with none that joins.
        """
        start, end = named
        within = start
        for word in _WORD.finditer(text, start, end):
            small = word[0][0].islower() or word[0] == "&"
            held = small and self._is("held", word[0])
            joins = small and self._is("article" if not held else "joint", word[0])
            strange = small and not (held or joins)
            stops = strange and (language == "en" or self._is("behind", word[0]))
            if stops or word[0][0].isdigit():
                break
            within = within if joins else word.end()
        return start, start + len(text[start:within].rstrip(" .,;:"))

    def _may_go_on(self, text: str, start: int, end: int) -> bool:
        """Whether an "and" stands behind a name, and what follows may be a part of it: neither a
        known organisation nor a name with an article of its own.
        """
        joined = _AND.match(text, start, end)
        if not joined or self._partners.run(text, joined.end(), end, states=True):
            return False
        after = [word[0] for word in islice(_WORD.finditer(text, joined.end(), end), 2)]
        if len(after) > 1 and self._is("article", after[0]) and after[1][0].isupper():
            return False
        return bool(after) and (after[0][0].isupper() or self._is("held", after[0]))

    def _is(self, kind: str, word: str) -> bool:
        """Whether a word is of a kind, or of those that the kind is made of."""
        kinds = {"joint": ("of", "and"), "behind": ("of", "since")}.get(kind, (kind,))
        return any(self._phrases.is_wholly(one, word) for one in kinds)

    def _is_name(self, text: str, span: Span) -> bool:
        """Whether words can be an organisation's name, and not the programme's own noun."""
        name = text[slice(*span)]
        return name[:1].isupper() and len(name) > 1 and not self._phrases.is_wholly("noun", name)
