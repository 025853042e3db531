"""Sound data in which one thing is wrong at a time: what is planted, and what is told of it."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml
from pyoxigraph import RdfFormat, Triple, parse, serialize

from idfgraph.system import resources

DATA = Path(__file__).parents[1] / "data"
COMMON = DATA / "shapes" / "common.ttl"

#: Shapes for what format 2 has and records do not give yet.
PENDING = resources.SHAPES / "pending"

#: Properties of things in the sound data that format 2 does not have any more.
_GONE = {
    "https://w3id.org/iom-idf/def#statedEndYear",
    "http://www.w3.org/ns/prov#hadPrimarySource",
}


class Fault(NamedTuple):
    """Statements taken away and put in their place; the rules that tell it, the first its own."""

    take: frozenset[Triple]
    put: frozenset[Triple]
    rules: tuple[str, ...]


def shapes(*, sparql: bool = True) -> tuple[str, ...]:
    """All shapes as Turtle texts, or those of Core alone."""
    folders = (resources.SHAPES, PENDING)
    files = {
        name: text
        for folder in folders
        for name, text in resources.texts_in(folder, ".ttl").items()
    }
    return tuple(text for name, text in files.items() if sparql or not is_sparql(name))


def is_sparql(name: str) -> bool:
    """Whether a file of shapes holds queries."""
    return name.startswith("sparql")


@cache
def sound() -> frozenset[Triple]:
    """The sound data, as format 2 has them."""
    triples = {quad.triple for file in _files() for quad in parse(path=file)}
    records = {t.subject for t in triples if str(t.object).endswith("def#Record>")}
    return frozenset(t for t in triples if t.predicate.value not in _GONE or t.subject in records)


@cache
def faults() -> Mapping[str, Fault]:
    """All that is planted, by what is wrong."""
    text = (DATA / "planted-faults" / "faults.yaml").read_text("utf-8")
    return {name: _fault(entry) for name, entry in yaml.safe_load(text).items()}


def lines(triples: frozenset[Triple]) -> list[str]:
    """The triples as sorted N-Triples lines."""
    text = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
    return sorted(text.splitlines(keepends=True))


def _files() -> tuple[Path, ...]:
    return COMMON, DATA / "planted-faults" / "claims.ttl"


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
    more = {"owl": "http://www.w3.org/2002/07/owl#", "sh": "http://www.w3.org/ns/shacl#"}
    return "".join([*found, *(f"@prefix {name}: <{iri}> .\n" for name, iri in more.items())])
