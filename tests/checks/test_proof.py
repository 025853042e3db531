"""Compiled shapes tell what an engine tells of a node, or leave the node to the engine: held
against the engine on records, on all that is planted, on statements changed from a seed, and on
shapes that are not understood.
"""

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pyoxigraph import RdfFormat, parse
from support.faults import OBJECTS
from support.generated import Captured, records
from support.planted import DATA, faults, faulty, lines, sound
from support.rendering import real_pages
from support.shacl_suite import SUITE, Case, cases

from idfgraph.checks.evidence_seen import evidence_lines
from idfgraph.checks.shacl import Statements, validate
from idfgraph.checks.shacl.engines import compiled
from idfgraph.checks.shacl.halves import halves
from idfgraph.checks.shacl.proof import prove
from idfgraph.checks.shacl.raw import Raw, read_report
from idfgraph.checks.shards import check_items, report_on
from idfgraph.graph.resolve import Linked
from idfgraph.graph.setting import Setting, linked, prepare
from idfgraph.model.iris import BASE
from idfgraph.model.vocab import RDF, RDF_TYPE, RDFS, SH, XSD
from idfgraph.sources.stream import read
from idfgraph.system import resources

ROOT = Path(__file__).parents[2]
FULL = os.environ.get("IDFGRAPH_FULL") == "1"
BATCH = 50
BATCHES = (20_000 if FULL else 200) // BATCH
CASES = sorted(path.parent.name for path in (DATA / "shapes").glob("*/bad.ttl"))


@cache
def setting() -> Setting:
    return prepare([])


@cache
def core() -> tuple[str, ...]:
    """What Core says of the published shapes."""
    return halves(tuple(resources.texts_in(resources.SHAPES, ".ttl").values())).core


@cache
def beside() -> tuple[str, ...]:
    """The reference data as lines."""
    reference, mapper = setting().reference, setting().mapper
    return tuple(line for node in reference.nodes(reference.ids()) for line in mapper.quads(node))


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Linked]:
    """The five records of the data folder, and thirty real ones."""
    folder = real_pages(tmp_path_factory.mktemp("thirty"))
    sources = ([folder], [ROOT / "data"])
    found = (linked(setting(), one.record) for paths in sources for one in read(paths))
    return list({item.id: item for item in found}.values())


def lines_of(item: Linked) -> list[str]:
    """All that is said of a record, and of who says so."""
    return [*setting().mapper.quads(item.node), *evidence_lines(setting().mapper, item)]


def asked(data: Iterable[str], shapes: tuple[str, ...]) -> Counter[Raw]:
    """What an engine finds."""
    return Counter(read_report(compiled("auto", shapes)("".join(data))))


def left(data: Sequence[str], shapes: tuple[str, ...] | None = None) -> set[str]:
    """The subjects that are left to the engine, once both together find what the engine alone
    does.
    """
    shapes = shapes or core()
    raws, rest = prove(Statements(data), shapes)
    assert Counter(raws) + asked(rest, shapes) == asked(data, shapes)
    return {line.partition(" ")[0] for line in rest}


def same(data: Iterable[str]) -> None:
    """That lines from elsewhere give the report that the shapes as they are give of them."""
    lines, texts = list(data), setting().words.shapes.values()
    day = setting().mapper.quads({"id": "base:catalog#dataset", "asOf": setting().as_of})
    assert report_on(setting(), lines, ()) == validate([*lines, *day], texts)


def test_of_sound_data_nothing_is_left_to_the_engine() -> None:
    assert left(lines(sound())) == set()
    assert left(beside()) == set()


def test_of_records_the_same_is_found_and_little_is_left(items: Sequence[Linked]) -> None:
    proven, alone = (
        check_items(setting(), engine, False, items, {}) for engine in ("auto", "pyshacl-turbo")
    )
    assert proven == alone
    data = [line for item in items for line in lines_of(item)]
    assert Statements([*data, *beside()], are_foreign=True).are_plain
    same([*data, *beside()])
    subjects = {line.partition(" ")[0] for line in data}
    assert len(left([*data, *beside()]) & subjects) < len(subjects) / 10


@settings(max_examples=1_000 if FULL else 20, deadline=None)
@given(some.lists(records(), min_size=1, max_size=3))
def test_of_generated_records_the_same_is_found(captured: list[Captured]) -> None:
    found = (linked(setting(), one.record) for one in captured)
    data = [*(line for item in found for line in lines_of(item)), *beside()]
    left(data)
    same(data)


@pytest.mark.parametrize("name", faults())
def test_a_planted_fault_is_found(name: str) -> None:
    data = lines(faulty(faults()[name]))
    left(data)
    same(data)


@pytest.mark.parametrize("case", CASES)
def test_a_case_of_a_shape_is_found(case: str) -> None:
    ok, bad = (
        {quad.triple for quad in parse(path=DATA / "shapes" / case / name)}
        for name in ("ok.ttl", "bad.ttl")
    )
    data = lines(sound() - ok | bad)
    left(data)
    same(data)


def copied(record: list[str], number: int) -> list[str]:
    """A record under an id and pages of its own, so that it does not clash with others."""
    said = "".join(record)
    ids = {said.partition("/id/project/")[2].partition(">")[0].partition("#")[0]: f"ZZ.{number:04}"}
    pages = {part[:16] for part in said.split("/id/source/")[1:]}
    names = {**ids, **{page: f"{number % 65536:04x}{page[4:]}" for page in pages}}
    for name, other in names.items():
        said = said.replace(name, other) if name else said
    return said.splitlines(keepends=True)


def spoil(data: list[str], random: Random) -> None:
    """Takes a statement away, changes it, or adds one."""
    at = random.randrange(len(data))
    subject, predicate, object_ = data[at].split(" ", 2)
    _, other, value = random.choice(data).split(" ", 2)
    strange = f"{random.choice(OBJECTS)} .\n"
    changed = {
        "drop": [],
        "change": [f"{subject} {predicate} {strange}"],
        "add": [data[at], f"{subject} {predicate} {strange}"],
        "twice": [data[at], f"{subject} {other} {value}"],
        "move": [f"{subject} {other} {object_}"],
        "take": [f"{subject} {predicate} {value}"],
    }
    data[at : at + 1] = changed[random.choice(list(changed))]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_of_spoilt_records_the_same_is_found(items: Sequence[Linked], batch: int) -> None:
    random, data = Random(batch), list[str]()
    for number in range(BATCH):
        record = copied(lines_of(random.choice(items)), number)
        for _ in range(random.choice((0, 1, 1, 2, 3))):
            spoil(record, random)
        data += record
    subjects = {line.partition(" ")[0] for line in data}
    assert len(left([*data, *beside()]) & subjects) < len(subjects)
    same(data)
    same([*(line for line in data if Statements([line], are_foreign=True).are_plain), *beside()])


#: Lines that the mapper does not write so, or of which the shapes say more than it thinks of.
OTHERS = {
    "a blank node": "_:b <x:p> <x:o> .\n",
    "a blank node as value": "<x:s> <x:p> _:b .\n",
    "more space": "<x:s>  <x:p> <x:o> .\n",
    "a comment": "# <x:s> <x:p> <x:o> .\n",
    "an escape of letters": '<x:s> <x:p> "\\u0041" .\n',
    "a tab": '<x:s> <x:p> "\t" .\n',
    "a datatype that goes without saying": f'<x:s> <x:p> "a"^^<{XSD}string> .\n',
    "a language in capitals": '<x:s> <x:p> "a"@EN .\n',
    "a subclass": f"<x:s> <{RDFS}subClassOf> <x:o> .\n",
    "an IRI beyond ASCII": "<x:é> <x:p> <x:o> .\n",
    "an IRI with a port that is none": "<x://a:b/> <x:p> <x:o> .\n",
    "two fragments": "<x:a#b#c> <x:p> <x:o> .\n",
    "two lines in one": "<x:s> <x:p> <x:o> .\n<x:s> <x:p> <x:o> .\n",
}


@pytest.mark.parametrize("name", OTHERS)
def test_lines_of_another_form_are_told_apart(name: str) -> None:
    assert not Statements([OTHERS[name]], are_foreign=True).are_plain


def test_lines_of_another_form_give_the_same() -> None:
    same([*lines(sound()), "_:b <x:p> <x:o> .\n"])
    same([*lines(sound()), f"<{BASE}def#Decision> <{RDFS}subClassOf> <{BASE}def#Project> .\n"])


@pytest.mark.parametrize("day", ["1999-01-01", "2090-01-01", "", "x"])
def test_another_day_of_the_data_gives_the_same(day: str) -> None:
    typed = f'"{day}"^^<{XSD}date>'
    same([*lines(sound()), f"<{BASE}catalog#dataset> <{BASE}def#asOf> {typed} .\n"])


#: Shapes of which something is not understood.
PREFIXES = f"""
@prefix sh: <{SH}> . @prefix rdfs: <{RDFS}> . @prefix e: <x:> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
STRANGE = {
    "a length": "e:p sh:minLength 3 .",
    "flags": 'e:p sh:pattern "A" ; sh:flags "i" .',
    "a pattern of another kind": 'e:p sh:pattern "^\\\\w+(?:a)?$" .',
    "two patterns": 'e:p sh:pattern "a" , "b" .',
    "a kind of node": "e:p sh:nodeKind sh:Literal .",
    "exactly one": "e:p sh:xone ( e:q e:r ) . e:q sh:class e:C . e:r sh:nodeKind sh:IRI .",
    "all of a list": "e:p sh:and ( e:q ) . e:q sh:minLength 2 .",
    "a shape that leads to itself": "e:p sh:node e:n .",
    "a property of a property": "e:p sh:property e:q . e:q sh:path e:a ; sh:minCount 1 .",
    "a shape that is switched off": "e:p sh:minCount 9 ; sh:deactivated true .",
    "a bound": "e:p sh:maxInclusive 4 .",
    "languages": 'e:p sh:languageIn ( "en" ) .',
    "language tags": 'e:p sh:uniqueLang "1"^^xsd:boolean .',
    "an unknown datatype": "e:p sh:datatype xsd:dateTime .",
    "what may not be together": "e:p sh:disjoint e:b .",
    "a number of some": "e:p sh:qualifiedValueShape [ sh:class e:C ] ; sh:qualifiedMinCount 2 .",
    "not what is unknown": "e:p sh:not [ sh:minLength 3 ] .",
    "another path": "e:n sh:property [ sh:path [ sh:oneOrMorePath e:b ] ; sh:maxCount 1 ] .",
    "a longer path backwards": "e:n sh:property [ sh:path [ sh:inversePath ( e:b e:b ) ] ; "
    "sh:maxCount 0 ] .",
    "a node as target": "e:n sh:targetNode <x:none> .",
    "objects as targets": "e:o a sh:NodeShape ; sh:targetObjectsOf e:b ; sh:class e:C .",
    "a class that is a shape": "e:C a rdfs:Class , sh:NodeShape ; sh:class e:D .",
}
TARGETED = f"""{PREFIXES}
e:n a sh:NodeShape ; sh:targetClass e:C ; sh:property e:p . e:p a sh:PropertyShape ; sh:path e:a .
"""
PEOPLE = f"""{PREFIXES}
e:1 a e:C ; e:a "a" , "Aa"@en , "ab"@fr , "b"@en-GB , 5 , e:2 ; e:b e:2 .
e:2 a e:C ; e:a "2020-01-01T00:00:00Z"^^xsd:dateTime , 7.5 , "x"^^xsd:integer ; e:b e:3 , "a" .
e:3 a e:D ; e:a "a" ; e:b e:1 .
"""


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("more", ["", "e:D rdfs:subClassOf e:C ."])
def test_what_is_not_understood_is_left_to_the_engine(name: str, more: str) -> None:
    shapes = halves((TARGETED + STRANGE[name],)).core
    data = lines(quad.triple for quad in parse(PEOPLE + more, format=RdfFormat.TURTLE))
    assert left(data, shapes)


#: Constraints that are understood, and values of which nodes of one outline have each two.
UNDERSTOOD = (
    *("sh:minCount 2", "sh:minCount 3", "sh:maxCount 1", "sh:uniqueLang true"),
    *('sh:languageIn ( "en" "fr" )', "sh:datatype xsd:integer", "sh:datatype rdf:langString"),
    *("sh:datatype xsd:string", "sh:hasValue e:v", 'sh:in ( e:v "a" 5 )', 'sh:pattern "^[a-e]"'),
    *("sh:maxLength 2", "sh:minExclusive 3", "sh:nodeKind sh:IRI", "sh:class e:D"),
    *('sh:node [ sh:pattern "a" ]', 'sh:not [ sh:maxLength 2 ; sh:in ( "a" ) ]'),
    *('sh:or ( [ sh:pattern "a" ] [ sh:class e:D ] )', "sh:equals e:b", "sh:lessThan e:b"),
    "sh:not [ sh:property [ sh:path e:a ; sh:hasValue 7 ] ]",
)
VALUES = (
    *('"a"', '"é"', '"a"@en', '"b"@en', '"b"@fr', '"ccc"', '"a\\\\b"', "5", "7", "2"),
    *('"x"^^xsd:integer', '"1.5"^^xsd:decimal', "e:v", "e:vv", "e:w", '"2021"^^xsd:gYear'),
)
ALIKE = (
    "e:n sh:property [ sh:path e:a ; {} ; sh:severity sh:Info ] .",
    "e:n sh:node [ sh:property [ sh:path e:a ; {} ] ] ; sh:severity sh:Info .",
    "e:n sh:or ( [ sh:property [ sh:path e:a ; {} ] ] [ sh:property [ sh:path e:c ; sh:minCount 1 "
    "] ] ) ; sh:severity sh:Info .",
)


@pytest.mark.parametrize("constraint", UNDERSTOOD)
@pytest.mark.parametrize("shape", ALIKE)
def test_nodes_of_one_outline_are_told_apart(shape: str, constraint: str) -> None:
    ruled = (
        f"{PREFIXES} @prefix rdf: <{RDF}> . e:n a sh:NodeShape ; sh:targetClass e:C . "
        + shape.format(constraint)
    )
    pairs = [(one, other) for one in VALUES for other in VALUES if one != other]
    said = "\n".join(
        f"e:{number} a e:C ; e:a {one} , {other} ; e:b {other} ."
        for number, (one, other) in enumerate(pairs)
    )
    data = lines(
        quad.triple for quad in parse(f"{PREFIXES} e:v a e:D . {said}", format=RdfFormat.TURTLE)
    )
    left(data, halves((ruled,)).core)


@pytest.mark.skipif(
    not SUITE.is_dir(), reason="needs the folder ../shared with the W3C SHACL test suite"
)
def test_the_suite_of_the_standard_gives_the_same() -> None:
    tried = [(case, *retold(case)) for case in cases() if case.part == "core"]
    proven = [
        case.name for case, data, shapes in tried if not left(data, halves(("".join(shapes),)).core)
    ]
    assert (len(tried), len(proven)) == (98, 33)


#: What shapes are made of, and what of it the suite only says of what is expected.
OF_SHAPES = re.compile(f"^[^ ]+ <(?:{SH}|{RDF}(?:first|rest)>)")
EXPECTED = re.compile(f"^[^ ]+ <{SH}(?:result|conforms|focusNode|source|value>)")

#: What a shape is known by here; a node as a target, which has no class where it is a text.
SHAPE = re.compile(f" <{SH}(?:path|targetClass)> |Shape> [.]\n$")
TARGET = re.compile(f" <{SH}targetNode> ([<_].*) [.]")


def retold(case: Case) -> tuple[list[str], list[str]]:
    """The data and the shapes of a test in the form of ours: no blank nodes, targets by class, no
    subclasses; what is broken is a remark.
    """
    said, ruled = (
        lines(quad.triple for quad in parse(path=file, base_iri=file.as_uri()))
        for file in (case.data, case.shapes)
    )
    targets = [found[1] for line in ruled if (found := TARGET.search(line))]
    data = [
        re.sub("_:([^ ]+)", r"<x:\1>", line)
        for line in (*said, *(f"{one} <{RDF_TYPE}> <x:Target> .\n" for one in targets))
        if f"<{RDFS}subClassOf>" not in line
    ]
    shapes = [
        TARGET.sub(f" <{SH}targetClass> <x:Target> .", line)
        for line in ruled
        if (OF_SHAPES.search(line) or SHAPE.search(line)) and not EXPECTED.search(line)
    ]
    known, graver = (
        {line.partition(" ")[0] for line in shapes if form.search(line)}
        for form in (SHAPE, re.compile(f" <{SH}severity> "))
    )
    remarks = (f"{shape} <{SH}severity> <{SH}Info> .\n" for shape in sorted(known - graver))
    return sorted(set(data)), sorted({*shapes, *remarks})
