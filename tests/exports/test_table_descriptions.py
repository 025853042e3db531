"""The tables are read with the right types by their descriptions alone, as others read them."""

import json
import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import openpyxl  # type: ignore[import-untyped]
import pandas as pd  # type: ignore[import-untyped]
import pytest
from support.making_tables import EDITION, Made, made, rows, tables_of

from idfgraph.exports.tables.columns import TABLES
from idfgraph.exports.tables.imprint import FILES, RELEASE
from idfgraph.graph.setting import prepare
from idfgraph.model.text import LANGUAGES, gettext

ROOT = Path(__file__).parents[2]

#: Datatypes of CSV on the Web, and types of Data Packages -> those of pandas and of DuckDB. What is
#: not here is text.
PANDAS = {"integer": "Int64", "decimal": "float64", "gYear": "Int64"}
DUCKDB = {"integer": "BIGINT", "number": "DECIMAL(18, 2)", "year": "INTEGER", "date": "DATE"}

PARQUET = {"integer": "BIGINT", "decimal": "DECIMAL(20,6)", "gYear": "INTEGER", "date": "DATE"}

#: Fails where validators of others find anything. They run by themselves, with their own warnings.
CSVW = """
import sys
from csvw import CSVW
described = CSVW(sys.argv[1], validate=True)
assert described.is_valid, [str(one.message) for one in described.warnings]
tables = {table.local_name: list(table.iterdicts()) for table in described.tables}
states = tables["project-states.csv"]
assert {"NA", "FJ"} <= {row["iso2"] for row in states}, states
assert "008" in {row["m49"] for row in states}
(project,) = [row for row in tables["projects.csv"] if row["project_id"] == "A"]
assert project["beneficiaries_en"] == ["Albania", "Namibia"], project
assert str(project["budget"]) == "0.1"
"""
FRICTIONLESS = """
import sys
from frictionless import Package, validate
report = validate(sys.argv[1])
assert report.valid, report.flatten(["title", "message"])
states = Package(sys.argv[1]).get_resource("project-states").read_rows()
assert {"NA", "FJ"} <= {row["iso2"] for row in states}
assert "008" in {row["m49"] for row in states}
"""


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables with Namibia, whose code is NA, and Albania, whose code is 008."""
    folder = tmp_path_factory.mktemp("strange")
    codes = {"ALB": ("AL", "008", "Albania"), "NAM": ("NA", "516", "Namibia")}
    codes["FJI"] = ("FJ", "242", "Fiji")
    nodes: list[Mapping[str, Any]] = [
        {
            "id": f"st:{iso3}",
            "type": "State",
            "iso3": iso3,
            "iso2": iso2,
            "m49": m49,
            "prefLabel": dict.fromkeys(LANGUAGES, name),
        }
        for iso3, (iso2, m49, name) in codes.items()
    ]
    for name, states in (("A", ["ALB", "NAM"]), ("B", ["FJI"])):
        about = {"id": f"prj:{name}", "type": "Project", "projectId": name, "startYear": "2020"}
        money = {"id": "x", "value": "0.10", "currency": "USD"}
        nodes.append({**about, "beneficiary": states, "budget": money})
    lines = (msgspec.json.encode(node).decode() + "\n" for node in nodes)
    tables_of(prepare([]), folder, lines, [])
    return folder / "tables"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(prepare([ROOT / "data"]), tmp_path_factory.mktemp("tables"))


def described(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / name).read_text("utf-8"))
    return found


@pytest.mark.parametrize(
    ("script", "name"),
    [(CSVW, "csv-metadata.json"), (FRICTIONLESS, "datapackage.json")],
    ids=["csvw", "frictionless"],
)
def test_validators_of_others_find_nothing(script: str, name: str, strange: Path) -> None:
    command = [sys.executable, "-c", script, name]
    done = subprocess.run(command, cwd=strange, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_what_is_published_is_valid(seeds: Made) -> None:
    """The five records, whose tables have cells in every column that a page can fill."""
    scripts = {"csv-metadata.json": CSVW, "datapackage.json": FRICTIONLESS}
    for name, script in scripts.items():
        validated = script.partition("\ntables =")[0].partition("\nstates =")[0]
        command = [sys.executable, "-c", validated, name]
        done = subprocess.run(
            command, cwd=seeds.folder, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr


def test_a_validator_finds_what_is_wrong(strange: Path, tmp_path: Path) -> None:
    """Else the two tests before would say nothing."""
    for path in strange.glob("*.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    totals = tmp_path / "project-states.csv"
    totals.write_bytes(totals.read_bytes().replace(b"id/project/A,", b"id/project/Z,"))
    for name, script in (("csv-metadata.json", CSVW), ("datapackage.json", FRICTIONLESS)):
        command = [sys.executable, "-c", script, name]
        done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
        assert done.returncode == 1
        assert "project" in done.stderr


def test_pandas_reads_right_types_by_csv_on_the_web(strange: Path) -> None:
    metadata = described(strange, "csv-metadata.json")
    for table in metadata["tables"]:
        columns = table["tableSchema"]["columns"]
        read = pd.read_csv(
            strange / table["url"],
            encoding=metadata["dialect"]["encoding"],
            dtype={one["name"]: PANDAS.get(one["datatype"], "str") for one in columns},
            keep_default_na=False,
            na_values=[metadata["null"]],
        )
        assert list(read.columns) == [one["name"] for one in columns], table["url"]
        if table["url"] == "project-states.csv":
            assert list(read["iso2"]) == ["AL", "NA", "FJ"]
            assert list(read["m49"]) == ["008", "516", "242"]
        if table["url"] == "projects.csv":
            assert read["budget"].sum() == pytest.approx(0.2)
            assert list(read["start_year"]) == [2020, 2020]
            assert not read["end_year"].notna().any()


def test_duckdb_reads_right_types_by_the_data_package(strange: Path) -> None:
    for resource in described(strange, "datapackage.json")["resources"]:
        fields = resource["schema"]["fields"]
        types = {one["name"]: DUCKDB.get(one["type"], "VARCHAR") for one in fields}
        with duckdb.connect() as base:
            read = base.read_csv(
                str(strange / resource["path"]),
                header=True,
                delimiter=resource["dialect"]["delimiter"],
                columns=types,
                na_values=resource["schema"]["missingValues"],
            )
            names, answers = read.columns, read.fetchall()
        assert names == list(types), resource["name"]
        assert len(answers) == len(rows(strange / resource["path"]))
        if resource["name"] == "project-states":
            at = [names.index(name) for name in ("iso2", "m49")]
            assert [[row[i] for i in at] for row in answers] == [
                ["AL", "008"], ["NA", "516"], ["FJ", "242"]
            ]  # fmt: skip
        if resource["name"] == "projects":
            assert str(sum(row[names.index("budget")] for row in answers)) == "0.20"


def test_parquet_has_the_types_and_rows_of_the_csv_files(tmp_path: Path) -> None:
    """Texts as they are, several values as lists; the same bytes again."""
    for name in ("one", "two"):
        made(prepare([ROOT / "data"]), tmp_path / name, columnar=True)
    folder = tmp_path / "one" / "tables"
    metadata = {one["url"]: one for one in described(folder, "csv-metadata.json")["tables"]}
    files = sorted(folder.glob("*.parquet"))
    assert [one.stem for one in files] == sorted(table.name for table in TABLES)
    for file in files:
        assert file.read_bytes() == (tmp_path / "two" / "tables" / file.name).read_bytes()
        columns = metadata[f"{file.stem}.csv"]["tableSchema"]["columns"][: -len(RELEASE)]
        lines = rows(file.with_suffix(".csv"))
        with duckdb.connect() as base:
            read = base.read_parquet(str(file))
            types = dict(zip(read.columns, map(str, read.types), strict=True))
            found = read.fetchall()
        wanted = {
            one["name"]: PARQUET.get(one["datatype"], "VARCHAR") + "[]" * ("separator" in one)
            for one in columns
        }
        assert types == wanted
        assert len(found) == len(lines)
        for row, line in zip(found, lines, strict=True):
            for name, value in zip(types, row, strict=True):
                if value is None or not line[name]:
                    assert (value or "") == line[name], name
    with duckdb.connect() as base:
        budgets = base.read_parquet(str(folder / "projects.parquet")).sum("budget").fetchall()
    assert budgets[0][0] == sum(
        Decimal(row["budget"]) for row in rows(folder / "projects.csv") if row["budget"]
    )


def test_both_descriptions_tell_of_every_column_in_three_languages(seeds: Made) -> None:
    metadata = described(seeds.folder, "csv-metadata.json")
    package = described(seeds.folder, "datapackage.json")
    known = rows(seeds.folder / "dictionary.csv")
    meant = {(row["table_name"], row["column_name"]): row for row in known}
    for table, told, resource in zip(FILES, metadata["tables"], package["resources"], strict=True):
        names = [column.name for column in (*table.columns, *RELEASE)]
        columns, fields = told["tableSchema"]["columns"], resource["schema"]["fields"]
        assert [one["name"] for one in columns] == [one["name"] for one in fields] == names
        assert told["tableSchema"].get("primaryKey") == resource["schema"].get("primaryKey")
        for column, field in zip(columns, fields, strict=True):
            said = {one["@language"]: one["@value"] for one in column["dc:description"]}
            assert said == field["descriptions"]
            assert all(said.values())
            assert set(said) == set(LANGUAGES) == set(field["titles"])
            row = meant.get((table.name, column["name"]))
            assert row is None or said == {tag: row[tag] for tag in LANGUAGES}


def test_both_descriptions_tell_whose_the_tables_are(seeds: Made) -> None:
    metadata = described(seeds.folder, "csv-metadata.json")
    package = described(seeds.folder, "datapackage.json")
    assert {one["@language"]: one["@value"] for one in metadata["dc:rights"]} == EDITION.rights
    assert metadata["dc:license"]["@id"] == package["licenses"][0]["path"]
    assert metadata["dc:license"]["@id"].endswith("/rights")
    assert metadata["dc:publisher"] == package["contributors"][0]["title"] == "Somebody"
    assert package["sources"][0]["path"] == metadata["dc:provenance"]["@id"]


def test_keys_tell_rows_apart_and_are_never_empty(
    seeds: Made, strange: Path, published: Path
) -> None:
    """As Table Schema and SQL want primary keys to be."""
    for folder in (seeds.folder, strange, published / "tables"):
        for resource in described(folder, "datapackage.json")["resources"]:
            schema, lines = resource["schema"], rows(folder / resource["path"])
            key = schema.get("primaryKey")
            assert (key is None) == (resource["name"] in {"project-totals", "sources"})
            if not key:
                continue
            found = [tuple(row[name] for name in key) for row in lines]
            assert len(set(found)) == len(found), resource["name"]
            assert all(map(all, found)), resource["name"]
            required = {one["name"] for one in schema["fields"] if "constraints" in one}
            assert required == {*key}


def test_a_sum_is_told_as_one(seeds: Made) -> None:
    """And no amount that a page gives; how a row stands to states is said in words."""
    (totals,) = (
        one for one in described(seeds.folder, "datapackage.json")["resources"]
        if one["name"] == "project-totals"
    )  # fmt: skip
    told = {one["name"]: one["descriptions"] for one in totals["schema"]["fields"]}
    assert told["budget"] == {
        "en": "The sum of the budgets that these projects publish.",
        "fr": "La somme des budgets que ces projets publient.",
        "es": "La suma de los presupuestos que publican estos proyectos.",
    }
    lines = rows(seeds.folder / "project-totals.csv")
    said = {tuple(row[f"part_{tag}"] for tag in ("en", "fr", "es")) for row in lines}
    assert ("One state", "Un seul État", "Un solo Estado") in said
    assert all(map(all, said))
    for tag, language in (("fr", "Un seul État"), ("es", "Un solo Estado")):
        book = openpyxl.load_workbook(seeds.folder / f"idf.{tag}.xlsx")
        cells = book[gettext("Totals", tag)]["A"][1:]
        assert language in {cell.value for cell in cells}
        assert not {"one", "several", "none"} & {cell.value for cell in cells}
