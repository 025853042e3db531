"""The compiled context writes the RDF that three independent JSON-LD processors read from the same
linked records.
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyld import jsonld
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from support.generated import LEXICAL, TEXTS, Captured, documents, nodes_with, records

import idfgraph
from idfgraph.graph.mapping import Mapper, compile_context, terms
from idfgraph.graph.mapping.literals import quoted, tagged, typed
from idfgraph.graph.resolve import Reference
from idfgraph.model.errors import BadMapping
from idfgraph.model.records import Source
from idfgraph.model.vocab import RDFS
from idfgraph.sources.reference_files import read_reference
from idfgraph.system import resources

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT.parent / "shared" / "example" / "V47-805.nq"
EXAMPLES = int(os.environ.get("IDFGRAPH_EXAMPLES", "200"))
SETTINGS = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
CONTEXT: Mapping[str, Any] = json.loads(resources.CONTEXT.read_text("utf-8"))["@context"]
HEAD = {"@version": 1.1, "id": "@id", "type": "@type", "dct": "http://purl.org/dc/terms/"}
MAPPER = compile_context(resources.CONTEXT.read_text("utf-8"))

pytestmark = [
    pytest.mark.filterwarnings("ignore:Dataset.(default_context|contexts) is deprecated"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
]

Node = Mapping[str, Any]
Graphs = Mapping[str, Sequence[Node]]


@pytest.fixture(autouse=True, scope="module")
def _literals_as_written() -> Iterator[None]:
    """Rdflib leaves "49997.00" as it is while these tests run."""
    normalize, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    yield
    rdflib.NORMALIZE_LITERALS = normalize


def lines_of(nodes: Sequence[Node], graphs: Graphs) -> list[str]:
    named = [(graph, node) for graph, inner in graphs.items() for node in inner]
    return [
        line
        for graph, node in [*(("", node) for node in nodes), *named]
        for line in MAPPER.quads(node, graph)
    ]


def document_of(nodes: Sequence[Node], graphs: Graphs, context: Mapping[str, Any] = CONTEXT) -> str:
    named = [{"id": graph, "@graph": inner} for graph, inner in graphs.items()]
    return json.dumps({"@context": context, "@graph": [*nodes, *named]})


def by_oxigraph(document: str) -> set[ox.Quad]:
    return set(ox.parse(document, format=ox.RdfFormat.JSON_LD))


def by_pyld(document: str) -> set[ox.Quad]:
    graphs: dict[str, list[dict[str, Any]]] = jsonld.to_rdf(json.loads(document))
    return {pyld_quad(name, triple) for name, triples in graphs.items() for triple in triples}


def pyld_quad(name: str, triple: Mapping[str, Any]) -> ox.Quad:
    subject, predicate, object_ = (
        from_pyld(triple[part]) for part in ("subject", "predicate", "object")
    )
    return ox.Quad(
        subject, predicate, object_, ox.DefaultGraph() if name == "@default" else ox.NamedNode(name)
    )


def from_pyld(term: Mapping[str, str]) -> Any:
    if term["type"] != "literal":
        return ox.NamedNode(term["value"])
    if language := term.get("language"):
        return ox.Literal(term["value"], language=language)
    return ox.Literal(term["value"], datatype=ox.NamedNode(term["datatype"]))


def by_rdflib(document: str) -> set[ox.Quad]:
    dataset = rdflib.Dataset()
    dataset.parse(data=document, format="json-ld")
    return {ox.Quad(*map(from_rdflib, quad)) for quad in dataset.quads()}


def from_rdflib(term: Any) -> Any:
    if term in (None, DATASET_DEFAULT_GRAPH_ID):
        return ox.DefaultGraph()
    if not isinstance(term, rdflib.Literal):
        return ox.NamedNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype or rdflib.XSD.string)))


def iri_of(key: str) -> str:
    term = CONTEXT.get(key, key)
    return str(term["@id"] if isinstance(term, dict) else term)


def leaves(node: Node, graph: str = "") -> Iterator[tuple[str, ...]]:
    """What one counts in a linked record without knowing RDF: values, links and types, by key's IRI
    and language.
    """
    for key, value in node.items():
        about = (graph, node["id"], iri_of(key))
        for item in value if isinstance(value, list) else [value] if key != "id" else []:
            if not isinstance(item, dict):
                yield (*about, "", iri_of(item) if key == "aboutProperty" else item)
            elif "@value" in item:
                type_ = MAPPER.iri(item["@type"]) if "@type" in item else ""
                yield (*about, item.get("@language", ""), type_, item["@value"])
            elif "id" in item:
                yield (*about, "", item["id"])
                yield from leaves(item, graph)
            else:
                for tag, texts in item.items():
                    yield from (
                        (*about, tag, text)
                        for text in (texts if isinstance(texts, list) else [texts])
                    )


def check(nodes: Sequence[Node], graphs: Graphs) -> int:
    """Number of statements, once all readers agree on them and they are as many as there are
    leaves.
    """
    lines, document = set(lines_of(nodes, graphs)), document_of(nodes, graphs)
    ours = set(ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS))
    assert {f"{quad} .\n" for quad in ours} == lines
    assert by_oxigraph(document) == ours
    assert by_pyld(document) == ours
    assert by_rdflib(document) == ours
    everything = [
        *nodes,
        *(node for graph, inner in graphs.items() for node in ({"id": graph}, *inner)),
    ]
    assert by_oxigraph(document_of(nodes, graphs, MAPPER.context_for(everything))) == ours
    counted = {leaf for node in nodes for leaf in leaves(node)}
    counted |= {
        leaf for graph, inner in graphs.items() for node in inner for leaf in leaves(node, graph)
    }
    assert len(counted) == len(ours)
    return len(ours)


def check_of(used: set[str]) -> Callable[[tuple[list[Node], Graphs]], None]:
    """A test of one document, which adds the keys of its nodes to those used."""

    def agree(document: tuple[list[Node], Graphs]) -> None:
        check(*document)
        used.update(word for node in document[0] for word in node)

    return agree


def known() -> Mapping[str, idfgraph.Linked]:
    return {record.id: idfgraph.resolve(record) for record in idfgraph.read([ROOT / "data"])}


@pytest.mark.parametrize(
    "name", ["PX.0220", "V47-805", "V57-805", "W34-805", "mainstreaming-migration"]
)
def test_processors_agree_on_every_record_of_the_data(name: str) -> None:
    item = known()[name]
    assert check([item.node], dict(item.graphs)) > 190
    assert sorted(idfgraph.to_quads(item)) == sorted(lines_of([item.node], dict(item.graphs)))


def test_every_record_of_the_data_is_compared() -> None:
    assert len(known()) == 5


def test_processors_agree_on_the_reference_data() -> None:
    data = read_reference(resources.REFERENCE)
    assert check(list(Reference(data).nodes(entry.id for entry in data.entries)), {}) > 4000


def test_processors_agree_on_generated_nodes() -> None:
    used: set[str] = set()
    of_each_class = [{"id": f"prj:{name}", "type": name} for name in MAPPER.terms.classes]

    @SETTINGS
    @given(documents(MAPPER.terms))
    @example((of_each_class, {}))
    def agree(document: tuple[list[Node], Graphs]) -> None:
        check(*document)
        nodes = [node for inner in (document[0], *document[1].values()) for node in inner]
        used.update(word for node in nodes for word in (*node, node["type"]))

    agree()
    for key in sorted(MAPPER.terms.properties.keys() - used):
        settings(max_examples=5, derandomize=True, deadline=None)(
            given(nodes_with(MAPPER.terms, key).map(lambda node: ([node], {})))(check_of(used))
        )()
    assert used == {"id", "type", *MAPPER.terms.properties, *MAPPER.terms.classes}


@SETTINGS
@given(records())
def test_processors_agree_on_generated_records(captured: Captured) -> None:
    item = idfgraph.resolve(captured.record)
    assert check([item.node], dict(item.graphs))


@SETTINGS
@given(
    TEXTS,
    st.sampled_from(["en", "fr", "ast"]),
    st.one_of([st.tuples(st.just(k), v) for k, v in LEXICAL.items()]),
)
def test_literals_read_back_as_they_were(text: str, language: str, value: tuple[str, str]) -> None:
    written = (quoted(text), tagged(text, language), typed(value[1], value[0]))
    read = [
        next(iter(ox.parse(f"<a:s> <a:p> {term} .", format=ox.RdfFormat.N_TRIPLES))).object
        for term in written
    ]
    assert read == [
        ox.Literal(text),
        ox.Literal(text, language=language),
        ox.Literal(value[1], datatype=ox.NamedNode(value[0])),
    ]


@SETTINGS
@given(st.sampled_from(["prj:a", "https://example.org/", "https://example.org"]), TEXTS)
def test_an_iri_that_is_not_refused_is_one(start: str, rest: str) -> None:
    try:
        written = MAPPER.iri(start + rest)
    except BadMapping:
        return
    assert str(ox.NamedNode(written[1:-1])) == written


@SETTINGS
@given(st.from_regex(terms._USUAL, fullmatch=True))
def test_what_is_like_most_iris_is_one(full: str) -> None:
    assert str(ox.NamedNode(full)) == MAPPER.iri(full)
    assert terms._ABSOLUTE.match(full)
    assert not terms._NO_IRI.search(full)


@SETTINGS
@given(TEXTS)
@example("a[b]")
@example("100%")
@example("#a#b")
def test_every_address_of_a_record_can_be_written(rest: str) -> None:
    form = {
        "page": 64 * "0",
        "identifier": "page",
        "language": "fr",
        "url": f"https://iom.int/{rest}",
    }
    try:
        source = msgspec.convert(form, Source)
    except msgspec.ValidationError:
        return
    assert str(ox.NamedNode(MAPPER.iri(source.url or "")[1:-1]))


#: Nodes that the context cannot express, or that JSON-LD processors would read as something else,
#: without a word.
REFUSED: Mapping[str, Node] = {
    "undeclared key": {"sorce": ["src:1"]},
    "keyword as key": {"@type": "Project"},
    "prefix as key": {"idf": "x"},
    "type as key": {"Project": "x"},
    "unknown type": {"type": "Projet"},
    "property as type": {"type": "title"},
    "two types": {"type": ["Project", "Phase"]},
    "no type": {"type": None},
    "relative link": {"source": ["page"]},
    "blank node": {"source": ["_:b"]},
    "unknown prefix": {"source": ["foo:bar"]},
    "unknown scheme": {"source": ["javascript:alert(1)"]},
    "code with a colon": {"status": "code:status-active"},
    "code equal to a property": {"status": "title"},
    "code equal to a type": {"status": "Project"},
    "code equal to a prefix": {"agent": "org"},
    "code equal to an alias": {"status": "type"},
    "code like a keyword": {"status": "@id"},
    "code with a space": {"status": "in force"},
    "no property named": {"aboutProperty": "statut"},
    "type where a property is meant": {"aboutProperty": "Project"},
    "number as decimal": {"value": 49997.0},
    "number as year": {"startYear": 2021},
    "number as text": {"currency": 5},
    "true as text": {"currency": True},
    "nothing as text": {"currency": None},
    "list in a list": {"currency": [["USD"]]},
    "node as text": {"currency": {"id": "prj:Y"}},
    "node as year": {"startYear": {"id": "prj:Y"}},
    "number as link": {"source": [5]},
    "true as link": {"budget": True},
    "nothing as link": {"budget": None},
    "list as link": {"source": [["src:1"]]},
    "number as code": {"status": 1},
    "nothing as code": {"status": None},
    "number as property": {"aboutProperty": 1},
    "list as property": {"aboutProperty": [["title"]]},
    "text without language": {"title": "Appui"},
    "number by language": {"title": {"fr": 5}},
    "nothing by language": {"title": {"fr": None}},
    "nothing instead of languages": {"title": None},
    "language maps in a list": {"title": [{"fr": "Appui"}]},
    "no language tag": {"title": {"@none": "Appui"}},
    "name of a language": {"title": {"français": "Appui"}},
    "money with an exponent": {"value": "1.2e5"},
    "money with a comma": {"value": "49,997"},
    "year with a letter": {"startYear": "20O4"},
    "year with a newline": {"startYear": "2004\n"},
    "year in Arabic digits": {"startYear": "٢٠٢١"},
    "empty year": {"startYear": ""},
    "phase zero": {"phaseNumber": "0"},
    "negative span": {"spanStart": "-1"},
    "day that is none": {"decidedOn": "2021-13-45"},
    "moment that is none": {"endedAtTime": "2021-13-45T25:61:61Z"},
    "half a character": {"currency": "\ud83d"},
    "half a character by language": {"title": {"fr": "\udc00"}},
    **{
        f"value object: {name}": {"aboutValue": [item]}
        for name, item in {
            "number": {"@value": 5},
            "true": {"@value": True},
            "nothing": {"@value": None},
            "list": {"@value": ["x"]},
            "node": {"@value": {"id": "prj:Y"}},
            "type and language": {"@value": "x", "@type": "xsd:date", "@language": "fr"},
            "direction": {"@value": "x", "@direction": "ltr"},
            "index": {"@value": "x", "@index": "x"},
            "id beside it": {"@value": "x", "id": "prj:Y"},
            "no language": {"@value": "x", "@language": None},
            "empty language": {"@value": "x", "@language": ""},
            "name of a language": {"@value": "x", "@language": "français"},
            "several languages": {"@value": "x", "@language": ["fr"]},
            "no type": {"@value": "2024", "@type": None},
            "several types": {"@value": "2024", "@type": ["xsd:gYear"]},
            "relative type": {"@value": "2024", "@type": "gYear"},
            "type that is a key": {"@value": "2024", "@type": "startYear"},
            "JSON": {"@value": "{}", "@type": "@json"},
            "blank type": {"@value": "2024", "@type": "_:b"},
            "unknown type": {"@value": "2024", "@type": "xsd:gMonth"},
            "year with a letter": {"@value": "20O4", "@type": "xsd:gYear"},
            "half a character": {"@value": "\ud83d"},
        }.items()
    },
    "value object as text": {"currency": {"@value": "USD"}},
    "value object as year": {"startYear": {"@value": "2021", "@type": "xsd:gYear"}},
    "value object as code": {"status": {"@value": "active"}},
    "value object by language": {"title": {"@value": "Appui", "@language": "fr"}},
    "part without id": {"budget": {"type": "MonetaryAmount"}},
    "part with a number as id": {"budget": {"id": 5}},
    **{
        f"IRI with {mark!a}": {"source": [f"prj:a{mark}b"]}
        for mark in ' <>"{}|\\^`\n\x7f\x85\u200b\u202e\ud800\ufeff'
    },
    "IRI with a stray %": {"source": ["prj:100%"]},
    "IRI with a false %": {"source": ["https://example.org/%zz"]},
    "IRI with two #": {"source": ["prj:a#b#c"]},
    "IRI with brackets": {"source": ["https://example.org/a[b]"]},
    "IRI with a port of letters": {"source": ["https://example.org:port/"]},
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_expressed_is_refused(change: Node) -> None:
    assert list(MAPPER.quads({"id": "prj:X", "type": "Project"}))
    with pytest.raises(BadMapping):
        list(MAPPER.quads({"id": "prj:X", **change}))
    with pytest.raises(BadMapping):
        MAPPER.blocks([{"id": "prj:X", **change}])


@pytest.mark.parametrize("id_", ["X", "", "prj", "prj:a b", "_:b", 5, None, ["prj:X"]], ids=repr)
def test_a_node_needs_an_absolute_iri(id_: Any) -> None:
    for node, graph in (
        ({"id": id_, "currency": "USD"}, ""),
        ({"id": "prj:X", "currency": "USD"}, id_),
    ):
        if graph or node["id"] != "prj:X":
            with pytest.raises(BadMapping):
                list(MAPPER.quads(node, graph))
    with pytest.raises(BadMapping):
        list(MAPPER.quads({"currency": "USD"}))


@pytest.mark.parametrize(
    "term",
    [
        {"@id": "dct:title", "@container": "@list"},
        {"@id": "dct:title", "@container": "@index"},
        {"@id": "dct:title", "@language": "fr"},
        {"@id": "dct:title", "@reverse": "dct:subject"},
        {"@id": "dct:title", "@type": "@json"},
        {"@id": "dct:title", "@type": "@none"},
        {"@id": "dct:title", "@nest": "@nest"},
        {"@id": "dct:title", "@protected": True},
        {
            "@id": "dct:title",
            "@type": "@vocab",
            "@context": {"@vocab": "https://example.org/", "@base": "https://e/"},
        },
        {"@id": "title"},
        None,
    ],
    ids=json.dumps,
)
def test_a_context_with_what_is_not_understood_is_refused(term: Any) -> None:
    assert compile_context(
        json.dumps({"@context": {**HEAD, "title": "dct:title"}})
    ).terms.properties
    with pytest.raises(BadMapping):
        compile_context(json.dumps({"@context": {**HEAD, "title": term}}))


@pytest.mark.parametrize(
    "setting",
    [
        {"@base": "https://example.org/"},
        {"@vocab": "https://example.org/"},
        {"@language": "fr"},
        {"@direction": "ltr"},
        {"@import": "https://example.org/"},
        {"@propagate": False},
        {"@protected": True},
        {"@version": 1.0},
    ],
    ids=json.dumps,
)
def test_a_setting_of_the_whole_context_is_refused(setting: Mapping[str, Any]) -> None:
    with pytest.raises(BadMapping):
        compile_context(json.dumps({"@context": {**HEAD, "title": "dct:title", **setting}}))


def test_links_lead_to_what_the_quads_name() -> None:
    item = known()["V47-805"]
    objects = {
        str(quad.object)
        for quad in ox.parse("".join(MAPPER.quads(item.node)), format=ox.RdfFormat.N_QUADS)
    }
    targets = {MAPPER.iri(link.target) for link in MAPPER.links(item.node)}
    assert targets and targets <= objects


def test_compact_undoes_iri() -> None:
    for iri in (
        "prj:V47-805",
        "code:type-tc",
        "graph:source/ea0243d4edc78dd7",
        "https://example.org/x",
    ):
        assert Mapper(MAPPER.terms).compact(MAPPER.iri(iri)[1:-1]) == iri


def test_the_document_of_a_page_is_one_graph(tmp_path: Path) -> None:
    """Its context holds every prefix that it uses, and all that it says is in the default graph."""
    page = (ROOT / "data" / "pages" / "000_3cd946cab0f19b2c.txt").read_bytes()
    (tmp_path / "page.txt").write_bytes(page.replace(b"Projet ID", b"Autre ID"))
    idfgraph.publish([tmp_path / "page.txt"], tmp_path / "public")
    documents = list((tmp_path / "public" / "doc" / "source").glob("*.jsonld"))
    assert len(documents) == 1
    said = by_oxigraph(documents[0].read_text("utf-8"))
    assert {str(quad.graph_name) for quad in said} == {"DEFAULT"}
    assert all(str(quad.subject).startswith("<https:") for quad in said)


def test_the_worked_example_is_contained() -> None:
    if not EXAMPLE.is_file():
        pytest.skip("needs the folder ../shared with the worked example")
    # The example names a source value by its property alone; ours adds the value wherever there can
    # be several.
    said = EXAMPLE.read_text("utf-8").replace(
        "ea0243d4edc78dd7#projectType>", "ea0243d4edc78dd7#projectType-type-tc>"
    )
    # It is of format 1: sources and notes are the record's by now, and the words of notes comments.
    said = said.replace("http://www.w3.org/ns/oa#bodyValue", f"{RDFS}comment")
    said = re.sub(
        r"/id/(project/V47-805>) (<\S+#(hadPrimarySource|qualityNote)>)", r"/doc/\1 \2", said
    )
    # The end year that a page prints is a claim about the end year, and no content.
    lines = {line for line in said.splitlines(keepends=True) if 'def#statedEndYear> "' not in line}
    lines = {
        line.replace("-date-statedEndYear>", "-date-endYear.2024>").replace(
            "statedEndYear", "endYear"
        )
        for line in lines
    }
    assert len(lines) == 157
    assert lines - set(idfgraph.to_quads(known()["V47-805"])) == set()
