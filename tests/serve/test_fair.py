"""A release that is served keeps the points of the FAIR metrics that it has."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from fair_metrics import Evidence, FairResult, dqv, gathered, results, table
from rdflib import RDF, Graph, Namespace, URIRef
from support import served as serving
from support.http_servers import free_port

from idfgraph import publish

ROOT = Path(__file__).parents[2]
DQV = Namespace("http://www.w3.org/ns/dqv#")

#: Metrics that no release meets by itself.
NOT_OURS = {"FsF-F1-02MD"}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evidence]:
    """A release whose base is where it is served, so that its names lead there."""
    out, port = tmp_path_factory.mktemp("fair") / "public", free_port()
    publish([ROOT / "data"], out, base=f"http://127.0.0.1:{port}/", site="plain")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serving, "free_port", lambda: port)
        with serving.served(out, out.parent):
            yield gathered(f"http://127.0.0.1:{port}/")


@pytest.fixture(scope="module")
def scores(found: Evidence) -> list[FairResult]:
    return list(results(found))


def test_all_points_but_those_of_registered_names(scores: list[FairResult]) -> None:
    lost = {one.metric.identifier for one in scores if one.points < one.metric.most}
    assert lost == NOT_OURS
    assert len(scores) == 17
    assert sum(one.metric.most for one in scores) == 26


def test_the_docs_have_this_table(scores: list[FairResult]) -> None:
    assert table(scores) in (ROOT / "docs" / "fair.md").read_text("utf-8")


def test_results_are_quality_measurements(scores: list[FairResult], found: Evidence) -> None:
    graph = Graph().parse(data=dqv(scores, found.identifier), format="turtle", publicID="x:fair")
    measured = list(graph.subjects(RDF.type, DQV.QualityMeasurement))
    assert len(measured) == len(scores)
    assert {graph.value(one, DQV.computedOn) for one in measured} == {URIRef(found.identifier)}
    values = [graph.value(one, DQV.value).toPython() for one in measured]  # type: ignore[union-attr]
    assert sum(values) == sum(one.points for one in scores)
    for one in measured:
        metric = graph.value(one, DQV.isMeasurementOf)
        assert (metric, RDF.type, DQV.Metric) in graph
        assert graph.value(metric, DQV.inDimension)


def test_what_is_not_there_has_no_points() -> None:
    nothing = Evidence("x:y", {}, Graph(), 0, [], [])
    points = {one.metric.identifier: one.points for one in results(nothing)}
    given = {name for name, number in points.items() if number > Decimal(0)}
    assert given == set(), given


def test_a_name_at_w3id_that_leads_on_has_the_points(found: Evidence) -> None:
    named = found._replace(identifier="https://w3id.org/iom-idf/release/1", hops=1)
    (kept,) = [one for one in results(named) if one.metric.identifier == "FsF-F1-02MD"]
    assert kept.points == 1
