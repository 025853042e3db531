"""The functions of `import idfgraph`, used as a program would use them."""

import inspect
import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from rdflib import Graph, Literal, URIRef

import idfgraph

ROOT = Path(__file__).parents[1]
CALLS = ROOT / "tests" / "data" / "library.txt"
BASE = "https://w3id.org/iom-idf/"
ALBANIA = URIRef(f"{BASE}id/project/V47-805")


@pytest.fixture(scope="module")
def records() -> dict[str, idfgraph.Record]:
    """The records of the data folder by id."""
    return {record.id: record for record in idfgraph.read([ROOT / "data"])}


@pytest.fixture(scope="module")
def lines(records: dict[str, idfgraph.Record]) -> list[str]:
    """All records as N-Quads."""
    return [
        line for record in records.values() for line in idfgraph.to_quads(idfgraph.resolve(record))
    ]


def test_read_gives_typed_records(records: dict[str, idfgraph.Record]) -> None:
    kinds = Counter(type(record) for record in records.values())
    assert kinds == {idfgraph.Project: 4, idfgraph.Programme: 1}
    project = records["V47-805"]
    assert isinstance(project, idfgraph.Project)
    assert project.values
    assert project.values.beneficiary == ("ALB",)
    with pytest.raises(AttributeError):
        project.id = "other"  # type: ignore[misc]


def test_sources_are_one_path_or_several_as_text_or_as_path(tmp_path: Path) -> None:
    data = ROOT / "data"
    for sources in (str(data), data, [str(data)], [data], iter([data / "records", data / "pages"])):
        assert len(list(idfgraph.read(sources))) == 5
    one = str(data / "records" / "V47-805.yaml")
    assert idfgraph.check(one).records == idfgraph.check([one]).records == 1
    assert idfgraph.publish(one, str(tmp_path / "public")).records == 1
    assert (tmp_path / "public" / "SHA256SUMS").is_file()
    for wrong in (None, 1, [None], [b"data"]):
        for function in (idfgraph.read, idfgraph.check):
            with pytest.raises(idfgraph.IdfgraphError, match="is no source; give a path"):
                function(wrong)  # type: ignore[arg-type]


def _call(name: str, function: Callable[..., object]) -> str:
    """How a public function or class is called: names, kinds and defaults of its parameters."""
    parameters = inspect.signature(function).parameters.values()
    plain = [one.replace(annotation=inspect.Parameter.empty) for one in parameters]
    named = [
        one.replace(default=Plain(getattr(one.default, "__name__", repr(one.default))))
        if one.default is not inspect.Parameter.empty
        else one
        for one in plain
    ]
    return f"{name}{inspect.Signature(named)}\n"


class Plain(str):
    """A default as it is shown."""

    __slots__ = ()
    __repr__ = str.__str__


def test_public_functions_are_called_as_before() -> None:
    """Programs of others break where this file changes: CHANGELOG.md says so then.

    IDFGRAPH_REWRITE=1 writes it anew. Fields of records are held by `data/record.schema.json`.
    """
    public = {name: getattr(idfgraph, name) for name in idfgraph.__all__}
    calls = "".join(
        _call(name, one)
        for name, one in public.items()
        if callable(one) and not isinstance(one, type(msgspec.Struct))
    )
    if os.environ.get("IDFGRAPH_REWRITE"):
        CALLS.write_text(calls, "utf-8")
    assert calls == CALLS.read_text("utf-8")


def test_read_streams_and_names_the_place_of_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text('{"kind": "project", "id": "A10-001"}\n{"kind": "project", "id": "A10 002"}\n')
    records = idfgraph.read([path])
    assert next(records).id == "A10-001"
    with pytest.raises(idfgraph.IdfgraphError) as caught:
        next(records)
    assert (caught.value.place.file, caught.value.place.line, caught.value.place.field) == (
        str(path),
        2,
        "id",
    )
    assert caught.value.hint


def test_read_takes_a_page_that_no_record_names(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("Fonds de l'OIM pour le développement\nUne page\n")
    (record,) = idfgraph.read([path])
    assert isinstance(record, idfgraph.Unidentified)
    assert any("SourceRecord" in line for line in idfgraph.to_quads(idfgraph.resolve(record)))


def test_resolve_gives_a_linked_record(records: dict[str, idfgraph.Record]) -> None:
    item = idfgraph.resolve(records["V47-805"])
    assert isinstance(item, idfgraph.Linked)
    assert item.id == item.node["id"] == "prj:V47-805"
    assert [graph for graph, _ in item.graphs] == [
        "graph:source/ea0243d4edc78dd7",
        "graph:decision/V47-805",
    ]


def test_quads_are_those_that_a_release_holds(lines: list[str], published: Path) -> None:
    release = set((published / "data" / "idf.nq").read_text("utf-8").splitlines(keepends=True))
    assert len(lines) == len(set(lines)) > 1000
    assert set(lines) <= release
    ours = (
        f"<{BASE}id/project/",
        f"<{BASE}id/programme/",
        f"<{BASE}id/source/",
        f"<{BASE}graph/decision/",
    )
    missing = [line for line in release - set(lines) if line.startswith(ours)]
    other = re.compile(rf" <{BASE}graph/(run|decision/(state|org)/[^/>]+)> \.$")
    texts = [line for line in missing if not other.search(line.rstrip())]
    assert len(texts) == 5
    assert all("schema.org/contentUrl" in line for line in texts)


def test_graph_holds_the_content_alone(lines: list[str]) -> None:
    graph = idfgraph.to_graph(lines)
    assert isinstance(graph, Graph)
    (budget,) = graph.objects(ALBANIA, URIRef(f"{BASE}def#budget"))
    amounts = list(graph.objects(budget, URIRef("https://schema.org/value")))
    assert [str(value) for value in amounts if isinstance(value, Literal)] == ["49997.00"]
    assert not list(graph.subjects(None, URIRef(f"{BASE}def#SourceValue")))


def test_sound_records_conform(lines: list[str]) -> None:
    report = idfgraph.validate(lines)
    assert report.conforms
    first = idfgraph.check([ROOT / "data"]).report
    assert Counter(result.severity for result in report.results) == Counter(
        r.severity for r in first.results
    )


def test_validate_reports_what_is_wrong(lines: list[str]) -> None:
    doubled = f'<{ALBANIA}> <{BASE}def#projectId> "V47-806" .\n'
    report = idfgraph.validate([*lines, doubled])
    assert not report.conforms
    (found,) = [result for result in report.results if result.shape.endswith("project#project-id")]
    assert (found.severity, found.focus) == ("Violation", str(ALBANIA))
    assert found.messages.keys() == found.names.keys() == {"en", "fr", "es"}


def test_publish_and_check_say_where_each_result_points(tmp_path: Path) -> None:
    done = idfgraph.publish([ROOT / "data"], tmp_path / "public")
    assert isinstance(done, idfgraph.Validated)
    assert (done.records, done.report.conforms, done.quarantined) == (5, True, ())
    assert idfgraph.check([ROOT / "data"]) == done._replace(release="")
    assert len(done.findings) == len(done.report.results) > 20
    marked = [place for _, place, _ in done.findings if place.line > 1]
    for place in marked:
        line = Path(place.file).read_text("utf-8").splitlines()[place.line - 1]
        assert line[place.column - 1 :].startswith((f"{place.field}:", "format:", "text:"))
    assert {"budget", "endYear", "beneficiary"} <= {place.field for place in marked}


def test_quarantine_publishes_the_sound_records(tmp_path: Path) -> None:
    source, out = tmp_path / "records", tmp_path / "public"
    source.mkdir()
    for record, coverage in (("V47-805", "regional"), ("W34-805", None)):
        text = (ROOT / "data" / "records" / f"{record}.yaml").read_text("utf-8")
        text = text.replace("coverage: national", f"coverage: {coverage}") if coverage else text
        (source / f"{record}.yaml").write_text(text, "utf-8")
    with pytest.raises(idfgraph.ShapesViolated) as caught:
        idfgraph.publish([source], out)
    (wrong,) = [
        finding for finding in caught.value.findings if finding.result.severity == "Violation"
    ]
    assert (Path(wrong.place.file).name, wrong.place.field) == ("V47-805.yaml", "coverage")
    assert not out.exists()
    done = idfgraph.publish([source], out, quarantine=True)
    assert (done.records, done.quarantined) == (1, ("V47-805",))
    assert not (out / "doc" / "project" / "V47-805.ttl").exists()
    assert (out / "doc" / "project" / "W34-805.ttl").is_file()
