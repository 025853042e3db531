"""Two stewards on two branches: what each decides, reviews and accepts joins without a conflict,
the first of a record, too; on one field, git asks.
"""

import os
import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from support.command import desk_in
from support.rendering import real_pages

from idfgraph.checks.check import check
from idfgraph.curation.accept import accept
from idfgraph.curation.decide import Signed, decide
from idfgraph.curation.extract import extract
from idfgraph.curation.review import review
from idfgraph.curation.start import init
from idfgraph.library import read
from idfgraph.sources.page_facts import addresses_in
from idfgraph.sources.records import read_record

Step = Callable[[Path], object]

FULL = os.environ.get("IDFGRAPH_FULL") == "1"


def git(folder: Path, *args: str) -> "subprocess.CompletedProcess[str]":
    """Git in a folder, by nobody in particular, without what a forge does not heed."""
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    words = ["git", *who, *args]
    return subprocess.run(words, cwd=folder, check=False, capture_output=True, text=True)


def decided(field: str, *values: str, by: str = "Ada") -> Step:
    signed = Signed({"en": "So."}, by, "2026-11-21", ("https://example.org/report",))
    return lambda file: decide(file, field, values, signed)


def accepted(rule: str, by: str = "Ada") -> Step:
    return lambda file: accept(file, rule, why={"en": "So."}, by=by, on="2026-11-21")


def reviewed(by: str) -> Step:
    return lambda file: list(review([file], by=by, on="2026-11-21"))


#: What stands beside the record already, what one does, and what the other does.
WORK: dict[str, tuple[list[Step], list[Step], list[Step]]] = {
    "first decisions on neighbours": (
        [],
        [decided("startYear", "2003")],
        [decided("endYear", "2005", by="Bo")],
    ),
    "first titles": (
        [],
        [decided("title.en", "In Albania")],
        [decided("title.es", "En Albania", by="Bo")],
    ),
    "a value that goes, and its neighbours": (
        [],
        [decided("status", "none")],
        [decided("coverage", "regional", by="Bo"), decided("fundRegion", "africa", by="Bo")],
    ),
    "the first reviews": ([], [reviewed("Zoe")], [reviewed("Bo")]),
    "the first doubts": ([], [accepted("implausible-date")], [accepted("missing-value:startYear")]),
    "one doubt seen by both": (
        [],
        [accepted("implausible-date")],
        [accepted("implausible-date", by="Bo")],
    ),
    "all of it": (
        [decided("status", "active")],
        [decided("beneficiary", "MDA"), reviewed("Zoe"), accepted("implausible-date")],
        [reviewed("Bo"), accepted("missing-value:startYear", by="Bo"), decided("title.en", "A")],
    ),
}


def begun(folder: Path, before: list[Step]) -> Path:
    """The file of a record of a data folder, in the history with what was done before."""
    desk_in(folder)
    file = folder / "data" / "records" / "V47-805.yaml"
    for step in before:
        step(file)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "before")
    return file


def on_branches(file: Path, **work: list[Step]) -> "subprocess.CompletedProcess[str]":
    """What is done on branches of their own, and the outcome of joining all."""
    folder = file.parents[2]
    for branch, steps in work.items():
        git(folder, "checkout", "-qb", branch, "main")
        for step in steps:
            step(file)
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", branch)
    git(folder, "checkout", "-q", "main")
    for branch in work:
        done = git(folder, "merge", "-q", "--no-edit", branch)
    return done


def acts_of(folder: Path) -> set[str]:
    """What people signed for the record, but for what it has itself."""
    (record,) = (one for one in read(folder) if one.id == "V47-805")
    (own,) = read_record(folder / "records" / "V47-805.yaml").record.reviewed
    said = (*record.decisions, *record.accepted, *record.reviewed)
    return {str(one) for one in said if one != own}


@pytest.mark.parametrize(("before", "mine", "theirs"), WORK.values(), ids=WORK.keys())
def test_work_joins(
    tmp_path: Path, before: list[Step], mine: list[Step], theirs: list[Step]
) -> None:
    file = begun(tmp_path, before)
    text = file.read_bytes()
    merged = on_branches(file, mine=mine, theirs=theirs)
    assert merged.returncode == 0, merged.stdout
    assert file.read_bytes() == text
    assert len(acts_of(tmp_path / "data")) == len([*before, *mine, *theirs])
    if FULL or len(mine) > 1 or (before, mine, theirs) == WORK["one doubt seen by both"]:
        report = check([tmp_path / "data"]).report
        assert report.conforms
        assert not [one for one in report.results if one.issue.startswith("acceptance-")]


def test_what_both_sign_alike_joins(tmp_path: Path) -> None:
    same = [decided("status", "active")]
    assert on_branches(begun(tmp_path, []), mine=same, theirs=same).returncode == 0
    assert len(acts_of(tmp_path / "data")) == 1


def test_two_who_decide_one_field_are_asked(tmp_path: Path) -> None:
    """Git keeps both in the file of the field, and validate says what to do."""
    file = begun(tmp_path, [])
    mine, theirs = [decided("startYear", "2003")], [decided("startYear", "2004", by="Bo")]
    merged = on_branches(file, mine=mine, theirs=theirs)
    assert "records/signed/V47-805_startYear.yaml" in merged.stdout
    (found,) = [one for one in check([tmp_path / "data"]).findings if not one.result.shape]
    assert "git left both sides of a merge here; keep one side" in found.result.message("en")
    assert found.place.file.endswith("V47-805_startYear.yaml")


#: Acts of two people on one record, none on what another is on.
ACTS: list[Step] = [
    decided("startYear", "2003"),
    decided("endYear", "2005"),
    decided("title.en", "In Albania"),
    decided("status", "active", by="Bo"),
    decided("beneficiary", "MDA", by="Bo"),
    reviewed("Ada"),
    reviewed("Bo"),
]


@pytest.mark.parametrize("seed", range(12 if FULL else 1))
def test_whatever_two_do_in_whatever_order_joins_to_the_same(tmp_path: Path, seed: int) -> None:
    chance, outcomes = random.Random(seed), []
    some = ACTS if FULL else chance.sample(ACTS, 4)
    for number in range(2):
        acts = chance.sample(some, len(some))
        cut = chance.randrange(1, len(acts))
        folder = tmp_path / str(number)
        folder.mkdir()
        merged = on_branches(begun(folder, []), mine=acts[:cut], theirs=acts[cut:])
        assert merged.returncode == 0, merged.stdout
        outcomes.append({one for one in acts_of(folder / "data") if "Review" not in one})
        assert len(acts_of(folder / "data")) == len(some)
    assert outcomes[0] == outcomes[1]


def test_pages_that_two_extract_join(tmp_path: Path) -> None:
    desk, pages = tmp_path / "own", real_pages(tmp_path / "real")
    init(desk, "registry")
    git(desk, "init", "-q", "-b", "main")
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "before")
    for branch, name in (("mine", "000.txt"), ("theirs", "001.txt")):
        git(desk, "checkout", "-qb", branch, "main")
        url = f"https://example.org/{name}"
        list(extract([pages / name], desk / "records", url=url, shelf=desk / "pages"))
        git(desk, "add", "-A")
        git(desk, "commit", "-qm", branch)
    merged = git(desk, "merge", "-q", "mine")
    assert merged.returncode == 0, merged.stdout
    known = addresses_in(desk / "pages" / "pages.yaml")
    assert {"000.txt", "001.txt", "example.txt"} == set(known)
