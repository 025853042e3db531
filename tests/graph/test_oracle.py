"""The names of states against hdx-python-country's own look-up: docs/names.md lists and explains
each difference.
"""

import gc
import warnings
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hdx.location.country import Country

from idfgraph.model.entries import Entry
from idfgraph.sources.reference_files import read_reference
from idfgraph.system import resources

PAGE = (Path(__file__).parents[2] / "docs" / "names.md").read_text("utf-8")


@pytest.fixture(autouse=True, scope="module")
def _look_up() -> None:
    """Loads the look-up's table, from a file that it leaves open."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        Country.countriesdata(use_live=False)
        gc.collect()


class Row(NamedTuple):
    """A name of a state, and why the look-up may not know it."""

    iso3: str
    name: str
    reason: str


@cache
def rows() -> frozenset[Row]:
    entries = read_reference(resources.REFERENCE).entries
    return frozenset(row for entry in entries if entry.id.startswith("st:") for row in _rows(entry))


def _rows(entry: Entry) -> Iterator[Row]:
    for language, label in entry.pref_label.items():
        for name in (label, *entry.alt_label.get(language, ())):
            if name.sources == ("iso-codes",) and entry.iso2:
                continue
            everyday = "cldr" in name.sources and "hdx" not in name.sources
            reason = (
                "Everyday names"
                if everyday
                else "Names out of brackets"
                if "(" in label.text
                else "Formal names"
            )
            former = (
                "Former states" if not entry.iso2 else "Kosovo" if entry.iso3 == "XKX" else reason
            )
            yield Row(entry.id.removeprefix("st:"), name.text, former)


def section(heading: str) -> str:
    """The last paragraph under a heading of the page, on one line."""
    body = PAGE.partition(f"### {heading}\n")[2].partition("\n#")[0]
    return " ".join(body.strip().rpartition("\n\n")[2].split())


def test_the_names_that_the_look_up_does_not_know_are_those_listed() -> None:
    unknown: dict[str, set[str]] = defaultdict(set)
    for row in rows():
        code = Country.get_iso3_country_code(row.name, use_live=False)
        assert code in {None, row.iso3}, f"{row.name} is {row.iso3} here, {code} there"
        if code is None:
            unknown[row.reason].add(f"{row.iso3} {row.name}")
    assert {reason: set(section(reason).split(" · ")) for reason in unknown} == unknown
    assert len({(row.iso3, row.name) for row in rows()}) == 914


def test_no_formal_name_of_iso_codes_is_another_states() -> None:
    for entry in read_reference(resources.REFERENCE).entries:
        for label in (name for names in entry.alt_label.values() for name in names):
            if label.sources == ("iso-codes",) and entry.iso2:
                code = Country.get_iso3_country_code(label.text, use_live=False)
                assert code in {None, entry.iso3}, label.text


def test_the_guesses_that_differ_are_those_listed() -> None:
    lines = PAGE.partition("### Its guesses that differ\n")[2].partition("\n#")[0].splitlines()
    cells = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.startswith("|")
    ][2:]
    assert all(why for *_, why in cells)
    assert {(name, iso3, guess) for name, iso3, guess, _ in cells} == set(_differing())


def _differing() -> Iterator[tuple[str, str, str]]:
    for row in rows():
        guess, _ = Country.get_iso3_country_code_fuzzy(row.name, use_live=False)
        if guess not in {None, row.iso3}:
            yield row.name, row.iso3, guess
