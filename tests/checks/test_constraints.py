"""A case folder for each constraint: what breaks it, and what validation says of that for people
and as SARIF.

What breaks a constraint are the examples of `idfgraph explain`, each under the name of its rule:
records, reference data in a data folder, or RDF data, which are held against the shapes in place of
a part of shapes/common.ttl. IDFGRAPH_REWRITE=1 writes all folders anew.
"""

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse, serialize
from support.command import DATASET, ROOT, run
from support.planted import CLAIMS

from idfgraph.checks.check import check
from idfgraph.checks.report import rendered
from idfgraph.checks.rules import find, rules
from idfgraph.checks.shacl import validate
from idfgraph.curation.explain import examples
from idfgraph.model.errors import Place
from idfgraph.model.findings import Finding
from idfgraph.model.formats import ReportFormat
from idfgraph.model.iris import BASE
from idfgraph.system import resources

HERE = Path(__file__).parents[1] / "data" / "constraints"
COMMON = ROOT / "tests" / "data" / "shapes" / "common.ttl"
CONSTRAINTS = [f"C{number:02}" for number in range(1, 62)]

#: Form of a report -> the file of a case that holds what is expected.
FORMS: dict[ReportFormat, str] = {"human": "expected.txt", "sarif": "expected.sarif"}


def failing(constraint: str) -> Iterator[tuple[str, Path]]:
    """The examples that break a constraint, by the local names of their rules."""
    for rule in find(constraint):
        for example in examples(rule, "fails"):
            yield rule.name.rpartition("/")[2], example.file


def inputs(constraint: str) -> dict[str, bytes]:
    """The files of a case folder, but for what is expected."""
    files = {f"{name}{file.suffix}": file.read_bytes() for name, file in failing(constraint)}
    entries = b"".join(text for name, text in sorted(files.items()) if name.endswith(".jsonl"))
    if not entries:
        return files
    sound = (resources.EXAMPLES / "programme" / "funder" / "passes.yaml").read_bytes()
    return {
        "data/dataset.yaml": DATASET.read_bytes(),
        "data/records/sound.yaml": sound,
        "data/reference/states.jsonl": entries,
    }


def found(constraint: str) -> list[Finding]:
    """What is found in a case's folder, the current one: places name its files."""
    folder, here = Path("data"), Path()
    sources = [folder] if folder.is_dir() else sorted(here.glob("*.yaml"))
    records = check(sources).of_values if sources else ()
    return [*records, *(finding for name, file in failing(constraint) for finding in held(file))]


@cache
def held(example: Path) -> tuple[Finding, ...]:
    """What is found once RDF data take the place of their passing example in the sound data of the
    shapes' cases.
    """
    if example.suffix != ".ttl":
        return ()
    common, passing, data = (
        {quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)}
        for path in (COMMON, example.with_stem("passes"), example)
    )
    lines = serialize(common - passing | data, format=RdfFormat.N_TRIPLES).decode()  # type: ignore[union-attr]
    report = validate(
        lines.splitlines(keepends=True), resources.texts_in(resources.SHAPES, ".ttl").values()
    )
    aside = CLAIMS - {example.parent.relative_to(resources.EXAMPLES).as_posix()}
    return tuple(
        Finding(result, Place(field=result.about))
        for result in report.results
        if result.rule not in aside
    )


def unversioned(text: str) -> str:
    """A log that a new version of the program leaves as it is."""
    return re.sub(
        rf'("name": "idfgraph",\s+"version": )"{re.escape(version("idfgraph"))}"', r'\1"0"', text
    )


def said(constraint: str) -> dict[str, bytes]:
    """What is said of a case, by file."""
    findings = found(constraint)
    return {
        file: unversioned(rendered(findings, form, "en", BASE)).encode()
        for form, file in FORMS.items()
    }


def test_every_constraint_has_a_case() -> None:
    assert sorted(path.name for path in HERE.iterdir()) == CONSTRAINTS
    assert {number for rule in rules() for number in rule.numbers} == set(CONSTRAINTS)
    assert sum(len(list(failing(constraint))) for constraint in CONSTRAINTS) == 129


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_a_case_says_what_is_expected(constraint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case, rewriting = HERE / constraint, os.environ.get("IDFGRAPH_REWRITE") == "1"
    wanted = inputs(constraint)
    if rewriting:
        written(case, wanted)
    monkeypatch.chdir(case)
    wanted |= said(constraint)
    if rewriting:
        written(case, wanted)
    assert {
        path.relative_to(case).as_posix(): path.read_bytes() for path in case.rglob("*.*")
    } == wanted


def written(case: Path, files: dict[str, bytes]) -> None:
    """Makes these the files of a case."""
    for path in case.rglob("*.*"):
        path.unlink()
    for name, text in files.items():
        (case / name).parent.mkdir(parents=True, exist_ok=True)
        (case / name).write_bytes(text)


@pytest.mark.parametrize(("form", "file"), FORMS.items())
def test_the_command_says_the_same(
    form: ReportFormat, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command tells besides that the example's page is not there."""
    case = HERE / "C18"
    monkeypatch.chdir(case)
    done, known = (
        run("validate", "active-past-end.yaml", "--format", form, cwd=case),
        check("active-past-end.yaml"),
    )
    assert (done.returncode, len(known.evidence)) == (0, 1)
    assert done.stdout == rendered(known.findings, form, "en", BASE)
    said = unversioned(rendered(known.of_values, form, "en", BASE))
    assert said == (case / file).read_text("utf-8")


def test_each_result_is_of_the_rule_that_it_names() -> None:
    (log,) = json.loads(rendered(check([ROOT / "data"]).findings, "sarif", "en", BASE))["runs"]
    rules_of = [rule["id"] for rule in log["tool"]["driver"]["rules"]]
    assert len(rules_of) == len(set(rules_of)) > 10
    assert all(rules_of[result["ruleIndex"]] == result["ruleId"] for result in log["results"])
