"""Whether the name of a state is a part of an organisation's: the Ministry of Labour of Kenya."""

import re
from functools import cached_property

from ....model.datatypes import Span
from .patterns import bounded, flat
from .phrasebook import Phrasebook

#: How far before the name of a state that of its organisation begins, how far what joins them, and
#: how far it goes on.
_BACK, _JOINT, _ON = 160, 40, 60

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
        if self._behind.match(flat(text[end : end + _ON])):
            return True
        if not self._joined.search(flat(text[max(0, start - _JOINT) : start])):
            return False
        return bool(self._before.search(flat(text[max(0, start - _BACK) : start])))

    @cached_property
    def _before(self) -> re.Pattern[str]:
        """Any letters for what is an organisation wherever it stands, a capital for what is one as
        a name alone; of several organisations several states may be named.
        """
        words = self._phrases.words
        joint, listed = self._joints
        small = rf"(?=[a-zà-ÿ&])(?i:{words('held')})(?:(?<=')|(?![^\W_]))"
        inside = rf"(?:,?{_GAP}(?:{_CAPITAL}|{small})){{0,{_WORDS}}}?"
        many = rf"(?i:{words('holder.many')})"
        one = rf"(?i:{words('holder')})|(?=[A-ZÀ-ÖØ-Þ])(?i:{words('holder.named')})"
        return re.compile(
            rf"(?<![^\W_])(?:{many}{inside}(?:{joint}|{listed})|(?:{one}){inside}{joint})$"
        )

    @cached_property
    def _joined(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{'|'.join(self._joints)})$")

    @cached_property
    def _joints(self) -> tuple[str, str]:
        """What stands between an organisation and its state, and before one of several."""
        words = self._phrases.words
        joint = rf"{_GAP}(?i:{words('held.of')}){_GAP}"
        return joint, rf"(?:,\s+|\s+(?i:{words('and')})\s+)(?i:(?:{words('article')}){_GAP})?"

    @cached_property
    def _behind(self) -> re.Pattern[str]:
        noun = bounded(self._phrases.words("holder.behind"))
        return re.compile(rf"\s(?:{_CAPITAL}\s){{0,3}}?(?=[A-ZÀ-ÖØ-Þ])(?i:{noun})")
