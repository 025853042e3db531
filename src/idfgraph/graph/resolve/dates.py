"""Dates and spans of time as people write them, for the years that they give: months and days of
the week in the languages of pages come from CLDR (https://cldr.unicode.org/, through Babel).

Which of two numbers is the day matters for no year, so that only the calendar is asked whether one
of them can be.
"""

import re
from collections.abc import Container, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import permutations
from typing import NamedTuple

from ...model.names import folded
from ...model.text import LANGUAGES


class Years(NamedTuple):
    """The years in which a time begins and ends."""

    first: str
    last: str


_YEAR = "[12][0-9]{3}"
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|er|e|o)?")
_CLOCK = re.compile(
    r"(?:T|,?\s+|\s+[-–]\s+)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"\s*(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}|[ap]\.?m\.?)?$",
    re.IGNORECASE,
)
_NUMBERS = re.compile(rf"(?=.*\b{_YEAR}\b)([0-9]{{1,4}})([-/.])([0-9]{{1,4}})(?:\2([0-9]{{1,4}}))?")
_WORDS = re.compile(r"[^\W_][\w\s.,'’°º]*|[0-9]{1,2}-[^\W\d_]+\.?-[0-9]{4}")
_SHORT = re.compile(rf"({_YEAR})\s?[-–/]\s?([0-9]{{2}})")
_SLASHED = re.compile(rf"({_YEAR})\s?/\s?({_YEAR})")

#: What stands between the two ends of a span of time, and what may stand before the first.
_TO = re.compile(
    r"\s*[-–—]\s*|\s+(?:to|until|till|through|and|à|au|jusqu['’]à|jusqu['’]au|et|a|al|hasta|y)\s+",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:from|between|de|du|entre|del|desde)\s+", re.IGNORECASE)

#: Words in a date that say nothing of it, folded.
_FILLERS = frozenset({"of", "the", "in", "on", "le", "du", "de", "en", "el", "del", "d"})


def years(text: str) -> tuple[Years, ...]:
    """Every reading of a text as a date or a span of time; none where it is no such thing.

    >>> years("1er février 2021"), years("03/04/2021")
    ((Years(first='2021', last='2021'),), (Years(first='2021', last='2021'),))
    >>> years("de 2019 à 2022"), years("2010-12")
    ((Years(first='2019', last='2022'),), (Years(first='2010', last='2010'), Years(first='2010', last='2012')))
    >>> years("31/31/2021"), years("15/03/21")
    ((), ())
    """  # noqa: E501 - as it is printed
    if any(letter.isnumeric() and not letter.isascii() for letter in text):
        return ()
    words = " ".join(text.split())
    return tuple(sorted({*_single(words), *_spans(words)}))


def _single(words: str) -> Iterator[Years]:
    if year := _year_of(words):
        yield Years(year, year)


def _spans(words: str) -> Iterator[Years]:
    """The readings as a span: a date on each side of a word or dash, or years in short."""
    if (short := _SHORT.fullmatch(words)) and short[2] > short[1][2:]:
        yield Years(short[1], short[1][:2] + short[2])
    if (slashed := _SLASHED.fullmatch(words)) and slashed[1] < slashed[2]:
        yield Years(*slashed.groups())
    within = _FROM.sub("", words, count=1) if _FROM.match(words) else words
    for between in _TO.finditer(within):
        first, last = _year_of(within[: between.start()]), _year_of(within[between.end() :])
        if first and last and first <= last:
            yield Years(first, last)


def _year_of(words: str) -> str:
    """The year of one date, or nothing."""
    if re.fullmatch(_YEAR, words):
        return words
    dated = _CLOCK.sub("", words)
    return _of_date(dated) or _of_date(_undated(dated))


def _of_date(dated: str) -> str:
    """The year of a date without time and day of the week."""
    if found := _NUMBERS.fullmatch(dated):
        return _of_numbers([number for number in found.group(1, 3, 4) if number])
    return _of_words(folded(dated).split()) if _WORDS.fullmatch(dated) else ""


def _undated(words: str) -> str:
    """A date without the day of the week before it, if what is left can be one."""
    found = re.match(r"([^\W\d_]+)\.?,?\s+(?=.*[0-9])", words)
    is_day = found and folded(found[1]) in _weekdays()
    return words[found.end() :] if found and is_day else words


def _of_numbers(numbers: list[str]) -> str:
    """The year among numbers with signs between: it stands at an end, and the others are a month,
    and a day, in some order.
    """
    year, *others = numbers if len(numbers[0]) == 4 else numbers[::-1]
    fits = any(_is_day(year, *order) for order in permutations(others))
    return year if len(year) == 4 and fits else ""


def _of_words(words: list[str]) -> str:
    """The year of a date with the name of a month: day and month in either order, or no day."""
    told = [word for word in words if word not in _FILLERS]
    if not 1 <= len(told) <= 3 or not re.fullmatch(_YEAR, told[-1]):
        return ""
    *before, year = told
    months = [word for word in before if word in _months()]
    days = [found[1] for word in before if (found := _DAY.fullmatch(word))]
    if len(months) + len(days) < len(before) or len(months) > 1 or (days and not months):
        return ""
    return year if not months or _is_day(year, str(_months()[months[0]]), *days) else ""


def _is_day(year: str, month: str, day: str = "1") -> bool:
    """Whether a day is in the calendar."""
    try:
        return bool(date(int(year), int(month), int(day)))
    except ValueError:
        return False


@cache
def _months() -> Mapping[str, int]:
    """The folded names of months in the languages of pages -> their numbers."""
    from babel import Locale  # noqa: PLC0415 - slow to load

    return {
        folded(name): number
        for language in LANGUAGES
        for widths in Locale.parse(language).months.values()
        for width in ("wide", "abbreviated")
        for number, name in widths[width].items()
    }


@cache
def _weekdays() -> Container[str]:
    """The folded names of the days of the week in the languages of pages."""
    from babel import Locale  # noqa: PLC0415 - slow to load

    return {
        folded(name)
        for language in LANGUAGES
        for widths in Locale.parse(language).days.values()
        for width in ("wide", "abbreviated")
        for name in widths[width].values()
    }
