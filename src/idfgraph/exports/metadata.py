"""What a release says of itself before its files are known: run, data set and documents
(https://www.w3.org/TR/prov-o/).
"""

from collections.abc import Iterable

from ..model import iris
from ..model.nodes import Node
from ..model.records import Dataset
from ..model.text import LANGUAGES

#: The graph of the run, whose parts are the run and its software.
RUN = iris.graph("run")

#: The data set through all its releases, and who publishes it: parts of the catalogue.
DATASET = "base:catalog#dataset"
PUBLISHER = "base:catalog#publisher"
RIGHTS = "base:rights"


def run_nodes(dataset: Dataset, version: str, as_of: str, sources: Iterable[str]) -> list[Node]:
    """The nodes of the run graph; `as_of` is a day (YYYY-MM-DD), `sources` compact IRIs of the
    pages used.
    """
    software, activity = iris.part(RUN, "software"), iris.part(RUN, "activity")
    return [
        {"id": RUN, "type": "Bundle", "primaryTopic": activity, "wasGeneratedBy": activity},
        {
            "id": activity,
            "type": "Activity",
            "endedAtTime": f"{as_of}T00:00:00Z",
            "wasAssociatedWith": software,
            "used": sorted(sources),
            "generated": ["base:report"],
        },
        {
            "id": software,
            "type": "SoftwareAgent",
            "prefLabel": dict.fromkeys(LANGUAGES, "idfgraph"),
            "softwareVersion": version,
        },
        {
            "id": PUBLISHER,
            "type": "Organization",
            "prefLabel": dict.fromkeys(LANGUAGES, dataset.publisher),
        },
        {"id": RIGHTS, "type": "LicenseDocument", "description": dataset.rights},
        {
            "id": DATASET,
            "type": "Dataset",
            "title": dataset.title,
            "description": dataset.description,
            "license": RIGHTS,
            "publisher": PUBLISHER,
            "issued": as_of,
            "wasGeneratedBy": activity,
        },
    ]


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
