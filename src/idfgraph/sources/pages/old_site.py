"""Pages of the Fund's old site: title twice, then values without labels, known by their order and
form.

The order: region, Projet ID, Prima ID, budget, countries one a line, type, coverage, status.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from ...model.datatypes import PROJECT_ID
from ...model.names import folded
from ...model.records import Capture
from .page_labels import VALUES
from .page_lines import PageLine, hull

#: How many countries a page can list.
_NAMES = 300


class OldPage(NamedTuple):
    """The title line of an old page, the captures of its values, and the lines of its text."""

    title: PageLine
    values: tuple[Capture, ...]
    rest: Sequence[PageLine]


def _form(pattern: str) -> Callable[[PageLine], bool]:
    return lambda line: re.fullmatch(pattern, line.bare.text) is not None


def _word(property_: str) -> Callable[[PageLine], bool]:
    return lambda line: len(line.text) <= _LONGEST and folded(line.text) in VALUES[property_]


_LONGEST = max(len(word) for words in VALUES.values() for word in words) + 10

_HEAD: Mapping[str, Callable[[PageLine], bool]] = {
    "fundRegion": _word("fundRegion"),
    "projectId": _form(PROJECT_ID),
    "primaId": _form("[A-Z]{2}[0-9]{2}P[0-9]{4}"),
    "budget.value": _form(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{2})?|[0-9]{4,9}(\.[0-9]{2})?"),
}
_TAIL: Mapping[str, Callable[[PageLine], bool]] = {
    "coverage": _word("coverage"),
    "status": _word("status"),
}


def old_page(page: str, lines: Sequence[PageLine]) -> OldPage | None:
    """The page as one of the old site, or None if its values are not laid out so."""
    for at in range(1, len(lines)):
        if _begins(lines[at]) and (found := _values(page, lines, at)):
            values, end = found
            return _page(lines[:at], values, lines[end:])
    return None


def _begins(line: PageLine) -> bool:
    return _HEAD["fundRegion"](line) or _HEAD["projectId"](line)


def _values(
    page: str, lines: Sequence[PageLine], at: int
) -> tuple[tuple[Capture, ...], int] | None:
    """The captures of the values from line `at` on, and the line after them; None if too few are
    there.
    """
    head = list(_matching(lines, at, _HEAD))
    after = at + len(head)
    names = list(takewhile(_is_name, lines[after : after + _NAMES])) if len(head) > 1 else []
    tail = list(_matching(lines, after + len(names), _TAIL)) if len(head) > 1 else []
    if not tail:
        return None
    return (*head, *_names(page, names), *tail), after + len(names) + len(tail)


def _matching(
    lines: Sequence[PageLine], at: int, forms: Mapping[str, Callable[[PageLine], bool]]
) -> Iterator[Capture]:
    """A capture for each of the forms, in their order, that the lines from `at` on have."""
    for property_, fits in forms.items():
        if at < len(lines) and fits(lines[at]):
            yield _capture(property_, lines[at].bare)
            at += 1


def _is_name(line: PageLine) -> bool:
    """Whether a line can be a country or a type: no value of another kind, and no prose."""
    return not line.prose and not any(fits(line) for fits in (*_HEAD.values(), *_TAIL.values()))


def _names(page: str, names: Sequence[PageLine]) -> Iterator[Capture]:
    """The captures of the countries and of the type, which is the last; one line alone could be
    either.
    """
    if len(names) == 1:
        yield _capture("unknown", names[0].bare)
    elif names:
        span = hull([line.bare for line in names[:-1]])
        yield Capture(property="beneficiary", text=page[slice(*span)], span=span)
        yield _capture("projectType", names[-1].bare)


def _capture(property_: str, line: PageLine) -> Capture:
    return Capture(property=property_, text=line.text, span=line.span)


def _page(
    before: Sequence[PageLine], values: tuple[Capture, ...], rest: Sequence[PageLine]
) -> OldPage:
    """The page with its title: the line printed twice, or the last before the values."""
    twice = (
        number
        for number in range(len(before) - 1, 0, -1)
        if before[number].text == before[number - 1].text
    )
    title = next(twice, len(before) - 1)
    between = before[title + 1 :]
    if len(between) == 1 and not between[0].prose and values[0].property == "projectId":
        values, between = (_capture("fundRegion", between[0].bare), *values), ()
    return OldPage(before[title], values, rest or between)
