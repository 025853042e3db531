"""Sound data in which one thing is wrong at a time: what is planted, and what must tell it."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml
from pyoxigraph import RdfFormat, Triple, parse, serialize

from idfgraph.exports.dumps import one_file
from idfgraph.model.vocab import OWL, SH
from idfgraph.system import resources

DATA = Path(__file__).parents[1] / "data"
COMMON = DATA / "shapes" / "common.ttl"

#: Rules that whatever changes content breaks too, where the claims of it stay as they were.
CLAIMS = frozenset({"claim/content-claimed", "evidence/accepted-is-content"})


class Fault(NamedTuple):
    """Statements taken away and put in their place; the rules that tell it, the first its own."""

    take: frozenset[Triple]
    put: frozenset[Triple]
    rules: tuple[str, ...]


def shapes(name: str = "all.ttl") -> tuple[str, ...]:
    """All shapes as Turtle texts, or those of Core alone (`core.ttl`)."""
    return tuple(one_file(resources.texts_in(resources.SHAPES, ".ttl"))[name])


@cache
def sound() -> frozenset[Triple]:
    """The sound data of the shapes' cases: two projects and a programme, with all their claims."""
    return frozenset(quad.triple for quad in parse(path=COMMON))


@cache
def faults() -> Mapping[str, Fault]:
    """All that is planted, by what is wrong."""
    text = (DATA / "planted-faults" / "faults.yaml").read_text("utf-8")
    return {name: _fault(entry) for name, entry in yaml.safe_load(text).items()}


def faulty(fault: Fault) -> frozenset[Triple]:
    """The sound data with a fault."""
    return sound() - fault.take | fault.put


def lines(triples: Iterable[Triple]) -> list[str]:
    """The triples as sorted N-Triples lines."""
    text = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
    return sorted(text.splitlines(keepends=True))


def _fault(entry: Mapping[str, object]) -> Fault:
    also = entry.get("also", ())
    assert isinstance(also, list | tuple)
    take, put = (_triples(str(entry.get(key, ""))) for key in ("take", "put"))
    return Fault(take, put, (str(entry["rule"]), *also))


def _triples(turtle: str) -> frozenset[Triple]:
    text = f"{_prefixes()}{turtle}"
    return frozenset(quad.triple for quad in parse(text, format=RdfFormat.TURTLE))


@cache
def _prefixes() -> str:
    found = re.findall(r"^@prefix .*\n", COMMON.read_text("utf-8"), re.MULTILINE)
    return "".join([*found, f"@prefix owl: <{OWL}> .\n@prefix sh: <{SH}> .\n"])
