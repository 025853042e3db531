"""A thousand pages in three languages, one in 20 of them faulty in one of 20 ways: one command
publishes the others, and what it says of the faulty ones is grouped.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.command import ROOT, environment, run

#: How many pages; the whole number takes minutes.
PAGES = 1_000 if os.environ.get("IDFGRAPH_FULL") else 60

#: The most findings that a report may tell.
FINDINGS = 30


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages in it."""
    made = tmp_path_factory.mktemp("pages")
    command = [sys.executable, str(ROOT / "bench" / "pages.py"), str(made / "in"), str(PAGES)]
    subprocess.run(command, check=True, timeout=120, env=environment())
    assert len(list((made / "in").iterdir())) == PAGES
    return made


def heads(text: str) -> list[str]:
    """What is told to be wrong."""
    return re.findall(r"^(?:error|warning)\[.*", text, re.MULTILINE)


@pytest.mark.skipif(not os.environ.get("IDFGRAPH_FULL"), reason="takes long: .ci/long attacks")
def test_one_command_publishes_the_others_and_groups_what_is_wrong(folder: Path) -> None:
    done = run("publish", "in", "--quarantine", cwd=folder)
    assert done.returncode == 2
    assert 5 < len(heads(done.stdout)) <= FINDINGS
    assert len(done.stderr.splitlines()) < FINDINGS
    published = re.search(r"published ([0-9]+) records", done.stderr)
    documents = list((folder / "public/doc/project").glob("??.????.ttl"))
    assert published and PAGES * 0.94 < int(published[1]) < PAGES
    assert len(documents) >= int(published[1]) - PAGES // 200


def test_a_check_groups_what_is_wrong(folder: Path) -> None:
    done = run("validate", "in", cwd=folder)
    assert done.returncode == 2
    assert 5 < len(heads(done.stdout)) <= FINDINGS
    new = [line for line in heads(done.stdout) if "is on no list" in line]
    assert len(new) == 3
    assert len([line for line in heads(done.stdout) if "unknown-field" in line]) == 3
    assert re.search(r"\.txt:22:1: unknown\n +\|\n22 \| Bureau 3\n", done.stdout)
