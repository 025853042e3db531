"""Titles and narratives as pages print them: what is cut off, what is put in quotation marks, and
the form of what reads prose.
"""

import re
from collections.abc import Callable, Sequence
from html.entities import codepoint2name

from ...model.datatypes import Span
from ...model.records import Capture
from .page_lines import stripped

#: The longest title that the site keeps, with its characters as written in HTML.
_TITLE_LIMIT = 255

_BROKEN_ENTITY = re.compile(r"&(?:#x?[0-9a-fA-F]{0,6}|[A-Za-z]{1,8})$")

_QUOTES = {'"': '"', "“": "”", "«": "»"}


#: What reads the prose of a page: its text, the lines that may say something, and its heading where
#: that is known, to captures; a title among them without a certainty is a heading.
ReadProse = Callable[[str, Sequence[Span], Span | None], tuple[Capture, ...]]


def is_cut(title: str) -> bool:
    """Whether a title ends inside a character's code, or is as long as the site lets titles be,
    plain or in HTML.

    >>> is_cut("Un projet à L&#03"), is_cut("L’élaboration " * 9 + "d" * 12), is_cut("Recherche")
    (True, True, False)
    """
    lengths = {len(title), sum(map(_length_in_html, title))}
    return bool(_BROKEN_ENTITY.search(title)) or not lengths.isdisjoint(
        (_TITLE_LIMIT - 1, _TITLE_LIMIT)
    )


def _length_in_html(letter: str) -> int:
    name = codepoint2name.get(ord(letter))
    return len(name) + 2 if name else 1


def narrative_span(page: str, span: Span) -> Span:
    """The span without one balanced pair of outer quotes, and nothing else.

    >>> narrative_span('"Un texte."', (0, 11))
    (1, 10)
    """
    start, end = span
    return stripped(page, (start + 1, end - 1)) if _is_quotation(page[start:end]) else span


def _is_quotation(text: str) -> bool:
    """Whether the first character is a quote that only the last one closes; a straight quote opens
    after a space.
    """
    opening, closing, depth = text[0], _QUOTES.get(text[0]), 0
    for i, mark in enumerate(text):
        if closing is None or mark not in (opening, closing):
            continue
        last = i == len(text) - 1
        opens = mark == opening and (
            opening != closing or i == 0 or (text[i - 1] in " \n([’'" and not last)
        )
        depth += 1 if opens else -1
        if depth == 0:
            return last
    return False
