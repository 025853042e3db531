"""`extract` makes the reviewed records of the five pages again, and never overwrites what people
wrote.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from support.command import RECORD, ROOT, SEED, run, snapshot

from idfgraph.checks.check import check
from idfgraph.curation.extract import Extracted, extract
from idfgraph.model.errors import BadConfig, BadInput
from idfgraph.sources.pages import read_page
from idfgraph.sources.records import read_record
from idfgraph.sources.schema import schema_line
from idfgraph.sources.schema_words import RECORD_SCHEMA

PAGES = sorted((ROOT / "data" / "pages").glob("*.txt"))
RECORDS = sorted((ROOT / "data" / "records").glob("*.yaml"))
REVIEW = re.compile(r"^reviewed:\n(?:  .*\n)+", re.MULTILINE)
PROGRAMME = {"programme": "mainstreaming-migration"}


def extractions(
    pages: Sequence[Path],
    into: Path,
    *,
    url: str | None = None,
    encoding: str | None = None,
    programme: str | None = None,
    project: str | None = None,
) -> Iterator[Extracted]:
    """What becomes of pages; the first that cannot be used stops all."""
    return extract(pages, into, url=url, encoding=encoding, programme=programme, project=project)


def outcomes(page: Path, into: Path, **options: str) -> Extracted:
    """What became of one page."""
    (done,) = extractions([page], into, **options)
    return done


def programme_for(page: Path) -> dict[str, str]:
    """The programme's id for the one page that names no project."""
    return PROGRAMME if page.stem.startswith("004") else {}


def test_the_records_are_what_extract_writes(tmp_path: Path) -> None:
    """All but the lines in which a person says that they looked it over."""
    into = tmp_path / "records"
    for name in (RECORD_SCHEMA, "dataset.yaml"):
        shutil.copy(ROOT / "data" / name, tmp_path)
    for page in PAGES:
        done = outcomes(page, into, **programme_for(page))
        assert done.outcome == "written"
        assert done.file is not None and done.file.parent == into
    made = {path.name: path.read_text("utf-8") for path in into.iterdir()}
    reviewed = {path.name: path.read_text("utf-8") for path in RECORDS}
    assert len(made) == len(reviewed) == 5
    assert all(len(REVIEW.findall(text)) == 1 for text in reviewed.values())
    assert made == {name: REVIEW.sub("", text) for name, text in reviewed.items()}
    assert check([into, *PAGES]).report.conforms


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem[:3])
def test_a_second_run_changes_nothing(page: Path, tmp_path: Path) -> None:
    """Nor does it change a record that was reviewed."""
    outcomes(page, tmp_path, **programme_for(page))
    before = snapshot(tmp_path)
    assert outcomes(page, tmp_path, **programme_for(page)).outcome == "unchanged"
    assert outcomes(page, RECORDS[0].parent, **programme_for(page)).outcome == "unchanged"
    assert snapshot(tmp_path) == before


EDITS = {
    "a review": ("kind: project\n", "kind: project\nreviewed: [{by: someone, on: '2026-11-22'}]\n"),
    "a comment": ("values:\n", "# looked over\nvalues:\n"),
    "a value": ("coverage: regional", "coverage: national"),
    "a decision": (
        "sources:\n",
        "decisions:\n  - property: coverage\n    value: regional\n    why: {en: So it is.}\n"
        "    evidence: ['https://example.org/']\n    by: someone\n    on: '2026-11-22'\nsources:\n",
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_stays(edit: str, tmp_path: Path) -> None:
    """What a person changed is not overwritten, and is no reason to complain."""
    file = outcomes(SEED, tmp_path).file
    assert file is not None
    before, after = EDITS[edit]
    assert before in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(before, after, 1), "utf-8")
    text = file.read_bytes()
    assert outcomes(SEED, tmp_path).outcome == "unchanged"
    assert file.read_bytes() == text


def test_a_page_that_changed_is_merged(tmp_path: Path) -> None:
    """What the page says now is taken over; the record's other fields stay."""
    first = outcomes(SEED, tmp_path)
    changed = tmp_path / "new" / SEED.name
    changed.parent.mkdir()
    changed.write_text(SEED.read_text("utf-8").replace("Actif", "Achevé"), "utf-8")
    assert first.file is not None
    assert outcomes(changed, tmp_path).outcome == "merged"
    assert "  status: completed\n" in first.file.read_text("utf-8")


def test_a_record_that_cannot_be_read_is_left(tmp_path: Path) -> None:
    (tmp_path / "PX.0220.yaml").write_bytes(b"mine: [\n")
    with pytest.raises(
        BadInput, match=r"bracket that begins here does not end: \] is missing; write: mine: \[\]"
    ):
        outcomes(SEED, tmp_path)
    assert (tmp_path / "PX.0220.yaml").read_bytes() == b"mine: [\n"


def test_a_page_without_project_needs_a_name(tmp_path: Path) -> None:
    done = outcomes(PAGES[4], tmp_path)
    assert done.file is None and "--programme" in done.outcome
    assert not snapshot(tmp_path)


def test_a_page_without_project_that_a_record_has_is_told_whose_it_is(tmp_path: Path) -> None:
    """The same bytes, or a later capture under its name; another programme's id is refused."""
    outcomes(PAGES[4], tmp_path / "records", **PROGRAMME)
    later = tmp_path / PAGES[4].name
    later.write_text(PAGES[4].read_text("utf-8") + "More.\n", "utf-8")
    before = snapshot(tmp_path)
    for page in (PAGES[4], later):
        done = outcomes(page, tmp_path / "records")
        assert "mainstreaming-migration.yaml" in done.outcome
        assert "--programme mainstreaming-migration" in done.outcome
        with pytest.raises(BadInput, match=r"is a page of .*mainstreaming-migration\.yaml"):
            outcomes(page, tmp_path / "records", programme="other")
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("lines", ["Projet ID\nV47-805", "Type de projet\nÉvaluation"])
def test_a_page_of_a_project_is_no_programme(lines: str, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"Un projet\n-\nStatut du projet\nAchevé\n-\n{lines}\n-\nUn texte.\n", "utf-8")
    with pytest.raises(BadInput, match=r"page\.txt: (names the project V47|.*: projectType)"):
        outcomes(page, tmp_path / "records", programme="mm")
    assert not (tmp_path / "records").exists()


def test_a_programme_s_record_with_a_project_s_capture_takes_a_page(tmp_path: Path) -> None:
    file = outcomes(PAGES[4], tmp_path, **PROGRAMME).file
    assert file is not None
    capture = "      - property: projectType\n        text: Évaluation\n"
    text = file.read_text("utf-8")
    assert text.count("    values:\n") == 1
    file.write_text(text.replace("    values:\n", f"    values:\n{capture}"), "utf-8")
    assert outcomes(PAGES[4], tmp_path, **PROGRAMME).outcome in {"merged", "unchanged"}


def test_a_page_that_cannot_be_used_stops_no_other(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    done = run("extract", "nofile.txt", SEED, empty, PAGES[0], "--into", "records", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("idfgraph: ") == 2
    assert "4 pages; refused: 2, written: 2\n" in done.stderr
    assert [Path(path).name for path in re.findall(r"written (\S+)", done.stdout)] == [
        "PX.0220.yaml",
        "V47-805.yaml",
    ]


def test_the_address_of_a_page(tmp_path: Path) -> None:
    """`--url`, or else what `pages.yaml` beside the page says, or else none."""
    page = tmp_path / "page.txt"
    page.write_bytes(SEED.read_bytes())
    for number, (url, listed) in enumerate(
        [(None, ""), (None, "https://e.org/1"), ("https://e.org/2", "https://e.org/1")]
    ):
        if listed:
            (tmp_path / "pages.yaml").write_text(f"page.txt: {listed}\n", "utf-8")
        into = tmp_path / str(number)
        file = next(iter(extract([page], into, url=url))).file
        assert file is not None
        assert read_record(file).record.sources[0].url == (url or listed or None)
    with pytest.raises((BadConfig, BadInput)):
        outcomes(page, tmp_path / "bad", url="e.org/1")
    assert not (tmp_path / "bad").exists()


@pytest.mark.parametrize("options", [{"url": "https://example.org/"}, PROGRAMME])
def test_one_page_at_a_time_for_what_is_one_page_s(options: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="one page"):
        list(extractions(PAGES, tmp_path, **options))
    assert not snapshot(tmp_path)


def test_an_encoding_is_recorded(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(SEED.read_text("utf-8").encode("cp1252"))
    file = outcomes(page, tmp_path / "records", encoding="cp1252").file
    assert file is not None
    assert read_record(file).record.sources[0].encoding == "cp1252"
    assert check([tmp_path]).report.conforms, "the record says how its page is read"


def test_the_command(tmp_path: Path) -> None:
    """Says what became of each page, and what to look at; extracted records are data like any
    other.
    """
    (tmp_path / "data").mkdir()
    shutil.copy(ROOT / "data" / "dataset.yaml", tmp_path / "data")
    done = run("extract", *PAGES[:4], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line.split(": ")[1] for line in lines if not line.startswith(" ")] == [
        f"written {Path('data', 'records', name)}"
        for name in ("V47-805.yaml", "W34-805.yaml", "V57-805.yaml", "PX.0220.yaml")
    ]
    assert "  status: The page calls the project active, though its end year 2024 is past." in lines
    made = (tmp_path / "data" / "records" / "PX.0220.yaml").read_text("utf-8")
    assert REVIEW.sub("", RECORD.read_text("utf-8")) == f"{schema_line(RECORD.parent)}{made}"
    again = run("extract", *PAGES[:4], cwd=tmp_path)
    assert again.stdout.count(": unchanged ") == 4
    assert run("validate", cwd=tmp_path).returncode == 0


def test_a_capture_that_lost_much_is_held_aside(tmp_path: Path) -> None:
    """A page that lost its title, its id or most fields leaves the record as it is."""
    whole = "Un titre\n\nStatut du projet\nActif\nAnnée\n2021\nProjet ID\nTC.9001\n\nUn texte.\n"
    poorer = {
        "its id": whole.replace("Projet ID\nTC.9001\n", ""),
        "most fields": "Un titre\n\nProjet ID\nTC.9001\n",
        "the page": "Page introuvable\n",
    }
    page, into = tmp_path / "page.txt", tmp_path / "records"
    page.write_text(whole, "utf-8")
    (done,) = extract([page], into)
    assert done.file
    before = done.file.read_bytes()
    for text in poorer.values():
        page.write_text(text, "utf-8")
        with pytest.raises(BadInput, match=r"held aside|no page of the site"):
            list(extract([page], into))
        assert done.file.read_bytes() == before


def test_what_is_skipped_in_a_folder_is_told_by_its_reason(tmp_path: Path) -> None:
    (folder := tmp_path / "in").mkdir()
    shutil.copy(SEED, folder / "a.txt")
    shutil.copy(SEED, folder / "again.txt")
    shutil.copy(RECORD, folder)
    for number in range(5):
        (folder / f"{number}.pdf").write_bytes(b"%PDF-1.4")
    done = run("extract", "in", "--into", "records", cwd=tmp_path)
    assert done.returncode == 0
    told = [line for line in done.stderr.splitlines() if line.startswith("skipped ")]
    assert told == [
        "skipped 5: nothing is read whose name ends so (a PDF document): in/0.pdf, in/1.pdf, "
        "in/2.pdf and 2 more",
        "skipped 1: another page has the same bytes: in/again.txt",
        "skipped 1: it holds records, and is no page: in/PX.0220.yaml",
    ]


MISPRINTED = "Support\n\n  • Start Date\n    2021\n  • Projects ID\n    {}\n\nA workshop.\n"


@pytest.mark.parametrize("printed", ["V478-O5", "PX 0220", "TC/2019/44"])
def test_a_page_with_an_id_that_is_none_is_given_the_right_one(
    printed: str, tmp_path: Path
) -> None:
    page, into = tmp_path / "pages" / "page.txt", tmp_path / "records"
    page.parent.mkdir()
    shutil.copy(ROOT / "data" / "dataset.yaml", tmp_path)
    page.write_text(MISPRINTED.format(printed), "utf-8")
    advice = "as its Projet ID, which is none; if it is misprinted, give the right one with --proj"
    assert advice in outcomes(page, into).outcome
    with pytest.raises(BadInput, match=advice):
        outcomes(page, into, programme="x")
    with pytest.raises(BadInput, match="is no id of a project; write it like"):
        outcomes(page, into, project=printed)
    done = outcomes(page, into, project="PX.0220")
    assert done.file == into / "PX.0220.yaml"
    decision = f"""decisions:
  - property: projectId
    value: PX.0220
    insteadOf: {printed}
    why: {{en: Misprinted., fr: Une coquille., es: Una errata.}}
    evidence: [https://example.org/report]
    by: A. Steward
    on: '2026-11-21'
"""
    with done.file.open("a", encoding="utf-8") as file:
        file.write(decision)
    assert check([tmp_path / "records", tmp_path / "pages"]).report.conforms
    assert outcomes(page, into).outcome.endswith("has it: give --project PX.0220")
    assert outcomes(page, into, project="PX.0220").outcome == "unchanged"


def test_an_id_is_given_to_a_page_that_has_none_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"names the project PX\.0220; extract it without --project"):
        outcomes(SEED, tmp_path, project="PX.0221")


@pytest.mark.parametrize("label", ["Project ID", "Código", "Référence"])
def test_an_id_under_a_label_that_nobody_taught_is_told_and_taken_with_project(
    label: str, tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    fields = f"  • Date de début\n    2021\n  • {label}: PO.0001\n  • Année\n    2020\n"
    page.write_text(f"Appui aux autorités\n\n{fields}\nUn atelier.\n", "utf-8")
    told = outcomes(page, tmp_path / "records").outcome
    assert told == (
        f"names no project, but PO.0001 stands under {label!r}; add that label to "
        "reference/field-labels.jsonl, or give --project PO.0001"
    )
    assert outcomes(page, tmp_path / "records", project="PO.0001").file


@pytest.mark.parametrize(
    ("page", "option"),
    [
        ("A title\n-\nIDF Region\nAfrica\n-\nYear\n2019\n-\nCoverage\nNational\n", "--project"),
        ("Un titre\n-\nPrima ID\n-\n-\nAnnée\n2019\nLe projet aide.\n", "--project"),
        ("Un título\n-\nAño\n2019\n-\nProyecto ID\n-\nEl proyecto ayuda.\n", "--project"),
        ("A title\nThe programme trained officials.\n", "--programme"),
        ("Le programme a formé des agents.\n", "--programme"),
    ],
)
def test_what_a_page_without_an_id_is_told_to_be_given_can_be_given(
    tmp_path: Path, page: str, option: str
) -> None:
    (file := tmp_path / "page.txt").write_text(page, "utf-8")
    told = outcomes(file, tmp_path / "records").outcome
    assert re.findall("--[a-z]+", told) == [option]
    given = {"--project": {"project": "LM.0602"}, "--programme": {"programme": "training"}}
    assert outcomes(file, tmp_path / "records", **given[option]).outcome == "written"


TABLES = {
    "en": ("Projects ID", "Project Status", "Benefiting Member States", "Active", "Kenya"),
    "fr": ("Projet ID", "Statut du projet", "Type de projet", "Actif", "TCMMCB"),
    "es": ("Proyecto ID", "Año", "Tipo de proyecto", "2019", "TCMMCB"),
}


@pytest.mark.parametrize("cell", ["th", "td"])
@pytest.mark.parametrize("rows", [2, 3])
@pytest.mark.parametrize("language", TABLES)
def test_a_table_of_several_projects_gives_no_field_and_is_told(
    tmp_path: Path, language: str, rows: int, cell: str
) -> None:
    *heads, status, last = TABLES[language]
    head = "".join(f"<{cell}>{one}</{cell}>" for one in heads)
    values = "".join(
        f"<tr><td>LM.040{n}</td><td>{status}</td><td>{last}</td></tr>" for n in range(rows)
    )
    page = f"<table><tr>{head}</tr>{values}</table><p>They train officials. They last.</p>"
    (file := tmp_path / "page.html").write_text(f"<main><h1>Two</h1>{page}</main>", "utf-8")
    done = outcomes(file, tmp_path / "records", programme="two")
    assert done.file is not None
    (source,) = read_record(done.file).record.sources
    assert {one.property for one in source.values} <= {"title", "narrative"}
    told = [note for note in done.notes if note.startswith("left out")]
    assert len(told) == 1 and heads[0] in told[0]


CARD = "<h3>Another one</h3><div><b>{0}</b><i>ZZ.0001</i></div><div><b>{1}</b><i>{3}</i></div>"


@pytest.mark.parametrize("end", ["", "<p>It lasted for two years. It was a success.</p>"])
@pytest.mark.parametrize(
    "card",
    [
        f"<div class='card'>{CARD}</div>",
        CARD,
        "<dl><dt>{0}</dt><dd>ZZ.0001</dd><dt>{1}</dt><dd>{3}</dd></dl>",
        "<h3>Another one</h3><table><tr><th>{0}</th><td>ZZ.0001</td></tr></table>",
        "<div class='x'><div>{0}</div><div>ZZ.0001</div><div>{1}</div><div>{3}</div></div>",
    ],
)
@pytest.mark.parametrize("language", TABLES)
def test_fields_of_another_project_are_left_out_and_told(
    tmp_path: Path, language: str, card: str, end: str
) -> None:
    """The text before and after them stays, and so do the page's own fields."""
    names = TABLES[language]
    own = zip(names, ("LM.0514", *names[3:]), strict=False)
    fields = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in own)
    text = "<p>The project trained officials. It set up a unit.</p>"
    main = f"<h1>A title</h1><dl>{fields}</dl>{text}{card.format(*names)}{end}"
    (file := tmp_path / "page.html").write_text(f"<html><main>{main}</main></html>", "utf-8")
    done = outcomes(file, tmp_path / "records")
    assert done.file is not None and done.file.name == "LM.0514.yaml"
    (source,) = read_page(file).record.sources
    narrative = next(one for one in source.values if one.property == "narrative").text or ""
    lines = [re.sub("<.*?>", "", one) for one in (text, end) if one]
    assert [line for line in narrative.split("\n") if line] == lines
    told = [note for note in done.notes if note.startswith("left out")]
    assert len(told) == 1 and "ZZ.0001" in told[0]


def test_more_fields_of_another_project_than_its_own_are_not_passed_over(tmp_path: Path) -> None:
    """It is not known then which of the two the page is about."""
    other = "<dl><dt>Projects ID</dt><dd>ZZ.0001</dd><dt>Coverage</dt><dd>National</dd></dl>"
    own = "<dl><dt>Projects ID</dt><dd>LM.0514</dd></dl><p>A text. It lasts.</p>"
    (file := tmp_path / "page.html").write_text(f"<main><h1>T</h1>{own}{other}</main>", "utf-8")
    with pytest.raises(BadInput, match="'Projects ID' twice"):
        outcomes(file, tmp_path / "records")
