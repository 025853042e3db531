"""Texts of others made safe to show: what a reader cannot see, or what would move other text about,
is written out.
"""

import re
import unicodedata

from .findings import Result
from .visible import HIDDEN, code_point

#: What is hidden, ends a line or is a tab; and the second of two hashes before a bracket, because
#: build servers read that as a command wherever it stands.
_HIDDEN = re.compile(f"[\t\n{HIDDEN}]|(?<=#)#(?=\\[)")

#: Halves of characters, which no encoding can write.
_HALVES = re.compile("[\ud800-\udfff]")

_LITERAL = re.compile(r'"(.*)"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?', re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:u([0-9A-Fa-f]{4})|U(000[0-9A-Fa-f]{5}|0010[0-9A-Fa-f]{4})|(.))", re.DOTALL
)
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def visible(text: str) -> str:
    """The text on one line, with hidden characters written as `<U+202E>`.

    >>> visible("a\\nb\\u202ec")
    'a<U+000A>b<U+202E>c'
    """
    return _HIDDEN.sub(code_point, text)


def visible_at(text: str, index: int) -> str:
    """The character of a text at an index, as `visible` shows it there.

    >>> visible_at("##[", 0), visible_at("##[", 1)
    ('#', '<U+0023>')
    """
    found = _HIDDEN.match(text, index)
    return code_point(found) if found else text[index]


def whole(text: str) -> str:
    """The text without halves of characters, so that it can be written in UTF-8.

    >>> whole("a\\ud800") == "a\\ufffd"
    True
    """
    return _HALVES.sub("\ufffd", text)


def plain_value(term: str) -> str:
    """What an N-Triples term says: the text of a literal, the IRI between its brackets; anything
    else as it is.

    >>> plain_value('"a\\\\"b"@en'), plain_value("<x:y>"), plain_value("?")
    ('a"b', 'x:y', '?')
    """
    if found := _LITERAL.fullmatch(term):
        return _ESCAPE.sub(_unescaped, found[1])
    return term[1:-1] if term[:1] == "<" and term[-1:] == ">" else term


def told_value(result: Result) -> str:
    """What the value of a result says; nothing where it is the focus node itself.

    >>> told_value(Result("Info", "x:s", "x:f", "", "<x:f>", "", "", {}, {}))
    ''
    """
    return "" if result.value == f"<{result.focus}>" else plain_value(result.value)


def _unescaped(found: re.Match[str]) -> str:
    short, long, letter = found.groups()
    return _LETTERS.get(letter, letter) if letter else chr(int(short or long, 16))


def cells(text: str) -> int:
    """How many cells of a terminal a text without hidden characters fills.

    >>> cells("é"), cells("e\\u0301"), cells("日本")
    (1, 1, 4)
    """
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in {"Mn", "Me"} or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
