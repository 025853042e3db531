"""What pages say and what is made of it, asked by one query: PX.0012 and TB4-805, and the like."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyoxigraph
import pytest
from support.printed import page

import idfgraph
from idfgraph import Project
from idfgraph.model.judgements import Decision
from idfgraph.model.records import Source

QUERIES = Path(__file__).parents[2] / "queries"
CODES = "https://w3id.org/iom-idf/code/"
LETTER = {
    "why": {"en": "Letter."},
    "evidence": ["https://example.org/letter"],
    "by": "A.",
    "on": "2026-11-21",
}

Row = tuple[str, str, str]


def decided(property_: str, value: str) -> Decision:
    return msgspec.convert({"property": property_, "value": value, **LETTER}, Decision)


def asked(name: str, id_: str, sources: Sequence[Source], *decisions: Decision) -> Any:
    """The answer to a query about a project of these pages."""
    record = Project(id=id_, sources=tuple(sources), decisions=decisions)
    store = pyoxigraph.Store()
    lines = "".join(idfgraph.to_quads(idfgraph.resolve(record)))
    store.load(lines, format=pyoxigraph.RdfFormat.N_QUADS)
    query = (QUERIES / f"{name}.rq").read_text("utf-8")
    return store.query(query.replace("{ prj:V47-805 }", f"{{ prj:{id_} }}"))


def claims(property_: str, id_: str, sources: Sequence[Source], *decisions: Decision) -> list[Row]:
    """Value, rank and reason of what pages claim of a property."""
    return sorted(_claims(property_, asked("claims", id_, sources, *decisions)))


def _claims(property_: str, rows: Any) -> Iterator[Row]:
    for row in rows:
        if row["property"].value.endswith(f"#{property_}"):
            codes = (row[name].value.removeprefix(CODES) for name in ("value", "rank", "reason"))
            value, rank, reason = codes
            yield value, rank.removeprefix("rank-"), reason.removeprefix("reason-")


ACTIVE = page("en", {"projectId": "PX.0012", "status": "Active"}, labelled=False)
COMPLETED = page("fr", {"projectId": "PX.0012", "status": "Achevé"})
BOTH = page("es", {"projectId": "PX.0012", "status": "Completed"})


def test_a_status_that_a_rule_sets_aside() -> None:
    assert claims("status", "PX.0012", [ACTIVE, COMPLETED]) == [
        ("status-active", "set-aside", "rule"),
        ("status-completed", "accepted", "rule"),
    ]


def test_a_status_that_a_person_sets_aside() -> None:
    pages = [COMPLETED, page("en", {"projectId": "PX.0012", "status": "Active"})]
    assert claims("status", "PX.0012", pages) == [
        ("status-active", "set-aside", "contradicted"),
        ("status-completed", "set-aside", "contradicted"),
    ]
    assert claims("status", "PX.0012", pages, decided("status", "completed")) == [
        ("status-active", "set-aside", "decided"),
        ("status-completed", "accepted", "decided"),
    ]


def test_pages_that_agree() -> None:
    assert (
        claims("status", "PX.0012", [COMPLETED, BOTH])
        == [
            ("status-completed", "accepted", "unopposed"),
        ]
        * 2
    )


YEARS = {"projectId": "TB4-805", "status": "Completed", "startYear": "2002", "endYear": "2024"}
LONG = page("en", YEARS)
TEMPLATE = page("fr", {"projectId": "TB4-805", "status": "Achevé", "endYear": "2024"})
UNSTARTED = page("es", {"projectId": "TB4-805", "endYear": "2024"})


def test_a_doubt_belongs_to_a_value() -> None:
    assert claims("endYear", "TB4-805", [LONG, UNSTARTED, TEMPLATE]) == [
        ("2024", "set-aside", "doubted"),
        ("2024", "set-aside", "doubted"),
        ("2024", "template", "template"),
    ]


def test_a_doubt_that_a_person_settles() -> None:
    pages = [LONG, UNSTARTED, TEMPLATE]
    assert claims("endYear", "TB4-805", pages, decided("endYear", "2024")) == [
        ("2024", "accepted", "decided"),
        ("2024", "accepted", "decided"),
        ("2024", "template", "template"),
    ]
    assert claims("endYear", "TB4-805", pages, decided("endYear", "2003")) == [
        ("2024", "set-aside", "decided"),
        ("2024", "set-aside", "decided"),
        ("2024", "template", "template"),
    ]


def test_a_credible_page_has_its_year_accepted() -> None:
    credible = page("en", {**YEARS, "startYear": "2022"})
    assert claims("endYear", "TB4-805", [credible, TEMPLATE]) == [
        ("2024", "accepted", "unopposed"),
        ("2024", "template", "template"),
    ]
    assert not list(asked("doubtful-end-years", "TB4-805", [credible, TEMPLATE]))


@pytest.mark.parametrize("pages", [[LONG], [LONG, UNSTARTED], [LONG, TEMPLATE], [TEMPLATE]])
def test_doubtful_end_years_are_told_with_why(pages: Sequence[Source]) -> None:
    rows = list(asked("doubtful-end-years", "TB4-805", pages))
    assert {row["statedEndYear"].value for row in rows} == {"2024"}
    assert all(row["reason"] for row in rows)
    places = {row["evidence"].value.partition("#")[0] for row in rows}
    assert {f"https://w3id.org/iom-idf/id/source/{one.page[:16]}" for one in pages} <= places
