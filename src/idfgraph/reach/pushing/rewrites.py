"""Values as stores write them anew: the same ones, in other words.

Virtuoso 7.2 makes `400000` of `"400000.00"^^xsd:decimal`, `1` of `"true"^^xsd:boolean`, and small
letters of a language; some releases of it make the first day of a year of `"2011"^^xsd:gYear`.
"""

import re
from decimal import Decimal, InvalidOperation

from ...model.vocab import XSD

_LITERAL = re.compile(r'(".*")(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)

#: Numbers that one store tells from another type of number and another does not.
_NUMBERS = frozenset(
    f"{XSD}{name}"
    for name in """decimal integer nonNegativeInteger positiveInteger negativeInteger
    nonPositiveInteger long int short byte unsignedLong unsignedInt unsignedShort unsignedByte
    double float""".split()  # noqa: SIM905 - sixteen names
)
_TRUTHS = {"1": "true", "0": "false"}
_FIRST_DAY = re.compile(r"(-?\d{4,})-01-01(?:T00:00:00)?(Z|[+-]\d\d:\d\d)?")
_YEARS = frozenset(f"{XSD}{name}" for name in ("gYear", "date", "dateTime"))


def plainest(term: str) -> str:
    """A term as N-Triples writes it, in the form that all ways to write its value come to.

    >>> plainest('"313800.00"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    '"313800"^^number'
    >>> plainest('"2011-01-01"^^<http://www.w3.org/2001/XMLSchema#date>')
    '"2011"^^year'
    >>> plainest('"x"@en-GB'), plainest("<http://e/s>")
    ('"x"@en-gb', '<http://e/s>')
    """
    found = _LITERAL.fullmatch(term)
    if not found:
        return term
    text, language, datatype = found[1], found[2] or "", found[3] or ""
    if language:
        return f"{text}@{language.lower()}"
    if datatype in _NUMBERS:
        return f"{_number(text)}^^number"
    if datatype in _YEARS:
        return _year(text, datatype)
    if datatype == f"{XSD}boolean":
        return f'"{_TRUTHS.get(text[1:-1], text[1:-1])}"^^boolean'
    return text if datatype in ("", f"{XSD}string") else f"{text}^^{datatype}"


def _number(text: str) -> str:
    try:
        value = Decimal(text[1:-1])
    except InvalidOperation:
        return text
    return f'"{value.normalize():f}"' if value.is_finite() else text


def _year(text: str, datatype: str) -> str:
    if datatype == f"{XSD}gYear":
        return f"{text}^^year"
    first = _FIRST_DAY.fullmatch(text[1:-1])
    return f'"{first[1]}{first[2] or ""}"^^year' if first else f"{text}^^{datatype}"
