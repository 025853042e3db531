"""Two stewards on two branches: what each decides, reviews and accepts at another field joins
without a conflict.
"""

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
from idfgraph.sources.page_facts import addresses_in
from idfgraph.sources.records import read_record

Step = Callable[[Path], object]


def git(folder: Path, *args: str) -> "subprocess.CompletedProcess[str]":
    """Git in a folder, by nobody in particular."""
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    words = ["git", *who, *args]
    return subprocess.run(words, cwd=folder, check=False, capture_output=True, text=True)


def decided(field: str, *values: str, by: str = "Ada") -> Step:
    signed = Signed({"en": "So."}, by, "2026-11-21")
    return lambda file: decide(file, field, values, signed)


def accepted(rule: str) -> Step:
    return lambda file: accept(file, rule, why={"en": "So."}, by="Ada", on="2026-11-21")


def reviewed(by: str) -> Step:
    return lambda file: list(review([file], by=by, on="2026-11-21"))


#: What stands in the record already, what one does, and what the other does.
WORK = {
    "decisions around one": (
        [decided("status", "active")],
        [decided("startYear", "2003")],
        [decided("beneficiary", "MDA", by="Bo")],
    ),
    "titles and a type": (
        [decided("status", "active")],
        [decided("title.en", "In Albania")],
        [decided("projectType", "px", by="Bo")],
    ),
    "a decision and a doubt": (
        [],
        [decided("startYear", "2003")],
        [accepted("implausible-date")],
    ),
    "a decision and a review": ([], [decided("beneficiary", "MDA")], [reviewed("Zoe")]),
    "reviews around one": ([], [reviewed("Ada")], [reviewed("Zoe")]),
}


@pytest.mark.parametrize(("before", "mine", "theirs"), WORK.values(), ids=WORK.keys())
def test_work_at_different_fields_joins(
    tmp_path: Path, before: list[Step], mine: list[Step], theirs: list[Step]
) -> None:
    desk_in(tmp_path)
    file = tmp_path / "data" / "records" / "V47-805.yaml"
    for step in before:
        step(file)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "before")
    for branch, steps in (("mine", mine), ("theirs", theirs)):
        git(tmp_path, "checkout", "-qb", branch, "main")
        for step in steps:
            step(file)
        git(tmp_path, "commit", "-qam", branch)
    merged = git(tmp_path, "merge", "-q", "mine")
    assert merged.returncode == 0, merged.stdout + file.read_text("utf-8")
    record = read_record(file).record
    assert len(record.decisions) == sum(len(one) for one in (before, mine, theirs)) - len(
        record.accepted
    ) - (len(record.reviewed) - 1)
    found = check([tmp_path / "data"]).findings
    assert not [one for one in found if "unsupported" in one.result.focus]


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
