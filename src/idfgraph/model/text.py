"""Texts for people in three languages: English in the code, French and Spanish in catalogues.

`locale/*/LC_MESSAGES/idfgraph.po` hold the translations; `tools/translations.py` keeps them in step
with the code. How numbers, lists and plurals are written comes from CLDR, through Babel.
(https://www.gnu.org/software/gettext/manual/, https://babel.pocoo.org/)
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from decimal import Decimal, localcontext
from functools import cache, lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from .catalogues import catalogue

#: A language that people read, and all of them: the first is also for readers of none of them.
Language = Literal["en", "fr", "es"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_BY_TAG: Mapping[str, Language] = {language: language for language in LANGUAGES}

#: A text by language, a `Language` or any other tag; one that nothing is known in is absent.
Texts = Mapping[Any, str]

_Part = TypeVar("_Part", bound=str)

_DECIMAL = re.compile(r"([0-9]+)(?:\.([0-9]+))?")

#: What begins with the sound of i in Spanish, after any tags: not a diphthong (hielo, iones).
_SOUND_OF_I = re.compile(r"(?:<[^>]*>)*h?(?:í|i(?![aeouáéóú]))", re.IGNORECASE)

_CATALOGUES = Path(__file__).with_name("locale")


def ours(tag: str) -> Language | None:
    """A tag as one of the languages that people read, or None.

    >>> ours("fr"), ours("ru")
    ('fr', None)
    """
    return _BY_TAG.get(tag)


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language; that of English, and of a language that has none, is empty.

    >>> translations("fr").gettext("not published")
    'non publié'
    """
    if language not in LANGUAGES[1:]:
        return NullTranslations()
    file = _CATALOGUES / language / "LC_MESSAGES" / "idfgraph.po"
    with suppress(FileNotFoundError):
        return catalogue(file.read_text("utf-8"))
    return NullTranslations()


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """The message as it is, marked to be translated where it is shown.

    >>> N_("Warning")
    'Warning'
    """
    return message


def gettext(message: str, language: str, **values: object) -> str:
    """A message in a language, with values in its {places}.

    >>> gettext("not published", "es")
    'no publicado'
    """
    # What stands under the empty message of a catalogue is its head.
    return _filled(translations(language).gettext(message), values) if message else ""


def ngettext(one: str, many: str, number: int, language: str, **values: object) -> str:
    """A message for so many things in a language; {number} stands for how many, as it is written.

    >>> ngettext("{number} page", "{number} pages", 1200, "en")
    '1,200 pages'
    """
    message = translations(language).ngettext(one, many, number)
    return _filled(message, {"number": decimal(str(number), language), **values})


def pgettext(context: str, message: str, language: str, **values: object) -> str:
    """A message in a language where the same English words have another sense elsewhere.

    >>> pgettext("of a table", "Place", "en")
    'Place'
    """
    return _filled(translations(language).pgettext(context, message), values)


def texts(message: str, context: str = "", **values: object) -> dict[str, str]:
    """A message in all languages, for what is published.

    >>> texts("not published")["fr"]
    'non publié'
    """
    if context:
        return {name: pgettext(context, message, name, **values) for name in LANGUAGES}
    return {name: gettext(message, name, **values) for name in LANGUAGES}


def ordered_amount(currency: _Part, number: _Part, language: str) -> tuple[_Part, _Part]:
    """The parts of an amount of money in the order of a language.

    >>> ordered_amount("USD", "5", "en"), ordered_amount("USD", "5", "fr")
    (('USD', '5'), ('5', 'USD'))
    """
    return (currency, number) if language == "en" else (number, currency)


def chosen(said: Texts, language: str) -> tuple[str, str]:
    """A text in a language, or else in the first of LANGUAGES or, by name, of others that has one;
    and the language it is in, which is empty where it is the one asked for.

    >>> chosen({"fr": "Albanie"}, "en"), chosen({"en": "Albania"}, "en")
    (('Albanie', 'fr'), ('Albania', ''))
    """
    if text := said.get(language):
        return text, ""
    others = (name for name in (*LANGUAGES, *sorted(said)) if said.get(name))
    return next(((said[name], name) for name in others), ("", ""))


def named(said: str | Texts, language: str) -> str:
    """A name in a language, or else in another; one that is the same in all as it is.

    >>> named("IOM", "fr"), named({"en": "IOM", "fr": "OIM"}, "fr")
    ('IOM', 'OIM')
    """
    return said if isinstance(said, str) else chosen(said, language)[0]


@lru_cache(2**12)
def decimal(digits: str, language: str) -> str:
    """A decimal as a language writes it, with as many places; anything else as it is.

    >>> decimal("49997.00", "en"), decimal("49997.00", "es"), decimal("many", "en")
    ('49,997.00', '49.997,00', 'many')
    """
    found = _DECIMAL.fullmatch(digits)
    if not found:
        return digits
    whole, places = found[1].lstrip("0") or "0", found[2] or ""
    return _form(len(whole), len(places), language) % (*whole, *places)


@lru_cache(2**8)
def _form(whole: int, places: int, language: str) -> str:
    """How a language writes a decimal of so many digits before and behind its point: what Babel
    makes of ones, with a place for each digit; it takes 20 times as long for each number.
    """
    from babel.numbers import format_decimal  # noqa: PLC0415 - slow to load

    point = f".{'0' * places}" if places else ""
    with localcontext() as exact:
        exact.prec = whole + places
        ones = Decimal("1" * whole + point.replace("0", "1"))
        return format_decimal(ones, format=f"#,##0{point}", locale=language).replace("1", "%s")


def listed(items: Iterable[str], language: str) -> str:
    """Items, which may be markup, as a language lists them in a sentence.

    >>> listed(["Fiji", "Samoa", "Tonga"], "fr"), listed(["Fiji", "Islandia"], "es")
    ('Fiji, Samoa et Tonga', 'Fiji e Islandia')
    """
    from babel.lists import format_list  # noqa: PLC0415 - slow to load

    several = list(items)
    shown = format_list(several, locale=language)
    if language == "es" and len(several) > 1 and _SOUND_OF_I.match(several[-1]):
        # The Spanish "and" before this sound, which the patterns of CLDR leave to programs.
        rest = shown.removesuffix(f" y {several[-1]}")
        return f"{rest} e {several[-1]}"
    return shown


def capitalized(words: str) -> str:
    """Words with a capital first, as where a sentence begins; the others stay as they are.

    >>> capitalized("énoncé de l'OIM")
    "Énoncé de l'OIM"
    """
    return words[:1].title() + words[1:]


def _filled(message: str, values: Mapping[str, object]) -> str:
    """The message with values in its {places}; as it is where there are none."""
    return message.format(**values) if values else message
