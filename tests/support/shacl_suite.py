"""The W3C SHACL test suite on an engine: results as multisets of focus node, path, severity,
component and value.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
from rdflib import RDF, SH, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from idfgraph.checks.shacl.engines import compiled
from idfgraph.model.errors import BadConfig

SUITE = Path(__file__).parents[3] / "shared" / "suites" / "shacl" / "tests"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")

Rows = Counter[tuple[str, ...]]


class Case(NamedTuple):
    """A test: its part (core or sparql) and name, its two files, and the results wanted; None where
    it must fail.
    """

    part: str
    name: str
    data: Path
    shapes: Path
    wanted: Rows | None


def cases() -> Iterator[Case]:
    """Every test of the suite, those that no manifest includes too."""
    for file in sorted(SUITE.rglob("*.ttl")):
        graph = Graph().parse(file, format="turtle", publicID=file.as_uri())
        for test in graph.subjects(RDF.type, SHT.Validate):
            yield _case(graph, test, file)


def _case(graph: Graph, test: Node, file: Path) -> Case:
    action, wanted = graph.value(test, MF.action), graph.value(test, MF.result)
    data, shapes = (_path(graph.value(action, key)) for key in (SHT.dataGraph, SHT.shapesGraph))
    part, *folder = file.relative_to(SUITE).parent.parts
    name = "/".join([*folder, str(test).rpartition("/")[2]])
    return Case(part, name, data, shapes, None if wanted == SHT.Failure else _rows(graph, wanted))


def _path(iri: Node | None) -> Path:
    return SUITE / str(iri).removeprefix(f"{SUITE.as_uri()}/")


def results(case: Case, engine: str) -> Rows | None:
    """What an engine finds; None where it says that it cannot run the shapes; one row where it
    breaks.
    """
    shapes = _lines(case.shapes)
    try:
        report = compiled(engine, (shapes,))(_lines(case.data))
    except BadConfig:
        return None
    except Exception as error:  # an engine may break in any way
        return Counter([("raised", type(error).__name__)])
    nodes: dict[str, BNode] = {}
    graph, rules = (
        Graph().parse(data=text, format="nt", bnode_context=nodes) for text in (report, shapes)
    )
    root = graph.value(None, RDF.type, SH.ValidationReport)
    return _rows(
        graph
        if set(graph.objects(None, SH.resultPath)) <= set(graph.subjects())
        else graph + rules,
        root,
    )


def _lines(file: Path) -> str:
    return "".join(
        f"{quad.triple} .\n" for quad in pyoxigraph.parse(path=file, base_iri=file.as_uri())
    )


def _rows(graph: Graph, report: Node | None) -> Rows:
    keys = (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent, SH.value)
    return Counter(
        (
            *(_term(graph.value(node, key)) for key in keys),
            _route(graph, graph.value(node, SH.resultPath)),
        )
        for node in graph.objects(report, SH.result)
    )


def _term(node: Node | None) -> str:
    return "" if node is None else "_" if isinstance(node, BNode) else node.n3()


def _route(graph: Graph, path: Node | None) -> str:
    """A path as text, so that paths made of blank nodes can be compared."""
    if not isinstance(path, BNode):
        return _term(path)
    if (path, RDF.first, None) in graph:
        return "/".join(_route(graph, step) for step in Collection(graph, path))
    ((kind, inner),) = graph.predicate_objects(path)
    steps = Collection(graph, inner) if kind == SH.alternativePath else [inner]
    return f"{URIRef(str(kind)).fragment}({'|'.join(_route(graph, step) for step in steps)})"


_ONE = 'Takes `sh:uniqueLang "1"` for true, which the standard does not; ours say `true`.'

#: Engine -> test that it misses -> what is wrong, and what it means for our shapes.
MISSES = {
    "pyshacl": {
        "core/property/uniqueLang-002": _ONE,
        "sparql/node/prefixes-001": "Does not find `sh:declare` through `owl:imports`; it "
        "falls back to the prefixes of the file, where there are any. Our query writes its IRIs in "
        "full.",
        "sparql/pre-binding/shapesGraph-001": "Has no `$shapesGraph` and says so; our query "
        "does not use it.",
    },
    "pyshacl-turbo": {},
    "pyshifty": {
        "core/property/uniqueLang-002": _ONE,
    },
}


def missed(engine: str) -> dict[str, list[str]]:
    """The tests of each part that an engine misses."""
    parts: dict[str, list[str]] = {}
    for case in cases():
        parts.setdefault(case.part, []).extend(
            [case.name] if results(case, engine) != case.wanted else []
        )
    return parts
