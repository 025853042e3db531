"""Who decides, accepts or reviews may be killed at any moment: what is read afterwards is whole, no
act is lost or there twice, and done again it ends as if nothing had been.
"""

import os
import re
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from support.command import ROOT, desk_in
from support.killing import ACTS

from idfgraph.curation.accept import accept
from idfgraph.curation.decide import Signed, decide
from idfgraph.curation.review import review
from idfgraph.model.errors import BadConfig
from idfgraph.sources.records import read_whole_record

FULL = os.environ.get("IDFGRAPH_FULL") == "1"

#: Which of the moments are taken, and how many there are at least: before the lock, the file, its
#: sync and its swap.
STEP, LEAST = (1, 5) if FULL else (4, 2)

#: What is killed: the act, and whether an earlier decision stands in the record itself.
CASES = [("decide", True), ("review", False), ("accept", False), ("decide", False)]

BEFORE = Signed({"en": "Before."}, "Bo", "2026-11-20", ("https://example.org/report",))


def worked_on(tmp_path: Path, *, inside: bool) -> Path:
    """A desk on which others signed for a record; what they decided stands in it, or beside."""
    desk = desk_in(tmp_path)
    file = desk / "records" / "V47-805.yaml"
    decide(file, "startYear", ["2003"], BEFORE)
    decide(file, "status", ["active"], BEFORE)
    accept(file, "implausible-date", why={"en": "Before."}, by="Bo", on="2026-11-20")
    list(review([file], by="Bo", on="2026-11-20"))
    (seen,) = (file.parent / "signed").glob("*_implausible-date_*")
    seen.write_text(re.sub("words: .*", "words: '1999'", seen.read_text("utf-8")), "utf-8")
    if inside:
        decided = file.parent / "signed" / "V47-805_status.yaml"
        block = decided.read_text("utf-8").partition("decisions:")[2]
        decided.unlink()
        text = file.read_text("utf-8").replace("sources:\n", f"decisions:{block}sources:\n", 1)
        text = text.replace("  status: completed\n", "  status: active\n")
        file.write_text(text, "utf-8")
    return desk


def acts(desk: Path) -> Counter[str]:
    """What people signed for the record, each with how often it is there."""
    record = read_whole_record(desk / "records" / "V47-805.yaml").record
    return Counter(map(str, (*record.decisions, *record.accepted, *record.reviewed)))


def files(desk: Path) -> dict[str, bytes]:
    found = (path for path in (desk / "records").rglob("*") if path.is_file())
    return {str(path.relative_to(desk)): path.read_bytes() for path in found}


@pytest.mark.parametrize(("name", "inside"), CASES if FULL else CASES[:2])
def test_an_act_that_is_killed_anywhere_is_done_or_not(
    tmp_path: Path, name: str, inside: bool
) -> None:
    desk = worked_on(tmp_path, inside=inside)
    before, aside = acts(desk), tmp_path / "aside"
    words = [sys.executable, "-m", "support.killing", str(desk), name, str(aside), str(STEP)]
    subprocess.run(words, cwd=ROOT / "tests", check=True)
    *killed, done = sorted(aside.iterdir(), key=lambda path: int(path.name))
    after, whole = acts(done), files(done)
    assert len(killed) >= LEAST and after != before
    for copy in killed:
        found = acts(copy)
        assert before & after <= found <= before | after, copy
        assert found >= before or found >= after, copy
    for copy in killed if FULL else killed[-1:]:
        found = acts(copy)
        with suppress(BadConfig):
            ACTS[name](copy / "records" / "V47-805.yaml")
        is_seen = name == "accept" and found >= after
        assert (acts(copy), files(copy)) == (after, whole) or is_seen, copy
