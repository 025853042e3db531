"""The ontology is one of OWL 2 DL, and what is wrong with others is found."""

import re
from pathlib import Path

import pytest
from rdflib import DC, DCTERMS, OWL, RDF, Graph, URIRef
from support.owl_dl import violations

from idfgraph.model.iris import BASE

FILE = Path(__file__).parents[2] / "ontology" / "idf.ttl"
ONTOLOGY = URIRef(f"{BASE}def")

#: What is put into the ontology -> words that tell what is wrong with it.
PLANTED = {
    "idf:Project dct:subject idf:State .": "subject is not declared",
    "idf:Project a owl:DatatypeProperty ; a rdfs:Datatype .": "is a class and a datatype",
    "idf:budget a owl:DatatypeProperty .": "is a property in two ways",
    "dct:title a owl:DatatypeProperty .": "is a property in two ways",
    "idf:Project skos:exactMatch schema:Project .": "a mapping of concepts",
    "idf:Project skos:closeMatch schema:Project .": "a mapping of concepts",
    "idf:Project rdfs:subClassOf schema:Project .": "not declared, or not of one kind",
    "idf:iso2 rdfs:subPropertyOf idf:budget .": "not declared, or not of one kind",
    "idf:status owl:inverseOf idf:iso2 .": "not declared, or not of one kind",
    "idf:iso2 rdfs:range xsd:gYear .": "no datatype of OWL 2",
    "idf:iso2 rdfs:range xsd:date .": "no datatype of OWL 2",
    "idf:status rdfs:range rdf:Property .": "which is no class",
    "idf:status rdfs:domain prov:Plan .": "which is no class",
    'idf:status rdfs:comment "2026"^^xsd:gYear .': "a literal of",
    "idf:other a rdf:Property .": "is a http",
    "xsd:gYear a rdfs:Datatype .": "is reserved",
    "idf:Project rdfs:subClassOf [ a owl:Class ] .": "a blank node",
    "<https://example.org/o> a owl:Ontology .": "2 headers",
}


def read(more: str = "") -> Graph:
    return Graph().parse(data=FILE.read_text("utf-8") + more, format="turtle")


def test_the_ontology_is_one_of_owl_2_dl() -> None:
    assert sorted(violations(read())) == []


@pytest.mark.parametrize("statement", PLANTED)
def test_what_is_none_is_told(statement: str) -> None:
    assert [line for line in violations(read(statement)) if PLANTED[statement] in line]


def test_an_ontology_without_header_is_told() -> None:
    graph = read()
    graph.remove((ONTOLOGY, None, None))
    assert list(violations(graph)) == ["0 headers"]


def test_its_version_is_told_and_its_days_are_days() -> None:
    graph = read()
    version = str(graph.value(ONTOLOGY, OWL.versionInfo))
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert graph.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{BASE}ontology/{version}")
    created, modified = (graph.value(ONTOLOGY, DCTERMS[name]) for name in ("created", "modified"))
    assert "2026-11-21" == str(created) <= str(modified)
    assert graph.value(ONTOLOGY, DC.creator)


def test_words_of_others_are_declared_once_and_used() -> None:
    graph = read()
    others = {node for node in graph.subjects(RDF.type) if not str(node).startswith(str(ONTOLOGY))}
    used = {node for triple in graph for node in triple[1:]} | set(graph.predicates())
    assert others - used == set()
    assert all(len(list(graph.objects(node, RDF.type))) == 1 for node in others)
