"""What validation found: values, never raised, with words in three languages and the places they
are about.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .errors import Place
from .iris import BASE
from .text import ngettext
from .vocab import SEVERITIES


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
        """The issue that a quality note is about, if the focus is one
        (`...#note-stale-status-status`); else empty.
        """
        return self.focus.partition("#note-")[2].rpartition("-")[0]

    def message(self, language: str) -> str:
        """What is wrong, in a language or else in English."""
        return self.messages.get(language) or self.messages.get("en", self.rule)


class Report(NamedTuple):
    """All results, in the order of `ordered`; `base` is the base IRI of its nodes."""

    results: tuple[Result, ...]
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
