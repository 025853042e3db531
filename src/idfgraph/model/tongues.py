"""The language of a text by its common words: told where they leave no doubt, else not at all."""

import re
from collections import Counter
from collections.abc import Mapping

from .text import LANGUAGES, Language

#: Words of one language that the others here have not, or seldom. Those of Portuguese and Italian
#: keep their texts from being taken for Spanish or French ones.
COMMON_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in for with by is from this at through their",
        "fr": "le les des et du dans pour une est aux au sur par avec l d",
        "es": "el los las del y para con una por al sus su este esta",
        "pt": "o os da do das dos em com na ao às não uma e",
        "it": "il di della delle dei nella per alla gli che è",
    }.items()
}

#: The same by word.
_LANGUAGES_OF: Mapping[str, tuple[str, ...]] = {
    word: tuple(name for name, words in COMMON_WORDS.items() if word in words)
    for word in frozenset().union(*COMMON_WORDS.values())
}

#: How many common words a language must be ahead of the next one.
_MARGIN = 2

_WORD = re.compile(r"[^\W\d_]+")


def votes(text: str) -> Counter[str]:
    """How many common words of each language a text has.

    >>> sorted(votes("Support to Migration Management in Chad").items())
    [('en', 2)]
    """
    common = filter(_LANGUAGES_OF.__contains__, _WORD.findall(text.casefold()))
    found: Counter[str] = Counter()
    for word, number in Counter(common).items():
        found.update(dict.fromkeys(_LANGUAGES_OF[word], number))
    return found


def spoken(text: str) -> Language | None:
    """The language of a text, or None where its common words leave a doubt.

    >>> spoken("Support to Migration Management in Chad"), spoken("Open South America")
    ('en', None)
    """
    return _clear(votes(text))


def _clear(found: Counter[str]) -> Language | None:
    """The language that votes leave no doubt about."""
    first, second = (*found.most_common(2), ("", 0), ("", 0))[:2]
    clear = first[1] - second[1] >= _MARGIN and first[1] >= 2 * second[1]
    return next((name for name in LANGUAGES if clear and name == first[0]), None)


def doubted(text: str, language: Language) -> str:
    """The language that the words of a text speak for, if it is not this one and they leave a
    doubt: the text is short, or mixed. Empty where they speak for no other.

    >>> doubted("Capacity building in Georgia", "fr"), doubted("Open Balkans", "fr")
    ('en', '')
    """
    found = votes(text)
    most = max(found, key=lambda name: (found[name], name == language), default=language)
    return "" if most == language or _clear(found) else most


def endonym(language: str) -> str:
    """What a language calls itself.

    >>> endonym("es")
    'español'
    """
    from babel import Locale  # noqa: PLC0415 - slow to load

    return str(Locale.parse(language).get_display_name())
