"""The type checker sees the calls of the command line, and choices are those of the tables."""

import ast
import os
import re
import shutil
from pathlib import Path
from typing import get_args

import pytest
import typer
from mypy import api
from support.command import ROOT

from idfgraph.checks.report import FORMATS as REPORTS
from idfgraph.checks.shacl.engines import ENGINES
from idfgraph.cli import app
from idfgraph.model.formats import GRAPHS, ROWS, AnswerFormat, ReportFormat, SchemaName
from idfgraph.model.records import Programme, Project
from idfgraph.model.vocab import RecordKind
from idfgraph.sources.schema import schema

PACKAGE = ROOT / "src" / "idfgraph"

#: Function and parameter that the command line gives by name -> the file of the function.
GIVEN = {
    ("check", "jobs"): "checks/check.py",
    ("publish", "quarantine"): "pipeline.py",
    ("compare_sides", "path"): "curation/compare/sides.py",
    ("extract", "programme"): "curation/extract.py",
    ("review", "by"): "curation/review.py",
    ("addresses", "pattern"): "sources/web/keep.py",
}
ERROR = re.compile(r'idfgraph/cli/.*Unexpected keyword argument "(\w+)" for "(\w+)"')


def renamed(text: str, function: str, parameter: str) -> str:
    """The text of a module with a parameter of a function of its own under another name."""
    nodes = (node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef))
    found = next(node for node in nodes if node.name == function)
    lines = text.splitlines(keepends=True)
    body = "".join(lines[found.lineno - 1 : found.end_lineno])
    return text.replace(body, re.sub(rf"\b{parameter}\b", f"{parameter}_", body))


@pytest.mark.skipif(not os.environ.get("IDFGRAPH_FULL"), reason="takes long: .ci/long attacks")
def test_a_parameter_that_is_renamed_is_an_error_in_the_command_line(tmp_path: Path) -> None:
    """Of each function that is called, and of nothing else."""
    options = [f"--config-file={ROOT / 'pyproject.toml'}", f"--cache-dir={tmp_path / 'cache'}"]
    for number, ((function, parameter), file) in enumerate(GIVEN.items()):
        shadow = tmp_path / f"{number}.py"
        text = (PACKAGE / file).read_text("utf-8")
        shadow.write_text(renamed(text, function, parameter), "utf-8")
        options += ["--shadow-file", str(PACKAGE / file), str(shadow)]
    if (ROOT / ".mypy_cache").is_dir():
        shutil.copytree(ROOT / ".mypy_cache", tmp_path / "cache")
    told, _, code = api.run([*options, str(PACKAGE / "cli")])
    assert code == 1
    errors = [line for line in told.splitlines() if "idfgraph/cli/" in line and "error:" in line]
    found = {(error[2], error[1]) for error in map(ERROR.search, errors) if error}
    assert (found, len(errors)) == ({*GIVEN}, len(GIVEN)), told


def test_nothing_in_the_command_line_is_of_any_type() -> None:
    texts = [path.read_text("utf-8") for path in (PACKAGE / "cli").glob("*.py")]
    assert not [text for text in texts if re.search(r"\bAny\b|import_module|StrEnum", text)]


def test_choices_are_those_of_the_tables() -> None:
    assert REPORTS.keys() == {*get_args(ReportFormat)}
    assert {"table", *ROWS, *GRAPHS} == {*get_args(AnswerFormat)}
    assert all(schema(name).startswith("{") for name in get_args(SchemaName))
    assert {kind.__struct_config__.tag for kind in (Project, Programme)} == {*get_args(RecordKind)}
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    (engine,) = (option for option in commands["validate"].params if option.name == "engine")
    assert all(name in engine.help for name in ("auto", *ENGINES))
