"""The language of a text by its common words: told where they leave no doubt, else not at all."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache

#: Words of one language that the others here have not, or seldom.
COMMON_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in for with by is from this at through their",
        "fr": "le les des et du dans pour une est aux au sur par avec l d",
        "es": "el los las del y para con una por al sus su este esta",
        "pt": "o os da do das dos em com na ao às não uma e",
        "it": "il di della delle dei nella per alla gli che è",
        "de": "der die das und von für im zur zum mit des den auf",
        "ru": "и на по для от из при с к что как",
        "uk": "і та від до що як її зі",
        "ar": "في من إلى على مع عن هذا",
    }.items()
}

#: The same by word.
_LANGUAGES_OF: Mapping[str, tuple[str, ...]] = {
    word: tuple(name for name, words in COMMON_WORDS.items() if word in words)
    for word in frozenset().union(*COMMON_WORDS.values())
}

#: What is said of a text in letters that no language of ours is written in (BCP 47).
UNKNOWN = "und"

#: How many common words a language must be ahead of the next one.
_MARGIN = 2

#: How much of a text is looked at: a language does not need more.
_ENOUGH = 5_000

_WORD = re.compile(r"[^\W\d_]+")

#: Letters of Europe's West, and those of other scripts.
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_OTHER = re.compile(r"[\u0370-\u1dff\u1f00-\u1fff\u2c00-\ud7ff\uf900-\ufdff\U00010000-\U0001f000]")

#: A language tag as pages write it: its first part is the language.
_TAG = re.compile(r"([a-z]{2,3})(?:[-_]|$)")


def spoken(text: str) -> str:
    """The language of a text (BCP 47), empty where its words leave a doubt.

    >>> spoken("Support to Migration Management in Chad"), spoken("Open Balkans")
    ('en', '')
    >>> spoken("Поддержка управления миграцией")
    'und'
    """
    head = text[:_ENOUGH]
    return _clear(_votes(head)) or (UNKNOWN if _is_foreign(head) else "")


def likely(text: str) -> str:
    """The language that the words of a text speak for, be there a doubt or not; empty where they
    speak for none.

    >>> likely("Perfil migratorio de las Américas"), likely("Open Balkans")
    ('es', '')
    """
    first, second = _best(_votes(text[:_ENOUGH]))
    return first[0] if first[1] > second[1] else ""


@lru_cache(maxsize=8)
def _votes(text: str) -> Counter[str]:
    """How many common words of each language a text has; asked for several times in a row."""
    common = filter(_LANGUAGES_OF.__contains__, _WORD.findall(text.casefold()))
    found: Counter[str] = Counter()
    for word, number in Counter(common).items():
        found.update(dict.fromkeys(_LANGUAGES_OF[word], number))
    return found


def _best(found: Counter[str]) -> list[tuple[str, int]]:
    """The two languages with most votes."""
    return [*found.most_common(2), ("", 0), ("", 0)][:2]


def _clear(found: Counter[str]) -> str:
    """The language that votes leave no doubt about; empty where there is none."""
    first, second = _best(found)
    is_clear = first[1] - second[1] >= _MARGIN and first[1] >= 2 * second[1]
    return first[0] if is_clear else ""


def _is_foreign(text: str) -> bool:
    """Whether most letters of a text are of another script than ours."""
    if text.isascii():
        return False
    return len(_OTHER.findall(text)) > len(_LATIN.findall(text))


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


@cache
def _names() -> dict[str, str]:
    """The languages that have a name in English, without those that say that there is none."""
    from babel import Locale  # noqa: PLC0415 - slow to load

    none = {"mis", "mul", "und", "zxx", "root"}
    return {tag: name for tag, name in Locale("en").languages.items() if tag not in none}
