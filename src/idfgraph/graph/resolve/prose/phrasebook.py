"""The phrases of all languages, ready to be found in a text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, cached_property
from itertools import islice
from typing import NamedTuple

from ....model.datatypes import Span
from ....model.entries import Phrase
from ....model.names import folded
from ....model.text import Language
from .patterns import Needed, bounded, flat, may_fit, needed, pattern, plain

#: How sure a reading must be to be content.
ACCEPTED = Decimal("0.75")

#: How often a phrase is looked for in a sentence.
_MOST = 4

_ENDING = re.compile(r"\((?:s|es|e|ies|le|les|a|as|os)\)|[*•·▪◦●○‣]|^\s*[-–—]\s", re.IGNORECASE)


class Cue(NamedTuple):
    """A phrase found in a text: what it says, how sure, where it stands, and whether that is before
    what it speaks of or behind it.
    """

    says: str
    language: Language
    certainty: Decimal
    start: int
    end: int
    at: str = "before"


class PhraseLabel(NamedTuple):
    """What a label says of what follows it, and how sure."""

    says: str
    language: Language
    certainty: Decimal


class _Sought:
    """A phrase as it is looked for in texts: made ready when a text may have it."""

    def __init__(self, phrase: Phrase) -> None:
        self.phrase = phrase

    def found(self, text: str, start: int, end: int, read: str) -> Iterator[re.Match[str]]:
        """Where the phrase stands in a part of a text, that is plainly read so."""
        if may_fit(self._needed, read):
            yield from islice(self._expression.finditer(text, start, end), _MOST)

    @cached_property
    def _needed(self) -> Needed:
        return needed(self.phrase.words)

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        return re.compile(bounded(pattern(self.phrase.words)), re.IGNORECASE)


class Phrasebook:
    """The phrases of reference data, by what they say and where their words stand."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = tuple(phrases)

    @cached_property
    def languages(self) -> frozenset[Language]:
        """The languages that have phrases."""
        return frozenset(phrase.lang for phrase in self._phrases)

    def __bool__(self) -> bool:
        return bool(self._phrases)

    def cues(self, says: str, at: str, text: str, start: int, end: int) -> Iterator[Cue]:
        """The phrases of one kind in a part of a text, surest first; so many of each at most."""
        read = plain(text[start:end])
        for sought in self._found.get((says, at), ()):
            for found in sought.found(text, start, end, read):
                phrase = sought.phrase
                yield Cue(says, phrase.lang, Decimal(phrase.certainty), *found.span(), at)

    def kinds(self, beginning: str, at: str) -> list[str]:
        """What phrases of a place say that begins so."""
        return [says for says, place in self._found if place == at and says.startswith(beginning)]

    def kinds_of_words(self, beginning: str) -> list[str]:
        """What words that are meant themselves say that begins so."""
        return [says for says in self._words if says.startswith(beginning)]

    def label(self, text: str) -> PhraseLabel | None:
        """What a text says as a label."""
        plain = " ".join(_ENDING.sub("", flat(text)).split()).strip(" .:?¿#")
        for phrase, expression in self._labels:
            if expression.fullmatch(plain):
                states = phrase.says == "targetsGovernmentOf"
                doubts = ["not", "perhaps", "other", "hoped"]
                doubts += ["unlisted", "origin"] if states else []
                if "*" in phrase.words and any(self.has(doubt, plain) for doubt in doubts):
                    continue
                return PhraseLabel(phrase.says, phrase.lang, Decimal(phrase.certainty))
        return None

    def words(self, says: str) -> str:
        """The expression of the words that are meant themselves, in all languages; it fits nothing
        where there are none.
        """
        return _joined(self._words[says])

    def has(self, says: str, text: str, start: int = 0, end: int | None = None) -> bool:
        """Whether a part of a text has such a word."""
        found = _whole(self._words[says]).search(text, start, len(text) if end is None else end)
        return found is not None

    def ends(self, says: str, text: str, start: int, end: int) -> bool:
        """Whether a part of a text ends with such a word."""
        return _ending(self._words[says]).search(text, start, end) is not None

    def first(self, says: str, text: str, start: int, end: int) -> int | None:
        """Where the first such word begins in a part of a text."""
        found = self.span(says, text, start, end)
        return found[0] if found else None

    def span(self, says: str, text: str, start: int, end: int) -> Span | None:
        """Where the first such word stands in a part of a text."""
        found = _whole(self._words[says]).search(text, start, end)
        return found.span() if found else None

    def is_wholly(self, says: str, text: str) -> bool:
        """Whether a text is such a word and nothing else."""
        return _whole(self._words[says]).fullmatch(text.strip(" .:|-")) is not None

    def beside(self, beginning: str, text: str, start: int, end: int) -> Iterator[tuple[Span, str]]:
        """The words of a kind that stand beside a programme's own noun, with at most one word
        between, and what they say.
        """
        for says in self.kinds_of_words(beginning):
            word, noun = f"(?P<word>{self.words(says)})", f"(?:{self.words('noun')})"
            between = r"(?:,?\s+[^\W\d_]+-[^\W\d_]+)*(?:\s+[^\W\d_]+)?\s+"
            for form in (word + between + noun, noun + between + word):
                found = re.compile(bounded(form), re.IGNORECASE).search(text, start, end)
                if found:
                    yield found.span("word"), says

    def valued(self, property_: str, text: str, start: int, end: int) -> Span | None:
        """The word of a property's code that a sentence gives as such: its coverage is national."""
        for says in self.kinds_of_words(f"{property_}."):
            form = rf"(?:{self.words(f'is.{property_}')})\s+(?P<word>{self.words(says)})"
            found = re.compile(bounded(form), re.IGNORECASE).search(text, start, end)
            if found:
                return found.span("word")
        return None

    def code(self, property_: str, text: str) -> str | None:
        """The code of a property that a text stands for."""
        for says in self.kinds_of_words(f"{property_}."):
            if re.fullmatch(self.words(says), flat(text).strip(" .*"), re.IGNORECASE):
                return says.partition(".")[2]
        return None

    def number(self, word: str) -> int | None:
        """The whole number that digits or a word stand for."""
        digits = re.sub(r"[.,\s]", "", word)
        if digits.isdecimal() and digits.isascii():
            return int(digits) if digits == word or _grouped(word) else None
        return self._spelled["number.0-20"].get(folded(word))

    def ordinal(self, word: str) -> int | None:
        """The number of an ordinal, from 1 on."""
        place = self._spelled["ordinal"].get(folded(word))
        return None if place is None else place + 1

    @cached_property
    def _found(self) -> Mapping[tuple[str, str], list[_Sought]]:
        found: dict[tuple[str, str], list[_Sought]] = defaultdict(list)
        told = (phrase for phrase in self._phrases if phrase.at in ("before", "after"))
        for phrase in sorted(told, key=lambda phrase: -Decimal(phrase.certainty)):
            found[phrase.says, phrase.at].append(_Sought(phrase))
        return found

    @cached_property
    def _labels(self) -> list[tuple[Phrase, re.Pattern[str]]]:
        told = (phrase for phrase in self._phrases if phrase.at == "label")
        return [(phrase, re.compile(pattern(phrase.words), re.IGNORECASE)) for phrase in told]

    @cached_property
    def _words(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for phrase in self._phrases:
            if phrase.at == "word" and phrase.says not in ("number.0-20", "ordinal"):
                found[phrase.says] += (phrase.words,)
        return found

    @cached_property
    def _spelled(self) -> Mapping[str, Mapping[str, int]]:
        found: dict[str, dict[str, int]] = {"number.0-20": {}, "ordinal": {}}
        for phrase in self._phrases:
            if phrase.says in found:
                spelled = enumerate(phrase.words.split())
                found[phrase.says].update({folded(word): place for place, word in spelled})
        return found


@cache
def _joined(words: tuple[str, ...]) -> str:
    """The expression of phrases that stand for one another; without any it fits nothing."""
    return "|".join(map(pattern, words)) or "(?!)"


@cache
def _whole(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(bounded(_joined(words)), re.IGNORECASE)


@cache
def _ending(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{_joined(words)})\s*$", re.IGNORECASE)


def _grouped(number: str) -> bool:
    """Whether digits are grouped by thousands."""
    return re.fullmatch(r"\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*", number) is not None
