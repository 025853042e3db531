"""All engines find the same, result by result: on examples of the shapes, on records, and on faulty
copies of these.
"""

import logging
import os
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pyoxigraph
import pytest
from support.faults import OBJECTS, faulty

from idfgraph.checks.shacl import validate
from idfgraph.checks.shacl.engines import ENGINES, compiled, engine_name
from idfgraph.checks.shacl.raw import Raw, read_report
from idfgraph.model.errors import BadConfig
from idfgraph.model.iris import BASE
from idfgraph.model.vocab import SH, XSD
from idfgraph.system import resources

HERE = Path(__file__).parents[1] / "data"
CASES = sorted(path.parent.name for path in (HERE / "shapes").glob("*/ok.ttl"))
RECORDS = 2_000 if os.environ.get("IDFGRAPH_FULL") == "1" else 100
BATCH = 50

needs_engines = pytest.mark.skipif(
    not os.environ.get("CI") and not all(find_spec(known.module) for known in ENGINES.values()),
    reason="needs all engines: pip install idfgraph[test]",
)


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """rdflib logs each ill-typed literal, of which there are many here."""
    caplog.set_level(logging.CRITICAL, logger="rdflib.term")


@cache
def shapes(*names: str) -> tuple[str, ...]:
    """The texts of some files of shapes, or of all."""
    texts = resources.texts_in(resources.SHAPES, ".ttl")
    return tuple(text for name, text in texts.items() if not names or name in names)


def found(engine: str, data: str, *names: str) -> Counter[Raw]:
    return Counter(read_report(compiled(engine, shapes(*names))(data)))


def agreed(data: str, *names: str) -> Counter[Raw]:
    """What the engines find, all the same; of some files of shapes, or of all."""
    rows = {name: found(name, data, *names) for name in ENGINES}
    for name, other in rows.items():
        assert other - rows["pyshacl"] == rows["pyshacl"] - other == Counter(), name
    return rows["pyshacl"]


@cache
def example(name: str) -> frozenset[str]:
    file = HERE / "shapes" / name
    return (
        frozenset(f"{quad.triple} .\n" for quad in pyoxigraph.parse(path=file))
        if file.exists()
        else frozenset()
    )


def released(published: Path) -> list[str]:
    with (published / "data" / "idf.nt").open(encoding="utf-8", newline="\n") as lines:
        return list(lines)


@needs_engines
@pytest.mark.parametrize("case", CASES)
def test_engines_agree_on_an_example(case: str) -> None:
    common, sound, faulty_ = (
        example("common.ttl"),
        example(f"{case}/ok.ttl"),
        example(f"{case}/bad.ttl"),
    )
    agreed("".join(sorted(common | sound)))
    assert agreed("".join(sorted(common - sound | faulty_))) or not faulty_


@needs_engines
def test_engines_agree_on_the_records_to_the_last_word(published: Path) -> None:
    lines = released(published)
    assert agreed("".join(lines))
    default, *others = (validate(lines, shapes(), engine=name) for name in ("auto", *ENGINES))
    assert all(other == default for other in others)
    assert {language for result in default.results for language in result.messages} == {
        "en",
        "es",
        "fr",
    }


@pytest.mark.skipif(not os.environ.get("IDFGRAPH_FULL"), reason="takes long: .ci/long attacks")
@needs_engines
@pytest.mark.parametrize("first", range(0, RECORDS, BATCH))
@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
def test_engines_agree_on_faulty_records(published: Path, first: int) -> None:
    lines = released(published)
    ids = sorted(
        {name for line in lines for name in re.findall(rf"^<({BASE}id/pro\w+/[^#>]+)>", line)}
    )
    assert len(ids) == 5
    others = (line for line in lines if not line.startswith(tuple(f"<{id_}" for id_ in ids)))
    copies = (line for seed in range(first, first + BATCH) for line in faulty(lines, ids, seed))
    results = agreed("".join(dict.fromkeys([*others, *copies])))
    assert len({row.shape for row in results}) > 20


@needs_engines
@pytest.mark.parametrize(
    ("predicate", "type_", "datatype", "sound"),
    [
        ("https://schema.org/value", "https://schema.org/MonetaryAmount", "decimal", {".5", "5."}),
        (f"{BASE}def#count", f"{BASE}def#Result", "integer", {"2020", "007", "0"}),
    ],
)
@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
def test_engines_agree_on_numbers_however_written(
    predicate: str, type_: str, datatype: str, sound: set[str]
) -> None:
    lines = (
        f"<urn:x:{n}> a <{type_}> ; <{predicate}> {term} .\n" for n, term in enumerate(OBJECTS)
    )
    quads = list(pyoxigraph.parse("".join(lines), format=pyoxigraph.RdfFormat.TURTLE))
    judged = {
        row.value
        for row in agreed("".join(f"{quad.triple} .\n" for quad in quads))
        if row.path == predicate and not row.shape.endswith("#content-claimed")
    }
    written = {str(quad.object) for quad in quads if quad.predicate.value == predicate}
    assert written - judged == {f'"{text}"^^<{XSD}{datatype}>' for text in sound}


@needs_engines
@pytest.mark.parametrize("year", ["startYear", "endYear"])
@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
def test_engines_agree_on_years_however_written(year: str) -> None:
    years = {"startYear": f'"2019"^^<{XSD}gYear>', "endYear": f'"2019"^^<{XSD}gYear>'}
    lines = (
        f"<urn:x:{n}> a <{BASE}def#Project> . <urn:x:{n}> <{BASE}def#{name}> {term} .\n"
        for n, strange in enumerate(OBJECTS)
        for name, term in (years | {year: strange}).items()
    )
    quads = pyoxigraph.parse("".join(lines), format=pyoxigraph.RdfFormat.TURTLE)
    data = "".join(dict.fromkeys(f"{quad.triple} .\n" for quad in quads))
    results = agreed(data, "intervention.ttl", "sparql.ttl")
    shape = "#start-year" if year == "startYear" else "#end-year"
    wrong = {row.value for row in results if row.shape.endswith(shape)}
    assert {f'"{text}"^^<{XSD}gYear>' for text in ("1999", "2020")}.isdisjoint(wrong)
    assert len(wrong) > 50


@needs_engines
@pytest.mark.parametrize(
    ("type_", "first", "last", "term"),
    [
        ("SourceValue", "spanStart", "spanEnd", f'"10"^^<{XSD}nonNegativeInteger>'),
        ("Membership", "memberFrom", "memberUntil", f'"2020-01-31"^^<{XSD}date>'),
    ],
)
@pytest.mark.parametrize("odd", ["first", "last"])
@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
def test_engines_agree_on_what_comes_first(
    type_: str, first: str, last: str, term: str, odd: str
) -> None:
    """Where the other of the two is whatever a page could make of it."""
    lines = (
        f"<urn:x:{n}> a <{BASE}def#{type_}> ; <{BASE}def#{first}> {start} ; "
        f"<{BASE}def#{last}> {end} .\n"
        for n, strange in enumerate(OBJECTS)
        for start, end in ([(strange, term)] if odd == "first" else [(term, strange)])
    )
    quads = pyoxigraph.parse("".join(lines), format=pyoxigraph.RdfFormat.TURTLE)
    assert len(agreed("".join(dict.fromkeys(f"{quad.triple} .\n" for quad in quads)))) > 50


#: Constructs on which an engine is wrong or engines differ (docs/engines.md), each with a shape and
#: data that show it.
TRAPS = {
    "sh:lessThanOrEquals on years": (
        "sh:path <x:start> ; sh:lessThanOrEquals <x:end>",
        f'<x:s> <x:start> "2020"^^<{XSD}gYear> ; <x:end> "2021"^^<{XSD}gYear> .',
    ),
    "sh:minInclusive on what is no number": (
        "sh:path <x:p> ; sh:minInclusive 0",
        '<x:s> <x:p> "x"^^<x:datatype> .',
    ),
    "sh:datatype xsd:decimal on an exponent": (
        f"sh:path <x:p> ; sh:datatype <{XSD}decimal>",
        f'<x:s> <x:p> "1e3"^^<{XSD}decimal> .',
    ),
    "sh:uniqueLang given as 1": (
        f'sh:path <x:p> ; sh:uniqueLang "1"^^<{XSD}boolean>',
        '<x:s> <x:p> "a"@en , "b"@en .',
    ),
}


@needs_engines
@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.filterwarnings("ignore:NotImplemented should not be used")
def test_engines_differ_where_our_shapes_do_not_go(trap: str) -> None:
    constraint, data = TRAPS[trap]
    shape = f"@prefix sh: <{SH}> . <x:shape> sh:targetNode <x:s> ; sh:property [ {constraint} ] ."
    lines = "".join(
        f"{quad.triple} .\n" for quad in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE)
    )
    rows = {name: _outcome(name, shape, lines) for name in ENGINES}
    assert len(set(rows.values())) > 1, rows


def _outcome(engine: str, shape: str, data: str) -> str:
    try:
        return str(sorted(read_report(compiled(engine, (shape,))(data))))
    except (BadConfig, TypeError) as error:
        return type(error).__name__


def test_our_shapes_stay_clear_of_traps() -> None:
    text = "\n".join(
        line for shape in shapes() for line in shape.splitlines() if not line.startswith("#")
    )
    traps = r"sh:(lessThan|qualified|prefixes|declare|(min|max)(In|Ex)clusive|uniqueLang)\w*\b[^;.]*|shapesGraph"  # noqa: E501
    used = {match.group().strip() for match in re.finditer(traps, text)}
    assert used == {"sh:uniqueLang true", "sh:minExclusive 0", "sh:lessThan idf:spanEnd"}
    amount = re.search(r"project:amount a sh:NodeShape ;.*?\.\n\n", text, re.DOTALL)
    assert (
        amount
        and "sh:not project:not-digits" in amount.group()
        and "sh:minExclusive 0" in amount.group()
    )


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            "shacl",
            "there is no SHACL engine 'shacl'; choose auto, pyshacl, pyshacl-turbo, pyshifty",
        ),
        ("pyshifty", "pyshifty is not installed; run: pip install pyshifty"),
    ],
)
def test_an_engine_that_is_not_there_is_named_with_what_to_do(asked: str, message: str) -> None:
    with pytest.raises(BadConfig, match=re.escape(message)):
        engine_name(asked, lambda _: None)


def test_auto_takes_the_fast_engine_or_else_the_reference() -> None:
    assert engine_name("auto", lambda module: module) == "pyshacl-turbo"
    assert engine_name("auto", lambda _: None) == "pyshacl"


@pytest.mark.parametrize("name", ENGINES)
def test_shapes_that_cannot_be_run_are_refused(name: str) -> None:
    query = "SELECT $this WHERE { $this ?p ?o . MINUS { $this ?p 1 } }"
    shape = f"<x:s> a <{SH}NodeShape> ; <{SH}targetNode> <x:a> ; <{SH}sparql> [ <{SH}select> '{query}' ] ."  # noqa: E501
    with pytest.raises(BadConfig, match="cannot run the shapes"):
        compiled(name, (shape,))("<x:a> <x:b> <x:c> .\n")


def test_an_engine_that_is_not_used_is_not_loaded() -> None:
    heavy = {"rdflib", "pyshacl", "pyshacl_turbo", "shifty"}
    code = f"import sys, idfgraph.checks.shacl; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=60)
    assert done.stdout.split() == [b"[]"]
