"""Amounts and years as prose writes them: numbers with their multiplier and currency, dates and
what lies between two of them.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from ....model.datatypes import Span
from ....model.text import Language
from .phrasebook import Phrasebook

_DIGITS = r"[0-9]{1,3}(?:[.,' ][0-9]{3}){1,4}(?:[.,][0-9]{1,2})?|[0-9]{1,13}(?:[.,][0-9]{1,3})?"
_YEAR = r"(?:19[5-9][0-9]|20[0-9][0-9])"


class SaidMoney(NamedTuple):
    """An amount in a text: the places of its number, with the multiplier, and its currency."""

    number: Span
    currency: Span
    code: str


class SaidYears(NamedTuple):
    """Years found in a text: their places; no second one where there is one alone."""

    first: Span
    last: Span | None
    start: int
    end: int


class Amounts:
    """What finds amounts and years, in the words of a phrasebook."""

    def __init__(self, phrases: Phrasebook) -> None:
        self._phrases = phrases

    def money(self, text: str, start: int, end: int) -> Iterator[SaidMoney]:
        """The amounts with a currency in a part of a text."""
        found = (one for form in self._money for one in form.finditer(text, start, end))
        free = start
        for one in sorted(found, key=lambda one: (one.start(), -one.end())):
            code = self._code(one["currency"])
            if code and one.start() >= free:
                free = one.end()
                yield SaidMoney(one.span("number"), one.span("currency"), code)

    def currency(self, text: str) -> str:
        """The ISO 4217 code of a currency as written; empty where it is none."""
        return self._code(" ".join(text.split()))

    def value(self, text: str, language: Language) -> str | None:
        """The number of an amount as a decimal string, where it has one reading.

        `9,5 millions` in French is 9500000; `1.200` in English is none.
        """
        digits = re.match(_DIGITS, text)
        if not digits:
            return None
        number = _decimal(digits[0], language)
        rest = text[digits.end() :].strip()
        times = self._times(rest) if rest else Decimal(1)
        if number is None or times is None:
            return None
        value = (number * times).normalize()
        return f"{value:f}" if value == value.quantize(Decimal("0.01")) else None

    def years(self, text: str, start: int, end: int) -> Iterator[SaidYears]:
        """The years, and the ranges of years, in a part of a text."""
        for found in self._years.finditer(text, start, end):
            first, last = found.group("first", "last")
            if last and int(last) < int(first):
                continue
            ends = found.span("last") if last else None
            yield SaidYears(found.span("first"), ends, *found.span())

    def year_at(self, text: str, start: int, end: int) -> Span | None:
        """The year of the date that begins at a place."""
        found = self._date.match(text, start, end)
        return found.span("year") if found else None

    def _code(self, text: str) -> str:
        for code, expression in self._currencies.items():
            if expression.fullmatch(text):
                return code
        return ""

    def _times(self, word: str) -> Decimal | None:
        for says, expression in self._multipliers.items():
            if expression.fullmatch(word):
                return Decimal(says.partition(".")[2])
        return None

    @cached_property
    def _currencies(self) -> Mapping[str, re.Pattern[str]]:
        return {
            says.partition(".")[2]: re.compile(self._phrases.words(says), re.IGNORECASE)
            for says in self._phrases.kinds_of_words("currency.")
        }

    @cached_property
    def _multipliers(self) -> Mapping[str, re.Pattern[str]]:
        return {
            says: re.compile(self._phrases.words(says), re.IGNORECASE)
            for says in sorted(self._phrases.kinds_of_words("multiplier."), key=len, reverse=True)
        }

    @cached_property
    def _money(self) -> tuple[re.Pattern[str], ...]:
        kinds = sorted(self._phrases.kinds_of_words("currency."), key="currency.USD".__eq__)
        currency = f"(?P<currency>{'|'.join(map(self._phrases.words, kinds))})"
        times = "|".join(map(self._phrases.words, self._multipliers))
        number = rf"(?P<number>(?:{_DIGITS})(?:\s*(?:{times})(?![^\W_]))?)"
        between = r"\s*(?:(?:de|of)\s+|d')?"
        forms = (
            rf"(?<![^\W_]){currency}\s*{number}(?![^\W_])",
            rf"(?<![^\W_.,]){number}{between}{currency}(?![^\W_])",
        )
        return tuple(re.compile(form, re.IGNORECASE) for form in forms)

    @cached_property
    def _date(self) -> re.Pattern[str]:
        return re.compile(self._dated("year"), re.IGNORECASE)

    @cached_property
    def _years(self) -> re.Pattern[str]:
        to = self._phrases.words("to")
        return re.compile(
            rf"(?<![0-9/.-]){self._dated('first')}(?:\s*(?:{to})\s*{self._dated('last')})?(?![0-9-])",
            re.IGNORECASE,
        )

    def _dated(self, name: str) -> str:
        """The expression of a date with its year as a group."""
        month = self._phrases.words("month")
        day = r"[0-9]{1,2}(?:er|st|nd|rd|th|º|°)?"
        small = r"(?:\s+(?:de|del|of|the))?"
        first = rf"(?:the\s+|le\s+|el\s+|l')?(?:{day}{small}\s+)?"
        spelled = rf"(?:{first}(?:{month}){small}[\s-]+(?:{day},?\s+)?)?"
        numeric = r"(?:[0-9]{1,2}[./-]){0,2}"
        return (
            rf"(?:{spelled}|{numeric})(?P<{name}>{_YEAR})(?:-[0-9][0-9](?:-[0-9][0-9])?)?(?![0-9])"
        )


def _decimal(digits: str, language: Language) -> Decimal | None:
    """The number that digits stand for, where they have one reading."""
    plain = re.sub(r"[' ]", "", digits)
    marks = re.findall(r"[.,]", plain)
    if len(set(marks)) == 2:
        if marks[:-1].count(marks[-1]):
            return None
        return Decimal(plain.replace(marks[0], "").replace(marks[-1], "."))
    if len(marks) > 1:
        return Decimal(plain.replace(marks[0], "")) if _thousands(plain, marks[0]) else None
    if not marks:
        return Decimal(plain)
    tail = len(plain.rpartition(marks[0])[2])
    if tail != 3:
        return Decimal(plain.replace(",", "."))
    groups = {"en": ",", "fr": ".", "es": ".,"}[language]
    return Decimal(plain.replace(marks[0], "")) if marks[0] in groups else None


def _thousands(plain: str, mark: str) -> bool:
    return all(len(group) == 3 for group in plain.split(mark)[1:])
