"""When pages were captured, as of when a status holds, and documents that are no pages."""

from typing import Any, cast

import msgspec
import pytest
from support.command import ROOT

from idfgraph.graph.mapping import compile_context
from idfgraph.graph.resolve import Reference, resolve
from idfgraph.model.judgements import Decision
from idfgraph.model.nodes import Node, parts_of
from idfgraph.model.records import Capture, Project, Source
from idfgraph.sources.reference_files import read_reference

REFERENCE = Reference(read_reference(ROOT / "data" / "reference"))
MAPPER = compile_context((ROOT / "ontology" / "context.jsonld").read_text("utf-8"))


def page(digit: str, captured: str | None, status: str = "Actif", **more: Any) -> Source:
    printed = (("projectId", "TC.0001"), ("status", status))
    return Source(
        page=digit * 64,
        identifier=digit,
        language="fr",
        captured=captured,
        values=tuple(
            Capture(property=name, text=text, label=name, span=(n * 100, n * 100 + len(text)))
            for n, (name, text) in enumerate(printed)
        ),
        **more,
    )


def nodes(*sources: Source, decisions: tuple[Decision, ...] = ()) -> tuple[Node, list[Node]]:
    record = Project(id="TC.0001", sources=sources, decisions=decisions)
    item = resolve(record, REFERENCE, as_of="2026-11-21")
    graphs = [node for _, inner in item.graphs for node in inner]
    for node in (item.node, *graphs):
        assert list(MAPPER.quads(node))
    return item.node, graphs


#: When pages that print some status were captured, and as of when the accepted status is.
CAPTURED: tuple[tuple[tuple[tuple[str | None, str], ...], str | None], ...] = (
    (((None, "Actif"),), None),
    ((("2026-11-20", "Actif"),), "2026-11-20"),
    ((("2026-11-20T09:03:11Z", "Actif"), (None, "Active")), "2026-11-20"),
    ((("2026-11-20", "Actif"), ("2026-11-22T00:00:00Z", "Active")), "2026-11-22"),
    ((("2026-11-20", "Actif"), ("2026-11-22", "Achevé")), None),
    ((("2026-11-20", "Suspendu"),), "2026-11-20"),
)


@pytest.mark.parametrize(("captured", "day"), CAPTURED)
def test_a_status_is_as_of_the_last_day_on_which_a_page_had_it(
    captured: tuple[tuple[str | None, str], ...], day: str | None
) -> None:
    sources = [page("abc"[n], when, status) for n, (when, status) in enumerate(captured)]
    node, _ = nodes(*sources)
    assert node.get("statusAsOf") == day


def test_a_decided_status_is_as_of_the_page_that_prints_it() -> None:
    decided = Decision(
        property="status", value="completed", why={"en": "So."},
        evidence=("https://example.org/",), by="Ada", on="2026-11-25",
    )  # fmt: skip
    pages = (page("a", "2026-11-20", "Achevé"), page("b", "2026-11-24", "Actif"))
    assert nodes(*pages, decisions=(decided,))[0]["statusAsOf"] == "2026-11-20"
    assert "statusAsOf" not in nodes(pages[1], decisions=(decided,))[0]


@pytest.mark.parametrize(
    ("captured", "said"),
    [
        (None, {}),
        ("2026-11-20", {"capturedOn": "2026-11-20"}),
        (
            "2026-11-20T23:59:59Z",
            {"capturedOn": "2026-11-20", "generatedAtTime": "2026-11-20T23:59:59Z"},
        ),
    ],
)
def test_a_page_says_when_it_was_captured(captured: str | None, said: Node) -> None:
    _, (source, *_) = nodes(page("a", captured))
    keys = ("capturedOn", "generatedAtTime")
    assert {key: source[key] for key in keys if key in source} == said


DOCUMENT = Source(
    page="d" * 64,
    identifier="report",
    language="en",
    url="https://example.org/report.pdf",
    media_type="application/pdf",
    values=(
        Capture(property="projectId", text="TC.0001", locator="cover"),
        Capture(property="startYear", text="2021", locator="p. 12", certainty="0.8"),
        Capture(property="beneficiary", text="Albania, Fiji", locator="p. 3", label="Countries"),
    ),
)


def test_a_document_gives_values_at_its_places() -> None:
    node, (source, *_) = nodes(DOCUMENT)
    assert node["startYear"] == "2021" and node["beneficiary"] == ["ALB", "FJI"]
    assert source["format"] == "application/pdf"
    values = {
        str(value["id"]).partition("#")[2]: value for value in parts_of(source, "sourceValue")
    }
    year = values["TC.0001-startYear"]
    assert (year["sourceText"], year["locator"], year["certainty"]) == ("2021", "p. 12", "0.8")
    states = [value for name, value in values.items() if name.startswith("TC.0001-beneficiary-")]
    assert [value["locator"] for value in states] == ["p. 3", "p. 3"]
    assert {value["sourceText"] for value in states} == {"Albania", "Fiji"}
    assert all("spanStart" not in value for value in values.values())


#: What is wrong with a source, as JSON.
WRONG = {
    "day of no calendar": ({"captured": "2026-02-30"}, "calendar"),
    "moment with a zone": ({"captured": "2026-11-20T09:03:11+01:00"}, "Expected"),
    "time without seconds": ({"captured": "2026-11-20T09:03Z"}, "Expected"),
    "locator on a page": (
        {"values": [{"property": "status", "text": "x", "locator": "p. 1"}]},
        "mediaType",
    ),
    "span in a document": (
        {
            "mediaType": "application/pdf",
            "values": [{"property": "status", "text": "x", "span": [0, 1]}],
        },
        "is no page",
    ),
    "locator without text": (
        {"mediaType": "application/pdf", "values": [{"property": "status", "locator": "p. 1"}]},
        "without its text",
    ),
    "certainty beyond one": ({"values": [{"property": "status", "certainty": "1.1"}]}, "Expected"),
    "no media type": ({"mediaType": "pdf"}, "Expected"),
    "one property twice": (
        {
            "mediaType": "application/pdf",
            "values": [{"property": "status", "text": "x", "locator": "1"}] * 2,
        },
        "twice",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_source_that_cannot_be_is_refused(name: str) -> None:
    change, message = WRONG[name]
    data: dict[str, object] = {
        "page": "d" * 64,
        "identifier": "d",
        "language": "en",
        **cast(dict[str, object], change),
    }
    with pytest.raises(msgspec.ValidationError, match=message):
        msgspec.convert(data, Source)
