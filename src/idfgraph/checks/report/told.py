"""Findings as plain values for a page: by file and line, each with its line quoted."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from ...model.findings import Finding, gravest_first, value_text, where
from ...model.visible import shortened, visible
from .human import VALUE_LIMIT
from .marked_line import quote
from .source_lines import Lines

#: How many characters of a message are shown.
_MESSAGE = 1_000


class ToldFinding(NamedTuple):
    """A finding as people read it: rule, message, place, its line with marks below it, and the
    value; what is not known is empty.
    """

    severity: str
    rule: str
    message: str
    place: str
    line: str = ""
    marks: str = ""
    value: str = ""


def told_findings(findings: Sequence[Finding], language: str, most: int) -> Iterator[ToldFinding]:
    """The first findings, their messages in a language; lines are read from their files.

    >>> list(told_findings([], "en", 10))
    []
    """
    with Lines() as lines:
        for finding in islice(gravest_first(findings), most):
            result, place = finding.result, finding.place
            line = lines.line(place.file, place.line) if place.file and place.line else None
            shown = ("", "") if line is None else quote(line, place)
            yield ToldFinding(
                result.severity,
                visible(result.rule),
                shortened(visible(result.message(language)), _MESSAGE),
                visible(where(finding)),
                *shown,
                shortened(visible(value_text(result)), VALUE_LIMIT),
            )
