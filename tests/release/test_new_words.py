"""Words that no list has, in a release: described, marked, counted, and told once for all
records.
"""

import csv
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from idfgraph import Validated, check, publish

HERE = Path(__file__).parents[2]

PAGE = """{title}

  • {start}
    2021
  • {status}
    {status_word}
  • {type}
    {type_word}
  • {coverage}
    Multi-Regional
  • {id}
    PO.{number:04}

{text}
"""
WORDS = {
    "fr": {
        "title": "Appui aux autorités", "start": "Date de début", "status": "Statut du projet",
        "type": "Type de projet", "coverage": "Couverture", "id": "Projet ID",
        "text": "Un atelier pour les autorités de la région.",
    },
    "en": {
        "title": "Support to authorities", "start": "Start Date", "status": "Project Status",
        "type": "Project Type", "coverage": "Coverage", "id": "Projects ID",
        "text": "A workshop for the authorities of the region.",
    },
    "es": {
        "title": "Apoyo a las autoridades", "start": "Fecha de inicio",
        "status": "Tipo de proyecto",
        "type": "Tipo de proyecto", "coverage": "Cobertura geográfica", "id": "Proyecto ID",
        "text": "Un taller para las autoridades de la región.",
    },
}  # fmt: skip
TYPES = {
    "fr": "Diaspora & jeunes < 25",
    "en": "Diaspora and Youth",
    "es": "Diáspora y juventud",
}
STATUSES = {"fr": "Actif", "en": "Active", "es": "Activo"}


def page(language: str, number: int) -> str:
    words = WORDS[language]
    return PAGE.format(
        **words, number=number, status_word=STATUSES[language], type_word=TYPES[language]
    )


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Validated, Path]]:
    """A release of three pages, one in each language, with two words each that no list has."""
    folder = tmp_path_factory.mktemp("codes")
    (pages := folder / "pages").mkdir()
    for number, language in enumerate(WORDS):
        (pages / f"{language}.txt").write_text(page(language, number), "utf-8")
    yield publish(pages, folder / "public", jobs=1), folder / "public"


def test_new_words_refuse_nothing_and_each_is_told_once(
    release: tuple[Validated, Path],
) -> None:
    done, _ = release
    told = [found for found in done.findings if found.result.rule == "concept/on-a-list"]
    assert done.records == 3
    assert done.report.conforms
    assert not [found for found in done.findings if "unknown-code" in found.result.focus]
    assert [found.result.severity for found in told] == ["Warning"] * 4
    assert "“Multi-Regional” (Coverage) is on no list: 3 records have it" in told[0].result.message(
        "en"
    )
    assert len(told[0].also) == 2
    assert Path(told[0].place.file).suffix == ".txt"


def test_codes_are_described_and_marked_in_rdf(release: tuple[Validated, Path]) -> None:
    _, public = release
    turtle = (public / "doc/code/type-provisional-diaspora-jeunes-25.ttl").read_text("utf-8")
    assert 'skos:prefLabel "Diaspora & jeunes < 25"@fr' in turtle
    assert "code:provisional" in turtle


def test_codes_are_marked_on_pages_and_never_as_markup(release: tuple[Validated, Path]) -> None:
    _, public = release
    for name in ("doc/project/PO.0000", "doc/code/type-provisional-diaspora-jeunes-25"):
        html = (public / f"{name}.html").read_text("utf-8")
        assert "Diaspora &amp; jeunes &lt; 25 (provisional)" in html
        assert "jeunes < 25" not in html.partition("<body")[2]
    assert "(provisoire)" in (public / "doc/project/PO.0000.fr.html").read_text("utf-8")
    assert "Diaspora and Youth (provisional)" in (public / "lists/codes.html").read_text("utf-8")


def test_codes_are_marked_in_tables(release: tuple[Validated, Path]) -> None:
    _, public = release
    with (public / "tables/projects.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["project_id"]: row for row in csv.DictReader(file)}
    assert rows["PO.0001"]["coverage"] == "provisional-multi-regional"
    assert rows["PO.0001"]["coverage_en"] == "Multi-Regional (provisional)"
    assert rows["PO.0001"]["coverage_fr"] == "Multi-Regional (provisoire)"
    assert rows["PO.0002"]["status"] == "active"
    with sqlite3.connect(public / "tables/idf.sqlite") as store:
        found = store.execute("SELECT code, provisional FROM codes WHERE scheme = 'coverage'")
        marks = dict(found.fetchall())
    assert marks["provisional-multi-regional"] == 1
    assert marks["national"] == 0


def test_codes_are_counted_in_the_summary(release: tuple[Validated, Path]) -> None:
    _, public = release
    summary = json.loads((public / "release.json").read_text("utf-8"))
    assert summary["provisional"] == {"coverage": 1, "type": 3}


def test_many_records_of_one_word_are_one_finding(tmp_path: Path) -> None:
    """More than one shard of them: what each process finds is told together."""
    line = {
        "kind": "project",
        "sources": [{"page": "", "identifier": "", "language": "fr", "values": []}],
    }
    file = tmp_path / "many.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for number in range(510):
            id_, digest = f"PO.{number:04}", f"{number:04x}" * 16
            values = [
                {"property": "projectId", "text": id_, "span": [0, 7]},
                {"property": "status", "text": "En  suspens", "span": [10, 21]},
            ]
            source = {"page": digest, "identifier": id_, "language": "fr", "values": values}
            out.write(json.dumps({**line, "id": id_, "sources": [source]}) + "\n")
    findings = check(file, jobs=1).findings
    (told,) = [found for found in findings if found.result.rule == "concept/on-a-list"]
    assert "510 records have it" in told.result.message("en")
    assert "510 fiches" in told.result.message("fr")
    assert len(told.also) < 10


def programme(number: int, *results: tuple[str, str]) -> dict[str, object]:
    """A programme whose page counts these."""
    values = [
        {"property": f"result.{measure}", "text": count, "span": [10 * place, 10 * place + 3]}
        for place, (measure, count) in enumerate(results)
    ]
    page = {"page": f"{number:04x}" * 16, "identifier": f"page-{number}", "language": "fr"}
    return {
        "kind": "programme", "id": f"programme-{number}", "sources": [{**page, "values": values}],
    }  # fmt: skip


def test_what_a_result_counts_may_be_on_no_list(tmp_path: Path) -> None:
    rows = [programme(number, ("teachers-under-30", "300"), ("projects", "8")) for number in (1, 2)]
    (tmp_path / "many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    done = publish(tmp_path / "many.jsonl", public := tmp_path / "public", jobs=1)
    (told,) = [found for found in done.findings if found.result.rule == "concept/on-a-list"]
    assert "“teachers under 30” (What a result counts) is on no list: 2 records have it" in (
        told.result.message("en")
    )
    turtle = (public / "doc/code/measure-provisional-teachers-under-30.ttl").read_text("utf-8")
    assert 'skos:prefLabel "teachers under 30"@en' in turtle
    assert "code:provisional" in turtle
    html = (public / "doc/programme/programme-1.fr.html").read_text("utf-8")
    assert "teachers under 30 (provisoire)" in " ".join(html.split())
    summary = json.loads((public / "release.json").read_text("utf-8"))
    assert summary["provisional"] == {"measure": 1}
