"""Sums are honest: parts come to the whole, what several states share is given whole to none, and
what pages tell is what SPARQL and SQL count.
"""

import re
import sqlite3
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, RdfFormat, Store

from idfgraph import publish
from idfgraph.exports.figures import (
    SEVERAL,
    UNKNOWN,
    Noted,
    Overview,
    ProjectFacts,
    overview_of,
    read_overview,
)
from idfgraph.exports.site.selections import DOUBTED, GAPS, SHARED, missing, selections
from idfgraph.graph.setting import prepare
from idfgraph.model.errors import BadOutput
from idfgraph.model.layout import TABLE_STORE, TRIPLES
from idfgraph.model.text import LANGUAGES

ROOT = Path(__file__).parents[2]
IDF = "https://w3id.org/iom-idf/def#"

CODES = st.sampled_from(["", "code:a", "code:b"])
LISTS = st.lists(st.sampled_from(["st:AAA", "st:BBB", "st:CCC"]), unique=True)
DOUBT = Noted("prj:A#note-contradiction-budget", "code:issue-contradiction", "Warning", "budget")
PROJECTS = st.lists(
    st.builds(
        ProjectFacts,
        id=st.uuids().map(lambda one: f"prj:{one}"),
        status=CODES,
        region=CODES,
        types=LISTS,
        states=LISTS,
        budget=st.none() | st.decimals(0, 10**9, places=2),
        start=st.none() | st.integers(2001, 2030),
        doubts=st.sampled_from([(), (DOUBT,), (DOUBT, DOUBT)]),
    ),
    max_size=12,
)


@given(PROJECTS)
def test_parts_come_to_the_whole(projects: Sequence[ProjectFacts]) -> None:
    """Of money, of projects, of those that publish none, whatever parts them."""
    made = overview_of(projects)
    assert len(made.all.projects) == len(projects)
    for parts in (made.regions, made.types, made.statuses, made.years):
        assert sum((part.usd for part in parts.values()), Decimal(0)) == made.all.usd
        assert sum((part.shared for part in parts.values()), Decimal(0)) == made.all.shared
        assert sum(len(part.projects) for part in parts.values()) == len(projects)
        assert sum(part.unknown for part in parts.values()) == made.all.unknown


@given(PROJECTS)
def test_no_state_is_given_what_several_share(projects: Sequence[ProjectFacts]) -> None:
    made = overview_of(projects)
    alone = sum((part.alone for part in made.states.values()), Decimal(0))
    whole = sum((one.budget or Decimal(0) for one in projects if len(one.states) == 1), Decimal(0))
    assert alone == whole
    assert made.all.shared + alone <= made.all.usd


@given(PROJECTS)
def test_each_number_has_a_list_of_so_many(projects: Sequence[ProjectFacts]) -> None:
    made = overview_of(projects)
    lists = {one.name: len(one.sum.projects) for one in selections(made)}
    assert len(lists) == len(list(selections(made)))
    for key, name in GAPS.items():
        given_ = [one for one in projects if getattr(one, name) or getattr(one, name) == 0]
        assert lists.get(missing(key), 0) == len(projects) - len(given_)
    assert lists[DOUBTED] == sum(bool(one.doubts) for one in projects)
    assert lists.get(SHARED, 0) == made.all.several
    assert {name for name in made.years if name != UNKNOWN} == {
        name.removeprefix("start-") for name in lists if name.startswith("start-")
    }
    assert SEVERAL not in made.regions


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records of the project, published."""
    out = tmp_path_factory.mktemp("figures") / "public"
    publish([ROOT / "data"], out)
    return out


@pytest.fixture(scope="module")
def overview(release: Path) -> Overview:
    compact = prepare([ROOT / "data"]).mapper.compact
    return read_overview(release / "tables" / "idf.sqlite", compact)


def test_sums_are_those_of_sparql(release: Path, overview: Overview) -> None:
    store = Store()
    store.load(path=str(release / "data" / "idf.nt"), format=RdfFormat.N_TRIPLES)
    question = (ROOT / "queries" / "budget-by-region.rq").read_text("utf-8")
    answer = store.query(question)
    assert isinstance(answer, QuerySolutions)
    told = {
        row["region"].value.rpartition("/")[2]: (
            Decimal(row["budget"].value),
            int(row["projects"].value),
        )
        for row in answer
    }
    assert told == {
        name.removeprefix("code:"): (part.usd, len(part.projects))
        for name, part in overview.regions.items()
    }


def test_sums_are_those_of_sql(release: Path, overview: Overview) -> None:
    tables = sqlite3.connect(release / "tables" / "idf.sqlite")
    (usd, number), *_ = tables.execute("SELECT sum(budget), count(*) FROM projects")
    assert (overview.all.usd, len(overview.all.projects)) == (Decimal(str(usd)), number)
    states = dict(
        tables.execute(
            "SELECT state_iri, count(DISTINCT project_iri) FROM project_states GROUP BY 1"
        )
    )
    assert {iri.rpartition("/")[2]: count for iri, count in states.items()} == {
        name.removeprefix("st:"): len(part.projects) for name, part in overview.states.items()
    }


def test_uses_of_codes_and_pages_are_those_of_sparql(release: Path, overview: Overview) -> None:
    store = Store()
    store.load(path=str(release / "data" / "idf.nt"), format=RdfFormat.N_TRIPLES)
    question = """PREFIX idf: <https://w3id.org/iom-idf/def#> SELECT ?code (COUNT(*) AS ?uses) {
      ?thing idf:status|idf:coverage|idf:fundRegion|idf:projectType ?code } GROUP BY ?code"""
    answer = store.query(question)
    assert isinstance(answer, QuerySolutions)
    told = {row["code"].value.rpartition("/")[2]: int(row["uses"].value) for row in answer}
    schemes = {f"code:{name}" for name in ("status", "coverage", "region", "type")}
    assert told == {
        code.removeprefix("code:"): uses.number
        for code, uses in overview.listings.codes.items()
        if uses.scheme in schemes and uses.number
    }
    pages = list((ROOT / "data" / "pages").glob("*.txt"))
    assert len(overview.listings.pages) == len(pages)
    assert all(one.records and one.language for one in overview.listings.pages.values())


@pytest.mark.parametrize(
    ("suffix", "usd"), [("", "616,672"), (".fr", "616 672"), (".es", "616.672")]
)
def test_home_tells_them_as_each_language_writes_them(release: Path, suffix: str, usd: str) -> None:
    page = (release / f"index{suffix}.html").read_text("utf-8")
    shown = re.sub("[\u00a0\u202f]", " ", page)
    assert usd in shown


def test_tables_that_cannot_be_read_are_no_defect(tmp_path: Path, release: Path) -> None:
    tables = tmp_path / "idf.sqlite"
    whole = (release / "tables" / "idf.sqlite").read_bytes()
    tables.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    with pytest.raises(BadOutput, match="cannot be read: database disk image is malformed"):
        read_overview(tables, str)


def test_names_that_a_language_lacks_are_counted(published: Path) -> None:
    """They are those of the dump: of the five records, titles in French alone."""
    names = read_overview(published / TABLE_STORE, str).quality.names
    lines = (published / TRIPLES).read_text("utf-8").splitlines()
    said: dict[str, dict[str, set[str]]] = {}
    for kind in ("Project", "State"):
        typed = (line for line in lines if line.endswith(f"type> <{IDF}{kind}> ."))
        said[kind] = {line.partition(" ")[0]: set() for line in typed}
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        for found in (found for found in said.values() if subject in found):
            if predicate.endswith(("/title>", "#prefLabel>")):
                found[subject].add(value[-4:-2])
    for kind, found in said.items():
        (one,) = (one for one in names if one.kind == kind)
        lacking = tuple(sum(each not in tags for tags in found.values()) for each in LANGUAGES)
        assert (one.number, tuple(map(len, one.lacking))) == (len(found), lacking)
    assert any(any(one.lacking) for one in names)
