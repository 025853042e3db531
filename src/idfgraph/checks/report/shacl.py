"""A report as RDF: the SHACL validation report (https://www.w3.org/TR/shacl/#validation-report),
every node named.
"""

from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from ...model.findings import Report, Result
from ...model.visible import whole
from ...model.vocab import RDF_TYPE, SH, XSD

#: What may stand in an IRI besides letters and digits.
_IRI = "%:/?#[]@!$&'()*+,;=-._~"


def report_lines(report: Report) -> Iterator[str]:
    """The report as sorted N-Triples lines.

    >>> len(list(report_lines(Report(()))))
    2
    """
    return (f"{triple} .\n" for triple in sorted(map(str, _triples(report))))


def _triples(report: Report) -> Iterator[Triple]:
    yield from head(report.base, conforms=not report.results)
    for result in report.results:
        yield from result_triples(f"{report.base}report#{result_name(result)}", result, report.base)


def head(base: str, *, conforms: bool) -> Iterator[Triple]:
    """The report itself: its class, and whether nothing at all was found."""
    whole_report = NamedNode(f"{base}report")
    yield Triple(whole_report, NamedNode(RDF_TYPE), NamedNode(f"{SH}ValidationReport"))
    truth = Literal("true" if conforms else "false", datatype=NamedNode(f"{XSD}boolean"))
    yield Triple(whole_report, NamedNode(f"{SH}conforms"), truth)


def result_name(result: Result) -> str:
    """A fragment that stays the same as long as shape, focus, path, value and component do."""
    key = "\n".join((result.shape, result.focus, result.path, result.value, result.component))
    return f"result-{sha256(key.encode(errors='surrogatepass')).hexdigest()[:16]}"


def result_triples(node: str, result: Result, base: str) -> Iterator[Triple]:
    """What is said of a result, with its messages in every language, and that the report under this
    base has it.
    """
    subject = NamedNode(node)
    yield Triple(NamedNode(f"{base}report"), NamedNode(f"{SH}result"), subject)
    iris = {
        RDF_TYPE: f"{SH}ValidationResult",
        f"{SH}resultSeverity": f"{SH}{result.severity}",
        f"{SH}sourceShape": result.shape,
        f"{SH}focusNode": result.focus,
        f"{SH}resultPath": result.path,
        f"{SH}sourceConstraintComponent": result.component,
    }
    yield from (
        Triple(subject, NamedNode(predicate), _iri(iri, base))
        for predicate, iri in iris.items()
        if iri
    )
    for language, text in result.messages.items():
        yield Triple(subject, NamedNode(f"{SH}resultMessage"), _text(text, language))
    if result.value:
        yield Triple(subject, NamedNode(f"{SH}value"), _term(whole(result.value)))


def _term(text: str) -> NamedNode | BlankNode | Literal | Triple:
    """The term that an N-Triples term writes; a text that is none, as it is."""
    try:
        quads = list(parse(f"<x:s> <x:p> {text} .", format=RdfFormat.N_TRIPLES))
    except SyntaxError:
        return Literal(text)
    return quads[0].object if len(quads) == 1 else Literal(text)


def _text(text: str, language: str) -> Literal:
    """A text in a language, or without one if its tag cannot be used."""
    try:
        return Literal(whole(text), language=language)
    except ValueError:
        return Literal(whole(text))


def _iri(text: str, base: str) -> NamedNode:
    """The IRI; one that cannot be used is percent-encoded, and put under the base if it is
    relative.
    """
    for form in (text, quote(whole(text), _IRI)):
        try:
            return NamedNode(form)
        except ValueError:
            continue
    return NamedNode(f"{base}report#{quote(whole(text), '')}")
