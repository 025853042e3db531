"""Values of one form are held against the shapes once; what is wrong is found in each of them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from support.command import ROOT

from idfgraph.checks.evidence_seen import evidence
from idfgraph.checks.shards import Shard, check_items
from idfgraph.graph.resolve import Linked
from idfgraph.graph.setting import Setting, linked, prepare
from idfgraph.sources.stream import read


@cache
def setting() -> Setting:
    return prepare([ROOT / "data"])


@cache
def items() -> tuple[Linked, ...]:
    return tuple(linked(setting(), one.record) for one in read([ROOT / "data"]))


def changed(change: Mapping[str, Any], without: tuple[str, ...]) -> list[Linked]:
    """The records, with a change of each value that is ranked."""

    def value(node: dict[str, Any]) -> dict[str, Any]:
        kept = {key: item for key, item in node.items() if key not in without}
        return {**kept, **change} if "rank" in node else node

    def node(of: dict[str, Any]) -> dict[str, Any]:
        return (
            {**of, "sourceValue": [value(each) for each in of["sourceValue"]]}
            if "sourceValue" in of
            else of
        )

    return [
        item._replace(graphs=tuple((g, tuple(node(dict(n)) for n in ns)) for g, ns in item.graphs))
        for item in items()
    ]


def rules(shard: Shard) -> list[tuple[str, str]]:
    return sorted((finding.result.rule, finding.result.focus) for finding in shard.findings)


FAULTS: Mapping[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "evidence/value-reason": ({}, ("reason",)),
    "evidence/value-place": ({}, ("spanEnd",)),
    "evidence/value-resource": ({"aboutResource": "prj:NONE"}, ()),
    "evidence/value-span": ({"spanStart": "90000"}, ()),
    "claim/ranked": ({}, ("rank", "reason")),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_each_faulty_value_is_found(rule: str) -> None:
    change, without = FAULTS[rule]
    found = rules(check_items(setting(), "auto", False, changed(change, without), {}))
    values = {focus for name, focus in found if name == rule}
    assert len(values) > 50


def test_each_faulty_decision_is_found() -> None:
    def node(of: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in of.items() if key != "comment" or "method" not in of}

    bare = [
        item._replace(graphs=tuple((g, tuple(node(dict(n)) for n in ns)) for g, ns in item.graphs))
        for item in items()
    ]
    decisions = {n["id"] for item in items() for _, ns in item.graphs for n in ns if "method" in n}
    found = rules(check_items(setting(), "auto", False, bare, {}))
    told = {focus for name, focus in found if name == "evidence/decision-why"}
    assert told == {setting().mapper.iri(id_)[1:-1] for id_ in decisions}
    assert len(told) > 5


def test_most_values_are_like_another() -> None:
    told = evidence(setting().mapper, items())
    values = sum(
        len(list(node.get("sourceValue", ())))
        for item in items()
        for _, nodes in item.graphs
        for node in nodes
    )
    assert 5 < len(told.standing) < values / 3


def test_all_that_values_say_is_there_when_it_is_asked_for() -> None:
    told = evidence(setting().mapper, items())
    whole = evidence(setting().mapper, items(), told.standing)
    every = {
        line
        for item in items()
        for _, nodes in item.graphs
        for node in nodes
        for line in setting().mapper.quads(node)
    }
    assert set(whole.lines) == every > set(told.lines)
