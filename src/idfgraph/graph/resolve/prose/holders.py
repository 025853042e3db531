"""Whether the name of a state is a part of an organisation's: the Ministry of Labour of Kenya."""

import re
from functools import cached_property

from ....model.datatypes import Span
from .patterns import bounded, flat
from .phrasebook import Phrasebook

#: How far before the name of a state that of its organisation begins, and how far it goes on.
_BACK, _ON = 160, 60

#: How many words the name of an organisation can have between its noun and its state.
_WORDS = 16

#: A word as names begin them, and the space behind a word, none behind an apostrophe.
_CAPITAL, _GAP = r"[A-ZÀ-ÖØ-Þ][\w.'-]*", r"(?:\s+|(?<='))"


class Holders:
    """What organisations of states are called, in the words of a phrasebook."""

    def __init__(self, phrases: Phrasebook) -> None:
        self._phrases = phrases

    def hold(self, text: str, span: Span) -> bool:
        """Whether the name of a state that stands there is a part of a longer one."""
        start, end = span
        lead, rest = flat(text[max(0, start - _BACK) : start]), flat(text[end : end + _ON])
        return bool(self._before.search(lead) or self._behind.match(rest))

    @cached_property
    def _before(self) -> re.Pattern[str]:
        """Any letters for what is an organisation wherever it stands, a capital for what is one as
        a name alone; of several organisations several states may be named.
        """
        words = self._phrases.words
        small = rf"(?=[a-zà-ÿ&])(?i:{words('held')})(?:(?<=')|(?![^\W_]))"
        inside = rf"(?:,?{_GAP}(?:{_CAPITAL}|{small})){{0,{_WORDS}}}?"
        joint = rf"{_GAP}(?i:{words('held.of')}){_GAP}"
        listed = rf"(?:,\s+|\s+(?i:{words('and')})\s+)(?i:(?:{words('article')}){_GAP})?"
        many = rf"(?i:{words('holder.many')})"
        one = rf"(?i:{words('holder')})|(?=[A-ZÀ-ÖØ-Þ])(?i:{words('holder.named')})"
        return re.compile(
            rf"(?<![^\W_])(?:{many}{inside}(?:{joint}|{listed})|(?:{one}){inside}{joint})$"
        )

    @cached_property
    def _behind(self) -> re.Pattern[str]:
        noun = bounded(self._phrases.words("holder.behind"))
        return re.compile(rf"\s(?:{_CAPITAL}\s){{0,3}}?(?=[A-ZÀ-ÖØ-Þ])(?i:{noun})")
