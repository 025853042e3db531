"""A quick look clears nothing in which a query of the published shapes finds something: held
against the queries on planted faults, and on statements that are changed at random.
"""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from support.command import ROOT
from support.planted import faults, faulty, lines, shapes, sound

from idfgraph.checks.evidence_seen import evidence
from idfgraph.checks.rules import rules
from idfgraph.checks.shacl import Statements, validate
from idfgraph.checks.shacl.halves import halves
from idfgraph.checks.suspects import CLAIMED, QuickLook
from idfgraph.graph.setting import Setting, linked, prepare
from idfgraph.library import read
from idfgraph.model.vocab import XSD
from idfgraph.system import resources

#: Years, and what looks like years, as lines end.
YEARS = [
    f'"{year}"^^<{XSD}gYear> .\n'
    for year in ("1999", "2020", "2026", "2031", "2032", "12026", "-2020", "2020Z")
]

#: The rules that Core cannot say.
QUERIES = frozenset(rule.name for rule in rules() if rule.query)


@cache
def setting() -> Setting:
    return prepare([])


def day(data: list[str]) -> str:
    """The day of the data, as the data say it once."""
    days = re.findall(r'def#asOf> "([^"]*)"', "".join(data))
    return days[0] if len(days) == 1 else ""


def is_cleared(data: list[str]) -> bool:
    statements = Statements(data)
    return QuickLook(setting().mapper, day(data), statements).clears(statements)


def found(data: list[str]) -> set[str]:
    """The queries that find something."""
    queries = halves(shapes()).queries
    return {result.rule for result in validate(data, queries).results}


def test_sound_data_are_cleared() -> None:
    assert is_cleared(lines(sound()))


@pytest.mark.parametrize("name", faults())
def test_what_a_query_finds_is_suspected(name: str) -> None:
    data = lines(faulty(faults()[name]))
    assert not (found(data) and is_cleared(data))


@pytest.mark.parametrize("name", faults())
def test_both_halves_of_the_shapes_find_what_the_whole_finds(name: str) -> None:
    data = lines(faulty(faults()[name]))
    apart = [one for half in halves(shapes()) for one in validate(data, half).results]
    bare = sorted((one.shape, one.focus, one.path, one.value, one.component) for one in apart)
    whole = validate(data, shapes()).results
    assert bare == sorted(
        (one.shape, one.focus, one.path, one.value, one.component) for one in whole
    )


def test_each_query_has_a_fault_that_is_suspected() -> None:
    suspected = {
        fault.rules[0] for fault in faults().values() if not is_cleared(lines(faulty(fault)))
    }
    assert suspected >= QUERIES


@settings(deadline=None)
@given(some.data())
def test_what_a_query_finds_in_statements_changed_at_random_is_suspected(
    draw: some.DataObject,
) -> None:
    data = lines(sound())
    objects = sorted({line.split(" ", 2)[2] for line in data})
    for _ in range(draw.draw(some.integers(1, 3))):
        at = draw.draw(some.integers(0, len(data) - 1))
        subject, predicate, _ = data[at].split(" ", 2)
        other = draw.draw(some.sampled_from(YEARS) | some.sampled_from(objects))
        changed = f"{subject} {predicate} {other}"
        data[at : at + 1] = draw.draw(some.sampled_from([[], [changed], [data[at], changed]]))
    assert not (is_cleared(data) and found(data))


def test_what_must_be_claimed_is_listed_as_in_the_shapes() -> None:
    query = (resources.SHAPES / "sparql.ttl").read_text("utf-8").partition("?path IN (")[2]
    listed = re.findall(r"<[^>]+>", query.partition("))")[0].partition("\n      ))")[0])
    terms = setting().mapper.terms.properties
    assert listed == [terms[key].predicate for key in CLAIMED]


def test_most_records_are_cleared_with_the_claims_of_what_is_not_told() -> None:
    records = list(read(ROOT / "data" / "records"))
    items, mapper = [linked(setting(), one) for one in records], setting().mapper
    every = setting().reference.nodes(setting().reference.ids())
    known = Statements(line for one in every for line in mapper.quads(one))
    look = QuickLook(mapper, setting().as_of, known)
    cleared = [
        look.clears(Statements([*mapper.quads(item.node), *told.lines]), told.claims)
        for item, told in zip(items, evidence(mapper, items).told, strict=True)
    ]
    assert cleared.count(True) > len(cleared) / 2
