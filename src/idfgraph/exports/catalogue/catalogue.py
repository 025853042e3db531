"""The catalogue: the data set, this release, its downloads
(https://semiceu.github.io/DCAT-AP/releases/3.0.1/); its rights; and queries as data, for tools that
list them (https://www.w3.org/TR/shacl/#SPARQLExecutable).
"""

import re
from collections.abc import Iterator

from ...model.formats import media_type
from ...model.layout import (
    CSV_METADATA,
    DATA_PACKAGE,
    LINKS,
    PACKED_QUADS,
    QUADS,
    SHAPES,
    TABLES,
    TRIG,
)
from ...model.nodes import Node
from ...model.text import N_, Texts, texts
from ...model.vocab import APACHE, CSVW_STANDARD, PACKAGE_STANDARD, SSSOM_STANDARD
from ...query.question import Question
from ..metadata import DATASET, PUBLISHER, RIGHTS, naming
from .about import subject_nodes, subject_of
from .release_facts import REPORT, Facts, File, media_iri
from .void import VOID_TITLE

_SHA256 = "spdx:checksumAlgorithm_sha256"

#: The dumps that hold all graphs.
_WHOLE = (QUADS, *PACKED_QUADS, TRIG)

#: What is packed -> as what, and what it is when it is unpacked.
_PACKED = dict.fromkeys(PACKED_QUADS, QUADS)

#: Links, and descriptions of tables -> the standard that they follow, and what it is called.
_STANDARDS = {
    CSV_METADATA: (CSVW_STANDARD, N_("Metadata Vocabulary for Tabular Data")),
    DATA_PACKAGE: (PACKAGE_STANDARD, N_("Data Package")),
    LINKS: (SSSOM_STANDARD, N_("Simple Standard for Sharing Ontology Mappings (SSSOM)")),
}

_FORM = re.compile(r"^\s*(SELECT|CONSTRUCT)\b", re.MULTILINE | re.IGNORECASE)
_EXECUTABLES = {"select": "SPARQLSelectExecutable", "construct": "SPARQLConstructExecutable"}


def catalogue_nodes(facts: Facts, notes: Texts) -> Iterator[Node]:
    """The nodes of the catalogue; `notes` say by language what this release holds."""
    yield {
        "id": "base:catalog#catalog",
        "type": "Catalog",
        "title": facts.titled(N_("Catalogue: {title}")),
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
        "asOf": facts.as_of,
        "hasCurrentVersion": facts.release,
    }
    yield {"id": DATASET, "type": "DatasetSeries"}
    yield {"id": DATASET, "type": "VoidDataset"}


def release_nodes(facts: Facts, notes: Texts) -> Iterator[Node]:
    """This release and its downloads."""
    yield {
        "id": facts.release,
        "type": "Dataset",
        "title": facts.release_title(),
        "description": facts.dataset.description,
        **_common(facts),
        **_context(facts),
        "version": facts.version,
        "versionNotes": dict(notes),
        "isVersionOf": DATASET,
        "inSeries": DATASET,
        "wasGeneratedBy": facts.run,
        "distribution": [
            _distribution(facts, path, file) for path, file in facts.downloads.items()
        ],
    }
    for iri in sorted({media_iri(path) for path in facts.downloads}):
        yield {"id": iri, "type": "MediaType"}
    for path in sorted(_STANDARDS.keys() & facts.paths):
        standard, name = _STANDARDS[path]
        yield {"id": standard, "type": "Standard", "label": texts(name)}
    yield {"id": _SHA256, "type": "ChecksumAlgorithm"}
    yield {"id": facts.run, "type": "Activity"}


def rights_nodes(facts: Facts) -> Iterator[Node]:
    """The nodes of the rights page: the terms as the data set words them, then part by part."""
    parts = [f"{RIGHTS}#statements", f"{RIGHTS}#texts"]
    yield {
        "id": RIGHTS,
        "type": "LicenseDocument",
        "title": texts("Rights"),
        "description": facts.dataset.rights,
        "hasPart": parts,
    }
    yield {"id": RIGHTS, "type": "RightsStatement"}
    yield {
        "id": parts[0],
        "type": "VoidDataset",
        "title": texts("What this data set states"),
        "description": texts(
            "Identifiers, codes, links, notes and decisions of this data set are under the Apache "
            "License 2.0."
        ),
        "license": APACHE,
        "isPartOf": [DATASET],
    }
    yield {
        "id": parts[1],
        "type": "VoidDataset",
        "title": texts("Texts of the pages"),
        "description": texts(
            "Page texts, narratives and quoted words are the International Organization for "
            "Migration's. We know of no licence for them: ask the Organization before you use them."
        ),
        "rightsHolder": "ag:iom",
        "isPartOf": [DATASET],
    }


def example_nodes(facts: Facts, example: Question) -> Iterator[Node]:
    """The nodes of a query; a form that is neither SELECT nor CONSTRUCT has none."""
    found = _FORM.search(example.text)
    if found:
        form, id_ = found[1].lower(), f"base:queries/{example.name}"
        yield {
            "id": id_,
            "type": "SPARQLExecutable",
            "label": dict(example.titles),
            "comment": dict(example.descriptions),
            form: example.text,
            **({"target": facts.dataset.endpoint} if facts.dataset.endpoint else {}),
        }
        yield {"id": id_, "type": _EXECUTABLES[form]}


def _common(facts: Facts) -> Node:
    return {"publisher": PUBLISHER, "license": RIGHTS, "issued": facts.as_of}


def _context(facts: Facts) -> Node:
    """What the data are about, and what explains them: shapes, vocabulary, figures, report,
    queries, the page for people. That they conform to shapes is said only where nothing was found.
    """
    return {
        **subject_of(facts),
        **({"landingPage": "base:index.html"} if facts.landing == "index.html" else {}),
        "conformsTo": ["base:def", "base:profile", *(_shapes(facts) if facts.conforms else ())],
        "relation": [
            *("base:void", REPORT, "base:queries"),
            *(() if facts.conforms else _shapes(facts)),
        ],
    }


def _shapes(facts: Facts) -> list[str]:
    paths = (
        path for path in sorted(facts.paths) if path.startswith(SHAPES) and path.endswith(".ttl")
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
        "mediaType": media_iri(_PACKED.get(path, path)),
        **({"compressFormat": media_iri(path)} if path in _PACKED else {}),
        **({"conformsTo": [_STANDARDS[path][0]]} if path in _STANDARDS else {}),
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


def title_of(path: str) -> dict[str, str]:
    """What a download is.

    >>> title_of("tables/notes.csv")["fr"]
    'Tableau : notes.csv'
    """
    if path == LINKS:
        return texts("Links to other data sets, with who says so ({type})", type=media_type(path))
    if path in _STANDARDS:
        return texts("How the CSV files are to be read: {name}", name=path.removeprefix(TABLES))
    if path.startswith(TABLES):
        return texts("Table: {name}", name=path.removeprefix(TABLES))
    if path in _WHOLE:
        kind = ", ".join(dict.fromkeys([media_type(_PACKED.get(path, path)), media_type(path)]))
        return texts("All statements, and who says so ({type})", type=kind)
    return texts("Accepted statements ({type})", type=media_type(path))


def _endpoint(facts: Facts) -> Iterator[Node]:
    """The service that answers queries, or a note that there is none."""
    address = facts.dataset.endpoint
    if address is None:
        note: Node = {
            "id": "base:catalog#note-missing-value-sparqlEndpoint",
            "type": "QualityNote",
            "issueType": "missing-value",
            "severity": "Info",
            "aboutProperty": "sparqlEndpoint",
            "motivatedBy": "qualityAssessment",
            "hasTarget": [DATASET],
            "comment": texts(
                "There is no SPARQL endpoint. Load a dump into an RDF store to ask it questions."
            ),
        }
        yield {"id": DATASET, "qualityNote": [note]}
        return
    yield {"id": DATASET, "sparqlEndpoint": address}
    yield {
        "id": "base:catalog#endpoint",
        "type": "DataService",
        "title": texts("SPARQL endpoint"),
        "endpointURL": address,
        "servesDataset": [DATASET],
        **_common(facts),
    }


def _around(facts: Facts) -> Iterator[Node]:
    """What catalogue, data set and release lead to, each with its type and its name."""
    yield from subject_nodes(facts)
    yield {"id": PUBLISHER, "type": "Agent", **naming("name", facts.dataset.publisher)}
    yield {"id": RIGHTS, "type": "LicenseDocument", "label": texts("Rights")}
    yield {"id": "base:def", "type": "Standard", "label": texts("Ontology")}
    yield {"id": "base:profile", "type": "Standard", "label": texts("Application profile")}
    for shapes in _shapes(facts):
        name = shapes.rpartition("/")[2]
        yield {"id": shapes, "type": "Standard", "label": texts("Shapes: {name}", name=name)}
    yield {"id": "base:void", "type": "DatasetDescription", "label": texts(VOID_TITLE)}
    yield {"id": REPORT, "type": "ValidationReport", "label": texts("Report on this release")}
    yield {"id": "base:queries", "type": "Document", "label": texts("Example queries")}
    yield {
        "id": "base:graph/run",
        "type": "Document",
        "label": texts("The run that made this release"),
    }
    if facts.landing == "index.html":
        yield {"id": "base:index.html", "type": "Document"}
