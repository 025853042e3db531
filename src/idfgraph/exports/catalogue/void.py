"""What the data set holds, in figures (https://www.w3.org/TR/void/): those of the default graph, of
this release.
"""

import re
from collections.abc import Callable, Iterator

from ...model import iris
from . import words
from .counting import Counts
from .facts import DATASET, PUBLISHER, RIGHTS, Facts, Node

#: Dumps of the graph that is counted.
_COUNTED = (".jsonld", ".nt", ".ttl")


def void_nodes(facts: Facts, counts: Counts, compact: Callable[[str], str]) -> Iterator[Node]:
    """The nodes of the description; `compact` gives the compact form of an IRI."""
    yield {
        "id": "base:void",
        "type": "DatasetDescription",
        "title": dict(words.VOID),
        "primaryTopic": facts.release,
    }
    yield {
        "id": DATASET,
        "type": "VoidDataset",
        "title": facts.dataset.title,
        "hasCurrentVersion": facts.release,
    }
    links = list(_linksets(facts, counts, compact))
    yield {
        "id": facts.release,
        "type": "VoidDataset",
        "title": words.around(words.RELEASE, facts.dataset.title, facts.version),
        "isVersionOf": DATASET,
        "publisher": PUBLISHER,
        "license": RIGHTS,
        "issued": facts.as_of,
        "dataDump": [f"base:{path}" for path, _ in facts.downloads() if path.endswith(_COUNTED)],
        **({"sparqlEndpoint": facts.dataset.endpoint} if facts.dataset.endpoint else {}),
        "vocabulary": _vocabularies(facts, counts),
        "exampleResource": _examples(facts),
        "triples": str(counts.triples),
        "distinctSubjects": str(counts.subjects),
        "classes": str(len(counts.instances)),
        "properties": str(len(counts.uses)),
        "classPartition": list(_class_partitions(facts, counts, compact)),
        "propertyPartition": list(_property_partitions(facts, counts, compact)),
        **({"subset": links} if links else {}),
    }
    for prefix in sorted({prefix for _, prefix in counts.links}):
        target = {
            "id": f"base:void#{prefix}",
            "type": "VoidDataset",
            "title": dict(words.TARGETS[prefix]),
        }
        yield {**target, "uriSpace": facts.prefixes[prefix]}


def _class_partitions(
    facts: Facts, counts: Counts, compact: Callable[[str], str]
) -> Iterator[Node]:
    for iri, entities in sorted(counts.instances.items()):
        id_ = f"{facts.release}#class-{_word(compact(iri))}"
        yield {"id": id_, "type": "VoidDataset", "class": compact(iri), "entities": str(entities)}


def _property_partitions(
    facts: Facts, counts: Counts, compact: Callable[[str], str]
) -> Iterator[Node]:
    for iri, triples in sorted(counts.uses.items()):
        yield {
            "id": f"{facts.release}#property-{_word(compact(iri))}",
            "type": "VoidDataset",
            "property": compact(iri),
            "triples": str(triples),
            "distinctSubjects": str(counts.subjects_of[iri]),
        }


def _linksets(facts: Facts, counts: Counts, compact: Callable[[str], str]) -> Iterator[Node]:
    for (predicate, prefix), triples in sorted(counts.links.items()):
        yield {
            "id": f"{facts.release}#links-{_word(compact(predicate))}-{prefix}",
            "type": "Linkset",
            "subjectsTarget": facts.release,
            "objectsTarget": f"base:void#{prefix}",
            "linkPredicate": compact(predicate),
            "triples": str(triples),
        }


def _vocabularies(facts: Facts, counts: Counts) -> list[str]:
    """The namespaces of the classes and properties that are used, as far as the context names
    them.
    """
    used = [*counts.instances, *counts.uses]
    return sorted(
        space for space in facts.prefixes.values() if any(_namespace(iri) == space for iri in used)
    )


def _examples(facts: Facts) -> list[str]:
    """The first resource of each kind."""
    first: dict[str, str] = {}
    for _, resource in facts.documents():
        first.setdefault(resource.partition(":")[0], resource)
    return [first[prefix] for prefix in iris.FOLDERS if prefix in first]


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]


def _word(compact: str) -> str:
    """The IRI as part of a name."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", compact)
