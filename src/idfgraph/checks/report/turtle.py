"""Findings as a SHACL validation report with places, as RDF: every node named, places as pointers.

Places are said with the Pointers vocabulary (https://www.w3.org/TR/Pointers-in-RDF10/):
`earl:pointer` leads from a result to a range, `rdfs:seeAlso` to further ones. Start and end are a
line and a character, counted from 1, in a file named by its path; the end is the character after
the last one, where it is known.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from ...model.errors import Place
from ...model.findings import Finding
from ...model.iris import BASE
from ...model.visible import whole
from ...model.vocab import EARL, PTR, RDF_TYPE, RDFS, XSD
from .shacl import head, result_name, result_triples


def render(findings: Sequence[Finding], _language: str = "en", *, base: str = BASE) -> str:
    """The report as sorted N-Triples (which are Turtle), its nodes under a base, with the messages
    in every language.

    >>> render([]).count("\\n")
    2
    """
    return "".join(located_lines(findings, base))


def located_lines(findings: Sequence[Finding], base: str = BASE) -> Iterator[str]:
    """The sorted N-Triples lines of the report.

    >>> len(list(located_lines([])))
    2
    """
    return (f"{triple} .\n" for triple in sorted(set(map(str, _triples(findings, base)))))


def _triples(findings: Sequence[Finding], base: str) -> Iterator[Triple]:
    yield from head(base, conforms=not findings)
    seen: Counter[str] = Counter()
    for finding in findings:
        name = result_name(finding.result)
        seen[name] += 1
        node = f"{base}report#{name}" + (f"-{seen[name]}" if seen[name] > 1 else "")
        yield from result_triples(node, finding.result, base)
        yield from _pointer(node, f"{EARL}pointer", f"{node}-place", finding.place)
        for number, place in enumerate(finding.also, 1):
            yield from _pointer(node, f"{RDFS}seeAlso", f"{node}-also-{number}", place)


def _pointer(node: str, predicate: str, name: str, place: Place) -> Iterator[Triple]:
    """A range from the start of a place to its end, the end where it is known; nothing for a place
    without a file.
    """
    if not place.file:
        return
    yield _link(node, predicate, name)
    yield _link(name, RDF_TYPE, f"{PTR}StartEndPointer")
    if place.field:
        yield Triple(NamedNode(name), NamedNode(f"{RDFS}label"), Literal(whole(place.field)))
    yield _link(name, f"{PTR}startPointer", f"{name}-start")
    yield from _point(f"{name}-start", place.file, place.line, place.column)
    if place.end_line:
        yield _link(name, f"{PTR}endPointer", f"{name}-end")
        yield from _point(f"{name}-end", place.file, place.end_line, place.end_column)


def _point(name: str, file: str, line: int, column: int) -> Iterator[Triple]:
    yield _link(name, RDF_TYPE, f"{PTR}LineCharPointer")
    yield Triple(NamedNode(name), NamedNode(f"{PTR}reference"), Literal(whole(file)))
    for local, number in (("lineNumber", line), ("charNumber", column)):
        if number:
            positive = Literal(str(number), datatype=NamedNode(f"{XSD}positiveInteger"))
            yield Triple(NamedNode(name), NamedNode(PTR + local), positive)


def _link(node: str, predicate: str, target: str) -> Triple:
    return Triple(NamedNode(node), NamedNode(predicate), NamedNode(target))
