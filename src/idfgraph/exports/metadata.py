"""What a release says of itself before its files are known: run, data set and documents
(https://www.w3.org/TR/prov-o/).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from ..graph.mapping import Mapper
from ..model import iris
from ..model.nodes import Node, id_of, is_node
from ..model.records import Dataset
from ..model.text import LANGUAGES, Texts
from ..model.vocab import FOAF

#: The graph of the run, whose parts are the run and its software.
RUN = iris.graph("run")

#: How the names of runs begin.
ACTIVITY = iris.part(RUN, "activity")

#: The data set through all its releases, and who publishes it: parts of the catalogue.
DATASET = "base:catalog#dataset"
PUBLISHER = "base:catalog#publisher"
RIGHTS = "base:rights"

#: A line that says what a named graph is about.
_TOPIC = re.compile(rf"<([^>]+)> <{FOAF}primaryTopic> <([^>]+)> (<[^>]+>) \.\n")


class RunFacts(NamedTuple):
    """A run: its compact IRI, the version of the program, and the moment at which it ended (empty
    where it is not to be told).
    """

    iri: str
    version: str
    ended: str = ""


def run_of(blocks: Iterable[bytes]) -> str:
    """The compact IRI of the run that made these lines: its name is theirs, so that each has one.

    >>> run_of([])
    'graph:run#activity-e3b0c44298fc'
    """
    digest = sha256()
    for block in blocks:
        digest.update(block)
    return f"{ACTIVITY}-{digest.hexdigest()[:12]}"


def graph_topics(lines: Iterable[str], mapper: Mapper) -> Iterator[tuple[str, str]]:
    """Each named graph and what it is about, as the graph of the run tells it: compact IRIs; its
    own is the run.
    """
    run = mapper.iri(RUN)
    for line in lines:
        if run in line and (found := _TOPIC.match(line)) and found[3] == run:
            yield mapper.compact(found[1]), mapper.compact(found[2])


def run_nodes(dataset: Dataset, run: RunFacts, sources: Iterable[str] = ()) -> list[Node]:
    """The nodes of the run graph; `sources` are compact IRIs of the pages used, which its document
    alone tells: in the graph, each release would have other statements of all of them.
    """
    software = iris.part(RUN, "software")
    return [
        {"id": RUN, "type": "Bundle", "primaryTopic": run.iri, "wasGeneratedBy": run.iri},
        {
            "id": run.iri,
            "type": "Activity",
            **({"endedAtTime": run.ended} if run.ended else {}),
            "wasAssociatedWith": software,
            **({"used": used} if (used := sorted(sources)) else {}),
            "generated": ["base:report"],
        },
        {
            "id": software,
            "type": "SoftwareAgent",
            "prefLabel": dict.fromkeys(LANGUAGES, "idfgraph"),
            "softwareVersion": run.version,
        },
        {
            "id": PUBLISHER,
            "type": "Agent",
            **naming("name", dataset.publisher),
        },
        {"id": RIGHTS, "type": "LicenseDocument", "description": dataset.rights},
        {
            "id": DATASET,
            "type": "Dataset",
            "title": dataset.title,
            "description": dataset.description,
            "license": RIGHTS,
            "publisher": PUBLISHER,
            "issued": dataset.as_of,
            "wasGeneratedBy": run.iri,
        },
    ]


def naming(key: str, said: str | Texts) -> Node:
    """A name as a property of a node: in each language, or the same in all.

    >>> naming("name", "IOM"), naming("name", {"fr": "OIM"})
    ({'name': 'IOM'}, {'names': {'fr': 'OIM'}})
    """
    return {key: said} if isinstance(said, str) else {f"{key}s": dict(said)}


def day_node(dataset: Dataset) -> Node:
    """The node of the data set in the default graph: the day of the data, which queries go by."""
    return {"id": DATASET, "asOf": dataset.as_of}


def document_node(resource: str, path: str) -> Node:
    """What a resource's documents, at a path without suffix, say of themselves: their topic, and
    their data set.

    >>> document_node("st:ALB", "doc/state/ALB")["inDataset"]
    'base:catalog#dataset'
    """
    return {
        "id": f"base:{path}",
        "type": "Document",
        "primaryTopic": resource,
        "inDataset": DATASET,
    }


def document_nodes(resource: str, path: str, nodes: Sequence[Node]) -> list[Node]:
    """The nodes of a resource's document with what it says of itself: on the record that is nested
    in the resource, if one is, or else in a node of its own.

    >>> thing = {"id": "prj:X", "record": {"id": "base:doc/project/X", "type": "Record"}}
    >>> document_nodes("prj:X", "doc/project/X", [thing])[0]["record"]["type"]
    'Record'
    """
    said = document_node(resource, path)
    own = next((node for node in nodes if id_of(node) == resource), said)
    record = own.get("record", "")
    if not is_node(record):
        return [*nodes, said]
    whole: Node = {**own, "record": {**said, **record}}
    return [whole if node is own else node for node in nodes]
