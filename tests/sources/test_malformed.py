"""Malformed inputs, made by hand: one typed error each, with its place and advice, within 5 s and
512 MiB.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from support.malformed import CASES
from support.malformed.case import Case
from support.malformed.readers import READERS

WHERE = re.compile(r"(?P<line>\d*):?(?P<column>\d*) ?(?P<field>.*)")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What came of each input, read one after the other in one process of their own."""
    command = [
        sys.executable,
        str(Path(__file__).parents[1] / "support" / "malformed" / "run.py"),
        str(tmp_path_factory.mktemp("in")),
    ]
    done = subprocess.run(command, capture_output=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr.decode()[-2_000:]
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_inputs_are_many_and_differ(outcomes: list[dict[str, Any]]) -> None:
    assert len(outcomes) == len(CASES) >= 450
    assert {reader for reader, _ in CASES} == READERS.keys()
    assert not [
        name
        for name, count in Counter((reader, case.name) for reader, case in CASES).items()
        if count > 1
    ]


@pytest.mark.parametrize(
    "number", range(len(CASES)), ids=[f"{reader}: {case.name}" for reader, case in CASES]
)
def test_each_is_refused_where_it_is_wrong(number: int, outcomes: list[dict[str, Any]]) -> None:
    reader, case = CASES[number]
    outcome = outcomes[number]
    assert outcome["error"] == case.error, outcome
    said = f"{outcome['message']}; {outcome['hint']}"
    assert any(word in said for word in case.words.split("|")), outcome
    file, line, column, field = outcome["place"]
    assert Path(file).name == READERS[reader].file
    assert outcome["hint"]
    assert len(outcome["message"]) < 2_000
    expected = _expected(case)
    assert {
        key: {"line": line, "column": column, "field": field}[key] for key in expected
    } == expected


def _expected(case: Case) -> dict[str, int | str]:
    """What is known of the place."""
    found = WHERE.fullmatch(case.where)
    parts = found.groupdict() if found else {}
    return {key: part if key == "field" else int(part) for key, part in parts.items() if part}


@pytest.mark.parametrize("name", READERS)
def test_what_they_are_made_from_is_sound(name: str, tmp_path: Path) -> None:
    reader = READERS[name]
    for seed in reader.seeds():
        (tmp_path / reader.file).write_bytes(seed)
        reader.read(tmp_path / reader.file)
