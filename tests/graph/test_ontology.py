"""The ontology declares what the JSON-LD context uses, in three languages, and nothing else."""

import json
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from idfgraph.model.fields import DERIVED

FOLDER = Path(__file__).parents[2] / "ontology"
ONTOLOGY = URIRef("https://w3id.org/iom-idf/def")
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
LANGUAGES = ["en", "es", "fr"]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(FOLDER / "idf.ttl")


def terms(graph: Graph) -> set[Node]:
    """The terms of ours; those of others are named there, too."""
    found = {subject for kind in KINDS for subject in graph.subjects(RDF.type, kind)}
    return {term for term in found if str(term).startswith(f"{ONTOLOGY}#")}


def languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str]:
    return sorted(
        text.language or ""
        for text in graph.objects(subject, predicate)
        if isinstance(text, Literal)
    )


def context_terms() -> dict[str, bool]:
    """Return each idf: IRI of the context, and whether its values are resources."""
    context = json.loads((FOLDER / "context.jsonld").read_text("utf-8"))["@context"]
    rows = [row if isinstance(row, dict) else {"@id": str(row)} for row in context.values()]
    return {
        row["@id"].replace("idf:", f"{ONTOLOGY}#"): row.get("@type") in {"@id", "@vocab"}
        for row in rows
        if row.get("@id", "").startswith("idf:")
    }


def test_context_and_ontology_have_the_same_terms(graph: Graph) -> None:
    unused = {*graph.subjects(OWL.deprecated), *graph.subjects(OWL.inverseOf)}
    assert {str(term) for term in terms(graph) - unused} == set(context_terms())
    others = {term for term in graph.subjects() if not str(term).startswith(f"{ONTOLOGY}#")}
    assert all(set(graph.predicates(term)) == {RDF.type} for term in others - {ONTOLOGY})


def test_links_in_the_context_are_object_properties(graph: Graph) -> None:
    links = {iri for iri, is_link in context_terms().items() if is_link}
    links -= {str(term) for term in graph.subjects(RDF.type, OWL.AnnotationProperty)}
    assert all((URIRef(iri), RDF.type, OWL.ObjectProperty) in graph for iri in links)


def test_every_term_is_named_and_defined_in_three_languages(graph: Graph) -> None:
    for term in terms(graph):
        assert languages(graph, term, RDFS.label) == LANGUAGES, term
        assert languages(graph, term, SKOS.definition) == LANGUAGES, term
        assert graph.value(term, RDFS.isDefinedBy) == ONTOLOGY, term


def test_header_says_what_it_is(graph: Graph) -> None:
    assert (ONTOLOGY, RDF.type, OWL.Ontology) in graph
    assert languages(graph, ONTOLOGY, DCTERMS.title) == LANGUAGES
    assert languages(graph, ONTOLOGY, RDFS.comment) == LANGUAGES
    assert graph.value(ONTOLOGY, DCTERMS.license) == URIRef(
        "https://www.apache.org/licenses/LICENSE-2.0"
    )
    assert "Unofficial" in str(graph.value(ONTOLOGY, RDFS.comment))


def test_no_blank_nodes(graph: Graph) -> None:
    assert not any(isinstance(node, BNode) for triple in graph for node in triple)


def test_a_project_is_no_organisation(graph: Graph) -> None:
    assert (None, RDFS.subClassOf, URIRef("https://schema.org/Project")) not in graph


def test_oxigraph_reads_the_same(graph: Graph) -> None:
    assert sum(1 for _ in pyoxigraph.parse(path=FOLDER / "idf.ttl")) == len(graph)


def test_what_follows_from_others_is_what_they_are_kinds_of(graph: Graph) -> None:
    for name, ways in DERIVED.items():
        kinds = set(graph.subjects(RDFS.subPropertyOf, URIRef(f"{ONTOLOGY}#{name}")))
        assert kinds == {URIRef(f"{ONTOLOGY}#{way}") for way in ways}
