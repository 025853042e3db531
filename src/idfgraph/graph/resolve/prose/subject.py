"""What a page is about: what its programme is called, by its title and first sentences, and which
names are those of another one.
"""

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

from ....model.datatypes import Span
from ....model.names import folded
from .phrasebook import Phrasebook

#: How far before a place the programme that is spoken of is named.
_CALLED = 120

#: How long a programme's short name is; how many sentences may say what it is called.
_SHORT, _TOLD = (4, 40), 2

_LONG_WORD = re.compile(r"[^\W_][\w+-]{2,}")
_ACRONYM = re.compile(r"(?<![^\W_])[A-ZÀ-Þ][A-Z0-9À-Þ]{2,}(?![^\W_])")
_BRACKETED = re.compile(r"\(([A-Z][A-Za-z0-9.-]{2,13})\)")


class Subject(NamedTuple):
    """What stands for the programme of a page: words such as an acronym, its short name, all words
    that its page opens with, and the phases that its title names.
    """

    phrases: Phrasebook
    names: frozenset[str] = frozenset()
    short: str = ""
    words: frozenset[str] = frozenset()
    phases: frozenset[int] = frozenset()

    @property
    def _called(self) -> re.Pattern[str]:
        return _called(self.phrases.words("noun"))

    def is_another(self, text: str, start: int, end: int) -> bool:
        """Whether the last programme that a part of a text names is not that of its page."""
        called = list(self._called.finditer(text, max(start, end - _CALLED), end))
        return bool(called) and self._strange(text, start, called[-1]) is not None

    def strange(self, text: str, start: int, end: int) -> Sequence[Span]:
        """Where a part of a text names programmes that are not that of its page."""
        found = (
            self._strange(text, start, called) for called in self._called.finditer(text, start, end)
        )
        return [span for span in found if span]

    def _strange(self, text: str, start: int, called: re.Match[str]) -> Span | None:
        """Where a name stands that has no word of the page's programme; of a word in capitals alone
        it has none.
        """
        words = [
            word
            for part in ("before", "behind")
            if called[part]
            for word in _LONG_WORD.finditer(text, *called.span(part))
        ]
        if words and words[0].start() == start and not words[0][0].isupper():
            words = words[1:]
        telling = [word for word in words if not self._is_generic(word[0])]
        strange = [word for word in telling if not self._is_known(word[0])]
        shouted = any(len(word[0]) > 3 and word[0].isupper() for word in strange)
        if strange and (shouted or len(strange) == len(telling)):
            return strange[0].start(), called.end()
        return None

    def _is_known(self, word: str) -> bool:
        return not self.words.isdisjoint((folded(word), folded(word.partition("-")[0])))

    def _is_generic(self, word: str) -> bool:
        return self.phrases.is_wholly("generic", word)


def subject(
    phrases: Phrasebook, text: str, title: Span | None, told: Sequence[Span], known: Collection[str]
) -> Subject:
    """The subject of a page with these sentences, of which some words are known as no programme's.

    A programme that only one of the first sentences names is another one, where its name has
    nothing of the title.
    """
    first = text[slice(*title)] if title else ""
    opening = told[:_TOLD]
    own = Subject(phrases, words=frozenset(map(folded, (*_LONG_WORD.findall(first), *known))))
    strange = [
        span
        for sentence in (opening if title else ())
        for span in own.strange(text, *sentence)
        if text.count(text[slice(*span)]) == 1
    ]
    words = {
        folded(word[0])
        for sentence in opening
        for word in _LONG_WORD.finditer(text, *sentence)
        if not any(start <= word.start() < end for start, end in strange)
    }
    return own._replace(
        names=_names(text, [span for span in (title, *told[:1]) if span], strange) - {*known},
        short=_short(first),
        words=own.words | words,
    )


def _short(title: str) -> str:
    """What a title begins with, where that is as long as a name."""
    short = re.split(r"\s*[:(]|\s-\s", title)[0].strip()
    return short if _SHORT[0] <= len(short) <= _SHORT[1] else ""


def _names(text: str, places: Sequence[Span], strange: Sequence[Span]) -> frozenset[str]:
    """Words that stand for the programme: the acronyms of its title, and those in brackets after
    words of its first sentence, but for another one's.
    """
    found = {word for place in places[:1] for word in _ACRONYM.findall(text, *place)}
    for place in places:
        for name in _BRACKETED.finditer(text, *place):
            if not any(end == name.start() - 1 for _, end in strange):
                found.update(part for part in re.split("[.-]", name[1]) if len(part) > 2)
    return frozenset(found)


@cache
def _called(noun: str) -> re.Pattern[str]:
    """What programmes are called: words with capitals beside their noun."""
    return re.compile(
        rf"(?P<before>(?:[A-ZÀ-Þ][\w+'-]*\s(?:(?:in|of|for|and)\s)?){{1,4}})?(?<![^\W_])"
        rf"(?i:{noun})(?![^\W_])(?:\s[\"'«“]?\s?(?P<behind>[A-ZÀ-Þ][\w+'-]+))?"
    )
