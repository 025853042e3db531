"""A project known from a report, a spreadsheet, a letter or an e-mail: from the template to the
answer of a question.
"""

from pathlib import Path

import pytest
from support.command import run

from idfgraph.checks.check import check
from idfgraph.curation.decide import Signed, decide
from idfgraph.curation.quote import quote
from idfgraph.curation.start import init, new
from idfgraph.model.errors import BadInput
from idfgraph.sources.records import read_record, read_whole_record, render_record

CITED = """sources:
  - document:
      title: Final report
      date: '2022-03-01'
      by: Country office
      where: Registry, file 12
    language: en
    values:
      - {property: projectId, text: V99-805, locator: p. 1}
      - {property: title, text: Border training in Moldova, locator: cover}
      - {property: startYear, text: '2021', locator: p. 1}
      - {property: status, text: Completed, locator: p. 12}
      - {property: beneficiary, text: Republic of Moldova, locator: p. 2}
      - {property: coverage, text: National, locator: p. 2}
"""
VALUES = """values:
  title: {en: Border training in Moldova}
  startYear: '2021'
  status: completed
  coverage: national
  beneficiary: [MDA]
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk of one's own."""
    init(tmp_path / "own")
    return tmp_path / "own"


def grave(desk: Path) -> list[str]:
    return [
        one.result.message("en")
        for one in check([desk]).findings
        if one.result.severity == "Violation"
    ]


def test_the_whole_path(desk: Path) -> None:
    file = new("project", "V99-805", desk / "records")
    assert any("cite one under sources" in one for one in grave(desk))
    file.write_text(file.read_text("utf-8") + VALUES + CITED, "utf-8")
    assert grave(desk) == []
    said = [one.result.message("en") for one in check([desk]).findings]
    assert [one for one in said if "documents that are no pages" in one]
    assert not [one for one in said if "Put the pages back" in one]
    done = run("publish", cwd=desk)
    assert done.returncode == 0, done.stderr
    assert "re-read" not in done.stderr and "no pages" not in done.stderr
    told = run("query", "beneficiary-projects", "--set", "state=MDA", cwd=desk)
    assert "Border training in Moldova" in told.stdout
    (page,) = (desk / "public" / "doc" / "source").glob(
        f"{read_record(file).record.sources[0].page[:16]}.ttl"
    )
    text = page.read_text("utf-8")
    assert "Final report, Country office, 2022-03-01, Registry, file 12" in text
    assert "evidence-unverified" in text and "p. 12" in text
    assert "idf:citationSha256" in text and "schema:sha256" not in text
    catalogue = (desk / "public" / "graph" / "run.nt").read_text("utf-8")
    assert read_record(file).record.sources[0].page in catalogue
    assert run("validate", "--require-evidence", cwd=desk).returncode != 0


def test_words_of_a_document_are_written_by_hand(desk: Path) -> None:
    file = new("project", "V99-805", desk / "records")
    file.write_text(file.read_text("utf-8") + VALUES + CITED, "utf-8")
    with pytest.raises(BadInput) as error:
        quote(file, "startYear", "2021", desk / "pages")
    assert "cites documents, and no page; write their words by hand" in str(error.value)
    assert "- {property: startYear, text: '2021', locator: p. 1}" in str(error.value)


def test_what_is_decided_beside_it_keeps_the_citation(desk: Path) -> None:
    file = new("project", "V99-805", desk / "records")
    file.write_text(file.read_text("utf-8") + VALUES + CITED, "utf-8")
    signed = Signed({"en": "So."}, "Ada", "2026-11-21", ("https://example.org/letter",))
    decide(file, "startYear", ["2020"], signed)
    assert CITED in file.read_text("utf-8")
    assert grave(desk) == []


def test_what_is_decided_by_a_document_names_it(desk: Path) -> None:
    file = new("project", "V99-805", desk / "records")
    file.write_text(file.read_text("utf-8") + VALUES + CITED, "utf-8")
    words = ("--why", "So.", "--by", "Ada")
    assert run("decide", "V99-805", "startYear", "2020", *words, cwd=desk).returncode == 0
    named = run("decide", "V99-805", "status", "active", *words, "--evidence", "final report",
                cwd=desk)  # fmt: skip
    assert named.returncode == 0, named.stderr
    wrong = run(
        "decide", "V99-805", "budget", "5000", *words, "--evidence", "Final reprt", cwd=desk
    )
    assert wrong.returncode == 2 and "did you mean Final report?" in wrong.stderr
    record = read_whole_record(file).record
    assert [list(map(str, one.evidence)) for one in record.decisions] == [["Final report"]] * 2
    assert run("publish", "--site", "none", cwd=desk).returncode == 0
    text = (desk / "public" / "doc" / "project" / "V99-805.ttl").read_text("utf-8")
    assert text.count(f"dct:source src:{record.sources[0].page[:16]}") == 2


def test_a_decision_by_a_document_that_is_not_cited_is_told(desk: Path) -> None:
    file = new("project", "V99-805", desk / "records")
    file.write_text(file.read_text("utf-8") + VALUES + CITED, "utf-8")
    signed = Signed({"en": "So."}, "Ada", "2026-11-21")
    decide(file, "startYear", ["2020"], signed)
    (beside,) = (file.parent / "signed").iterdir()
    text = beside.read_text("utf-8").replace("- document: Final report", "- document: Another")
    beside.write_text(text, "utf-8")
    assert any("the document “Another”, which is not among" in one for one in grave(desk))


def test_the_example_of_the_template_is_a_record(desk: Path) -> None:
    file = new("project", "V99-805", desk / "records")
    head, begun, cited = file.read_text("utf-8").rpartition("#   - document:\n")
    lines = ["sources:", *(line.removeprefix("# ") for line in (begun + cited).splitlines())]
    file.write_text(head + "\n".join(lines) + "\n", "utf-8")
    (source,) = read_record(file).record.sources
    assert source.document and source.media_type
    again = file.with_name("again.yaml")
    again.write_text(render_record(read_record(file).record), "utf-8")
    assert read_record(again).record == read_record(file).record


WRONG = {
    "no page": ("  - language: en\n", "has no page and no identifier, and cites no document"),
    "no title": ("  - document: {date: '2022', by: x, where: y}\n    language: en\n", "title"),
    "a span": (
        "  - document: {title: t, date: '2022', by: x, where: y}\n    language: en\n"
        "    values: [{property: status, text: Active, span: [1, 2]}]\n",
        "give the text, and where it stands as locator",
    ),
}


@pytest.mark.parametrize(("source", "told"), WRONG.values(), ids=WRONG.keys())
def test_what_is_not_cited_well_is_told(desk: Path, source: str, told: str) -> None:
    file = new("project", "V99-805", desk / "records")
    file.write_text(f"{file.read_text('utf-8')}sources:\n{source}", "utf-8")
    assert any(told in one for one in grave(desk))
