"""What a text can mean where another form is asked: one thing, several, or nothing known."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from ...model.names import fold_word, folded
from ...model.text import LANGUAGES
from .known_names import named

_QUOTES = " \t\u00a0\u202f\u2018\u2019\u201c\u201d\u00ab\u00bb\"'"
_SIGNS = re.compile(r"us\$|usd|dollars?|\$", re.IGNORECASE)
_NUMBER = re.compile(
    r"[0-9]{1,12}|[0-9]{1,3}(?:([ \u00a0\u202f.,'\u2019])[0-9]{3})(?:\1[0-9]{3}){0,2}"
)
_YEAR = re.compile(r"(?<![0-9])(1[89][0-9]{2}|2[01][0-9]{2})(?![0-9])")
_DAY = (
    re.compile(r"(?P<y>[0-9]{4})[-/. ](?P<m>[0-9]{1,2})[-/. ](?P<d>[0-9]{1,2})(?:[T ].*)?"),
    re.compile(
        r"(?P<d>[0-9]{1,2})(?:er|st|nd|rd|th)?(?: de)? (?P<name>[^\W\d]+)\.?,?"
        r"(?: del?)? (?P<y>[0-9]{4})"
    ),
    re.compile(r"(?P<name>[^\W\d]+)\.? (?P<d>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<y>[0-9]{4})"),
)
_MONTH = (
    re.compile(r"(?P<name>[^\W\d]+)\.?,?(?: del?)? (?P<y>[0-9]{4})"),
    re.compile(r"(?P<m>[0-9]{1,2})[-/.](?P<y>[0-9]{4})"),
    re.compile(r"(?P<y>[0-9]{4})[/.](?P<m>[0-9]{1,2})"),
)
_TWO_WAYS = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_IDS = (
    (re.compile("([A-Za-z]{2})[^A-Za-z0-9]*([0-9]{4})"), "."),
    (re.compile("([A-Za-z][A-Za-z0-9][0-9])[^A-Za-z0-9]*([0-9]{3})"), "-"),
)


def plain(text: str) -> str:
    """A text without the space and the quotes around it.

    >>> plain("“ALB” ")
    'ALB'
    """
    return text.strip(_QUOTES)


def meanings(form: str, prefix: str, text: str) -> tuple[str, ...]:
    """What a text can mean in a form, whose words may stand under a prefix, likeliest first.

    >>> meanings("state", "st:", "Albanie"), meanings("amount", "", "USD 400.000,00")
    (('ALB',), ('400000.00',))
    >>> meanings("day", "", "26/11/2026"), meanings("day", "", "05/11/2026")
    (('2026-11-26',), ('2026-11-05', '2026-05-11'))
    """
    bare = plain(text)
    if not bare or len(bare) > 200:
        return ()
    if form == "entry":
        return tuple(sorted(named("", bare)))
    if form == "state" or (form in {"code", "id"} and prefix):
        return tuple(sorted(named(prefix or "st:", bare)))
    read = _READ.get(form)
    return tuple(dict.fromkeys(read(bare))) if read else ()


def likely_ids(text: str) -> tuple[str, ...]:
    """The Projet IDs that a text can be another writing of.

    >>> likely_ids("px 0220"), likely_ids("V47805")
    (('PX.0220',), ('V47-805',))
    """
    return tuple(_ids(plain(text)))


def language_of(text: str) -> str:
    """The code of the language that a text names in one of ours; empty where it names none.

    >>> language_of("English"), language_of("français"), language_of("FR"), language_of("x y")
    ('en', 'fr', 'fr', '')
    """
    return _languages().get(folded(text), "")


def _days(text: str) -> Iterator[str]:
    for pattern in _DAY:
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            month = parts.get("m") or _months().get(fold_word(parts["name"]), "0")
            yield from _calendar(parts["y"], month, parts["d"])
    if found := _TWO_WAYS.fullmatch(text):
        first, second, year = found.groups()
        yield from _calendar(year, second, first)
        yield from _calendar(year, first, second)


def _written(text: str) -> Iterator[str]:
    """The days that a text can mean; of one that names none, the month."""
    yield from _days(text)
    for pattern in _MONTH:
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            month = parts.get("m") or _months().get(fold_word(parts["name"]), "0")
            yield from (day[:-3] for day in _calendar(parts["y"], month, "1"))


def _calendar(year: str, month: str, day: str) -> Iterator[str]:
    """The day, if it is in the calendar."""
    try:
        yield date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return


def _amounts(text: str) -> Iterator[str]:
    number = _SIGNS.sub("", text).strip()
    cents = re.fullmatch(r"(.*[0-9])([.,])([0-9]{1,2}|-)", number)
    whole = cents[1] if cents else number
    found = _NUMBER.fullmatch(whole)
    if found and (not cents or found[1] != cents[2]):
        digits = re.sub("[^0-9]", "", whole)
        yield f"{digits}.{cents[3]}" if cents and cents[3] != "-" else digits


def _counts(text: str) -> Iterator[str]:
    if _NUMBER.fullmatch(text):
        yield re.sub("[^0-9]", "", text).lstrip("0") or "0"


def _years(text: str) -> Iterator[str]:
    years = set(_YEAR.findall(text))
    if len(years) == 1:
        yield years.pop()


def _ids(text: str) -> Iterator[str]:
    for form, sign in _IDS:
        if found := form.fullmatch(text):
            yield f"{found[1].upper()}{sign}{found[2]}"
            return


def _addresses(text: str) -> Iterator[str]:
    if re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(/[^\s<>\"]*)?", text):
        yield f"https://{text}"


def _shares(text: str) -> Iterator[str]:
    if found := re.fullmatch(r"([0-9]{1,3})(?:[.,]0+)? ?%", text):
        if int(found[1]) <= 100:
            yield f"{int(found[1]) / 100:g}"
    elif re.fullmatch("[01],[0-9]{1,4}", text):
        yield text.replace(",", ".")


def _lower(text: str) -> Iterator[str]:
    if re.fullmatch("[0-9A-Fa-f]+", text):
        yield text.lower()


def _tags(text: str) -> Iterable[str]:
    return filter(None, [language_of(text)])


_READ: Mapping[str, Callable[[str], Iterable[str]]] = {
    "day": _days,
    "moment": _days,
    "written": _written,
    "amount": _amounts,
    "count": _counts,
    "year": _years,
    "id": _ids,
    "address": _addresses,
    "share": _shares,
    "sha256": _lower,
    "digest": _lower,
    "tag": _tags,
}


@cache
def _months() -> Mapping[str, str]:
    """Names of months in our languages, folded, whole and cut -> their number."""
    from babel.dates import get_month_names  # noqa: PLC0415 - slow to load

    names = (
        (fold_word(name).rstrip("."), str(number))
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    )
    return dict(names)


@cache
def _languages() -> Mapping[str, str]:
    """Names of languages in our languages, folded -> their code."""
    from babel import Locale  # noqa: PLC0415 - slow to load

    named_ = {
        folded(name): code
        for language in LANGUAGES
        for code, name in Locale(language).languages.items()
        if re.fullmatch("[a-z]{2}", code)
    }
    return {**named_, **{code: code for code in named_.values()}}
