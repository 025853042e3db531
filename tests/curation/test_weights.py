"""What weighs most is told first, by validate as by todo."""

import json
import random
from pathlib import Path

import pytest
from support.command import desk_in
from typer.testing import CliRunner

from idfgraph.cli import app
from idfgraph.curation.review import todo
from idfgraph.curation.weights import WEIGHTS, by_weight
from idfgraph.model.errors import Place
from idfgraph.model.findings import Finding, Result

PROJECT = "https://example.org/id/project/"


def found(severity: str, focus: str, file: str = "a.yaml", line: int = 1) -> Finding:
    result = Result(severity, "x:s", focus, "", "", "", "", {}, {"en": "So."})
    return Finding(result, Place(file, line))


def test_records_by_what_they_weigh_and_each_gravest_first() -> None:
    light = [found("Warning", f"{PROJECT}A", "a.yaml", line) for line in (2, 1)]
    heavy = [
        found("Info", f"{PROJECT}B", "b.yaml"),
        found("Warning", f"{PROJECT}B#note-contradiction-title", "b.yaml", 9),
    ]
    unread = [found("Violation", "", "c.yaml", line) for line in (3, 4)]
    seen = [found("Info", f"{PROJECT}C#note-contradiction-title", "d.yaml")]
    expected = [*unread, heavy[1], heavy[0], light[1], light[0], *seen]
    for seed in range(9):
        mixed = [*light, *heavy, *unread, *seen]
        random.Random(seed).shuffle(mixed)
        assert by_weight(mixed) == expected


@pytest.mark.parametrize("form", ["json", "sarif", "human"])
def test_validate_tells_in_that_order(
    tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_in(tmp_path)
    monkeypatch.chdir(tmp_path)
    file = desk / "records" / "V47-805.yaml"
    file.write_text(file.read_text("utf-8").replace("[ALB]", "[MDA]"), "utf-8")
    words = ["validate", "data", "--order", "weight", "--format", form, "--jobs", "1"]
    told = CliRunner().invoke(app, words).stdout
    if form == "human":
        assert told.index("V47-805.yaml:") < told.index("PX.0220.yaml")
        return
    report = json.loads(told)
    if form == "sarif":
        uris = [
            one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            for one in report["runs"][0]["results"]
        ]
        assert uris[0].endswith("V47-805.yaml")
        return
    names = [Path(one["place"].get("file", "")).name for one in report["findings"]]
    first = todo([desk])[0].record
    assert names[0] == f"{first}.yaml" and names.index(names[-1]) > 0
    assert report["findings"][0]["severity"] == "violation" and WEIGHTS["violation"] == 100
