"""What follows from what we publish, with the vocabularies that it uses: no contradiction, and no
type that is not expected.

`tests/data/closure/expected-types.tsv` lists each kind of resource with its types, as they are
stated or follow. IDFGRAPH_REWRITE=1 writes it anew; look at what `git diff` shows.
"""

import csv
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from rdflib import Graph
from support.closure import Closure, KindType, Triple, of_dump, of_release, triples
from support.generated import Captured, records
from support.rendering import RECORDS, real_pages, text

import idfgraph
from idfgraph.graph.mapping import compile_context
from idfgraph.model.fields import FIELDS, FORMS
from idfgraph.model.iris import BASE
from idfgraph.pipeline import publish
from idfgraph.system import resources

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "tests" / "data" / "closure" / "expected-types.tsv"

#: How many generated records are reasoned on.
GENERATED = 20

WITHDRAWN = """\
format: 2
kind: project
id: XX.9999
withdrawn:
  date: 2026-11-20
  reason: {en: The page was a copy., fr: La page était une copie., es: La página era una copia.}
"""

#: A sound project with its record and a state, to which faults are added.
SOUND = """
prj:XX.0001 a idf:Project ; idf:projectId "XX.0001" ; idf:startYear "2011"^^xsd:gYear ;
  idf:beneficiary st:ALB ; foaf:isPrimaryTopicOf <doc/project/XX.0001> .
<doc/project/XX.0001> a idf:Record ; foaf:primaryTopic prj:XX.0001 ;
  prov:hadPrimarySource <id/source/0123456789abcdef> .
<id/source/0123456789abcdef> a idf:SourceRecord .
st:ALB a idf:State ; skos:prefLabel "Albania"@en , "Albanie"@fr ; skos:exactMatch wd:Q222 .
"""

#: Fault -> what is wrong, and words that tell it.
PLANTED: Mapping[str, tuple[str, Sequence[str]]] = {
    "a project with a primary source": (
        "prj:P01 a idf:Project ; prov:hadPrimarySource <id/source/0> .",
        ("prov#Activity", "prov#Entity", "project/P01"),
    ),
    "a project that was generated": (
        "prj:P02 a idf:Project ; prov:wasGeneratedBy <graph/run#activity> .",
        ("prov#Activity", "prov#Entity", "project/P02"),
    ),
    "a project that is a document": (
        "prj:P03 a idf:Project ; foaf:primaryTopic st:ALB .",
        ("foaf/0.1/Document", "foaf/0.1/Project", "project/P03"),
    ),
    "a project that is a programme": (
        "prj:P04 a idf:Project , idf:Programme .",
        ("def#Project", "def#Programme", "project/P04"),
    ),
    "a note on a project": (
        "prj:P05 a idf:Project ; idf:qualityNote prj:P05\\#note .",
        ("idf:qualityNote is said of", "project/P05"),
    ),
    "a project that is a member": (
        "prj:P06 a idf:Project ; org:memberOf ag:eu . ag:eu a org:Organization .",
        ("idf:Project", "foaf:Agent"),
    ),
    "classes that match": (
        "idf:Project a owl:Class ; skos:closeMatch <https://schema.org/Project> .",
        ("owl:Class", "skos:Concept"),
    ),
    "an organisation that matches": (
        "ag:iom a org:Organization ; skos:exactMatch wd:Q0 .",
        ("org:Organization", "skos:Concept"),
    ),
    "a state that starts": (
        'st:XXA a idf:State ; idf:startYear "2011"^^xsd:gYear .',
        ("idf:State", "prov:Activity"),
    ),
    "a text that is taken for a thing": (
        'prj:P07 a idf:Project ; idf:status "active" .',
        ("a literal xsd:string", "skos:Concept"),
    ),
    "a thing that is taken for a text": (
        "prj:P08 a idf:Project ; dct:title <https://example.org/title> .",
        ("elsewhere", "rdfs:Literal"),
    ),
    "a record of two things": (
        "<doc/project/P09> a idf:Record ; foaf:primaryTopic prj:P09 , prj:P10 .",
        ("project/P09 would be", "project/P10"),
    ),
    "two things with one record": (
        "prj:P11 foaf:isPrimaryTopicOf <doc/x> . prj:P12 foaf:isPrimaryTopicOf <doc/x> .",
        ("project/P11 would be", "project/P12"),
    ),
    "a concept that is a scheme (S9)": (
        "code:s9 a skos:Concept . code:s9-a a skos:Concept ; skos:inScheme code:s9 .",
        ("core#ConceptScheme", "core#Concept", "code/s9"),
    ),
    "a name that is another name (S13)": (
        'code:s13 a skos:Concept ; skos:prefLabel "Name"@en ; skos:altLabel "Name"@en .',
        ("core#prefLabel", "core#altLabel", '"Name"@en'),
    ),
    "two names in a language (S14)": (
        'code:s14 a skos:Concept ; skos:prefLabel "One"@en , "Two"@en .',
        ("code/s14 has 2 preferred labels in en",),
    ),
    "related and broader (S27)": (
        "code:s27 a skos:Concept ; skos:related code:s27-a ; skos:broader code:s27-a .",
        ("core#related", "core#broaderTransitive", "code/s27"),
    ),
    "a collection that is a concept (S37)": (
        "code:s37 a skos:Concept , skos:Collection .",
        ("core#Collection", "core#Concept", "code/s37"),
    ),
    "exact and broad (S46)": (
        "code:s46 a skos:Concept ; skos:exactMatch wd:Q1 ; skos:broadMatch wd:Q1 .",
        ("core#exactMatch", "core#broadMatch", "code/s46"),
    ),
}


@pytest.fixture(scope="module")
def of_five(published: Path) -> Closure:
    return Closure(of_release(published))


@pytest.fixture(scope="module")
def of_thirty(tmp_path_factory: pytest.TempPathFactory) -> Closure:
    """Of the dump of the real records, a page that names no project, and a withdrawn record."""
    folder = real_pages(tmp_path_factory.mktemp("thirty"))
    (folder / "none.txt").write_text(text({**RECORDS[0], "project_id": None}), "utf-8")
    (folder / "gone.yaml").write_text(WITHDRAWN, "utf-8")
    public = tmp_path_factory.mktemp("release") / "public"
    publish([folder], public)
    return Closure(of_dump(public))


@pytest.fixture(scope="module")
def of_generated() -> Closure:
    return Closure(triple for item in generated() for triple in triples(idfgraph.to_quads(item)))


@pytest.fixture(scope="module")
def of_planted() -> Closure:
    return Closure(turtle(SOUND + "\n".join(fault for fault, _ in PLANTED.values())))


def generated() -> Sequence[idfgraph.Linked]:
    """Linked records of generated ones, the same each time, but for those that have fields of
    another kind of record: what is decided on a programme may be for projects alone.
    """
    found: list[idfgraph.Linked] = []

    @settings(
        max_examples=GENERATED,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(records())
    def take(captured: Captured) -> None:
        item = idfgraph.resolve(captured.record)
        form = FORMS.get(str(item.node.get("type", "")))
        own = form.__struct_fields__ if form else FIELDS
        if not item.node.keys() & (FIELDS.keys() - set(own)):
            found.append(item)

    take()
    return found


def turtle(text: str) -> Iterator[Triple]:
    """The triples of a Turtle text, under our base and the prefixes of our context."""
    context = compile_context(resources.CONTEXT.read_text("utf-8")).terms.prefixes
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in context.items())
    yield from Graph().parse(data=f"@base <{BASE}> .\n{head}{text}", format="turtle")


def expected() -> set[KindType]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {KindType(*row) for row in list(csv.reader(lines, delimiter="\t"))[1:]}


def surprises(closure: Closure) -> set[KindType]:
    return closure.types().keys() - expected()


LONG = pytest.mark.skipif(
    not os.environ.get("IDFGRAPH_FULL"), reason="takes long: .ci/long attacks"
)


@pytest.mark.parametrize("name", ["of_five", pytest.param("of_thirty", marks=LONG), "of_generated"])
def test_nothing_contradicts_itself(name: str, request: pytest.FixtureRequest) -> None:
    closure: Closure = request.getfixturevalue(name)
    assert closure.contradictions() == []
    assert closure.misplaced() == []


@LONG
def test_each_type_is_expected(of_five: Closure, of_thirty: Closure, of_generated: Closure) -> None:
    found = {row for one in (of_five, of_thirty, of_generated) for row in one.types()}
    if os.environ.get("IDFGRAPH_REWRITE"):
        rows = [KindType._fields, *sorted(found)]
        TABLE.write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")
    assert sorted(found - expected()) == []
    assert sorted(expected() - found) == []


def test_what_is_sound_has_no_fault() -> None:
    closure = Closure(turtle(SOUND))
    assert closure.contradictions() == closure.misplaced() == []
    assert surprises(closure) == set()


@pytest.mark.parametrize("words", [words for _, words in PLANTED.values()], ids=PLANTED.keys())
def test_a_planted_fault_is_found(words: Sequence[str], of_planted: Closure) -> None:
    said = [
        *of_planted.contradictions(),
        *of_planted.misplaced(),
        *(" ".join(row) for row in surprises(of_planted)),
    ]
    assert any(all(word in line for word in words) for line in said)
