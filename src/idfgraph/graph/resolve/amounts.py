"""Amounts of money as people write them: each reading that there is, by the signs and words of CLDR
(https://cldr.unicode.org/, through Babel).

An amount is believed where it has one reading in any language, or where the language of its page
and the form that all pages of the site share (English) agree on one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from ...model.datatypes import Span
from ...model.text import LANGUAGES


class Amount(NamedTuple):
    """What a printed amount can be read as (plain decimals, the smallest first), why it is not
    taken all the same, and where its words for US dollars stand.
    """

    readings: tuple[str, ...] = ()
    fault: str = ""
    dollars: Span | None = None


class _Signs(NamedTuple):
    """What parts thousands, and what decimals."""

    group: str
    point: str


#: Whose signs people use: those of the languages of pages, and of the organisation's seat.
_LOCALES = (*LANGUAGES, "de_CH")
_SITE = "en"

_PLAIN = re.compile(r"[1-9][0-9]{0,11}(\.[0-9]{1,2})?")
_PARTS = re.compile(r"([^0-9]*?)([0-9](?:[0-9.,'’ ]*[0-9])?)([^0-9]*)")
_ONE_LINE_SPACE = re.compile(r"[^\S\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BEFORE_DOLLARS = re.compile(r"\s*(?:(?:de|of|en|in)\s+|d['’]\s*)?")

#: What an amount has fewer than, and how many places after its point at most.
_MOST, _CENTS = Decimal(10) ** 12, 2

#: Words for US dollars beside those of CLDR, as IOM's pages and other English, French and Spanish
#: ones have them.
_DOLLARS = (
    *("$", "US$", "$US", "$ US", "U.S. $", "USD", "dollar", "dollars", "dólar", "dólares"),
    *("U.S. dollar", "U.S. dollars", "dollars US", "dollars américains", "dollars E.-U"),
    *("dollars des E.-U", "dólares de los Estados Unidos", "dólares de EE. UU", "dólares EE. UU"),
)


def amount(text: str, language: str) -> Amount:
    """The readings of an amount that a page of a language prints: one is to be believed, several
    are not, and none is where it is no amount.

    `fault` is the code of an issue: of zeros before an amount, or of another currency than the US
    dollar.

    >>> amount("US$ 1.5 million", "en").readings, amount("149 999,50", "fr").readings
    (('1500000',), ('149999.50',))
    >>> amount("1,500", "fr").readings, amount("1,500", "en").readings
    (('1.5', '1500'), ('1500',))
    >>> amount("000100", "en").fault, amount("EUR 5,000.00", "en").fault
    ('leading-zeros', 'other-currency')
    """
    if _PLAIN.fullmatch(text):
        return Amount((text,))
    line = _ONE_LINE_SPACE.sub(" ", text)
    found = _PARTS.fullmatch(line)
    if not found:
        return Amount()
    before, number, after = found.groups()
    scale, rest = _scaled(after)
    words = ((before, 0), (rest, len(line) - len(rest)))
    said = {currency(word) for word, _ in words}
    if None in said:
        return Amount()
    if "other" in said:
        return Amount(fault="other-currency")
    if re.match("0[0-9]", number):
        return Amount(fault="leading-zeros")
    return Amount(tuple(_readings(number, language, scale)), dollars=_place(words))


def _readings(number: str, language: str, scale: int) -> Iterator[str]:
    """The readings of a number, the smallest first, as plain decimals."""
    every = {signs: _value(number, signs) for signs in _all_signs()}
    values = {value for value in every.values() if value is not None}
    own = {every[_signs()[name]] for name in (language, _SITE)} - {None}
    if len(values) > 1 and len(own) == 1 and (settled := own.pop()) and _places(settled) <= _CENTS:
        values = {settled}
    if len(values) > 1 or scale > 1:
        values = {_plain(value * scale) for value in values}
    for value in sorted(values):
        if len(values) > 1 or (0 < value < _MOST and _places(value) <= _CENTS):
            yield f"{value:f}"


def _value(number: str, signs: _Signs) -> Decimal | None:
    """A number by these signs, or None where they do not fit."""
    group, point = map(re.escape, signs)
    form = rf"([0-9]+|[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+)(?:{point}([0-9]+))?"
    found = re.fullmatch(form, number.replace("'", "’"))
    return Decimal(f"{found[1].replace(signs.group, '')}.{found[2] or ''}") if found else None


def _places(value: Decimal) -> int:
    return -int(value.as_tuple().exponent)


def _plain(value: Decimal) -> Decimal:
    """A number with no more places than it needs."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


@cache
def _signs() -> Mapping[str, _Signs]:
    """Locale -> its signs; any space that parts thousands is a plain one, and any apostrophe (CLDR
    has had both) the typographic one.
    """
    from babel.numbers import get_decimal_symbol, get_group_symbol  # noqa: PLC0415 - slow to load

    return {
        name: _Signs(
            _ONE_LINE_SPACE.sub(" ", get_group_symbol(name)).replace("'", "’"),
            get_decimal_symbol(name),
        )
        for name in _LOCALES
    }


@cache
def _all_signs() -> tuple[_Signs, ...]:
    """All pairs of signs: people put the spaces of one language before the point of another."""
    known = _signs().values()
    groups, points = ({one.group for one in known}, {one.point for one in known})
    return tuple(_Signs(g, p) for g in sorted(groups) for p in sorted(points) if g != p)


def _scaled(words: str) -> tuple[int, str]:
    """How many times a number is meant by the words after it, and the rest of them."""
    found = re.match(r"\s*([^\W\d_]+)", words)
    times = _scales().get(found[1].casefold()) if found else None
    return (times, words[found.end() :]) if found and times else (1, words)


@cache
def _scales() -> Mapping[str, int]:
    """Words for thousands and millions -> how many they are."""
    from babel import Locale  # noqa: PLC0415 - slow to load

    return {
        word.casefold(): int(power)
        for language in LANGUAGES
        for forms in Locale.parse(language).compact_decimal_formats.values()
        for powers in forms.values()
        for power in ("1000", "1000000")
        if power in powers
        for word in re.findall(r"[^\W\d_]+", powers[power].pattern)
    }


@lru_cache(maxsize=256)
def currency(words: str) -> str | None:
    """Which currency words say: `dollars` of the United States, `other`, none (empty); None for
    words that are no currency.

    >>> currency("US$"), currency("de dólares"), currency("francs suisses"), currency("")
    ('dollars', 'dollars', 'other', '')
    """
    said = words.strip().strip("()").strip()
    if not said:
        return ""
    said = _BEFORE_DOLLARS.sub("", said, count=1)
    if said in _DOLLARS:  # most are: the names of all currencies load slowly
        return "dollars"
    for name, known in (("dollars", _dollars), ("other", _others)):
        if _key(said) in known() or all(_key(word) in known() for word in said.split()):
            return name
    return None


def _place(words: Iterable[tuple[str, int]]) -> Span | None:
    """Where the first words for US dollars stand."""
    for said, start in words:
        if currency(said):
            named = _BEFORE_DOLLARS.sub("", said, count=1).strip().strip("()")
            first = start + said.index(named)
            return first, first + len(named)
    return None


def _key(words: str) -> str:
    """Words of a currency as they are compared: spaces and full stops do not count.

    >>> _key("U.S. dollars") == _key("US dollars")
    True
    """
    return re.sub(r"[\s.]", "", words).casefold()


@cache
def _dollars() -> frozenset[str]:
    return frozenset(map(_key, (*_DOLLARS, *_names("USD"))))


@cache
def _others() -> frozenset[str]:
    from babel.core import get_global  # noqa: PLC0415 - slow to load

    codes = get_global("all_currencies")
    return frozenset(_key(name) for code in codes for name in _names(code)) - _dollars()


def _names(code: str) -> Iterator[str]:
    """What a currency is called in the languages of pages: its code, its sign, one and several."""
    from babel.numbers import get_currency_name, get_currency_symbol  # noqa: PLC0415

    yield code
    for language in LANGUAGES:
        yield get_currency_symbol(code, language)
        yield from (get_currency_name(code, count, language) for count in (1, 2))
