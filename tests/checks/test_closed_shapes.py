"""What a thing may have, as the closed shapes list it, is what the fields and the context say."""

import json
from collections.abc import Mapping
from functools import cache

import pytest
from rdflib import RDF, SH, Graph, URIRef
from rdflib.collection import Collection

from idfgraph.graph.mapping import compile_context
from idfgraph.model.fields import FORMS
from idfgraph.system import resources

#: What a thing has beside its fields, by its kind.
BESIDE = {
    "Project": {
        "projectId",
        "iatiIdentifier",
        "statusAsOf",
        "benefitingState",
        "association",
        "record",
    },
    # The last two are told by rules of their own.
    "Programme": {"statusAsOf", "benefitingState", "record", "projectId", "fundRegion"},
}


@cache
def properties() -> Mapping[str, str]:
    """The keys of the context with their IRIs."""
    terms = compile_context(resources.CONTEXT.read_text("utf-8")).terms
    return {key: term.predicate[1:-1] for key, term in terms.properties.items()}


@cache
def closed() -> Mapping[str, set[str]]:
    """The properties that each class may have, by its local name."""
    graph = Graph().parse(resources.SHAPES / "closed.ttl", format="turtle")
    return {
        str(class_).rpartition("#")[2].rpartition("/")[2]: {
            str(item)
            for head in graph.objects(shape, SH.ignoredProperties)
            for item in Collection(graph, head)
        }
        - {str(RDF.type)}
        for shape, class_ in graph.subject_objects(SH.targetClass)
        if isinstance(class_, URIRef)
    }


@pytest.mark.parametrize("kind", FORMS)
def test_an_intervention_may_have_its_fields(kind: str) -> None:
    names = {*FORMS[kind].__struct_encode_fields__, *BESIDE[kind]}
    assert closed()[kind] == {properties()[name] for name in names}


def test_what_may_be_had_stands_in_the_context() -> None:
    known = set(properties().values())
    assert {kind: iris - known for kind, iris in closed().items() if iris - known} == {}


def test_each_class_of_ours_in_the_data_is_closed() -> None:
    context = json.loads(resources.CONTEXT.read_text("utf-8"))["@context"]
    ours = {
        key for key, value in context.items() if str(value).startswith("idf:") and key[0].isupper()
    }
    assert ours - closed().keys() == {"Intervention"}
