"""What the data set holds, in figures (https://www.w3.org/TR/void/): those of the default graph, of
this release.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from ...model import iris
from ...model.layout import ONTOLOGY
from ...model.nodes import Node
from ...model.text import N_, texts
from ...model.vocab import RDF_TYPE
from ..metadata import DATASET, PUBLISHER, RIGHTS
from .release_facts import Facts

#: Dumps of the graph that is counted.
_COUNTED = (".jsonld", ".nt", ".ttl")

#: What the description itself is called.
VOID_TITLE = N_("What this data set holds, in figures")

#: Prefix of another data set that ours links to -> its name.
TARGETS: Mapping[str, str] = {
    "euc": N_("Countries of the Publications Office of the European Union"),
    "gn": N_("GeoNames"),
    "iati": N_("IATI code lists"),
    "unarea": N_("Areas of the United Nations (M49)"),
    "wd": N_("Wikidata"),
}


class Counts(NamedTuple):
    """Figures of a graph: statements, subjects, instances of classes, uses of properties, links.

    `uses` and `subjects_of` are by property, `links` by property and prefix of the target;
    `about` are the objects of properties whose objects are kept.
    """

    triples: int
    subjects: int
    instances: Counter[str]
    uses: Counter[str]
    subjects_of: Counter[str]
    links: Counter[tuple[str, str]]
    about: Mapping[str, set[str]]


def count(
    lines: Iterable[str], targets: Iterable[tuple[str, str]], about: Iterable[str] = ()
) -> Counts:
    """The figures of canonical N-Triples lines, sorted; `targets` are prefixes and the IRIs they
    stand for, `about` properties whose objects are kept.

    >>> line = "<http://e/a> <http://e/p> <http://w/Q1> .\\n"
    >>> count([line], [("w", "http://w/")]).links
    Counter({('http://e/p', 'w'): 1})
    """
    spaces, kept = tuple(targets), {predicate: set[str]() for predicate in about}
    counts = Counts(0, 0, Counter(), Counter(), Counter(), Counter(), kept)
    triples = subjects = 0
    for _, group in groupby(lines, lambda line: line.partition(" ")[0]):
        used: set[str] = set()
        for line in group:
            _, predicate, value = line[:-3].split(" ", 2)
            _take(counts, predicate[1:-1], value[1:-1] if value[0] == "<" else "", spaces)
            used.add(predicate[1:-1])
            if predicate[1:-1] in kept:
                kept[predicate[1:-1]].add(value)
            triples += 1
        counts.subjects_of.update(used)
        subjects += 1
    return counts._replace(triples=triples, subjects=subjects)


def void_nodes(facts: Facts, counts: Counts, compact: Callable[[str], str]) -> Iterator[Node]:
    """The nodes of the description; `compact` gives the compact form of an IRI."""
    yield {
        "id": "base:void",
        "type": "DatasetDescription",
        "title": texts(VOID_TITLE),
        "primaryTopic": facts.release,
    }
    yield {
        "id": DATASET,
        "type": "VoidDataset",
        "title": facts.dataset.title,
        "hasCurrentVersion": facts.release,
    }
    yield from figure_nodes(facts, counts, compact)


def figure_nodes(facts: Facts, counts: Counts, compact: Callable[[str], str]) -> Iterator[Node]:
    """The nodes of the figures of a release, and of the data sets that it links to."""
    links = list(_linksets(facts, counts, compact))
    yield {
        "id": facts.release,
        "type": "VoidDataset",
        "title": facts.release_title(),
        "isVersionOf": DATASET,
        "publisher": PUBLISHER,
        "license": RIGHTS,
        "issued": facts.as_of,
        "dataDump": [f"{facts.archive}/{path}" for path in _counted(facts)],
        **({"sparqlEndpoint": facts.dataset.endpoint} if facts.dataset.endpoint else {}),
        "vocabulary": _vocabularies(facts, counts),
        **({"exampleResource": examples} if (examples := _examples(facts)) else {}),
        "triples": str(counts.triples),
        "distinctSubjects": str(counts.subjects),
        "classes": str(len(counts.instances)),
        "properties": str(len(counts.uses)),
        "classPartition": list(_class_partitions(facts, counts, compact)),
        "propertyPartition": list(_property_partitions(facts, counts, compact)),
        **({"subset": links} if links else {}),
    }
    for prefix in sorted({prefix for _, prefix in counts.links}):
        target: Node = {
            "id": f"base:void#{prefix}",
            "type": "VoidDataset",
            "title": texts(TARGETS[prefix]),
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


def _counted(facts: Facts) -> Iterator[str]:
    """The paths of the dumps of what is counted."""
    return (path for path in facts.downloads if path.endswith(_COUNTED))


def _vocabularies(facts: Facts, counts: Counts) -> list[str]:
    """The namespaces of the classes and properties that are used, as far as the context names
    them; of our own, the ontology.
    """
    used = {_namespace(iri) for iri in (*counts.instances, *counts.uses)}
    own = f"{facts.base}{ONTOLOGY}"
    return sorted(
        own if space == f"{own}#" else space for space in facts.prefixes.values() if space in used
    )


def _examples(facts: Facts) -> list[str]:
    """The first resource of each kind."""
    first: dict[str, str] = {}
    there = (resource for _, resource in facts.documents() if resource not in facts.gone)
    for resource in there:
        first.setdefault(resource.partition(":")[0], resource)
    return [first[prefix] for prefix in iris.FOLDERS if prefix in first]


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]


def _word(compact: str) -> str:
    """The IRI as part of a name."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", compact)


def _take(counts: Counts, predicate: str, target: str, spaces: tuple[tuple[str, str], ...]) -> None:
    counts.uses[predicate] += 1
    if predicate == RDF_TYPE:
        counts.instances[target] += 1
    elif target:
        counts.links.update(
            (predicate, prefix) for prefix, space in spaces if target.startswith(space)
        )
