"""A report as RDF: the SHACL validation report (https://www.w3.org/TR/shacl/#validation-report), every node named."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ..findings import Report, Result
from ..vocab import RDF_TYPE, SH, XSD


def report_lines(report: Report) -> Iterator[str]:
    """The report as sorted N-Triples lines.

    >>> len(list(report_lines(Report(()))))
    2
    """
    return (f"{triple} .\n" for triple in sorted(map(str, _triples(report))))


def _triples(report: Report) -> Iterator[Triple]:
    whole = NamedNode(f"{report.base}report")
    yield Triple(whole, NamedNode(RDF_TYPE), NamedNode(f"{SH}ValidationReport"))
    conforms = Literal("false" if report.results else "true", datatype=NamedNode(f"{XSD}boolean"))
    yield Triple(whole, NamedNode(f"{SH}conforms"), conforms)
    for result in report.results:
        node = NamedNode(f"{report.base}report#{_name(result)}")
        yield Triple(whole, NamedNode(f"{SH}result"), node)
        yield from _result_triples(node, result)


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
