"""Tables hold what the graph holds, cell by cell, the same bytes each time, and nothing that a
spreadsheet runs.
"""

import csv
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import msgspec
import openpyxl  # type: ignore[import-untyped]
import pyoxigraph as ox
import pytest
from openpyxl.utils.escape import unescape  # type: ignore[import-untyped]
from support.making_tables import EDITION, WORDS, Made, made, rows, tables_of

from idfgraph.exports.tables.cells import harmless
from idfgraph.exports.tables.columns import TABLES
from idfgraph.exports.tables.sqlite import table_store
from idfgraph.exports.tables.workbook import in_language
from idfgraph.exports.tables.xlsx import Workbook
from idfgraph.graph.setting import prepare
from idfgraph.model import iris
from idfgraph.model.errors import BadOutput
from idfgraph.model.layout import WORKBOOKS
from idfgraph.model.text import gettext

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).parents[1] / "data" / "tables"
NAMES = [table.name for table in TABLES]
SHEETS = {table.name: table.title for table in TABLES}
PREFIXES = "PREFIX idf: <https://w3id.org/iom-idf/def#> PREFIX prov: <http://www.w3.org/ns/prov#>"
HOSTILE = {
    "=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0",
    "+1": "'+1",
    "-1": "'-1",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1": "'\t'=1",
    "\r=1": "'\r'=1",
    "\n=1": "'\n'=1",
    " \u00a0=1": "' \u00a0=1",
    "\u200b\u202e=1": "'\u200b\u202e=1",
    "＝1": "'＝1",
    "﹢1": "'﹢1",
    "−1": "'−1",
    "a;=1": "a;'=1",
    'a;"=1': "a;\"'=1",
    "a\n- one\n-2": "a\n- one\n'-2",
    "a\n- cmd|'x'!A0": "a\n'- cmd|'x'!A0",
    "nul\x00 bell\x07 end\uffff": "nul\ufffd bell\ufffd end\ufffd",
    'quote " and, comma; é ñ 😀': 'quote " and, comma; é ñ 😀',
    "\u202egpj.exe\u202c": "\u202egpj.exe\u202c",
    "<b>&amp;</b> _x0041_": "<b>&amp;</b> _x0041_",
    "e-mail, 2-3 = -1": "e-mail, 2-3 = -1",
}


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(prepare([ROOT / "data"]), tmp_path_factory.mktemp("tables"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of one project for each hostile text, which is its title, and one whose title is too
    long for a cell.
    """
    titles = [*HOSTILE, "😀" * 20_000]
    nodes = [
        {
            "id": f"prj:A10-{at:03}",
            "type": "Project",
            "title": {"fr": title},
            "budget": {"id": "prj:X#budget", "value": "0.10"},
        }
        for at, title in enumerate(titles)
    ]
    folder = tmp_path_factory.mktemp("hostile")
    tables_of(
        prepare([]), folder, (msgspec.json.encode(node).decode() + "\n" for node in nodes), []
    )
    return folder / "tables"


def asked(seeds: Made, query: str, name: str) -> float:
    """The number that a query gives in its only row."""
    found = seeds.graph.query(query)
    assert isinstance(found, ox.QuerySolutions)
    value = next(found)[name]
    assert isinstance(value, ox.Literal)
    return float(value.value)


def titles_of(book: Path) -> list[str]:
    sheet = openpyxl.load_workbook(book)["Projets"]
    at = [cell.value for cell in sheet[1]].index("Titre")
    return [unescape(str(row[at].value)) for row in sheet.iter_rows(min_row=2)]


@pytest.fixture(scope="module")
def strays(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Tables of one page that names no project."""
    folder = tmp_path_factory.mktemp("strays")
    (folder / "page.txt").write_text("Support to migrants\n\nStatus: Completed\n", "utf-8")
    return made(prepare([folder]), folder)


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_of_the_five_records_is_as_expected(name: str, seeds: Made) -> None:
    """IDFGRAPH_REWRITE=1 writes what is expected anew."""
    made, expected = (folder / f"{name}.csv" for folder in (seeds.folder, EXPECTED))
    if os.environ.get("IDFGRAPH_REWRITE"):
        expected.write_bytes(made.read_bytes())
    assert made.read_bytes() == expected.read_bytes()


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("?row a idf:Project", "projects"),
        ("?row a idf:Programme", "programmes"),
        ("?p a idf:Project ; idf:beneficiary|idf:otherBeneficiary ?s "
         "BIND(CONCAT(STR(?p), STR(?s)) AS ?row)", "project-states"),
        ("?p prov:qualifiedAssociation ?row", "partners"),
        ("GRAPH ?g { ?page idf:sourceValue ?row }", "sources"),
        ("GRAPH ?g { ?row a idf:Decision }", "decisions"),
        ("?told idf:qualityNote ?row", "notes"),
    ],
)  # fmt: skip
def test_counts_are_those_of_sparql(pattern: str, name: str, seeds: Made, strays: Made) -> None:
    """Also of a page that names no project."""
    for one in (seeds, strays):
        number = asked(
            one, f"{PREFIXES} SELECT (COUNT(DISTINCT ?row) AS ?n) WHERE {{ {pattern} }}", "n"
        )
        with sqlite3.connect(one.folder / "idf.sqlite") as store:
            (stored,) = store.execute(f"SELECT count(*) FROM {name.replace('-', '_')}").fetchone()
        store.close()
        sheet = openpyxl.load_workbook(one.folder / "idf.xlsx", read_only=True)[SHEETS[name]]
        written = len(rows(one.folder / f"{name}.csv"))
        assert number == written == stored == sum(1 for _ in sheet.iter_rows()) - 1
        assert number or one is strays


def test_a_page_that_names_no_project_is_in_no_table_of_records(strays: Made) -> None:
    """It stands among sources and notes, with what it prints."""
    (note,) = [
        row for row in rows(strays.folder / "notes.csv") if row["issue"] == "unidentified-page"
    ]
    assert (note["record"], bool(note["page_iri"])) == ("", True)
    printed = [
        row for row in rows(strays.folder / "sources.csv") if row["page_iri"] == note["page_iri"]
    ]
    assert [(row["property"], row["record"], row["about_iri"]) for row in printed] == [
        ("narrative", "", "")
    ]
    assert printed[0]["page_sha256"]


def test_a_row_without_its_key_is_an_error(tmp_path: Path) -> None:
    """It was passed over in silence, and with it what pages print that name no project."""
    with pytest.raises(sqlite3.IntegrityError), table_store(tmp_path / "store") as store:
        store.add([("records", (None, "Project", "A"))])
        store.finish()


def test_budgets_add_up_to_what_sparql_gives(seeds: Made) -> None:
    total = asked(seeds, (ROOT / "queries" / "budget-summary.rq").read_text("utf-8"), "total")
    for name in ("projects", "project-totals"):
        assert total == sum(float(row["budget"] or 0) for row in rows(seeds.folder / f"{name}.csv"))
        sheet = openpyxl.load_workbook(seeds.folder / "idf.xlsx")[SHEETS[name]]
        at = [cell.value for cell in sheet[1]].index("Budget")
        assert total == sum(row[at].value or 0 for row in sheet.iter_rows(min_row=2))


def test_each_project_is_in_one_row_of_the_totals(tmp_path: Path) -> None:
    """Whatever its currency and its states; those of several states are in no state's row."""
    projects = {
        "A": (["NAM"], "0.10", "USD"),
        "B": (["NAM"], "0.20", "USD"),
        "C": (["NAM", "ALB"], "5", "USD"),
        "D": (["ALB"], "7", "CHF"),
        "E": ([], "1", "USD"),
        "F": (["ALB"], None, None),
    }
    nodes = [
        {
            "id": f"prj:{name}",
            "type": "Project",
            "beneficiary": states,
            **({"budget": {"id": "x", "value": value, "currency": money}} if value else {}),
        }
        for name, (states, value, money) in projects.items()
    ]
    lines = (msgspec.json.encode(node).decode() + "\n" for node in nodes)
    tables_of(prepare([]), tmp_path, lines, [])
    with sqlite3.connect(tmp_path / "tables" / "idf.sqlite") as store:
        found = store.execute("SELECT * FROM project_totals").fetchall()
        (shared,) = store.execute(
            "SELECT sum(budget) FROM projects JOIN project_states ON iri = project_iri"
        ).fetchone()
    store.close()
    alone = f"{iris.BASE}id/state/"
    assert sorted(found, key=str) == sorted(
        [
            ("one", f"{alone}NAM", "USD", 2, 2, 0.3),
            ("one", f"{alone}ALB", "CHF", 1, 1, 7),
            ("one", f"{alone}ALB", None, 1, 0, None),
            ("several", None, "USD", 1, 1, 5),
            ("none", None, "USD", 1, 1, 1),
        ],
        key=str,
    )
    assert shared == pytest.approx(17.3)
    assert sum(row[5] or 0 for row in found) == pytest.approx(13.3)


@pytest.mark.parametrize(("language", "path"), WORKBOOKS.items())
def test_a_workbook_is_in_one_language(language: str, path: str, seeds: Made) -> None:
    book = openpyxl.load_workbook(seeds.folder.parent / path)
    titles = [gettext(table.title, language) for table in TABLES]
    assert book.sheetnames[2:] == titles
    for table, title in zip(TABLES, titles, strict=True):
        plain = rows(seeds.folder / f"{table.name}.csv")
        shown = in_language(table, language).columns
        head, *cells = book[title].iter_rows(values_only=True)
        assert len(set(head)) == len(head) == len(shown)
        assert not [name for name in head if re.search("_|[a-z][A-Z]", str(name))]
        assert {column.language for column in shown} <= {"", language}
        for row, expected in zip(cells, plain, strict=True):
            for column, value in zip(shown, row, strict=True):
                told = "" if value is None else str(value)
                assert told == expected[column.name] or (
                    (column.type == "date" and told == f"{expected[column.name]} 00:00:00")
                    or (
                        column.language
                        and (not expected[column.name] and re.match("(en|fr|es): |[a-z-]+$", told))
                    )
                ), (title, column.name)
    assert not [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_projects_have_beneficiaries_by_name_and_numbers_as_numbers(seeds: Made) -> None:
    head, *cells = openpyxl.load_workbook(seeds.folder / "idf.fr.xlsx")["Projets"].rows
    at = {cell.value: number for number, cell in enumerate(head)}
    row = next(row for row in cells if row[1].value == "V47-805")
    assert row[at["Bénéficiaire"]].value == "Albanie"
    budget = row[at["Budget"]]
    assert (budget.value, budget.number_format) == (49997, "#,##0.00")
    year = next(row[at["Année de début"]] for row in cells if row[1].value == "PX.0220")
    assert (type(year.value), year.number_format) == (int, "General")


def test_the_first_sheet_says_what_is_what(seeds: Made) -> None:
    book = openpyxl.load_workbook(seeds.folder / "idf.xlsx")
    told = {row[0]: row[1:] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert told["Title"][0] == WORDS["en"]
    assert told["Rights"][0] == EDITION.rights["en"]
    assert told["Day"][0] == EDITION.issued
    assert told["Budgets of projects (USD)"][1] == 616_672
    for sheet in book.worksheets[2:]:
        about, number = told[sheet.title]
        assert about.endswith(".")
        assert number == sheet.max_row - 1
    meant = {row[:2] for row in book.worksheets[1].iter_rows(values_only=True, min_row=2)}
    assert meant == {
        (sheet.title, cell.value) for sheet in book.worksheets[2:] for cell in sheet[1]
    }


def test_the_dictionary_tells_of_every_column_in_three_languages(seeds: Made) -> None:
    known = rows(seeds.folder / "dictionary.csv")
    said = {(row["table_name"], row["column_name"]): row for row in known}
    assert [key for key in said if key[0] != "*"] == sorted(
        [(table.name, column.name) for table in TABLES for column in table.columns],
        key=lambda key: key[0],
    )
    assert all(row["en"] and row["fr"] and row["es"] and row["type"] for row in known)
    assert (
        said["projects", "budget"]["property"]
        == "https://w3id.org/iom-idf/def#budget / https://schema.org/value"
    )
    assert said["projects", "status_fr"]["fr"].startswith("Statut. Avancement des travaux")


@pytest.mark.parametrize("name", [*NAMES, "dictionary"])
def test_rights_and_release_are_in_every_file(name: str, seeds: Made) -> None:
    first, *others = rows(seeds.folder / f"{name}.csv")
    assert first["dataset_fr"] == f"'{WORDS['fr']}"
    assert [first[f"rights_{tag}"] for tag in WORDS] == [*EDITION.rights.values()]
    assert {row["dataset_issued"] for row in (first, *others)} == {"2026-11-21"}


def test_rights_and_release_are_in_the_store(seeds: Made) -> None:
    store = sqlite3.connect(seeds.folder / "idf.sqlite")
    said = {name: words for name, *words in store.execute("SELECT * FROM metadata")}
    assert store.execute("PRAGMA foreign_key_check").fetchall() == []
    assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    views = {
        name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'view'")
    }
    assert views == {"project_totals"} | {table.view for table in TABLES}
    store.close()
    assert said["rights"] == [*EDITION.rights.values()]
    assert said["issued"] == ["2026-11-21"] * 3


@pytest.mark.parametrize(("text", "cell"), HOSTILE.items(), ids=ascii)
def test_a_text_is_made_harmless(text: str, cell: str) -> None:
    assert harmless(text) == cell


def test_long_runs_of_spaces_and_line_ends_take_no_time() -> None:
    for text in ("\n" * 500_000, "; " * 500_000, " " * 500_000 + "a", "\n- a" * 100_000):
        assert harmless(text).lstrip("'") == text


def test_hostile_texts_are_shown_and_never_run(hostile: Path) -> None:
    cells = [*HOSTILE.values(), "😀" * 20_000]
    assert [row["title_fr"] for row in rows(hostile / "projects.csv")] == cells
    assert titles_of(hostile / "idf.fr.xlsx") == [*cells[:-1], "😀" * 16_383 + "…"]
    with sqlite3.connect(hostile / "idf.sqlite") as store:
        assert [title for (title,) in store.execute("SELECT title_fr FROM projects")] == [
            *HOSTILE,
            "😀" * 20_000,
        ]
    store.close()
    said = {
        (row["table_name"], row["column_name"]): row["made_harmless"]
        for row in rows(hostile / "dictionary.csv")
    }
    marked = sum(text != cell for text, cell in HOSTILE.items())
    assert said["projects", "title_fr"] == str(marked)
    sheet = openpyxl.load_workbook(hostile / "idf.xlsx")["About"]
    assert str(sheet.cell(sheet.max_row, 2).value).endswith("Cells cut: 1.")
    assert sheet.cell(sheet.max_row, 3).value == 1


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("idfgraph.exports.tables.xlsx._ROWS", 3)
    with Workbook(tmp_path / "book.xlsx", "A & B", "2026-11-21", ["front"]) as book:
        book.sheet("many", ["n"], ([number] for number in range(6)))
        book.sheet("front", ["n"], [])
        book.close()
    read = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert read.properties.title == "A & B"
    columns = {sheet.title: [cell.value for cell in sheet["A"]] for sheet in read}
    assert columns == {"front": ["n"], "many": ["n", 0, 1, 2], "many 2": ["n", 3, 4, 5]}


def test_two_runs_give_the_same_bytes_in_another_process_too(seeds: Made, tmp_path: Path) -> None:
    made(prepare([ROOT / "data"]), tmp_path / "again")
    code = (
        "import sys; from pathlib import Path;"
        "from support.making_tables import made;"
        "from idfgraph.graph.setting import prepare;"
        "made(prepare([sys.argv[2]]), Path(sys.argv[1]))"
    )
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Fiji",
        "PYTHONPATH": str(ROOT / "tests"),
    }
    subprocess.run(
        [sys.executable, "-c", code, tmp_path / "other", ROOT / "data"],
        check=True,
        env=environment,
        cwd=tmp_path,
    )
    for path in sorted(seeds.folder.iterdir()):
        for folder in ("again", "other"):
            assert (tmp_path / folder / "tables" / path.name).read_bytes() == path.read_bytes(), (
                path.name
            )


def by_libreoffice(book: Path, out: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """The sheets of a workbook, or the one of a CSV file, as LibreOffice writes them."""
    office = shutil.which("soffice")
    if not office:
        assert not os.environ.get("CI"), "install libreoffice-calc-nogui"
        pytest.skip("LibreOffice is not here")
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    infilter = ["--infilter=CSV:44,34,76,1,,0,false,false"] if book.suffix == ".csv" else []
    command = [
        office,
        "--headless",
        f"-env:UserInstallation={(out / 'profile').as_uri()}",
        *infilter,
    ]
    subprocess.run(
        [*command, "--convert-to", form, "--outdir", out / "csv", book],
        check=True,
        capture_output=True,
    )
    for path in (out / "csv").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            yield path.stem, list(csv.reader(file))


def test_accents_survive_libreoffice(seeds: Made, tmp_path: Path) -> None:
    shown = dict(by_libreoffice(seeds.folder / "programmes.csv", tmp_path))
    ((head, cells),) = shown.values()
    row = dict(zip(head, cells, strict=True))
    (expected,) = rows(seeds.folder / "programmes.csv")
    texts = [key for key in row if key.endswith(("_en", "_fr", "_es"))]
    assert {key: row[key] for key in texts} == {key: expected[key] for key in texts}
    assert "Équateur" in row["target_states_fr"]
    assert "México" not in row["target_states_es"]


def test_libreoffice_reads_a_workbook_with_its_types(seeds: Made, tmp_path: Path) -> None:
    """Codes stay as they are, amounts and days are shown as such."""
    shown = dict(by_libreoffice(seeds.folder / "idf.fr.xlsx", tmp_path))
    head, *cells = next(sheet for stem, sheet in shown.items() if stem.endswith("Projets"))
    row = next(dict(zip(head, row, strict=True)) for row in cells if row[1] == "V47-805")
    assert row["Bénéficiaire"] == "Albanie"
    assert row["Budget"] == "49997"
    head, *cells = next(sheet for stem, sheet in shown.items() if stem.endswith("par État"))
    codes = {row[head.index("Code M49 de l'ONU")] for row in cells}
    assert "008" in codes


def test_libreoffice_shows_hostile_texts_as_texts(hostile: Path, tmp_path: Path) -> None:
    sheets = dict(by_libreoffice(hostile / "idf.fr.xlsx", tmp_path))
    (shown,) = [sheet for stem, sheet in sheets.items() if stem.endswith("-Projets")]
    titles = [row[shown[0].index("Titre")] for row in shown[1:]]
    wanted = [cell for cell in HOSTILE.values() if not set("\r\t\n\ufffd") & set(cell)]
    assert [title for title in titles if title in wanted] == wanted


#: Prints what tables hold of properties that no column is laid out for.
OTHERS = """
from pathlib import Path
from idfgraph.model import fields
fields.VALUES += tuple(
    fields.Field(kind, scheme=scheme, name=name, of=("Project", "Programme"), several=several)
    for kind, scheme, name, several in (
        ("code", "mood", "otherMood", False),
        ("year", "", "otherYear", False),
        ("text", "", "otherNumber", False),
        ("year", "", "otherYears", True),
    )
)
from idfgraph.exports.tables.columns import TABLES
from idfgraph.exports.tables.sqlite import table_store
from idfgraph.exports.tables.node_rows import TableRows
from idfgraph.exports.tables.sqlite import table_store

rows = TableRows(lambda name: f"<x:{name}>", {})
values = {"otherMood": "glad", "otherYear": "2024", "otherNumber": "G-7", "otherYears": ["2025"]}
with table_store(Path("store")) as store:
    store.add([("codes", ("x:code:mood-glad", "mood", "glad", "Glad", "Content", "Alegre", 0))])
    store.add(rows.of({"id": "prj:A", "type": "Project", **values}))
    store.add(rows.of({"id": "prg:B", "type": "Programme", **values}))
    store.add(rows.of({"id": "prj:C", "type": "Project"}))
    store.finish()
    for name in ("projects", "programmes"):
        (table,) = (table for table in TABLES if table.name == name)
        names = [column.name for column in table.columns]
        first = names.index("other_mood")
        print(*names[first:])
        for row in store.rows(table):
            print(*row[first:])
"""


def test_a_property_without_a_column_gets_one(tmp_path: Path) -> None:
    """Those of one value: what has several wants a table of its own."""
    done = subprocess.run(
        [sys.executable, "-c", OTHERS], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    ends = ("", "_iri", "_en", "_fr", "_es")
    head = " ".join([*(f"other_mood{end}" for end in ends), "other_year", "other_number"])
    row = "glad x:code:mood-glad Glad Content Alegre 2024 G-7"
    none = " ".join(["None"] * 7)
    assert done.stdout.splitlines() == [head, row, none, head, row]


def test_a_store_without_room_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full is no defect of ours: the error names the file, and what to do."""
    limited = ("page_size = 4096", "max_page_count = 2")
    monkeypatch.setattr("idfgraph.exports.tables.sqlite._PRAGMAS", limited)
    with pytest.raises(BadOutput, match="disk is full; make room"), table_store(tmp_path / "s"):
        pass


@pytest.mark.parametrize("rows", [0, 3, 2_000])
def test_the_sum_of_a_workbook_is_that_of_what_was_to_be_written(tmp_path: Path, rows: int) -> None:
    """Not of what is read of it: what the disk loses on the way would be in its sum."""
    with Workbook(tmp_path / "book.xlsx", "A", "2026-11-21") as book:
        book.sheet("many", ["n", "text"], ([at, f"{at} \u00e9" * 90] for at in range(rows)))
        book.close()
    assert book.sha256 == sha256((tmp_path / "book.xlsx").read_bytes()).hexdigest()
    with ZipFile(tmp_path / "book.xlsx") as archive:
        assert archive.testzip() is None
        assert all(one.flag_bits & 8 for one in archive.infolist()), "nothing was gone back to"
