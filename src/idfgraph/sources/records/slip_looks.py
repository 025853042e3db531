"""Slips on one line of YAML: each look finds those of a kind, with the line as it was meant."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from ...model.errors import Advice, advice
from ...model.fields import FIELDS, PART_FIELDS
from ...model.judgements import Decision, Review
from ...model.records import Capture, Programme, Project, Source
from ...model.text import N_
from ...model.visible import shortened

#: How much of a line is told, and how many lines before one are looked at for how they begin.
_TOLD, _BEFORE = 120, 20

#: Spaces that YAML takes for letters.
WIDE_SPACES: Final = "\u00a0\u202f\u2007\u3000"

_BODY = re.compile(r"(?P<dash>(?:- +)*)(?P<rest>.*?)(?P<end>\s*)")
_KEY = re.compile(r"(?P<key>[A-Za-z][\w.-]*|'[^']*'|\"[^\"]*\")(?P<colon>:[ \t]+)(?P<value>\S.*)")
_ITEM = re.compile(r"[\[{,]\s*(?:[\w-]+: +)?(?P<item>[^\s,{}\[\]][^,{}\[\]]*)")
_STARTS = "@`%*&!|>,]}#?"
_TYPOGRAPHIC = {"“": "”", "«": "»", "„": "“", "‘": "’", "”": "”", "’": "’"}
_FORMS = (Project, Programme, Source, Capture, Decision, Review)
_NAMES = {"kind", *FIELDS, *PART_FIELDS}.union(*(form.__struct_encode_fields__ for form in _FORMS))


class LineSlip(NamedTuple):
    """A slip on a line: its column, what is said of it, the line as it was meant, and whether it
    cannot be meant otherwise.
    """

    column: int
    told: Advice
    meant: str
    sure: bool


def _no_space(line: str, _lines: Sequence[str], _number: int) -> Iterator[LineSlip]:
    """A colon, or a hyphen, without the space that must follow it."""
    found = re.fullmatch(r"(\s*(?:- +)*[A-Za-z][\w.-]*):([^\s/:].*)", line)
    if found:
        yield _line(found.end(1) + 1, _NO_SPACE, f"{found[1]}: {found[2]}")
    if found := re.fullmatch(r"(\s*)-([^\s-].*)", line):
        yield _line(found.end(1) + 1, _NO_DASH_SPACE, f"{found[1]}- {found[2]}")
    if found := re.fullmatch(rf"(\s*(?:- +)*[A-Za-z][\w.-]*): *[{WIDE_SPACES}]+ *(\S.*)", line):
        yield _line(found.end(1) + 2, _NO_BREAK, f"{found[1]}: {found[2]}")
    if found := re.fullmatch(r"(\s*(?:- +)*[A-Za-z][\w.-]*)\s*\uff1a\s*(.*)", line):
        yield _line(found.end(1) + 1, _WIDE, f"{found[1]}: {found[2]}")


def _no_colon(line: str, _lines: Sequence[str], _number: int) -> Iterator[LineSlip]:
    """The name of a field without a colon."""
    found = re.fullmatch(r"(\s*(?:- +)*)([A-Za-z]+)(?:\s*=\s*|\s+|\s*;\s*)(\S.*)", line)
    if found and found[2] in _NAMES and not found[3].startswith(":"):
        yield _line(found.end(2) + 1, _NO_COLON, f"{found[1]}{found[2]}: {found[3]}")
    if re.fullmatch(r"\s*(?:- +)*[A-Za-z]+", line) and line.strip(" -") in _NAMES:
        yield _line(len(line) + 1, _NO_COLON, f"{line}:")


def _quotes(line: str, _lines: Sequence[str], _number: int) -> Iterator[LineSlip]:
    """A value that must stand in quotes, or in others."""
    before, value, column = value_of(line)
    if not value:
        return
    if _TYPOGRAPHIC.get(value[0]) == value[-1] and len(value) > 1:
        yield _line(column, _SMART, before + _quoted(value[1:-1]))
    if value[0] in _STARTS:
        yield _line(column, _SPECIAL, before + _quoted(value), sign=value[0])
    if value[0] in "'\"":
        sign = value[0]
        inner = value[1:-1] if value[-1] == sign and len(value) > 1 else value
        what = _ESCAPE if sign == '"' and "\\" in value and inner != value else _QUOTES_INSIDE
        yield _line(column, what, before + _quoted(inner))
    elif value[0] not in "[{" and (": " in value or value.endswith(":") or " #" in value):
        yield _line(column, _COLON, before + _quoted(value))
    elif value[0] in "[{" and value[-1] not in "]}":
        yield _line(column, _BRACKET, before + _quoted(value), sign=value[0])


def _inside(line: str, _lines: Sequence[str], _number: int) -> Iterator[LineSlip]:
    """A value in brackets that must stand in quotes."""
    before, value, _ = value_of(line)
    for found in _ITEM.finditer(value) if value[:1] in "[{" else ():
        start, end = found.span("item")
        inner = found["item"].strip()
        sign = inner[:1]
        bare = inner.strip(sign) if sign and sign in "'\"" else inner
        meant = f"{before}{value[:start]}{_quoted(bare)}{value[end:]}"
        yield _line(len(before) + start + 1, _QUOTES_INSIDE, meant)


def _indented(line: str, lines: Sequence[str], number: int) -> Iterator[LineSlip]:
    """A line that stands further in or out than those around it."""
    depth = len(line) - len(line.lstrip(" "))
    known = [len(one) - len(one.lstrip(" ")) for one in _around(lines, number)]
    for other in sorted({*known, *(one + 2 for one in known)}, key=lambda one: abs(one - depth)):
        if other != depth:
            told = advice(_INDENTATION, _SPACES_TO, now=depth, number=other)
            yield LineSlip(depth + 1, told, " " * other + line.lstrip(" "), sure=False)


def _around(lines: Sequence[str], number: int) -> Iterator[str]:
    """The lines before a line that are not blank, nearest first, and the next."""
    after = (one for one in lines[number + 1 :] if one.strip())
    before = (one for one in reversed(lines[max(number - _BEFORE, 0) : number]) if one.strip())
    yield from (one for _, one in zip(range(1), after, strict=False))
    yield from before


def _line(column: int, message: str, meant: str, **values: object) -> LineSlip:
    told = advice(message, WRITE, line=shown(meant), **values)
    return LineSlip(column, told, meant, sure=True)


def closed(value: str) -> bool:
    """Whether a quote ends on its line."""
    if value[0] == "'":
        return re.match("'(?:[^']|'')*'", value) is not None
    return re.match(r'"(?:[^"\\]|\\.)*"', value) is not None


def _quoted(text: str) -> str:
    """A text in single quotes, those in it doubled."""
    bare = text.replace("''", "'")
    return f"'{bare.replace(chr(39), chr(39) * 2)}'"


def value_of(line: str) -> tuple[str, str, int]:
    """What stands before the value of a line, the value, and its column."""
    indent = line[: len(line) - len(line.lstrip())]
    body = _BODY.fullmatch(line[len(indent) :])
    assert body is not None
    rest, before = body["rest"], indent + body["dash"]
    if found := _KEY.fullmatch(rest):
        before += found["key"] + found["colon"]
        rest = found["value"]
    elif not body["dash"]:
        return before, "", 0
    return before, rest, len(before) + 1


def shown(line: str) -> str:
    return shortened(line.strip(), _TOLD)


#: The looks at a line, the likeliest first: its text, all lines, and its number from 0.
LOOKS: Final[Sequence[Callable[[str, Sequence[str], int], Iterator[LineSlip]]]] = (
    _no_space,
    _quotes,
    _inside,
    _no_colon,
    _indented,
)

WRITE: Final = N_("write: {line}")
_NO_BREAK = N_("has a no-break space where a space should be")
_NO_SPACE = N_("the space after the colon is missing")
_NO_DASH_SPACE = N_("the space after the hyphen is missing")
_WIDE = N_("has another sign for a colon")
_NO_COLON = N_("the colon after the name of the field is missing")
_COLON = N_("a text with a colon or a number sign in it must be in quotes")
_SPECIAL = N_("a text that begins with {sign} must be in quotes")
_SMART = N_("has typographic quotes around it, where straight ones are meant")
_QUOTES_INSIDE = N_("a text with quotes in it must be in quotes as a whole")
_ESCAPE = N_("a backslash in double quotes has a sense of its own")
_BRACKET = N_("a text that begins with {sign} must be in quotes")
_INDENTATION = N_("is not indented as the lines around it")
_SPACES_TO = N_("begin it with {number} spaces, not {now}")
