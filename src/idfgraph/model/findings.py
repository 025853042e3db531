"""What validation found: values, never raised, with words in three languages and the places they
are about; their order, and what makes two of them the same one.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from .errors import Place, from_one
from .iris import BASE
from .text import ngettext
from .vocab import SEVERITIES

#: How the shapes begin that report what quality notes say.
_NOTED = "note#anomaly-"

#: What differs between two messages of a kind: numbers, and words of the data.
_DIFFERING = re.compile(r"0x[0-9a-f]+|U\+[0-9A-F]+|[0-9][0-9,]*|'[^']*'|“[^”]*”|`[^`]*`")

_LITERAL = re.compile(r'"(.*)"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?', re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:u([0-9A-Fa-f]{4})|U(000[0-9A-Fa-f]{5}|0010[0-9A-Fa-f]{4})|(.))", re.DOTALL
)
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class Result(NamedTuple):
    """One thing that a shape found (https://www.w3.org/TR/shacl/#validation-report).

    `severity` is a local name of SHACL, `shape`, `focus` and `component` are IRIs, `path` an IRI or
    empty, `value` an N-Triples term or empty, `about` the local name of the property concerned;
    names and messages are by language.
    """

    severity: str
    shape: str
    focus: str
    path: str
    value: str
    component: str
    about: str
    names: Mapping[str, str]
    messages: Mapping[str, str]

    @property
    def rule(self) -> str:
        """The short name of what was broken: an issue that is noted (`note/stale-status`), a shape
        (`project/prima-id`) by its file and local name, or `input`.
        """
        if self.issue:
            return f"note/{self.issue}"
        return self.shape.partition("shapes/")[2].replace("#", "/") or self.shape or "input"

    @property
    def issue(self) -> str:
        """The issue that a quality note is about (`...#note-stale-status-status`), if its words are
        the result; else empty.
        """
        if f"shapes/{_NOTED}" not in self.shape:
            return ""
        return self.focus.partition("#note-")[2].rpartition("-")[0]

    def message(self, language: str) -> str:
        """What is wrong, in a language or else in English."""
        return self.messages.get(language) or self.messages.get("en", self.rule)


class Report(NamedTuple):
    """All results, in the order of `ordered`; `base` is the base IRI of its nodes."""

    results: Sequence[Result]
    base: str = BASE

    @property
    def conforms(self) -> bool:
        """Whether nothing violates a shape; warnings and remarks do not."""
        return not self.count("Violation")

    def count(self, severity: str) -> int:
        """How many results have this severity (a local name of SHACL)."""
        return sum(result.severity == severity for result in self.results)


class Finding(NamedTuple):
    """A result and the place of the field that it is about; `also` are further places that it
    concerns.
    """

    result: Result
    place: Place
    also: tuple[Place, ...] = ()


def ordered(results: Iterable[Result], base: str = BASE) -> Report:
    """The report of these results: gravest first, then by focus node, shape, path and value."""
    return Report(tuple(sorted(results, key=rank)), base)


def rank(result: Result) -> tuple[int, str, str, str, str, str]:
    """What places a result in a report."""
    return (
        SEVERITIES.index(result.severity),
        result.focus,
        result.shape,
        result.path,
        result.value,
        result.component,
    )


def skeleton(message: str) -> str:
    """A message without the numbers and the words of the data in it: alike for all of a kind.

    >>> skeleton("“20O4” cannot be read; line 7")
    ' cannot be read; line '
    """
    return _DIFFERING.sub("", message)


def severity_name(severity: str, language: str, number: int = 1) -> str:
    """The name of a severity (a local name of SHACL) in a language, for a number of results.

    >>> severity_name("Info", "es", 2), severity_name("Warning", "fr", 0)
    ('observaciones', 'avertissement')
    """
    if severity == "Violation":
        return ngettext("error", "errors", number, language)
    if severity == "Warning":
        return ngettext("warning", "warnings", number, language)
    return ngettext("notice", "notices", number, language)


def by_place(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by file, line and column, those without a file last, otherwise in their order.

    >>> by_place([])
    []
    """
    return sorted(
        findings, key=lambda found: (not found.place.file, found.place.file, *found.place[1:3])
    )


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by severity, then by place.

    >>> gravest_first([])
    []
    """
    return sorted(by_place(findings), key=lambda found: SEVERITIES.index(found.result.severity))


def where(finding: Finding) -> str:
    """The place of a finding, or where that has no file, its focus node and field.

    >>> result = Result("Info", "x:s", "x:a", "", "", "", "", {}, {})
    >>> where(Finding(result, Place("a.yaml", 3))), where(Finding(result, Place(field="id")))
    ('a.yaml:3', 'x:a: id')
    """
    place = finding.place
    return (
        str(place)
        if place.file
        else ": ".join(part for part in (finding.result.focus, from_one(place.field)) if part)
    )


def record_id(finding: Finding) -> str:
    """The id of the project or programme whose record a finding is about; empty where it is about
    nothing of one.

    >>> focus = "https://example.org/id/project/V47-805#note-contradiction-title"
    >>> record_id(Finding(Result("Info", "", focus, "", "", "", "", {}, {}), Place()))
    'V47-805'
    """
    folder, _, name = finding.result.focus.partition("#")[0].rpartition("/")
    return name if folder.endswith(("/project", "/programme")) else ""


def fingerprint(finding: Finding) -> str:
    """What makes two findings the same one, although lines moved and messages were reworded: 32 hex
    digits from rule, focus node, path, value and component; for an input that cannot be read, from
    its file.

    >>> result = Result("Violation", "", "", "", "", "", "", {}, {})
    >>> fingerprint(Finding(result, Place("a", 1))) == fingerprint(Finding(result, Place("a", 2)))
    True
    """
    result = finding.result
    key = [result.rule, result.focus, result.path, result.value, result.component]
    if not result.focus:
        key += [finding.place.file.replace("\\", "/"), finding.place.field or result.about]
    return sha256(json.dumps(key).encode()).hexdigest()[:32]


def plain_value(term: str) -> str:
    """What an N-Triples term says: the text of a literal, the IRI between its brackets; anything
    else as it is.

    >>> plain_value('"a\\\\"b"@en'), plain_value("<x:y>"), plain_value("?")
    ('a"b', 'x:y', '?')
    >>> plain_value('"\\\\u0061\\\\U00000062"')
    'ab'
    """
    if found := _LITERAL.fullmatch(term):
        return _ESCAPE.sub(_unescaped, found[1])
    return term[1:-1] if term[:1] == "<" and term[-1:] == ">" else term


def value_text(result: Result) -> str:
    """What the value of a result says; nothing where it is the focus node itself.

    >>> value_text(Result("Info", "x:s", "x:f", "", "<x:f>", "", "", {}, {}))
    ''
    """
    return "" if result.value == f"<{result.focus}>" else plain_value(result.value)


def _unescaped(found: re.Match[str]) -> str:
    short, long, letter = found.groups()
    return _LETTERS.get(letter, letter) if letter else chr(int(short or long, 16))
