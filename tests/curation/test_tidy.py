"""Tidied records: values in their form, keys in order, comments where they were; nothing else."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from idfgraph.curation.tidy import tidy
from idfgraph.sources.records import read_record, tidied

UNTIDY = """\
# who looks here
kind: project   # what it is
format: 2
id: PX 0220
# what we take it to mean
Values:
  beneficiary: [Albania, MD]  # two states
  title:
    fr: Aide: aux migrants
    EN: "Help"  # in English
  # a year
  start_year: 2021
  status: Completed
  budget: 400.000,00 USD
reviewed:
  - on: 26/11/2026   # the day
    by: A. Steward
"""
TIDY = """\
# who looks here
format: 2
kind: project  # what it is
id: PX.0220
reviewed:
  - by: A. Steward
    on: '2026-11-26'  # the day
# what we take it to mean
values:
  title:
    fr: 'Aide: aux migrants'
    # in English
    en: Help
  # a year
  startYear: '2021'
  status: completed
  budget:
    value: '400000.00'
    currency: USD
  beneficiary: [ALB, MDA]  # two states
"""
MISTAKES: Any = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "mistakes.yaml").read_text("utf-8")
)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_record_is_tidied(newline: str, tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("\ufeff" + UNTIDY.replace("\n", newline), "utf-8", newline="")
    done = next(tidy([path]))
    assert path.read_bytes().decode() == TIDY.replace("\n", newline)
    said = [one.said["en"] for one in done.done]
    assert "“Albania” is written as ALB" in said
    assert "start_year is called startYear" in said
    assert all(len(one.said) == 3 for one in done.done)
    assert not next(tidy([path])).changed, "tidied once is tidy"


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(UNTIDY, "utf-8")
    assert next(tidy([path], dry=True)).changed
    assert path.read_text("utf-8") == UNTIDY


def test_what_can_be_meant_in_several_ways_is_left(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(UNTIDY.replace("26/11/2026", "05/11/2026"), "utf-8")
    done = next(tidy([path]))
    assert not done.changed
    assert done.refused
    assert "2026-11-05 or 2026-05-11" in str(done.refused)


def test_records_of_the_data_are_tidy() -> None:
    records = Path(__file__).parents[2] / "data" / "records"
    assert not [file.path.name for file in tidy([records], dry=True) if file.changed]


@pytest.mark.parametrize("number", range(len(MISTAKES["mistakes"])))
def test_a_mistake_is_mended_or_left(number: int, tmp_path: Path) -> None:
    case = MISTAKES["mistakes"][number]
    path = tmp_path / "r.yaml"
    path.write_text(MISTAKES["record"].replace(case["was"], case["now"], 1), "utf-8")
    before = path.read_bytes()
    done = next(tidy([path]))
    if done.refused:
        assert path.read_bytes() == before
    else:
        assert done.done, "what is done is told"
        read_record(path)
        assert not next(tidy([path])).changed


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["# a", "  # b", "    # c: d"]))))
def test_comments_stay_and_nothing_else_changes(
    tmp_path_factory: pytest.TempPathFactory, comments: list[tuple[int, str]]
) -> None:
    path = tmp_path_factory.mktemp("in") / "r.yaml"
    lines = MISTAKES["record"].splitlines()
    for at, comment in comments:
        lines.insert(at, comment)
    path.write_text("\n".join(lines), "utf-8")
    before = read_record(path).record
    made = tidied(path)
    path.write_text(made.text, "utf-8")
    assert read_record(path).record == before
    assert sorted(re.findall("# .*", made.text)) == sorted(one.strip() for _, one in comments)
    assert tidied(path).text == made.text
