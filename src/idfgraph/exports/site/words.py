"""What pages say beside the data, in three languages."""

import string
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

#: Texts for people by language.
Texts = Mapping[str, str]

#: The languages of the pages, and what their files end in; the first is also for readers of none of
#: them.
SUFFIXES = {"en": ".html", "fr": ".fr.html", "es": ".es.html"}

#: A no-break space as narrow as numbers want it.
_NARROW = "\u202f"


class PageWords(msgspec.Struct, frozen=True):
    """The words of the pages themselves, of properties and classes of others, and of the groups of
    rules.
    """

    ui: Mapping[str, Texts]
    properties: Mapping[str, Texts]
    classes: Mapping[str, Texts]
    shapes: Mapping[str, Texts]


@cache
def words() -> PageWords:
    """The words that ship with this room."""
    return msgspec.yaml.decode(Path(__file__).with_name("words.yaml").read_bytes(), type=PageWords)


def chosen(texts: Texts, language: str) -> tuple[str, str]:
    """A text in a language, or else the first there is, and the language it is in, which is empty
    where it is the same.

    >>> chosen({"fr": "Albanie"}, "en"), chosen({"en": "Albania"}, "en")
    (('Albanie', 'fr'), ('Albania', ''))
    """
    if said := texts.get(language):
        return said, ""
    return next(
        ((texts[other], other) for other in (*SUFFIXES, *sorted(texts)) if texts.get(other)),
        ("", ""),
    )


def number(digits: str, language: str) -> str:
    """A decimal as a language writes it; anything else as it is.

    >>> number("49997.00", "en"), number("49997.00", "fr") == "49\\u202f997,00", number("many", "en")
    ('49,997.00', True, 'many')
    """
    whole, _, part = digits.partition(".")
    if not whole or set(whole + part) - set(string.digits):
        return digits
    grouped = f"{int(whole):,}"
    if language != "en":
        grouped = grouped.replace(",", _NARROW)
    return f"{grouped}{'.' if language == 'en' else ','}{part}" if part else grouped
