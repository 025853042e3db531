"""The catalogue: the data set, this release, its downloads
(https://semiceu.github.io/DCAT-AP/releases/3.0.1/).
"""

from collections.abc import Iterator

from ...model.formats import media_type
from ...model.layout import SHAPES, TABLES
from ...model.text import Language
from . import words
from .facts import DATASET, PUBLISHER, REPORT, RIGHTS, Facts, File, Node, media_iri

_SHA256 = "spdx:checksumAlgorithm_sha256"

#: Suffixes of the dumps that hold all graphs.
_WHOLE = (".nq", ".trig")


def catalogue_nodes(facts: Facts, notes: words.Texts) -> Iterator[Node]:
    """The nodes of the catalogue; `notes` say by language what this release holds."""
    yield {
        "id": "base:catalog#catalog",
        "type": "Catalog",
        "title": words.around(words.CATALOGUE, facts.dataset.title),
        "description": facts.dataset.description,
        **_common(facts),
        "dataset": [DATASET, facts.release],
        **({"service": ["base:catalog#endpoint"]} if facts.dataset.endpoint else {}),
    }
    yield from dataset_nodes(facts)
    yield from release_nodes(facts, notes)
    yield from _endpoint(facts)
    yield from _around(facts)


def dataset_nodes(facts: Facts) -> Iterator[Node]:
    """The data set through all its releases: what every document belongs to."""
    yield {
        "id": DATASET,
        "type": "Dataset",
        "title": facts.dataset.title,
        "description": facts.dataset.description,
        **_common(facts),
        **_context(facts),
        "hasCurrentVersion": facts.release,
    }
    yield {"id": DATASET, "type": "DatasetSeries"}
    yield {"id": DATASET, "type": "VoidDataset"}


def release_nodes(facts: Facts, notes: words.Texts) -> Iterator[Node]:
    """This release and its downloads."""
    yield {
        "id": facts.release,
        "type": "Dataset",
        "title": words.around(words.RELEASE, facts.dataset.title, facts.version),
        "description": facts.dataset.description,
        **_common(facts),
        **_context(facts),
        "version": facts.version,
        "versionNotes": dict(notes),
        "isVersionOf": DATASET,
        "inSeries": DATASET,
        "wasGeneratedBy": "graph:run#activity",
        "distribution": [_distribution(facts, path, file) for path, file in facts.downloads()],
    }
    for path in sorted({media_iri(path): path for path, _ in facts.downloads()}.values()):
        yield {"id": media_iri(path), "type": "MediaType"}
    yield {"id": _SHA256, "type": "ChecksumAlgorithm"}
    yield {"id": "graph:run#activity", "type": "Activity"}


def _common(facts: Facts) -> Node:
    return {"publisher": PUBLISHER, "license": RIGHTS, "issued": facts.as_of}


def _context(facts: Facts) -> Node:
    """What explains the data: shapes, vocabulary, figures, report, queries, the page for people."""
    return {
        **({"landingPage": "base:index.html"} if facts.landing == "index.html" else {}),
        "conformsTo": ["base:def", *_shapes(facts)],
        "relation": ["base:void", REPORT, "base:queries"],
    }


def _shapes(facts: Facts) -> list[str]:
    paths = (
        path for path in sorted(facts.files) if path.startswith(SHAPES) and path.endswith(".ttl")
    )
    return [f"base:{path.removesuffix('.ttl')}" for path in paths]


def _distribution(facts: Facts, path: str, file: File) -> Node:
    id_ = f"{facts.release}#{path.replace('/', '-')}"
    return {
        "id": id_,
        "type": "Distribution",
        "title": title_of(path),
        "accessURL": f"{facts.archive}/{path}",
        "downloadURL": f"{facts.archive}/{path}",
        "mediaType": media_iri(path),
        "byteSize": str(file.size),
        "checksum": {
            "id": f"{id_}-sha256",
            "type": "Checksum",
            "algorithm": _SHA256,
            "checksumValue": file.sha256,
        },
        "license": RIGHTS,
        "issued": facts.as_of,
    }


def title_of(path: str) -> dict[Language, str]:
    """What a download is.

    >>> title_of("tables/notes.csv")["fr"]
    'Tableau : notes.csv'
    """
    if path.startswith(TABLES):
        return words.filled(words.TABLE, path.removeprefix(TABLES))
    return words.filled(words.WHOLE if path.endswith(_WHOLE) else words.ACCEPTED, media_type(path))


def _endpoint(facts: Facts) -> Iterator[Node]:
    """The service that answers queries, or a note that there is none."""
    address = facts.dataset.endpoint
    if address is None:
        note = {
            "id": "base:catalog#note-missing-value-sparqlEndpoint",
            "type": "QualityNote",
            "issueType": "missing-value",
            "severity": "Info",
            "aboutProperty": "sparqlEndpoint",
            "body": dict(words.NO_ENDPOINT),
        }
        yield {"id": DATASET, "qualityNote": [note]}
        return
    yield {"id": DATASET, "sparqlEndpoint": address}
    yield {
        "id": "base:catalog#endpoint",
        "type": "DataService",
        "title": dict(words.ENDPOINT),
        "endpointURL": address,
        "servesDataset": [DATASET],
        **_common(facts),
    }


def _around(facts: Facts) -> Iterator[Node]:
    """What catalogue, data set and release lead to, each with its type and its name."""
    yield {"id": PUBLISHER, "type": "Agent", "name": facts.dataset.publisher}
    yield {"id": RIGHTS, "type": "LicenseDocument", "label": dict(words.RIGHTS)}
    yield {"id": "base:def", "type": "Standard", "label": dict(words.ONTOLOGY)}
    for shapes in _shapes(facts):
        name = shapes.rpartition("/")[2]
        yield {"id": shapes, "type": "Standard", "label": words.filled(words.SHAPES, name)}
    yield {"id": "base:void", "type": "DatasetDescription", "label": dict(words.VOID)}
    yield {"id": REPORT, "type": "ValidationReport", "label": dict(words.REPORT)}
    yield {"id": "base:queries", "type": "Document", "label": dict(words.QUERIES)}
    yield {"id": "base:graph/run", "type": "Document", "label": dict(words.RUN)}
    if facts.landing == "index.html":
        yield {"id": "base:index.html", "type": "Document"}
