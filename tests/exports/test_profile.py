"""The application profile is true of data: nothing in them is missing from it, each number and kind
of value holds, each query runs and answers.
"""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, RdfFormat, Store, parse
from pyshacl import validate
from rdflib import DCTERMS, RDF, RDFS, SH, Graph, Namespace, URIRef
from support.profile_answers import ANSWERS
from support.profiled import GONE, ProfiledRelease, ProfiledRow, profile, published, rows

from idfgraph.exports.profile import code_lists, ready_query
from idfgraph.model.text import LANGUAGES
from idfgraph.release.redaction.quotes import LEAST
from idfgraph.system import resources

ROOT = Path(__file__).parents[2]
PROF = Namespace("http://www.w3.org/ns/dx/prof/")

SETTING, CLASSES = profile()
ROWS = list(rows(SETTING, CLASSES))
IRI, COMPACT = SETTING.mapper.iri, SETTING.mapper.compact


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Sequence[ProfiledRelease]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795000000")
        return [ProfiledRelease(one) for one in published(tmp_path_factory.mktemp("profiled"))]


def test_every_class_with_every_property_in_data_is_in_the_profile(
    releases: Sequence[ProfiledRelease],
) -> None:
    told = {(row.kind, row.predicate) for row in ROWS}
    for one in releases:
        assert {(COMPACT(kind), COMPACT(path)) for kind, path in one.values.keys() - told} == set()
        assert {kind for kind in one.things if kind} <= {row.kind for row in ROWS}


def test_what_has_no_class_is_gone_or_the_data_set(releases: Sequence[ProfiledRelease]) -> None:
    for one in releases:
        assert one.untyped == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.class_.name}-{row.predicate}")
def test_a_query_answers_wherever_there_is_such_data(
    row: ProfiledRow, releases: Sequence[ProfiledRelease]
) -> None:
    query = ready_query(row.class_, row.class_.rows[row.at], SETTING.mapper.terms.prefixes, "fr")
    there = [one for one in releases if one.values.get((row.kind, row.predicate))]
    assert there
    for one in there:
        found = list(solutions(one, query))
        assert found and all(solution[row.class_.rows[row.at].key] for solution in found)


def solutions(release: ProfiledRelease, query: str) -> Iterator[Any]:
    """The rows of an answer."""
    found: Any = release.store.query(query)
    yield from found


def test_numbers_of_values_are_true(releases: Sequence[ProfiledRelease]) -> None:
    for one in releases:
        for row in ROWS:
            asked = row.class_.rows[row.at].asked
            quads = one.values.get((row.kind, row.predicate), ())
            numbers = Counter(str(quad.subject) for quad in quads)
            counts = [numbers[thing] for thing in one.things[row.kind]]
            assert min(counts, default=asked.least) >= asked.least, row
            assert asked.most is None or max(counts, default=0) <= asked.most, row


def test_there_is_one_text_in_a_language_where_it_says_so(
    releases: Sequence[ProfiledRelease],
) -> None:
    for row in ROWS:
        said = row.class_.rows[row.at]
        quads = [q for one in releases for q in one.values.get((row.kind, row.predicate), ())]
        assert all(
            isinstance(q.object, Literal) and bool(q.object.language) == (said.kind == "texts")
            for q in quads
            if said.kind in {"text", "texts"}
        ), row
        if said.per_language:
            assert all(
                max(Counter(_tags(one, row)).values(), default=1) == 1 for one in releases
            ), row


def _tags(release: ProfiledRelease, row: ProfiledRow) -> Iterator[tuple[str, str]]:
    for quad in release.values.get((row.kind, row.predicate), ()):
        assert isinstance(quad.object, Literal)
        yield str(quad.subject), quad.object.language or ""


def test_the_report_tells_of_what_is_missing(releases: Sequence[ProfiledRelease]) -> None:
    asked = 0
    for one in releases:
        report = Graph().parse(one.release / "report.nt")
        told = {
            (f"<{report.value(result, SH.focusNode)}>", str(path))
            for result, path in report.subject_objects(SH.resultPath)
        }
        for row in ROWS:
            quads = one.values.get((row.kind, row.predicate), ())
            lacking = one.things[row.kind] - {str(quad.subject) for quad in quads}
            for thing in lacking if row.class_.rows[row.at].asked.missed else ():
                asked += 1
                assert (thing, row.predicate) in told, row
    assert asked > 30


def test_values_are_what_the_profile_says(releases: Sequence[ProfiledRelease]) -> None:
    names = {one.name: IRI(one.iri)[1:-1] for one in CLASSES if one.iri}
    for one in releases:
        for row in ROWS:
            said = row.class_.rows[row.at]
            wanted = {names[name] for name in said.classes}
            for quad in one.values.get((row.kind, row.predicate), ()):
                value = quad.object
                is_literal = isinstance(value, Literal)
                assert said.is_open or is_literal == (said.kind in {"text", "texts", "typed"}), row
                if isinstance(value, Literal) and said.kind == "typed":
                    assert f"<{value.datatype.value}>" in {
                        IRI(said.datatype),
                        *_LOADED.get(said.datatype, ()),
                    }, row
                of = {*one.classes_of(str(value))} - {GONE}
                assert not (wanted and of) or wanted & of, (row, str(value), of)
                if said.codes:
                    lists = one.values["http://www.w3.org/2004/02/skos/core#Concept", IN_SCHEME]
                    assert (str(value), IRI(said.codes)) in {
                        (str(q.subject), str(q.object)) for q in lists
                    }, row


IN_SCHEME = "http://www.w3.org/2004/02/skos/core#inScheme"

#: Stores turn some numbers into integers as they load them.
_LOADED = dict.fromkeys(
    ("xsd:positiveInteger", "xsd:nonNegativeInteger"),
    ("<http://www.w3.org/2001/XMLSchema#integer>",),
)


def test_every_row_is_told_in_three_languages_and_has_an_example() -> None:
    for row in ROWS:
        said = row.class_.rows[row.at]
        assert set(said.meaning) == set(LANGUAGES) == set(row.class_.meaning), row
        assert said.example[1], row


def test_examples_are_statements_of_the_releases(releases: Sequence[ProfiledRelease]) -> None:
    stated = {str(quad.triple) for one in releases for quad in one.store}
    loose = Store()
    loose.load(path=str(resources.PROFILE_EXAMPLES), format=RdfFormat.TURTLE)
    assert [str(quad.triple) for quad in loose if str(quad.triple) not in stated] == []


def test_lists_of_codes_are_those_of_the_reference_data() -> None:
    lists = code_lists(CLASSES, SETTING.reference)
    codes = {one.iri: dict(one.codes) for one in lists}
    assert {row.codes for one in CLASSES for row in one.rows if row.codes} == codes.keys()
    assert {"code:status-active", "code:status-completed"} <= codes["code:status"].keys()
    assert codes["code:role"]["code:role-funding"]["fr"]


def test_the_page_of_the_docs_is_as_built() -> None:
    command = [sys.executable, str(ROOT / "tools" / "build_profile_page.py")]
    built = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
    assert built.decode() == (ROOT / "docs" / "profile.md").read_text("utf-8")


def test_no_example_has_the_words_of_a_page(releases: Sequence[ProfiledRelease]) -> None:
    """Else they would stand in each release, whatever was taken out of all."""
    *real, _ = (one.release for one in releases)
    pages = [page.read_text("utf-8") for one in real for page in one.glob("pages/*.txt")]
    assert len(pages) > 30
    said = parse(path=str(resources.PROFILE_EXAMPLES), format=RdfFormat.TURTLE)
    texts = {
        quad.object.value
        for quad in said
        if isinstance(quad.object, Literal) and len(quad.object.value) >= LEAST
        if re.search("/(id/(project|programme|source)|doc|graph)/", str(quad.subject))
    }
    assert [text for text in texts if any(text in page for page in pages)] == []


def test_the_data_of_the_profile_hold_of_a_release(releases: Sequence[ProfiledRelease]) -> None:
    made_up = releases[-1].release
    shapes = Graph().parse(made_up / "profile.ttl")
    data = Graph()
    for quad in parse(path=str(made_up / "data" / "idf.nq"), format=RdfFormat.N_QUADS):
        data.parse(data=f"{quad.triple} .", format="nt")
    conforms, _, told = validate(data, shacl_graph=shapes)
    assert conforms, told
    assert len(list(shapes.subjects(RDF.type, SH.PropertyShape))) == len(ROWS)
    data.remove((None, URIRef(f"{SETTING.base}def#projectId"), None))
    assert not validate(data, shacl_graph=shapes)[0]


def test_the_profile_names_its_parts(published: Path) -> None:
    graph = Graph().parse(published / "profile.ttl")
    profile = URIRef(f"{SETTING.base}profile")
    assert (profile, RDF.type, PROF.Profile) in graph
    assert (profile, PROF.isProfileOf, URIRef(f"{SETTING.base}def")) in graph
    parts = list(graph.objects(profile, PROF.hasResource))
    roles = {str(graph.value(part, PROF.hasRole)).rpartition("/")[2] for part in parts}
    assert roles == {"guidance", "schema", "validation", "vocabulary", "mapping"}
    for part in parts:
        path = str(graph.value(part, PROF.hasArtifact)).removeprefix(SETTING.base)
        assert (published / path).is_file(), path
        assert {getattr(text, "language", "") for text in graph.objects(part, RDFS.label)} == set(
            LANGUAGES
        )
    catalogue = Graph().parse(published / "catalog.ttl")
    assert (None, DCTERMS.conformsTo, profile) in catalogue


def test_the_picture_shows_what_the_profile_has() -> None:
    picture = resources.MODEL_PICTURE.read_text("utf-8")
    shown = set(re.findall(r"[a-z]+:[A-Za-z]+", picture.partition("</defs>")[2]))
    classes = {one.iri for one in CLASSES}
    properties = {row.predicate for one in CLASSES for row in one.rows}
    assert shown <= classes | properties
    assert {one.iri for one in CLASSES if one.iri and one.graph != "run"} <= shown


@pytest.mark.parametrize("suffix", ["html", "fr.html", "es.html"])
def test_the_page_has_every_row(published: Path, suffix: str) -> None:
    page = (published / f"profile.{suffix}").read_text("utf-8")
    for row in ROWS:
        name = row.class_.name or "gone"
        assert f'id="{name}-{row.class_.rows[row.at].key}"' in page
    assert page.count("<code>PREFIX") == len(ROWS)
    assert 'alt="' in page


def test_the_version_of_the_ontology_is_at_its_address(published: Path) -> None:
    text = (published / "def.ttl").read_text("utf-8")
    (version,) = re.findall(r"owl:versionIRI <https://w3id.org/iom-idf/(\S+)>", text)
    assert (published / f"{version}.ttl").read_text("utf-8") == text


@pytest.mark.parametrize("name", ANSWERS)
def test_questions_written_from_the_profile_alone_are_answered(
    name: str, releases: Sequence[ProfiledRelease]
) -> None:
    query = (ROOT / "tests/data/profile-questions" / f"{name}.rq").read_text("utf-8")
    prefixes = "".join(f"PREFIX {n}: <{iri}>\n" for n, iri in SETTING.mapper.terms.prefixes.items())
    for one in releases:
        rows = [tuple(value.value for value in row) for row in solutions(one, prefixes + query)]
        assert sorted(rows) == sorted(ANSWERS[name](one.release))
    assert any(ANSWERS[name](one.release) for one in releases)
