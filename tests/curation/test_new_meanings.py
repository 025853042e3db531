"""What words mean changes, by a name, a decision or a code: a record whose values nobody edited
follows, what people edited stays, and both are told.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from support.command import DATASET, run

from idfgraph.curation.extract import Extracted, extract
from idfgraph.curation.quote import quote
from idfgraph.model.records import Project
from idfgraph.sources.records import read_record

PAGE = """{title}
-
{start}
{year}
-
{status}
Suspendido
-
{id}
PX.0001
-
{states}
{names}
{text}
"""
LABELS = {
    "en": ("Start Date", "Project Status", "Projects ID", "Benefiting Member States"),
    "fr": (
        "Date de début", "Statut du projet", "Projet ID",
        "Etat(s) membre(s) beneficiaires remplissant les conditions requises",
    ),
    "es": (
        "Fecha de inicio", "Estado del proyecto", "Proyecto ID",
        "Estados Miembros Beneficiarios que Reúnen los Requisitos",
    ),
}  # fmt: skip
TEXTS = {
    "en": "The project trained the officials of the ministry, and set up a unit.",
    "fr": "Le projet a formé les fonctionnaires du ministère, et créé une unité.",
    "es": "El proyecto capacitó a los funcionarios del ministerio, y creó una unidad.",
}
DECISION = """decisions:
  - property: {name}
    value: '{value}'
    why: {{en: The report says so.}}
    evidence: [https://example.org/report]
    by: A steward
    on: '2026-01-02'
"""


class Folder:
    """A data folder with a page and its record."""

    def __init__(self, folder: Path, lang: str, names: str, year: str = "2019") -> None:
        self.home, self.file = folder, folder / "records" / "PX.0001.yaml"
        self.page = folder / "pages" / "p.txt"
        self.page.parent.mkdir()
        (folder / "reference").mkdir()
        (folder / "dataset.yaml").write_text(DATASET.read_text("utf-8"), "utf-8")
        start, status, id_, states = LABELS[lang]
        text = PAGE.format(
            title="A title", start=start, year=year, status=status, id=id_, states=states,
            names=names, text=TEXTS[lang],
        )  # fmt: skip
        self.page.write_text(text, "utf-8")
        self.extract()

    def extract(self) -> Extracted:
        (done,) = extract([self.page], self.file.parent)
        return done

    def alias(self, **names: str) -> None:
        rows = (
            f'- {{alias: {name}, lang: en, id: "st:{id_}", why: x}}\n'
            for name, id_ in names.items()
        )
        (self.home / "reference" / "overrides.yaml").write_text("".join(rows), "utf-8")

    def edit(self, old: str, new: str) -> None:
        text = self.file.read_text("utf-8")
        assert old in text
        self.file.write_text(text.replace(old, new), "utf-8")

    def decide(self, name: str, value: str) -> None:
        self.edit("sources:\n", f"{DECISION.format(name=name, value=value)}sources:\n")

    @property
    def values(self) -> dict[str, object]:
        record = read_record(self.file).record
        assert isinstance(record, Project) and record.values
        values = record.values
        return {"states": values.beneficiary, "year": values.start_year, "status": values.status}

    def errors(self) -> Sequence[str]:
        said = run("validate", "--format", "json", cwd=self.home).stdout
        return [one for one in ("unsupported-value", "unresolved-name") if one in said]


@pytest.mark.parametrize("lang", LABELS)
def test_a_name_that_a_desk_adds_reaches_the_records(lang: str, tmp_path: Path) -> None:
    folder = Folder(tmp_path, lang, "Mali Oldland Farland")
    folder.alias(Oldland="MKD")
    done = folder.extract()
    assert (done.outcome, folder.values["states"]) == ("merged", ("MKD", "MLI"))
    assert "changed, as words mean something else, or by a decision: beneficiary" in done.notes
    folder.alias(Oldland="MKD", Farland="FJI")
    folder.extract()
    assert folder.values["states"] == ("FJI", "MKD", "MLI")
    assert (folder.extract().outcome, folder.errors()) == ("unchanged", [])


def test_a_name_reaches_a_record_that_had_no_value(tmp_path: Path) -> None:
    folder = Folder(tmp_path, "en", "Oldland")
    folder.alias(Oldland="MKD")
    folder.extract()
    assert folder.values["states"] == ("MKD",)


@pytest.mark.parametrize(("year", "name", "value"), [
    ("Q3 2019", "startYear", "2018"), ("2019", "startYear", "2018"), ("2019", "status", "active"),
])  # fmt: skip
def test_a_decision_gives_the_value(year: str, name: str, value: str, tmp_path: Path) -> None:
    folder = Folder(tmp_path, "en", "Mali", year)
    folder.decide(name, value)
    done = folder.extract()
    assert (done.outcome, done.clashes) == ("merged", ())
    assert folder.values["year" if name == "startYear" else name] == value
    assert folder.errors() == []


def test_what_people_edited_stays_and_is_told(tmp_path: Path) -> None:
    folder = Folder(tmp_path, "en", "Mali Oldland")
    folder.edit("[MLI]", "[FJI]")
    folder.edit("startYear: '2019'", "startYear: '2017'")
    folder.alias(Oldland="MKD")
    folder.decide("startYear", "2018")
    before = folder.file.read_bytes()
    done = folder.extract()
    assert (done.outcome, folder.file.read_bytes()) == ("unchanged", before)
    states, year = sorted(note for note in done.notes if note.startswith("stays as edited: "))[::-1]
    told = (states, year) if '"FJI"' in states else (year, states)
    assert told[0].endswith(': "FJI"; pages and decisions give: "MKD, MLI"')
    assert told[1].endswith(': "2017"; pages and decisions give: "2018"')


def test_words_are_quoted_where_a_name_was_added(tmp_path: Path) -> None:
    """What the name gives comes along with the value of the words."""
    folder = Folder(tmp_path, "en", "Mali Oldland")
    folder.page.write_text(folder.page.read_text("utf-8") + "Fiji too.\n", "utf-8")
    folder.extract()
    folder.alias(Oldland="MKD")
    done = quote(folder.file, "beneficiary", "Fiji", folder.page.parent)
    assert done.changes == {"beneficiary": ["FJI", "MKD", "MLI"]}


def test_a_code_of_a_record_that_is_accepted_is_no_edit(tmp_path: Path) -> None:
    folder = Folder(tmp_path, "en", "Mali")
    assert folder.values["status"] == "provisional-suspendido"
    concept = {
        "id": "code:status-paused", "type": "Concept", "inScheme": ["code:status"],
        "prefLabel": {"en": {"text": "Paused"}, "es": {"text": "Suspendido"}},
    }  # fmt: skip
    (folder.home / "reference" / "concepts.jsonl").write_text(f"{json.dumps(concept)}\n", "utf-8")
    before = folder.file.read_bytes()
    assert folder.errors() == []
    done = folder.extract()
    assert (done.outcome, folder.file.read_bytes()) == ("unchanged", before)
    assert not any(note.startswith("stays") for note in done.notes)


@pytest.mark.parametrize(
    ("lang", "said"),
    [("fr", "modifié"), ("es", "modificado")],
)
def test_notes_are_told_in_the_language_asked_for(lang: str, said: str, tmp_path: Path) -> None:
    folder = Folder(tmp_path, "en", "Mali Oldland")
    folder.decide("startYear", "2018")
    done = run("extract", folder.page, "--lang", lang, cwd=folder.home)
    notes = [line for line in done.stdout.splitlines() if line.startswith("  ")]
    assert any(said in note for note in notes)
    assert not any("is no known name" in note or "changed" in note for note in notes)
