"""What validation found: a value, never raised, with words in three languages (https://www.w3.org/TR/shacl/#validation-report)."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ..iris import BASE
from ..vocab import RDF_TYPE, SEVERITIES, SH, XSD


class Result(NamedTuple):
    """One thing that a shape found.

    `severity` is a local name of SHACL, `shape`, `focus` and `component` are IRIs, `path` an IRI or empty, `value` an
    N-Triples term or empty, `about` the local name of the property concerned; names and messages are by language.
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


class Report(NamedTuple):
    """All results, gravest first, then by focus node, shape and value; `base` is the base IRI of its nodes."""

    results: tuple[Result, ...]
    base: str = BASE

    @property
    def conforms(self) -> bool:
        """Whether nothing violates a shape; warnings and remarks do not."""
        return not self.count("Violation")

    def count(self, severity: str) -> int:
        """How many results have this severity (a local name of SHACL)."""
        return sum(result.severity == severity for result in self.results)

    def lines(self) -> Iterator[str]:
        """The report as sorted N-Triples lines, every node named."""
        return (f"{triple} .\n" for triple in sorted(map(str, self._triples())))

    def _triples(self) -> Iterator[Triple]:
        report = NamedNode(f"{self.base}report")
        yield Triple(report, NamedNode(RDF_TYPE), NamedNode(f"{SH}ValidationReport"))
        conforms = Literal("false" if self.results else "true", datatype=NamedNode(f"{XSD}boolean"))
        yield Triple(report, NamedNode(f"{SH}conforms"), conforms)
        for result in self.results:
            node = NamedNode(f"{self.base}report#{_name(result)}")
            yield Triple(report, NamedNode(f"{SH}result"), node)
            yield from _result_triples(node, result)


def ordered(results: Iterator[Result], base: str) -> Report:
    """The report of these results, in its order."""
    rows = sorted(results, key=lambda r: (SEVERITIES.index(r.severity), r.focus, r.shape, r.value))
    return Report(tuple(rows), base)


def _name(result: Result) -> str:
    """A fragment that stays the same as long as shape, focus and value do."""
    key = "\n".join((result.shape, result.focus, result.path, result.value, result.component))
    return f"result-{sha256(key.encode()).hexdigest()[:16]}"


def _result_triples(node: NamedNode, result: Result) -> Iterator[Triple]:
    iris = {
        RDF_TYPE: f"{SH}ValidationResult",
        f"{SH}resultSeverity": f"{SH}{result.severity}",
        f"{SH}sourceShape": result.shape,
        f"{SH}focusNode": result.focus,
        f"{SH}resultPath": result.path,
        f"{SH}sourceConstraintComponent": result.component,
    }
    yield from (Triple(node, NamedNode(predicate), NamedNode(iri)) for predicate, iri in iris.items() if iri)
    for language, text in result.messages.items():
        yield Triple(node, NamedNode(f"{SH}resultMessage"), Literal(text, language=language))
    if result.value:
        yield Triple(node, NamedNode(f"{SH}value"), _term(result.value))


def _term(term: str) -> Any:
    """The term that an N-Triples term writes."""
    quad = next(iter(parse(f"<x:s> <x:p> {term} .", format=RdfFormat.N_TRIPLES)))
    return quad.object
