"""A case is a folder: ok.ttl is what is sound, bad.ttl takes its place, expected.tsv is what must
be said then.

The data of `ok` is common.ttl with ok.ttl; that of `bad` is common.ttl without ok.ttl but with
bad.ttl. Folders with YAML records are about constraints that notes report; test_resolve.py takes
those.
"""

import csv
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from rdflib import DCTERMS, RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node
from support.planted import CLAIMS, faults

from idfgraph.checks.shacl.pyshacl_engine import QueriedGraph
from idfgraph.model.provisional_codes import OPEN_SCHEMES, PROVISIONAL_SCHEME

HERE = Path(__file__).parents[1] / "data"
FILES = sorted((HERE.parents[1] / "shapes").glob("*.ttl"))
CASES = sorted(path.parent for path in (HERE / "shapes").glob("*/ok.ttl"))
SHAPES_BASE = "https://w3id.org/iom-idf/shapes/"
CONSTRAINTS = {f"C{number:02}" for number in range(1, 62)}
LANGUAGES = ["en", "es", "fr"]

Row = tuple[str, str, str, str]


@cache
def read_graph(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def shapes() -> Graph:
    return read_graph(*FILES)


def common() -> Graph:
    return read_graph(HERE / "shapes" / "common.ttl")


def reporting() -> set[Node]:
    """Return the shapes that can be named in a report: targeted ones, or the property shapes these
    list.
    """
    graph = shapes()
    targeted = {*graph.subjects(SH.targetClass), *graph.subjects(SH.targetSubjectsOf)}
    groups = {shape for shape in targeted if (shape, SH.property, None) in graph}
    return targeted - groups | {
        part for group in groups for part in graph.objects(group, SH.property)
    }


def to_curie(iri: Node) -> str:
    spaces = [
        (str(space), prefix)
        for prefix, space in common().namespaces()
        if str(iri).startswith(str(space))
    ]
    space, prefix = max(spaces, key=lambda found: len(found[0]))
    return f"{prefix}:{str(iri).removeprefix(space)}"


def to_path(graph: Graph, path: Node | None) -> str:
    if path is None:
        return "-"
    if not isinstance(path, BNode):
        return to_curie(path)
    if (inverse := graph.value(path, SH.inversePath)) is not None:
        return "^" + to_path(graph, inverse)
    choices = graph.value(path, SH.alternativePath)
    steps = Collection(graph, path if choices is None else choices)
    return ("/" if choices is None else "|").join(to_path(graph, step) for step in steps)


def to_rows(report: Graph) -> list[Row]:
    return sorted(
        (
            str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)),
            to_curie(report.value(result, SH.focusNode) or RDF.nil),
            to_path(report, report.value(result, SH.resultPath)),
            str(report.value(result, SH.sourceShape)).removeprefix(SHAPES_BASE),
        )
        for result in report.objects(None, SH.result)
    )


def validate(data: Graph) -> list[Row]:
    graph = QueriedGraph()
    graph += data
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes(), inplace=True)
    assert isinstance(report, Graph)
    return to_rows(report)


def read_expected(case: Path) -> list[Row]:
    if not (case / "expected.tsv").exists():
        return []
    with (case / "expected.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return sorted((row["severity"], row["focus"], row["path"], row["shape"]) for row in rows)


def case_id(case: Path) -> str:
    return case.name


def test_cases_are_all_collected() -> None:
    assert len(CASES) == 37
    assert sum((case / "bad.ttl").exists() for case in CASES) == 36


def test_every_constraint_of_the_domain_has_a_passing_and_a_failing_example() -> None:
    folders = [path for path in (HERE / "shapes").glob("C*") if (path / "expected.tsv").is_file()]
    both = {path.name for path in folders for kind in ("ttl", "yaml") if has_both(path, kind)}
    assert both >= {f"C{number:02}" for number in range(1, 48)}


def has_both(case: Path, kind: str) -> bool:
    return (case / f"ok.{kind}").is_file() and (case / f"bad.{kind}").is_file()


def test_common_data_is_sound() -> None:
    assert validate(common()) == []


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_sound_data_is_not_reported(case: Path) -> None:
    unwanted = {shape for *_, shape in read_expected(case)} or {shape for *_, shape in every_row()}
    assert [
        row for row in validate(common() + read_graph(case / "ok.ttl")) if row[3] in unwanted
    ] == []


@pytest.mark.parametrize(
    "case", [case for case in CASES if (case / "bad.ttl").exists()], ids=case_id
)
def test_faulty_data_is_reported(case: Path) -> None:
    data = common() - read_graph(case / "ok.ttl") + read_graph(case / "bad.ttl")
    aside = {rule.replace("/", "#") for rule in CLAIMS}
    assert [row for row in validate(data) if row[3] not in aside] == read_expected(case)


def every_row() -> Iterable[Row]:
    return (row for case in CASES for row in read_expected(case))


def test_every_shape_has_a_case() -> None:
    planted = {rule.replace("/", "#") for fault in faults().values() for rule in fault.rules}
    assert {shape for *_, shape in every_row()} | planted == {
        str(shape).removeprefix(SHAPES_BASE) for shape in reporting()
    }


def test_every_shape_speaks_three_languages() -> None:
    for shape in reporting():
        for predicate in (SH.name, SH.message):
            texts = [
                text for text in shapes().objects(shape, predicate) if isinstance(text, Literal)
            ]
            assert sorted(text.language or "" for text in texts) == LANGUAGES, shape


def test_every_shape_has_a_severity() -> None:
    for shape in reporting():
        assert shapes().value(shape, SH.severity, any=False) in {
            SH.Violation,
            SH.Warning,
            SH.Info,
        }, shape


def test_every_constraint_has_a_shape() -> None:
    assert all((shape, DCTERMS.identifier, None) in shapes() for shape in reporting())
    assert {str(name) for name in shapes().objects(None, DCTERMS.identifier)} == CONSTRAINTS


def test_every_shape_has_an_iri_of_its_file() -> None:
    for file in FILES:
        graph = read_graph(file)
        own = f"{SHAPES_BASE}{file.stem}#"
        others = {shape for shape in graph.subjects() if not str(shape).startswith(own)}
        asked = set(graph.subjects(SH.sparql))
        assert {shape for shape in others if isinstance(shape, URIRef)} <= asked, file
        assert not any(isinstance(subject, BNode) for subject in graph.subjects(RDF.type)), file


def test_queries_stand_in_a_file_of_their_own() -> None:
    """Engines without SPARQL run the others, in which each shape has its words all the same."""
    core = read_graph(*(file for file in FILES if file.stem != "sparql"))
    assert not set(core.objects(None, SH.sparql)) and not set(core.objects(None, SH.select))
    asked = set(shapes().subjects(SH.sparql))
    assert len(asked) == 12
    assert all((shape, SH.message, None) in core for shape in asked)
    assert all(
        (query, RDFS.comment, None) in shapes() for query in shapes().objects(None, SH.sparql)
    )


def test_references_between_shapes_hold() -> None:
    declared = set(shapes().subjects(RDF.type))
    members = {
        item for choice in shapes().objects(None, SH["or"]) for item in Collection(shapes(), choice)
    }
    for predicate in (SH.property, SH.node, SH["not"], SH.sparql):
        members |= set(shapes().objects(None, predicate))
    assert members <= declared


def test_patterns_are_linear() -> None:
    for pattern in map(str, shapes().objects(None, SH.pattern)):
        re.compile(pattern)
        assert not re.search(r"[*+]|\{\d+,\}|\\\d|\)[?{]", pattern), pattern


def test_queries_have_no_severity_and_no_clock() -> None:
    graph = shapes()
    for constraint in graph.objects(None, SH.sparql):
        assert (constraint, SH.severity, None) not in graph
        assert "NOW" not in str(graph.value(constraint, SH.select))


def test_codes_of_lists_that_are_added_to_need_no_name_in_each_language() -> None:
    start = shapes().value(URIRef(f"{SHAPES_BASE}concept#page-list"), SH["in"])
    assert start is not None
    lists = {to_curie(each) for each in Collection(shapes(), start)}
    assert lists == {"code:area", PROVISIONAL_SCHEME, *(f"code:{one}" for one in OPEN_SCHEMES)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_file_stands_alone(file: Path) -> None:
    assert sum(1 for _ in pyoxigraph.parse(path=file)) == len(read_graph(file)) > 0


def test_shapes_are_well_formed() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, text
