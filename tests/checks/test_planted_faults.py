"""What is planted in sound data is told by the published shapes, whatever engine runs them: what is
Core without SPARQL too, also by one in JavaScript.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from support.command import ROOT
from support.planted import Fault, faults, faulty, lines, shapes, sound

from idfgraph.checks.rules import rules
from idfgraph.checks.shacl import validate
from idfgraph.checks.shacl.engines import ENGINES

SCRIPT = ROOT / "tests" / "data" / "planted-faults" / "validate.mjs"
ENGINE = ROOT / "node_modules" / "rdf-validate-shacl"

FULL = bool(os.environ.get("IDFGRAPH_FULL"))

#: Each fault with each engine; with pySHACL, which takes half a second, every third of them where
#: not all are asked for.
ASKED = [
    (name, engine)
    for engine in ENGINES
    for number, name in enumerate(faults())
    if FULL or engine != "pyshacl" or number % 3 == 0
]

#: The rules that Core cannot say.
QUERIES = frozenset(rule.name for rule in rules() if rule.query)


def told(fault: Fault, name: str, engine: str) -> set[str]:
    """The rules that an engine finds broken where a fault is planted."""
    return {
        result.rule
        for result in validate(lines(faulty(fault)), shapes(name), engine=engine).results
    }


def test_there_are_faults_of_many_kinds() -> None:
    own = [fault.rules[0] for fault in faults().values()]
    assert (len(own), len(set(own))) == (91, 85)
    assert set(own) > QUERIES
    assert all(fault.take <= sound() and not fault.put & sound() for fault in faults().values())


@pytest.mark.parametrize("engine", ENGINES)
def test_sound_data_break_nothing(engine: str) -> None:
    assert validate(lines(sound()), shapes(), engine=engine).results == ()


@pytest.mark.parametrize(("name", "engine"), ASKED)
def test_a_fault_is_told_by_its_rule(name: str, engine: str) -> None:
    fault = faults()[name]
    assert told(fault, "all.ttl", engine) == set(fault.rules)


@pytest.mark.parametrize("name", faults())
def test_what_is_core_is_told_without_queries(name: str) -> None:
    fault = faults()[name]
    assert told(fault, "core.ttl", "auto") == set(fault.rules) - QUERIES


@pytest.mark.skipif(
    not os.environ.get("CI") and not (ENGINE.is_dir() and shutil.which("node")),
    reason="needs rdf-validate-shacl: npm ci --ignore-scripts",
)
def test_an_engine_in_javascript_tells_what_is_core(tmp_path: Path) -> None:
    data = {"sound": sound(), **{name: faulty(fault) for name, fault in faults().items()}}
    asked = {
        "shapes": "\n".join(shapes("core.ttl")),
        "data": {name: "".join(lines(triples)) for name, triples in data.items()},
    }
    (tmp_path / "asked.json").write_text(json.dumps(asked), "utf-8")
    done = subprocess.run(
        ["node", SCRIPT, tmp_path / "asked.json"], check=True, capture_output=True, timeout=600
    )
    found: Mapping[str, list[str]] = json.loads(done.stdout)
    expected = {name: set(fault.rules) - QUERIES for name, fault in faults().items()}
    assert {name: _rules(broken) for name, broken in found.items()} == {"sound": set(), **expected}


def _rules(broken: list[str]) -> set[str]:
    return {shape.partition("/shapes/")[2].replace("#", "/") for shape in broken}
