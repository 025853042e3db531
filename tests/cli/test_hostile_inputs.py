"""Hostile inputs of kinds other than pages and records: one line that says where, within bounds;
never a defect of ours.
"""

import os
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from support.command import SEED, run
from support.hostile_files import HOSTILE_INPUTS
from support.hostile_files.run import outcome

#: Seconds of the processor (a run that waits for a minute is taken to hang), bytes, and
#: characters of a line.
SECONDS, MEMORY, LINE = 5, 512 * 1024 * 1024, 3_000

FULL = os.environ.get("IDFGRAPH_FULL") == "1"

#: What no line may hold: controls but for the newline and the tab, of both sets, and bidi ones.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pipes and a shell")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of one page."""
    folder = tmp_path_factory.mktemp("release")
    (folder / "p.txt").write_bytes(SEED.read_bytes())
    assert run("publish", "p.txt", cwd=folder).returncode == 0
    return folder / "public"


def test_inputs_are_many_and_differ() -> None:
    assert len(HOSTILE_INPUTS) >= 500
    assert not [
        name for name, times in Counter(case.name for case in HOSTILE_INPUTS).items() if times > 1
    ]


@pytest.mark.parametrize(
    "number",
    range(0, len(HOSTILE_INPUTS), 1 if FULL else 23),
    ids=lambda number: HOSTILE_INPUTS[number].name[:60],
)
def test_each_is_told_within_bounds(number: int, tmp_path: Path, release: Path) -> None:
    case = HOSTILE_INPUTS[number]
    done = outcome(case, tmp_path, release)
    errors, output = done.errors.decode(), done.output.decode()
    assert done.code in case.codes, (done.code, errors[:2_000])
    assert "Traceback" not in errors and "Exception" not in errors
    logs = [log.read_text("utf-8") for log in tmp_path.glob("data/pages/*.jsonl")]
    for text in (errors, output, *logs):
        assert not _HIDDEN.search(text) and "hunter2" not in text
    assert max(map(len, errors.splitlines()), default=0) <= LINE
    assert re.search(case.told, errors + output), (errors + output)[:2_000]
    assert done.memory <= MEMORY
    assert done.seconds <= SECONDS
