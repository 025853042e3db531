"""The tables that peers map hold every statement; ratios are told as they are, beside the last."""

import csv
import json
from importlib import import_module
from pathlib import Path

import pytest
from support.command import ROOT

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

DUMP = f"""<http://e/a> {TYPE} <http://e/def#A> .
<http://e/a> <http://e/says> "l'eau, \\"dite\\"\\n" .
<http://e/a> <http://e/says> "water"@en .
<http://e/a> <http://e/sees> <http://e/b> .
<http://e/a> <http://e/sees> <http://e/c> .
<http://e/b> {TYPE} <http://e/def#A> .
<http://e/b> <http://e/year> "2024"^^<http://www.w3.org/2001/XMLSchema#gYear> .
<http://e/c> <http://e/sees> <http://e/a> .
"""


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> None:
    """Modules of bench/ can be imported, as its scripts do."""
    monkeypatch.syspath_prepend(str(ROOT / "bench"))


def term(cell: str, datatype: str, language: str) -> str:
    if not datatype:
        return f"<{cell}>"
    text = cell.replace('"', '\\"').replace("\n", "\\n")
    if language:
        return f'"{text}"@{language}'
    return f'"{text}"' + f"^^<{datatype}>" * (not datatype.endswith("#string"))


@pytest.mark.usefixtures("bench")
def test_tables_hold_every_statement_once(tmp_path: Path) -> None:
    (tmp_path / "dump.nq").write_text(DUMP, "utf-8")
    import_module("tables").make_tables(tmp_path / "dump.nq", tmp_path / "tables")
    found = []
    for table in json.loads((tmp_path / "tables" / "tables.json").read_text("utf-8")):
        with (tmp_path / "tables" / table["file"]).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                subject = f"<{row['id']}>"
                found += [f"{subject} {TYPE} <{one}> ." for one in table["classes"]]
                for number, (predicate, *kind) in enumerate(table["columns"]):
                    if cell := row[f"c{number}"]:
                        found.append(f"{subject} <{predicate}> {term(cell, *kind)} .")
    assert sorted(found) == sorted(DUMP.splitlines())


@pytest.mark.usefixtures("bench")
def test_ratios_stand_beside_the_last_that_were_kept() -> None:
    now = {(10, "map-dump-plain"): 2.0, (10, "maplib"): 6.0, (10, "limit-parse"): 0.5}
    before = {"1": {(10, "map-dump-plain"): 3.0, (10, "maplib"): 6.0}, "2": {(10, "maplib"): 6.0}}
    assert list(import_module("beside").ratios(now, before)) == [
        (10, "map-dump-plain", "maplib", "3.00", "higher", "2.00 (1)"),
        (10, "map-dump-plain", "limit-parse", "4.00", "lower", "-"),
    ]
