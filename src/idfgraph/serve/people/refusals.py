"""Why a query has no answer, as people read it: in their language, at its place in what they
wrote.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from ...exports.site import Refusal
from ...model.text import N_, gettext
from ...model.visible import shielded
from ..answers import QueryOutcome

_TITLES: Mapping[int, str] = {
    400: N_("This cannot be asked"),
    403: N_("This cannot be asked"),
    413: N_("The answer is too long"),
    429: N_("Too many questions at a time"),
    503: N_("There is no answer within the bounds"),
}
_OTHER = N_("There is no answer")

#: How messages name a place: `line 3, column 5`, `at 3:5`.
_PLACE = re.compile(r"\bline (\d{1,6}),? column (\d{1,6})|\bat (\d{1,6}):(\d{1,6})", re.IGNORECASE)

#: How much of a message is told, and of the line that it is about, on both sides of its place.
_SAID, _SIDE = 2_000, 60


class _Mark(NamedTuple):
    """A line and column counted from 1, what stands there, and the column of that to be marked."""

    line: int
    column: int
    source: str
    mark: int


def refusal_of(told: QueryOutcome, query: str, language: str) -> Refusal:
    """Why there is no answer to a query.

    >>> told = QueryOutcome(400, "txt", b"error at 2:3: expected }")
    >>> refusal_of(told, "ASK {\\n  ?", "en")[3:]
    (2, 3, '  ?', 3)
    """
    said = shielded(told.body.decode("utf-8", "replace"))[:_SAID].strip()
    title = gettext(_TITLES.get(told.status, _OTHER), language)
    mark = _mark(said, query)
    return Refusal(title, said, "en", *mark) if mark else Refusal(title, said, "en")


def _mark(said: str, query: str) -> _Mark | None:
    """The place that a message names, if the query has it."""
    found = _PLACE.search(said)
    if not found:
        return None
    line, column = (int(number) for number in found.groups() if number)
    lines = query.split("\n")
    if not (0 < line <= len(lines) and column > 0):
        return None
    source = lines[line - 1].replace("\t", " ")
    column = min(column, len(source) + 1)
    start = max(0, column - 1 - _SIDE)
    shown = shielded(source[start : column - 1]), shielded(source[column - 1 : column + _SIDE])
    return _Mark(line, column, "".join(shown), len(shown[0]) + 1)
