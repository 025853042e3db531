"""What the search for names is given and gives: names as known, and names found with their
spans.
"""

import re
from typing import NamedTuple

from ....model.forms import Span
from ....model.text import Language

_CLOSING = re.compile("['’´]?\\)")


class KnownName(NamedTuple):
    """A name as written, its language, what it stands for, and whether prose may be searched for
    it.
    """

    name: str
    language: Language
    id: str
    mention: bool = True


class Name(NamedTuple):
    """An identifier and the span, in the text, of the name that stands for it."""

    id: str
    span: Span


class Cut(NamedTuple):
    """A run of names cut: the names found, and the spans of what is left over."""

    names: tuple[Name, ...]
    residue: tuple[Span, ...]


def closed(text: str, span: Span) -> Span:
    """The span of words, with the bracket that closes one opened in it.

    >>> closed("Iran (République islamique d')", (0, 28))
    (0, 30)
    """
    start, end = span
    closing = _CLOSING.match(text, end)
    return (start, closing.end()) if closing and text.find("(", start, end) >= 0 else span
