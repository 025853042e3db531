"""Tables hold what the graph holds, cell by cell, the same bytes each time, and nothing that a
spreadsheet runs.
"""

import csv
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import openpyxl  # type: ignore[import-untyped]
import pyoxigraph as ox
import pytest
from openpyxl.utils.escape import unescape  # type: ignore[import-untyped]

from idfgraph.exports.tables import Imprint, write_tables
from idfgraph.exports.tables.cells import harmless
from idfgraph.exports.tables.columns import TABLES
from idfgraph.exports.tables.sqlite import table_store
from idfgraph.exports.tables.xlsx import PlacedFile, Workbook
from idfgraph.graph.lines import collecting, weave, weave_nodes
from idfgraph.graph.setting import Setting, linked, prepare
from idfgraph.model.errors import BadOutput
from idfgraph.sources.stream import read_files

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).parents[1] / "data" / "tables"
WORDS = {"en": "Projects, “as read”", "fr": "=Projets à vérifier", "es": "Proyectos añadidos"}
EDITION = Imprint(
    "graph:run#dataset", "2026-11-21", WORDS, {tag: f"Rights ({tag})" for tag in WORDS}
)
NAMES = [table.name for table in TABLES]
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


class Made(NamedTuple):
    """Tables in a folder, and the graphs that they were made from."""

    folder: Path
    graph: ox.Store


def made(setting: Setting, folder: Path, change: Callable[[str], str] = str) -> Made:
    """The tables of a setting's records; `change` is done to each node as a line."""
    graph, known = ox.Store(), set[str]()
    with collecting() as spools:
        for one in read_files(setting.files):
            woven = weave(setting.mapper, [linked(setting, one.record)])
            spools.take(woven)
            known |= woven.touched
        spools.take(weave_nodes(setting.mapper, setting.reference.nodes(known)))
        graph.load("".join(spools.quads.sorted()).encode(), format=ox.RdfFormat.N_QUADS)
        tables_of(setting, folder, map(change, spools.nodes.sorted()), spools.entries.sorted())
    return Made(folder / "tables", graph)


def tables_of(setting: Setting, folder: Path, nodes: Iterable[str], entries: Iterable[str]) -> None:
    def write(path: str, pieces: Iterable[str | bytes]) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with (folder / path).open("xb") as file:
            file.writelines(piece.encode() if isinstance(piece, str) else piece for piece in pieces)

    mapper, ontology = setting.mapper, setting.words.ontology
    write_tables(
        write,
        nodes,
        entries,
        EDITION,
        ontology=ontology,
        iri=mapper.iri,
        properties=mapper.terms.properties,
    )


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


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def asked(seeds: Made, query: str, name: str) -> float:
    """The number that a query gives in its only row."""
    found = seeds.graph.query(query)
    assert isinstance(found, ox.QuerySolutions)
    value = next(found)[name]
    assert isinstance(value, ox.Literal)
    return float(value.value)


def titles_of(book: Path) -> list[str]:
    sheet = openpyxl.load_workbook(book)["projects"]
    return [unescape(str(row[4].value)) for row in sheet.iter_rows(min_row=2)]


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
        ("?record a idf:Record ; idf:qualityNote ?row", "notes"),
    ],
)  # fmt: skip
def test_counts_are_those_of_sparql(pattern: str, name: str, seeds: Made) -> None:
    number = asked(
        seeds, f"{PREFIXES} SELECT (COUNT(DISTINCT ?row) AS ?n) WHERE {{ {pattern} }}", "n"
    )
    with sqlite3.connect(seeds.folder / "idf.sqlite") as store:
        (stored,) = store.execute(f"SELECT count(*) FROM {name.replace('-', '_')}").fetchone()
    store.close()
    sheet = openpyxl.load_workbook(seeds.folder / "idf.xlsx", read_only=True)[name]
    assert (
        number
        == len(rows(seeds.folder / f"{name}.csv"))
        == stored
        == sum(1 for _ in sheet.iter_rows()) - 1
        > 0
    )


def test_budgets_add_up_to_what_sparql_gives(seeds: Made) -> None:
    total = asked(seeds, (ROOT / "queries" / "budget-summary.rq").read_text("utf-8"), "total")
    assert total == sum(float(row["budget"] or 0) for row in rows(seeds.folder / "projects.csv"))
    sheet = openpyxl.load_workbook(seeds.folder / "idf.xlsx")["projects"]
    at = [cell.value for cell in sheet[1]].index("budget")
    assert total == sum(row[at].value or 0 for row in sheet.iter_rows(min_row=2))


def test_workbook_and_csv_have_the_same_cells(seeds: Made) -> None:
    book = openpyxl.load_workbook(seeds.folder / "idf.xlsx")
    assert book.sheetnames == ["release", "dictionary", *NAMES]
    for name in NAMES:
        plain = rows(seeds.folder / f"{name}.csv")
        head, *cells = book[name].iter_rows(values_only=True)
        shown = [["" if value is None else str(value) for value in row] for row in cells]
        assert shown == [[row[str(column)] for column in head] for row in plain]
    assert not [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]


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


def test_rights_and_release_are_in_the_workbook_and_the_store(seeds: Made) -> None:
    store = sqlite3.connect(seeds.folder / "idf.sqlite")
    said = {name: words for name, *words in store.execute("SELECT * FROM metadata")}
    assert store.execute("PRAGMA foreign_key_check").fetchall() == []
    assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    views = {
        name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'view'")
    }
    assert views == {table.view for table in TABLES}
    store.close()
    sheet = openpyxl.load_workbook(seeds.folder / "idf.xlsx")["release"]
    shown: Mapping[Any, list[Any]] = {
        row[0]: list(row[1:]) for row in sheet.iter_rows(values_only=True)
    }
    for words in (said, shown):
        assert words["rights"] == [*EDITION.rights.values()]
        assert words["issued"] == ["2026-11-21"] * 3


@pytest.mark.parametrize(("text", "cell"), HOSTILE.items(), ids=ascii)
def test_a_text_is_made_harmless(text: str, cell: str) -> None:
    assert harmless(text) == cell


def test_long_runs_of_spaces_and_line_ends_take_no_time() -> None:
    for text in ("\n" * 500_000, "; " * 500_000, " " * 500_000 + "a", "\n- a" * 100_000):
        assert harmless(text).lstrip("'") == text


def test_hostile_texts_are_shown_and_never_run(hostile: Path) -> None:
    cells = [*HOSTILE.values(), "😀" * 20_000]
    assert [row["title_fr"] for row in rows(hostile / "projects.csv")] == cells
    assert titles_of(hostile / "idf.xlsx") == [*cells[:-1], "😀" * 16_383 + "…"]
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
    sheet = openpyxl.load_workbook(hostile / "idf.xlsx")["release"]
    assert str(sheet.cell(sheet.max_row, 2).value).endswith("Cells cut: 1.")


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
        "from tests.exports.test_tables import ROOT, made, prepare;"
        "made(prepare([ROOT / 'data']), Path(sys.argv[1]))"
    )
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Fiji",
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run(
        [sys.executable, "-c", code, tmp_path / "other"], check=True, env=environment, cwd=tmp_path
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


@pytest.mark.parametrize("name", ["idf.xlsx", "programmes.csv"])
def test_accents_survive_libreoffice(name: str, seeds: Made, tmp_path: Path) -> None:
    shown = dict(by_libreoffice(seeds.folder / name, tmp_path))
    ((head, cells),) = [sheet for stem, sheet in shown.items() if "programmes" in stem]
    row = dict(zip(head, cells, strict=True))
    (expected,) = rows(seeds.folder / "programmes.csv")
    texts = [key for key in row if key.endswith(("_en", "_fr", "_es"))]
    assert {key: row[key] for key in texts} == {key: expected[key] for key in texts}
    assert "Équateur" in row["target_states_fr"]
    assert "México" not in row["target_states_es"]


def test_libreoffice_shows_hostile_texts_as_texts(hostile: Path, tmp_path: Path) -> None:
    sheets = dict(by_libreoffice(hostile / "idf.xlsx", tmp_path))
    (shown,) = [sheet for stem, sheet in sheets.items() if stem.endswith("projects")]
    titles = [row[shown[0].index("title_fr")] for row in shown[1:]]
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


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
def test_a_file_that_cannot_tell_its_place_is_an_error(tmp_path: Path) -> None:
    """zipfile would write other bytes into it, without a word."""
    os.mkfifo(tmp_path / "pipe")
    with PlacedFile(tmp_path / "pipe", "w+") as file, pytest.raises(BadOutput, match="pipe"):
        file.tell()
