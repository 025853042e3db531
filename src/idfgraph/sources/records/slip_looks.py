"""Slips on one line of YAML: each look finds those of a kind, with the line as it was meant."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from msgspec.inspect import DictType, ListType, StructType, VarTupleType, type_info

from ...model.errors import Advice, advice
from ...model.fields import FIELDS, PART_FIELDS, ProgrammeValues, ProjectValues
from ...model.judgements import Decision, Review
from ...model.records import Capture, Programme, Project, Source
from ...model.text import LANGUAGES, N_
from ...model.visible import shortened
from .misfit_words import BULLETS

#: How much of a line is told.
_TOLD = 120

#: Spaces that YAML takes for letters.
_WIDE_SPACES = "\u00a0\u202f\u2007\u3000"

_BODY = re.compile(r"(?P<dash>(?:- +)*)(?P<rest>.*?)(?P<end>\s*)")
_KEY = re.compile(r"(?P<key>[A-Za-z][\w.-]*|'[^']*'|\"[^\"]*\")(?P<colon>:[ \t]+)(?P<value>\S.*)")
_ITEM = re.compile(r"[\[{,]\s*(?:[\w-]+: +)?(?P<item>[^\s,{}\[\]][^,{}\[\]]*)")
_CLOSING = {"[": "]", "{": "}"}
_STARTS = "@`%*&!|>,]}#?"
_TYPOGRAPHIC = {"“": "”", "«": "»", "„": "“", "‘": "’", "”": "”", "’": "’"}
_FORMS = (Project, Programme, Source, Capture, Decision, Review)
_NAMES = {"kind", *FIELDS, *PART_FIELDS}.union(*(form.__struct_encode_fields__ for form in _FORMS))

#: How a line looks that begins a field, or an item of a list.
LIKE_KEY: Final = re.compile(r"(?:- +)*[A-Za-z][\w.-]*:(?:\s|$)|- ")


class LineSlip(NamedTuple):
    """A slip on a line: its column, what is said of it, the line as it was meant, whether it cannot
    be meant otherwise, and how many more lines stand in its place.
    """

    column: int
    told: Advice
    meant: str
    sure: bool = False
    more: int = 0


def _no_space(line: str, _lines: Sequence[str], _number: int) -> Iterator[LineSlip]:
    """A colon, or a hyphen, without the space that must follow it."""
    found = re.fullmatch(r"(\s*(?:- +)*[A-Za-z][\w.-]*) *:([^\s/:].*)", line)
    if found:
        yield _line(found.end(1) + 1, _NO_SPACE, f"{found[1]}: {found[2]}")
    if found := re.fullmatch(r"(\s*)-([^\s-].*)", line):
        yield _line(found.end(1) + 1, _NO_DASH_SPACE, f"{found[1]}- {found[2]}")
    if found := re.fullmatch(rf"(\s*)([{BULLETS}])[ {_WIDE_SPACES}]+(\S.*)", line):
        yield _line(found.start(2) + 1, _BULLET, f"{found[1]}- {found[3]}", sign=found[2])
    if found := re.fullmatch(rf"(\s*(?:- +)*[A-Za-z][\w.-]*): *[{_WIDE_SPACES}]+ *(\S.*)", line):
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
        yield _line(column, _SMART, before + quoted(value[1:-1]))
    if value[0] in _STARTS or value.startswith("- "):
        yield _line(column, _SPECIAL, before + quoted(value), sign=value[0])
    if value[0] in "'\"":
        sign = value[0]
        inner = _without_quotes(value)
        inner = inner[1:-1] if inner[:1] == inner[-1:] == sign else inner
        what = _ESCAPE if sign == '"' and "\\" in value and inner != value else _QUOTES_INSIDE
        yield _line(column, what, before + quoted(inner))
    elif value[0] not in "[{" and (": " in value or value.endswith(":") or " #" in value):
        yield _line(column, _COLON, before + quoted(value))
    elif value[0] in "[{" and before.strip(" -") and not _is_bracketed(before):
        yield _line(column, _BRACKET, before + quoted(value), sign=value[0])


def _inside(line: str, _lines: Sequence[str], _number: int) -> Iterator[LineSlip]:
    """A value in brackets that must stand in quotes."""
    before, value, _ = value_of(line)
    for found in _ITEM.finditer(value) if value[:1] in "[{" else ():
        start, end = found.span("item")
        inner = found["item"].strip()
        sign = inner[:1]
        bare = inner.strip(sign) if sign and sign in "'\"" else inner
        meant = f"{before}{value[:start]}{quoted(bare)}{value[end:]}"
        what = _QUOTES_INSIDE if sign and sign in "'\"" else _COLON if ": " in inner else _SPECIAL
        yield _line(len(before) + start + 1, what, meant, sign=sign)


def _not_closed(line: str, lines: Sequence[str], number: int) -> Iterator[LineSlip]:
    """A quote or bracket that is not closed before the next line that begins a field."""
    _, value, column = value_of(line)
    after = lines[number + 1 :]
    more = next((at for at, one in enumerate(after) if LIKE_KEY.match(one.strip())), len(after))
    whole = "\n".join([value, *after[:more]]).rstrip()
    sign = value[:1]
    closing = _CLOSING.get(sign, "")
    if sign and sign in "'\"" and not _closed(whole):
        hint, what, end = _END_QUOTE, _NO_END_QUOTE, sign
    elif closing and whole.count(sign) > whole.count(closing):
        hint, what, end = _END_BRACKET, _NO_END, closing
    else:
        return
    meant = f"{line}{end}"
    told = advice(what, hint if whole != value else _WRITE, sign=end, line=_shown(meant))
    yield LineSlip(column, told, meant, more=more)


def _in_front(line: str, _lines: Sequence[str], _number: int) -> Iterator[LineSlip]:
    """Spaces before the first word of a line that YAML takes for letters."""
    found = re.match(f" *[{_WIDE_SPACES}][ {_WIDE_SPACES}]*", line)
    if found:
        column = next(at for at, sign in enumerate(found[0], 1) if sign != " ")
        meant = " " * found.end() + line[found.end() :]
        yield LineSlip(column, advice(_NO_BREAK, _USUAL), meant, sure=True)


def _two_names(line: str, _lines: Sequence[str], _number: int) -> Iterator[LineSlip]:
    """Two names with colons on one line."""
    before, value, _ = value_of(line)
    found = re.match(r"(?:[^\[{'\"].*?[\s,])??([A-Za-z]+): ", value)
    if found and found[1] in _NAMES.union(LANGUAGES):
        told = advice(_TWO_NAMES, _OWN_LINE, name=found[1])
        yield LineSlip(len(before) + found.start(1) + 1, told, before + quoted(value))


def _alone(line: str, _lines: Sequence[str], _number: int) -> Iterator[LineSlip]:
    """A line that is neither a field nor an item, nor a part of the text above it."""
    if re.fullmatch(r"[^%:]*\w[^:]*", line) and not LIKE_KEY.match(line.strip()):
        yield LineSlip(depth_of(line) + 1, advice(_ALONE, _JOIN), "")


def _no_dash(line: str, lines: Sequence[str], number: int) -> Iterator[LineSlip]:
    """The first name of an item without the hyphen before it."""
    before = next((one for one in reversed(lines[:number]) if one.strip()), "")
    if before.strip().removesuffix(":") in _items() and LIKE_KEY.match(line.strip()):
        meant = f"{line[: depth_of(line)]}- {line.lstrip(' ')}"
        told = advice(_NO_DASH, _WRITE, line=_shown(meant))
        yield LineSlip(depth_of(line) + 1, told, meant)


@cache
def _items() -> frozenset[str]:
    """The fields of a record that are lists of what has names of its own."""
    form: Any = type_info(Project)
    lists = (one for one in form.fields if isinstance(one.type, ListType | VarTupleType))
    return frozenset(one.encode_name for one in lists if isinstance(one.type.item_type, StructType))


def _is_bracketed(before: str) -> bool:
    """Whether what stands before a value is the name of a field whose value may be in brackets."""
    return before.strip(" -:'\"") in _bracketed()


@cache
def _bracketed() -> frozenset[str]:
    """The fields whose values may stand in brackets: all but texts."""
    forms: Any = [type_info(form) for form in (*_FORMS, ProjectValues, ProgrammeValues)]
    return frozenset(
        one.encode_name
        for form in forms
        for one in form.fields
        for type_ in getattr(one.type, "types", (one.type,))
        if isinstance(type_, ListType | VarTupleType | StructType | DictType)
    )


def _line(column: int, message: str, meant: str, **values: object) -> LineSlip:
    told = advice(message, _WRITE, line=_shown(meant), **values)
    return LineSlip(column, told, meant, sure=True)


def depth_of(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def _closed(value: str) -> bool:
    """Whether a quote ends on its line."""
    if value[0] == "'":
        return re.match("'(?:[^']|'')*'", value) is not None
    return re.match(r'"(?:[^"\\]|\\.)*"', value) is not None


def _without_quotes(value: str) -> str:
    """What a value says that begins with a quote: without that where it is closed at the end, or is
    the one of an odd number that closes none; an apostrophe in a word is none.
    """
    sign = value[0]
    if value[-1] == sign and len(value) > 1:
        return value[1:-1]
    signs = re.findall(rf"(?<!\w){sign}|{sign}(?!\w)" if sign == "'" else sign, value)
    return value[1:] if len(signs) % 2 else value


def quoted(text: str) -> str:
    """A text in single quotes, or in double ones if it has an apostrophe and nothing that has a
    sense of its own in those.
    """
    bare = text.replace("''", "'")
    if "'" in bare and not re.search(r'["\\]', bare):
        return f'"{bare}"'
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


def _shown(line: str) -> str:
    return shortened(line.strip(), _TOLD)


#: The looks at a line, the likeliest first: its text, all lines, and its number from 0.
LOOKS: Final[Sequence[Callable[[str, Sequence[str], int], Iterator[LineSlip]]]] = (
    _in_front,
    _not_closed,
    _no_space,
    _two_names,
    _quotes,
    _inside,
    _no_colon,
    _no_dash,
    _alone,
)

_WRITE = N_("write: {line}")
_NO_BREAK = N_("has a no-break space where a space should be")
_NO_SPACE = N_("the space after the colon is missing")
_NO_DASH_SPACE = N_("the space after the hyphen is missing")
_BULLET = N_("begins with {sign}, where a hyphen is meant")
_WIDE = N_("has another sign for a colon")
_NO_COLON = N_("the colon after the name of the field is missing")
_COLON = N_("a text with a colon or a number sign in it must be in quotes")
_SPECIAL = N_("a text that begins with {sign} must be in quotes")
_SMART = N_("has typographic quotes around it, where straight ones are meant")
_QUOTES_INSIDE = N_("a text with quotes in it must be in quotes as a whole")
_ESCAPE = N_("a backslash in double quotes has a sense of its own")
_BRACKET = N_("a text that begins with {sign} must be in quotes")
_NO_DASH = N_("the hyphen before the first name of an item is missing")
_USUAL = N_("write usual spaces in its place")
_NO_END_QUOTE = N_("the quote that begins here does not end")
_END_QUOTE = N_("write {sign} after its last word")
_NO_END = N_("the bracket that begins here does not end: {sign} is missing")
_END_BRACKET = N_("write {sign} after what belongs in it")
_TWO_NAMES = N_("has more than one name with a colon on the line")
_OWN_LINE = N_("write {name} on a line of its own, or put the whole text in quotes")
_ALONE = N_("has no name with a colon, and no hyphen, before it")
_JOIN = N_("write it on the line that it belongs to, or # before it if it is a note")
