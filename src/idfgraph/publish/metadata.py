"""What a release says of itself: the data set and the run that made it, in the graph of the run (https://www.w3.org/TR/prov-o/)."""

from collections.abc import Iterable
from typing import Any

from .. import iris
from ..records import Dataset

Node = dict[str, Any]

#: The graph of the run, whose parts are the run, its software, and the data set.
RUN = iris.graph("run")


def run_nodes(dataset: Dataset, version: str, as_of: str, sources: Iterable[str]) -> list[Node]:
    """The nodes of the run graph; `as_of` is a day (YYYY-MM-DD), `sources` compact IRIs of the pages used."""
    software, publisher = iris.part(RUN, "software"), iris.part(RUN, "publisher")
    return [
        {
            "id": iris.part(RUN, "activity"),
            "type": "Activity",
            "endedAtTime": f"{as_of}T00:00:00Z",
            "wasAssociatedWith": software,
            "used": sorted(sources),
        },
        {
            "id": software,
            "type": "SoftwareAgent",
            "prefLabel": dict.fromkeys(("en", "fr", "es"), "idfgraph"),
            "softwareVersion": version,
        },
        {"id": publisher, "type": "Organization", "prefLabel": dict.fromkeys(("en", "fr", "es"), dataset.publisher)},
        {
            "id": iris.part(RUN, "dataset"),
            "type": "Dataset",
            "title": dataset.title,
            "description": dataset.description,
            "rights": dataset.rights,
            "publisher": publisher,
            "issued": as_of,
            "wasGeneratedBy": iris.part(RUN, "activity"),
        },
    ]
