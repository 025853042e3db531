"""A release describes itself: catalogue, figures, rights, links, map, citation and queries, found
without guessing.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from urllib.parse import urldefrag

import jsonschema
import msgspec
import pyoxigraph as ox
import pytest
import yaml
from lxml import etree
from pyshacl import validate
from rdflib import DCTERMS, FOAF, RDF, RDFS, SH, SKOS, VOID, Graph, Literal, Namespace, URIRef
from rdflib.compare import to_isomorphic
from rdflib.term import Node

from idfgraph import publish
from idfgraph.exports.catalogue import Facts, describe, facts_of, markup_of
from idfgraph.exports.catalogue.catalogue import dataset_nodes
from idfgraph.exports.catalogue.crawlers import sitemaps
from idfgraph.exports.catalogue.schema_org import dataset_markup
from idfgraph.exports.catalogue.signposting import document_links, landing_links, own_documents
from idfgraph.exports.site.markup import data_block
from idfgraph.graph.setting import Setting, prepare
from idfgraph.model import iris
from idfgraph.model.formats import DOCUMENTS
from idfgraph.model.text import Language
from idfgraph.query.ask import questions
from idfgraph.system.folder import Folder
from idfgraph.system.packing import packed

ROOT = Path(__file__).parents[2]
SHAPES = ROOT.parent / "shared" / "suites" / "dcat-ap-3.0.1" / "dcat-ap-SHACL.ttl"
OTHER = "https://data.example.org:8443/fund/idf/"
pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated", "ignore:Dataset.* is deprecated"
)

ENDPOINT = "https://data.example.org/sparql"
DCAT = Namespace("http://www.w3.org/ns/dcat#")
OA = Namespace("http://www.w3.org/ns/oa#")
IDF = Namespace(f"{iris.BASE}def#")
SCHEMA = Namespace("https://schema.org/")
PROV = Namespace("http://www.w3.org/ns/prov#")

#: What pages and tables are when they are there.
EXTRA = (
    "index.html",
    "index.fr.html",
    "index.es.html",
    "404.html",
    "tables/projects.csv",
    "tables/idf.sqlite",
)
NOT_DESCRIBED = ("data/idf.", "doc/", "pages/", "shapes/", "def.", "context.jsonld", "report.")


def setting_of(base: str | None = None, endpoint: str | None = None) -> Setting:
    setting = prepare([ROOT / "data"], base=base)
    return (
        setting._replace(dataset=msgspec.structs.replace(setting.dataset, endpoint=endpoint))
        if endpoint
        else setting
    )


def described(release: Path, root: Path, setting: Setting, extra: Iterable[str] = ()) -> Folder:
    """A copy of what is published apart from descriptions (and files of other parts), described
    anew.
    """
    root.mkdir()
    folder = Folder(root)
    for path in sorted(path for path in release.rglob("*") if path.is_file()):
        name = path.relative_to(release).as_posix()
        if name.startswith(NOT_DESCRIBED) and not name.endswith(".html"):
            folder.write(name, [path.read_bytes()])
    for name in extra:
        folder.write(name, [f"the file {name}\n"])
    describe(folder, setting)
    return folder


@pytest.fixture(scope="module")
def folder(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The release described, with pages and tables."""
    return described(
        published, tmp_path_factory.mktemp("described") / "public", setting_of(), EXTRA
    )


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The release under another base, with an endpoint, without pages and tables."""
    root = tmp_path_factory.mktemp("moved")
    publish([ROOT / "data"], root / "public", base=OTHER)
    return described(root / "public", root / "described", setting_of(OTHER, ENDPOINT))


@pytest.fixture(scope="module")
def facts(folder: Folder) -> Facts:
    return facts_of(folder, setting_of())


@pytest.fixture(scope="module")
def catalogue(folder: Folder) -> Graph:
    return Graph().parse(folder.root / "catalog.ttl")


def new(folder: Folder) -> list[str]:
    """The paths that describing wrote."""
    return [
        path for path in folder.sums if not path.startswith(NOT_DESCRIBED) and path not in EXTRA
    ]


# The catalogue


def dcat_ap() -> Graph:
    """The official shapes, but for those of data services that have no path: pySHACL refuses them,
    they say nothing.
    """
    shapes = Graph().parse(SHAPES)
    for shape in set(shapes.objects(None, SH.property)):
        if (shape, SH.path, None) not in shapes:
            shapes.remove((None, SH.property, shape))
            shapes.remove((shape, None, None))
    return shapes


@pytest.mark.skipif(
    not SHAPES.is_file(), reason="the DCAT-AP 3.0.1 shapes are not in ../shared/suites"
)
@pytest.mark.parametrize("which", ["folder", "moved"])
def test_catalogue_fits_dcat_ap(which: str, request: pytest.FixtureRequest) -> None:
    data = Graph().parse(request.getfixturevalue(which).root / "catalog.ttl")
    for instances in (
        DCAT.Catalog,
        DCAT.Dataset,
        DCAT.DatasetSeries,
        DCAT.Distribution,
        FOAF.Agent,
    ):
        assert list(data.subjects(RDF.type, instances)), instances
    conforms, _, text = validate(data, shacl_graph=dcat_ap())
    assert conforms, text
    broken = Graph() + data
    broken.remove((None, DCTERMS.title, None))
    assert not validate(broken, shacl_graph=dcat_ap())[0]


def test_downloads_have_their_sizes_types_and_hashes(
    folder: Folder, facts: Facts, catalogue: Graph
) -> None:
    spdx = Namespace("http://spdx.org/rdf/terms#")
    found = {}
    for node in catalogue.objects(URIRef(facts.full(facts.release)), DCAT.distribution):
        path = str(catalogue.value(node, DCAT.downloadURL)).removeprefix(
            f"{facts.full(facts.archive)}/"
        )
        assert catalogue.value(node, DCAT.accessURL) == catalogue.value(node, DCAT.downloadURL)
        assert folder.sums[f"archive/{facts.version}/{path}"] == folder.sums[path]
        checksum = catalogue.value(catalogue.value(node, spdx.checksum), spdx.checksumValue)
        found[path] = (int(str(catalogue.value(node, DCAT.byteSize))), str(checksum).lower())
        assert str(catalogue.value(node, DCAT.mediaType)).startswith(
            "https://www.iana.org/assignments/media-types/"
        )
        assert "octet-stream" not in str(catalogue.value(node, DCAT.mediaType))
    expected = [path for path in folder.sums if path.startswith(("data/", "tables/"))]
    assert found == {
        path: ((folder.root / path).stat().st_size, folder.sums[path]) for path in expected
    }
    assert len(found) == 9


def test_version_is_that_of_the_content(folder: Folder, facts: Facts, catalogue: Graph) -> None:
    version = f"2026-11-21-{folder.sums['data/idf.nq'][:12]}"
    release = URIRef(f"{iris.BASE}release/{version}")
    assert (
        [str(value) for value in catalogue.objects(release, DCAT.version)]
        == [version]
        == [facts.version]
    )
    alone = Graph().parse(folder.root / "release" / f"{version}.ttl")
    assert set(alone.objects(release)) >= set(catalogue.objects(release))
    assert (release, DCAT.isVersionOf, URIRef(f"{iris.BASE}catalog#dataset")) in alone
    assert version.partition("-")[2] not in (folder.root / "data" / "idf.nq").read_text("utf-8")


def test_endpoint_or_its_absence_is_said(folder: Folder, moved: Folder) -> None:
    here, there = (Graph().parse(one.root / "catalog.ttl") for one in (folder, moved))
    notes = list(here.subjects(IDF.aboutProperty, VOID.sparqlEndpoint))
    assert len(notes) == 1
    texts = [term.language for term in here.objects(notes[0], RDFS.comment)]  # type: ignore[attr-defined]
    assert sorted(texts) == ["en", "es", "fr"]
    assert not list(here.subjects(RDF.type, DCAT.DataService))
    assert list(there.objects(None, DCAT.endpointURL)) == [URIRef(ENDPOINT)]
    assert not list(there.subjects(RDF.type, URIRef(f"{OTHER}def#QualityNote")))


def test_what_the_data_are_about_is_said(folder: Folder, facts: Facts, catalogue: Graph) -> None:
    """States and years are those of the projects; languages and themes have names."""
    content = Graph().parse(folder.root / "data" / "idf.nt")
    helped = {
        state
        for key in ("benefitingState", "targetsGovernmentOf")
        for state in content.objects(None, IDF[key])
    }
    worked = {
        str(year) for key in ("startYear", "endYear") for year in content.objects(None, IDF[key])
    }
    for iri in (f"{iris.BASE}catalog#dataset", facts.full(facts.release)):
        data = URIRef(iri)
        assert set(catalogue.objects(data, DCTERMS.spatial)) == helped
        period = catalogue.value(data, DCTERMS.temporal)
        told = [str(catalogue.value(period, DCAT[key])) for key in ("startDate", "endDate")]
        assert told == [min(worked), max(worked)]
        assert len(list(catalogue.objects(data, DCAT.keyword))) == 15
        for key, name, count in (
            (DCAT.theme, SKOS.prefLabel, 2),
            (DCTERMS.language, RDFS.label, 3),
        ):
            known = list(catalogue.objects(data, key))
            assert len(known) == count
            assert all(len(list(catalogue.objects(one, name))) == 3 for one in known)
        assert not list(catalogue.objects(data, DCAT.contactPoint))


def test_a_contact_is_told_where_the_data_set_names_one(folder: Folder, tmp_path: Path) -> None:
    setting, page = setting_of(), "https://data.example.org/ask"
    contact = msgspec.structs.replace(setting.dataset, contact=page)
    told = described(folder.root, tmp_path / "public", setting._replace(dataset=contact))
    data = Graph().parse(told.root / "catalog.ttl")
    (asked,) = set(data.objects(None, DCAT.contactPoint))
    vcard = Namespace("http://www.w3.org/2006/vcard/ns#")
    assert data.value(asked, vcard.hasURL) == URIRef(page)
    assert data.value(asked, RDF.type) == vcard.Kind
    if SHAPES.is_file():
        assert validate(data, shacl_graph=dcat_ap())[0]


def test_that_data_conform_to_shapes_is_said_only_where_nothing_was_found(
    folder: Folder, catalogue: Graph
) -> None:
    """The report on these records has warnings: what a validator would call not conforming."""
    dataset, setting = URIRef(f"{iris.BASE}catalog#dataset"), setting_of()
    facts = facts_of(folder, setting)
    assert not facts.conforms
    always = {URIRef(f"{iris.BASE}{name}") for name in ("def", "profile")}
    assert set(catalogue.objects(dataset, DCTERMS.conformsTo)) == always
    clean = next(iter(dataset_nodes(facts._replace(conforms=True))))
    assert "base:shapes/project" in clean["conformsTo"]
    assert "base:shapes/project" not in clean["relation"]


def test_the_publisher_has_one_type(folder: Folder) -> None:
    publisher, known = URIRef(f"{iris.BASE}catalog#publisher"), set[Node]()
    for path in ("catalog.ttl", "graph/run.ttl", "void.ttl"):
        known |= set(Graph().parse(folder.root / path).objects(publisher, RDF.type))
    assert known == {FOAF.Agent}


@pytest.mark.parametrize(("suffix", "tool"), [("gz", ["gzip", "-dc"]), ("zst", ["zstd", "-dc"])])
def test_a_packed_dump_is_that_dump(
    suffix: str, tool: list[str], folder: Folder, facts: Facts, catalogue: Graph
) -> None:
    quads, file = folder.root / "data" / "idf.nq", folder.root / "data" / f"idf.nq.{suffix}"
    pieces = (quads.read_bytes()[start : start + 1000] for start in range(0, 10**6, 1000))
    assert file.read_bytes() == b"".join(packed(pieces, file.suffix)), "however it comes"
    if which(tool[0]):
        assert subprocess.run([*tool, file], check=True, capture_output=True).stdout == (
            quads.read_bytes()
        )
    if suffix == "gz":
        assert file.read_bytes()[4:8] == bytes(4)  # no clock
    node = URIRef(f"{facts.full(facts.release)}#data-idf.nq.{suffix}")
    assert str(catalogue.value(node, DCAT.mediaType)).endswith("/application/n-quads")
    kind = {"gz": "gzip", "zst": "zstd"}[suffix]
    assert str(catalogue.value(node, DCAT.compressFormat)).endswith(f"/application/{kind}")


# From any document, within two hops


def fetched(folder: Folder, address: str, base: str) -> Graph:
    """What stands at an address of ours: the file itself, or the Turtle beside it; nothing for
    another's.
    """
    path = urldefrag(address)[0].removeprefix(base)
    for name in (path, f"{path}.ttl"):
        if name in folder.sums and name.endswith((".ttl", "void")):
            return Graph().parse(folder.root / name, format="turtle")
    return Graph()


def crawl(folder: Folder, start: str, base: str, hops: int) -> Graph:
    """All that documents say that are reached in so many hops."""
    known, seen, ahead = Graph(), set[str](), {start}
    for _ in range(hops + 1):
        graphs = [fetched(folder, address, base) for address in sorted(ahead - seen)]
        seen |= ahead
        for graph in graphs:
            known += graph
        objects = (
            term
            for graph in graphs
            for term in graph.objects(None, None)
            if isinstance(term, URIRef)
        )
        ahead = {urldefrag(str(term))[0] for term in objects}
    return known


def twelve(known: Graph, document: URIRef) -> Iterator[tuple[str, object]]:
    """The twelve facts that one looks for, by name, from what a crawler knows."""
    data = known.value(document, VOID.inDataset)
    release = known.value(data, DCAT.hasCurrentVersion)
    yield "licence", known.value(known.value(data, DCTERMS.license), DCTERMS.description)
    files = {
        str(url)
        for each in known.objects(release, DCAT.distribution)
        for url in known.objects(each, DCAT.downloadURL)
    }
    yield "dumps", [url for url in files if "/data/idf." in url]
    yield "tables", [url for url in files if "/tables/" in url] or "none"
    absent = list(known.subjects(IDF.aboutProperty, VOID.sparqlEndpoint))
    yield (
        "endpoint",
        known.value(None, DCAT.endpointURL) or known.value(data, VOID.sparqlEndpoint) or absent,
    )
    standards = list(known.objects(data, DCTERMS.conformsTo))
    related = [*standards, *known.objects(data, DCTERMS.relation)]
    yield "shapes", [one for one in related if "/shapes/" in str(one)]
    yield "ontology", [one for one in standards if str(one).endswith("/def")]
    yield "VoID", known.value(release, VOID.triples)
    yield "version", known.value(release, DCAT.version)
    yield "issued", known.value(release, DCTERMS.issued)
    yield "publisher", known.value(known.value(data, DCTERMS.publisher), FOAF.name)
    yield "queries", list(known.subjects(RDF.type, SH.SPARQLExecutable))
    yield (
        "report",
        list(known.objects(known.value(None, RDF.type, SH.ValidationReport), SH.conforms)),
    )


@pytest.mark.parametrize(
    "path", ["project/V47-805", "programme/mainstreaming-migration", "state/ALB", "code/type-tc"]
)
@pytest.mark.parametrize("which", ["folder", "moved"])
def test_a_crawler_finds_twelve_facts_within_two_hops(
    which: str, path: str, request: pytest.FixtureRequest
) -> None:
    folder, base = request.getfixturevalue(which), OTHER if which == "moved" else iris.BASE
    start = f"{base}doc/{path}"
    found = dict(twelve(crawl(folder, start, base, 2), URIRef(start)))
    assert len(found) == 12
    assert [name for name, value in found.items() if not value] == []
    assert (found["tables"] == "none") == (which == "moved")
    assert not all(dict(twelve(crawl(folder, start, base, 0), URIRef(start))).values())


def test_every_document_leads_to_the_data_set(folder: Folder) -> None:
    for path in (path for path in folder.sums if path.startswith("doc/") and path.endswith(".ttl")):
        graph = Graph().parse(folder.root / path)
        document = URIRef(f"{iris.BASE}{path.removesuffix('.ttl')}")
        assert list(graph.objects(document, VOID.inDataset)) == [
            URIRef(f"{iris.BASE}catalog#dataset")
        ], path
        assert (graph.value(document, FOAF.primaryTopic), None, None) in graph


# Figures

COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "class": "SELECT (COUNT(*) AS ?n) { ?s a <%s> }",
    "property": "SELECT (COUNT(*) AS ?n) { ?s <%s> ?o }",
    "subjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s <%s> ?o }",
    "links": 'SELECT (COUNT(*) AS ?n) { ?s <%s> ?o FILTER(isIRI(?o) && STRSTARTS(STR(?o), "%s")) }',
}


def test_every_count_is_that_of_sparql(folder: Folder, facts: Facts) -> None:
    void, release = Graph().parse(folder.root / "void.ttl"), URIRef(facts.full(facts.release))
    store = ox.Store()
    store.load(path=str(folder.root / "data" / "idf.nt"), format=ox.RdfFormat.N_TRIPLES)

    def same(node: Node | None, told: URIRef, counted: str, *names: object) -> None:
        row = next(iter(store.query(COUNTS[counted] % names)))  # type: ignore[arg-type]
        assert str(void.value(node, told)) == row["n"].value, (node, told)

    same(release, VOID.triples, "triples")
    same(release, VOID.distinctSubjects, "distinctSubjects")
    same(release, VOID.classes, "classes")
    same(release, VOID.properties, "properties")
    for part in void.objects(release, VOID.classPartition):
        same(part, VOID.entities, "class", void.value(part, VOID["class"]))
    for part in void.objects(release, VOID.propertyPartition):
        same(part, VOID.triples, "property", void.value(part, VOID.property))
        same(part, VOID.distinctSubjects, "subjects", void.value(part, VOID.property))
    linksets = list(void.subjects(RDF.type, VOID.Linkset))
    for links in linksets:
        space = void.value(void.value(links, VOID.objectsTarget), VOID.uriSpace)
        same(links, VOID.triples, "links", void.value(links, VOID.linkPredicate), space)
    assert len(linksets) >= 3
    numbers = [term for term in void.objects() if isinstance(term, Literal) and term.datatype]
    partitions = [
        len(list(void.objects(release, VOID[name])))
        for name in ("classPartition", "propertyPartition")
    ]
    assert partitions == [
        int(str(void.value(release, VOID[name]))) for name in ("classes", "properties")
    ]
    assert (
        len(numbers) == 4 + partitions[0] + 2 * partitions[1] + len(linksets) + 1
    )  # and the day of issue


def test_dumps_and_examples_of_the_figures_are_there(folder: Folder, facts: Facts) -> None:
    void, release = Graph().parse(folder.root / "void.ttl"), URIRef(facts.full(facts.release))
    dumps = [str(dump).removeprefix(facts.base) for dump in void.objects(release, VOID.dataDump)]
    stays = facts.full(facts.archive).removeprefix(facts.base)
    assert sorted(dumps) == [f"{stays}/data/idf.{form}" for form in ("jsonld", "nt", "ttl")]
    assert {*dumps} <= {*folder.sums}
    examples = list(void.objects(release, VOID.exampleResource))
    content = Graph().parse(folder.root / "data" / "idf.nt")
    known = {*content.subjects(), URIRef(f"{iris.BASE}id/source/27533246845a7e56")}
    assert len(examples) == 6
    assert set(examples) <= known


# Forms and places


def test_each_form_says_the_same_to_two_readers(folder: Folder) -> None:
    paths = [path.removesuffix(".jsonld") for path in new(folder) if path.endswith(".jsonld")]
    assert {"catalog", "void", "rights", "graph/run", "queries"} < set(paths)
    for path in paths:
        files = [folder.root / f"{path}.{form}" for form in DOCUMENTS]
        first, *others = (set(ox.parse(path=str(file))) for file in files)
        assert all(other == first for other in others), path
        graph, *more = (to_isomorphic(Graph().parse(file)) for file in files)
        assert all(other == graph for other in more), path


def test_named_graphs_are_described_with_what_they_tell_of_and_the_run(folder: Folder) -> None:
    dump = ox.parse(path=str(folder.root / "data" / "idf.nq"))
    named = {quad.graph_name.value for quad in dump if isinstance(quad.graph_name, ox.NamedNode)}
    run = Graph().parse(folder.root / "graph" / "run.ttl")
    assert {str(graph) for graph in run.subjects(RDF.type, PROV.Bundle)} == named
    topics = {str(graph): str(run.value(graph, FOAF.primaryTopic)) for graph in map(URIRef, named)}
    assert topics[f"{iris.BASE}graph/source/ea0243d4edc78dd7"].endswith(
        "id/source/ea0243d4edc78dd7"
    )
    assert topics[f"{iris.BASE}graph/decision/V47-805"] == f"{iris.BASE}id/project/V47-805"
    made = {run.value(URIRef(graph), PROV.wasGeneratedBy) for graph in named}
    assert made == {run.value(URIRef(f"{iris.BASE}graph/run"), FOAF.primaryTopic)}


def test_each_run_has_one_name_in_all_that_tells_of_it(published: Path, tmp_path: Path) -> None:
    """What is made of other data is of another run, and documents that say the same are the
    same.
    """
    runs = re.compile("graph/run#activity[-0-9a-f]*")

    def named(release: Path) -> set[str]:
        files = (path for path in release.rglob("*") if path.suffix in {".nq", ".nt"})
        own = (path for path in files if path.parent.name != "queries" and path.stem != "profile")
        return {run for path in own for run in runs.findall(path.read_text("utf-8"))}

    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    settings = data / "dataset.yaml"
    settings.write_text(settings.read_text("utf-8").replace("Unofficial.", "Ours."), "utf-8")
    publish([data], tmp_path / "public")
    (first,), (second,) = named(published), named(tmp_path / "public")
    assert first != second
    document = Path("doc") / "project" / "V57-805.ttl"
    assert (published / document).read_bytes() == (tmp_path / "public" / document).read_bytes()


def test_what_stands_in_well_known_stands_in_sight(folder: Folder) -> None:
    hidden = {path: folder.sums[path] for path in new(folder) if path.startswith(".well-known/")}
    assert ".well-known/void" in hidden
    assert len(hidden) == 2 + len(list((ROOT / "queries").glob("*.rq")))
    for path, digest in hidden.items():
        shown = path.removeprefix(".well-known/").replace("sparql-examples/index", "queries")
        shown = shown.replace("sparql-examples/", "queries/").removesuffix(".ttl") + ".ttl"
        assert folder.sums[shown] == digest


def test_same_input_same_bytes_and_no_trace_of_another_base(
    folder: Folder, moved: Folder, tmp_path: Path
) -> None:
    again = described(folder.root, tmp_path / "again", setting_of(), EXTRA)
    assert again.sums == folder.sums
    for path in moved.sums:
        assert iris.BASE.split("//")[1].encode() not in (moved.root / path).read_bytes(), path


def test_queries_are_executables_that_run(folder: Folder) -> None:
    store = ox.Store()
    store.load(path=str(folder.root / "data" / "idf.nq"), format=ox.RdfFormat.N_QUADS)
    graph = Graph().parse(folder.root / "queries.ttl")
    found = list(graph.subjects(RDF.type, SH.SPARQLExecutable))
    assert len(found) == len(list((ROOT / "queries").glob("*.rq")))
    for query in found:
        text = str(graph.value(query, SH.select))
        store.query(text)
        name = str(query).rpartition("/")[2]
        assert text == (folder.root / "queries" / f"{name}.rq").read_text("utf-8")
        for words in (RDFS.label, RDFS.comment):
            languages = {
                term.language for term in graph.objects(query, words) if isinstance(term, Literal)
            }
            assert languages == {"en", "fr", "es"}
        assert (query, RDF.type, SH.SPARQLSelectExecutable) in graph


def test_endpoint_is_the_target_of_queries(moved: Folder) -> None:
    assert set(Graph().parse(moved.root / "queries.ttl").objects(None, SCHEMA.target)) == {
        URIRef(ENDPOINT)
    }


def test_run_names_its_inputs_by_their_hashes(folder: Folder) -> None:
    run = Graph().parse(folder.root / "graph" / "run.ttl")
    used = list(run.objects(None, PROV.used))
    pages = {path.stem for path in (folder.root / "pages").glob("*.txt")}
    assert {str(run.value(page, SCHEMA.sha256)) for page in used} == pages
    assert len(used) == 5
    assert list(run.objects(None, PROV.generated)) == [URIRef(f"{iris.BASE}report")]
    assert list(run.objects(None, SCHEMA.softwareVersion))


def test_rights_tell_ours_from_theirs(folder: Folder) -> None:
    rights = Graph().parse(folder.root / "rights.ttl")
    assert len(list(rights.objects(URIRef(f"{iris.BASE}rights"), DCTERMS.description))) == 3
    ours, theirs = (URIRef(f"{iris.BASE}rights#{part}") for part in ("statements", "texts"))
    assert list(rights.objects(ours, DCTERMS.license)) == [
        URIRef("https://www.apache.org/licenses/LICENSE-2.0")
    ]
    assert list(rights.objects(theirs, DCTERMS.rightsHolder)) == [URIRef(f"{iris.BASE}id/org/iom")]
    assert not list(rights.objects(theirs, DCTERMS.license))


# Links, map, citation, markup


def test_linkset_has_every_relation_and_leads_to_files(folder: Folder, facts: Facts) -> None:
    contexts = {
        one["anchor"]: one
        for one in json.loads((folder.root / "linkset.json").read_text("utf-8"))["linkset"]
    }
    landing = contexts[f"{facts.base}index.html"]
    assert landing.keys() == {
        "anchor",
        "cite-as",
        "describedby",
        "type",
        "item",
        "license",
        "author",
    }
    project = contexts[f"{facts.base}doc/project/V47-805"]
    assert project.keys() == {
        "anchor",
        "cite-as",
        "describedby",
        "type",
        "collection",
        "license",
        "author",
    }
    assert [link["href"] for link in project["cite-as"]] == [f"{facts.base}id/project/V47-805"]
    described_by = [
        link["href"] for context in contexts.values() for link in context["describedby"]
    ]
    items = [link["href"] for link in landing["item"]]
    assert [
        href for href in described_by + items if href.removeprefix(facts.base) not in folder.sums
    ] == []
    assert all(
        facts.base + "index.html" == contexts[item]["collection"][0]["href"] for item in items
    )
    own = [f"{facts.base}{path}" for path in own_documents(facts, folder.sums)]
    queries = [f"{facts.base}queries/{question.name}" for question in questions()]
    release = facts.full(facts.release)
    assert {*own} == {release, *queries} | {
        f"{facts.base}{path}"
        for path in ("def", "graph/run", "profile", "queries", "rights", "void")
    }
    assert all(contexts[path].keys() == project.keys() for path in own)
    assert len(contexts) == 1 + len(items) + len(list(facts.documents())) + len(own)


def test_pages_get_the_links_of_the_linkset(facts: Facts) -> None:
    links = list(document_links(facts, "doc/project/V47-805", "prj:V47-805"))
    assert {link.rel for link in links} | {link.rel for link in landing_links(facts)} == {
        *("cite-as", "describedby", "item", "collection", "license", "type", "author", "linkset")
    }


def test_sitemap_has_every_page_with_its_languages(folder: Folder, facts: Facts) -> None:
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    urls = etree.parse(folder.root / "sitemap.xml").findall("s:url", names)
    places = [url.findtext("s:loc", namespaces=names).removeprefix(facts.base) for url in urls]
    assert {"index.html", "index.fr.html", "index.es.html", "doc/project/V47-805.ttl"} < set(places)
    assert "404.html" not in places
    assert {url.findtext("s:lastmod", namespaces=names) for url in urls} == {"2026-11-21"}
    french = urls[places.index("index.fr.html")].findall("x:link", names)
    assert [
        (link.get("hreflang"), link.get("href").removeprefix(facts.base)) for link in french
    ] == [
        ("en", "index.html"),
        ("fr", "index.fr.html"),
        ("es", "index.es.html"),
        ("x-default", "index.html"),
    ]
    assert (
        (folder.root / "robots.txt")
        .read_text("utf-8")
        .endswith(f"Sitemap: {facts.base}sitemap.xml\n")
    )


def test_a_long_sitemap_is_split(facts: Facts) -> None:
    parts = {
        path: etree.fromstring("".join(pieces).encode())
        for path, pieces in sitemaps(facts, most=50)
    }
    index = [element[0].text.removeprefix(facts.base) for element in parts.pop("sitemap.xml")]
    assert index == list(parts)
    assert len(index) > 1
    assert all(0 < len(part) <= 50 for part in parts.values())


def test_citation_is_valid(folder: Folder, facts: Facts) -> None:
    text = (folder.root / "CITATION.cff").read_text("utf-8")
    assert yaml.safe_load(text)["url"] == facts.full(facts.release)
    package = find_spec("cffconvert")
    if package is None or package.origin is None:
        assert os.environ.get("CI") != "true", (
            "cffconvert, which carries the schema of CITATION.cff, is not installed"
        )
        pytest.skip("cffconvert, which carries the schema of CITATION.cff, is not installed")
    schema = json.loads(
        (Path(package.origin).parent / "schemas" / "1.2.0" / "schema.json").read_text("utf-8")
    )
    jsonschema.validate(yaml.load(text, Loader=yaml.BaseLoader), schema)


def test_markup_is_json_that_holds_no_markup() -> None:
    hostile = "</script><script>alert(1)</script>&\u2028"
    text = data_block(json.dumps({"name": hostile}, ensure_ascii=False))
    assert not re.search("[<>&\u2028]", text)
    assert json.loads(text) == {"name": hostile}


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_markup_of_the_data_set(facts: Facts, language: Language) -> None:
    data = json.loads(dataset_markup(facts, language))
    assert (data["@type"], data["version"], data["name"]) == (
        "Dataset",
        facts.version,
        facts.dataset.title[language],
    )
    assert len(data["distribution"]) == 9
    assert len(data["keywords"]) == 5
    assert data["includedInDataCatalog"]["@id"] == f"{facts.base}catalog#catalog"


def test_markup_of_a_project(folder: Folder, facts: Facts) -> None:
    data = json.loads((folder.root / "data" / "idf.jsonld").read_text("utf-8"))["@graph"]
    markup = markup_of(facts_of(folder, setting_of(), pages=True), map(json.dumps, data))
    nodes = {node["id"]: node for node in data}
    assert markup.text(nodes["code:type-tc"], "fr") == ""
    about = json.loads(markup.text(None, "fr"))
    assert about["temporalCoverage"] == "2011/2024"
    assert {"Albanie", "Fidji"} < set(about["spatialCoverage"])
    own = ("spatialCoverage", "temporalCoverage")
    assert {key: about[key] for key in about if key not in own} == json.loads(
        dataset_markup(facts, "fr")
    )
    assert {link.rel for link in markup.links("prj:V47-805", "fr")} >= {
        "cite-as",
        "describedby",
        "collection",
    }
    assert {link.rel for link in markup.links("", "fr")} >= {"cite-as", "describedby", "item"}
    assert json.loads(markup.text(nodes["prj:V47-805"], "fr")) == {
        "@context": "https://schema.org/",
        "@type": "Project",
        "@id": f"{iris.BASE}id/project/V47-805",
        "name": "Mise en place d'une unité de soutien à la gestion des migrations en Albanie",
        "identifier": "V47-805",
        "areaServed": ["Albanie"],
        "funding": {
            "@type": "MonetaryGrant",
            "amount": {"@type": "MonetaryAmount", "value": "49997.00", "currency": "USD"},
        },
        "subjectOf": {"@type": "Dataset", "@id": f"{iris.BASE}catalog#dataset"},
    }
    assert json.loads(markup.text(nodes["prj:V47-805"], "en"))["name"]["@language"] == "fr"


# Without narratives


def test_narratives_are_left_out_of_everything(published: Path, tmp_path: Path) -> None:
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    settings = (data / "dataset.yaml").read_text("utf-8")
    (data / "dataset.yaml").write_text(settings + "publishNarratives: false\n", "utf-8")
    publish([data], tmp_path / "public")
    whole, bare = (
        Graph().parse(published / "data" / "idf.ttl"),
        Graph().parse(tmp_path / "public" / "data" / "idf.ttl"),
    )
    told = {str(text) for text in whole.objects(None, IDF.narrative)}
    assert len(told) > 3
    gone = set(whole) - set(bare)
    assert {triple[1] for triple in gone} == {IDF.narrative, DCTERMS.references, OA.hasTarget}
    new = set(bare) - set(whole)
    assert {(predicate, "/doc/" in str(target)) for _, predicate, target in new} == {
        (OA.hasTarget, True)
    }
    quads = (tmp_path / "public" / "data" / "idf.nq").read_text("utf-8")
    assert "def#aboutProperty> <https://w3id.org/iom-idf/def#narrative>" not in re.sub(
        r"\S+#note-\S+ \S+ \S+", "", quads
    )
    assert not (tmp_path / "public" / "pages").exists()
    assert "contentUrl" not in quads
    words = [text[:60] for text in told]
    for path in (path for path in (tmp_path / "public").rglob("*") if path.is_file()):
        text = path.read_text("utf-8", errors="replace")
        assert not [word for word in words if word in text], path
