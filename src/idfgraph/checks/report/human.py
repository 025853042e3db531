"""Findings for people: by file and line, each with its line quoted and the totals at the end."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ...model.errors import Place
from ...model.findings import (
    Finding,
    gravest_first,
    record_id,
    severity_name,
    value_text,
    where,
)
from ...model.text import gettext, ngettext
from ...model.visible import shortened, visible
from ...model.vocab import SEVERITIES
from ...sources.file_names import LINE_SUFFIXES, is_page_name
from .alike import MANY, together
from .marked_line import quote
from .severity_counts import totals
from .source_lines import Lines

#: The line of a file (counted from 1), or None.
Reader = Callable[[str, int], str | None]

#: How many places are told of findings that are told together.
_SHOWN = 10

#: How many characters of a value are shown.
VALUE_LIMIT = 200

#: How many characters of a message are shown.
_MESSAGE = 1_000

#: The issue of a value that a record has from nowhere.
_UNSUPPORTED = "unsupported-value"

#: The issue of a value that cannot be read.
_UNREADABLE = "unreadable-value"

_COLOURS = {"Violation": "1;31", "Warning": "1;33", "Info": "1;36"}


def render(
    findings: Sequence[Finding],
    language: str,
    *,
    colour: bool = False,
    reader: Reader | None = None,
    of: Sequence[Finding] | None = None,
    in_order: bool = False,
) -> str:
    """The findings as text for a terminal (with `colour`) or a pipe; no line of it begins with a
    text of the data. Of many, those that say the same are told together, unless they are told
    `in_order`: one by one, as they come.

    They are counted at the end, or all that they are `of`. `reader` gives the lines that are
    quoted; without it they are read from their files.

    >>> render([], "en")
    '0 errors, 0 warnings, 0 notices\\n'
    """
    groups = ([one] for one in findings) if in_order else together(gravest_first(findings))
    with Lines() as lines:
        found = [
            line
            for alike in groups
            for line in _finding(alike, language, colour, reader or lines.line)
        ]
    rules = _rules(findings, language) if len(findings) > MANY else iter(())
    return "\n".join([*found, *rules, totals(findings if of is None else of, language), ""])


def _finding(
    alike: Sequence[Finding], language: str, colour: bool, reader: Reader
) -> Iterator[str]:
    """A finding, and the places of those that are told with it."""
    finding, *others = alike
    result, place = finding.result, finding.place
    name = severity_name(result.severity, language)
    head = _painted(name, result.severity, colour)
    yield f"{head}[{visible(result.rule)}]: {_told(result.message(language))}"
    margin = " " * len(str(place.line or ""))
    if named := where(finding):
        yield f"{margin}--> {visible(named)}"
    yield from _quoted(finding, language, colour, reader)
    if value := value_text(result):
        yield f"{margin} = " + gettext("value: {value}", language, value=_cut(visible(value)))
    for line in _mended(finding, language):
        yield f"{margin} = {line}"
    places = [*map(str, finding.also), *map(where, others[:_SHOWN])]
    for other in places:
        yield f"{margin} = " + gettext("see also {place}", language, place=visible(other))
    if (left := len(others) - _SHOWN) > 0:
        yield f"{margin} = " + ngettext(
            "and {number} more is like it: --format json tells each",
            "and {number} more are like it: --format json tells each",
            left,
            language,
        )
    yield ""


def _mended(finding: Finding, language: str) -> Iterator[str]:
    """The record of what is told of a page, and how it is mended, where commands do that."""
    record, file = record_id(finding), finding.place.file
    if record and is_page_name(file):
        yield gettext("record: {record}", language, record=visible(record))
    if record and finding.result.issue == _UNSUPPORTED and not file.endswith(LINE_SUFFIXES):
        yield gettext(
            "to mend it: extract the page again, or idfgraph quote {record} {field} WORDS, or "
            "idfgraph decide {record} {field} VALUE; what was edited by hand stays with "
            "idfgraph decide --from-edits {record}",
            language,
            record=visible(record),
            field=finding.result.about,
        )
    if record and finding.result.issue == _UNREADABLE and not file.endswith(LINE_SUFFIXES):
        yield gettext(
            "to mend it: idfgraph decide {record} {field} VALUE",
            language,
            record=visible(record),
            field=finding.result.about,
        )


def _quoted(finding: Finding, language: str, colour: bool, reader: Reader) -> Iterator[str]:
    place = finding.place
    line = reader(place.file, place.line) if place.file and place.line else None
    if line is None:
        return
    shown = quote(line, place)
    margin = " " * len(str(place.line))
    yield f"{margin} |"
    yield f"{place.line} | {shown.text}"
    if shown.marks:
        indent = len(shown.marks) - len(shown.marks.lstrip())
        marks = " " * indent + _painted(
            shown.marks.lstrip() + _until(place, language), finding.result.severity, colour
        )
        yield f"{margin} | {marks}"


def _until(place: Place, language: str) -> str:
    if place.end_line <= place.line:
        return ""
    return " " + gettext("to line {number}", language, number=place.end_line)


def _painted(text: str, severity: str, colour: bool) -> str:
    return f"\x1b[{_COLOURS.get(severity)}m{text}\x1b[0m" if colour else text


def _told(message: str) -> str:
    """A message on one line, cut where it quotes more than anybody reads."""
    return shortened(visible(message), _MESSAGE)


def _cut(text: str) -> str:
    return text if len(text) <= VALUE_LIMIT else f"{text[:VALUE_LIMIT]}..."


def _rules(findings: Sequence[Finding], language: str) -> Iterator[str]:
    """How often each rule was broken, by severity, most often first."""
    tally = Counter(
        (SEVERITIES.index(found.result.severity), found.result.rule) for found in findings
    )
    yield gettext("by rule:", language)
    for (rank, rule), number in sorted(
        tally.items(), key=lambda item: (item[0][0], -item[1], item[0][1])
    ):
        yield f"{number:>7}  {severity_name(SEVERITIES[rank], language)}[{visible(rule)}]"
    yield ""
