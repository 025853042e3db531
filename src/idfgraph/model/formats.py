"""The forms that files and answers come in: suffix, media type, and what of RDF or SPARQL they can
hold.
"""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, get_args


class Format(NamedTuple):
    """A form of a file: its media type, as registered with IANA; `rdf` is what of RDF it can write,
    `results` the media type of a SPARQL result in it, both empty where it has none.
    """

    media_type: str
    rdf: Literal["", "graph", "dataset"] = ""
    results: str = ""


#: Suffix of a file -> its form. Oxigraph knows the forms of RDF by the same suffixes.
FORMATS: Final[Mapping[str, Format]] = {
    "atom": Format("application/atom+xml"),
    "cff": Format("application/yaml"),
    "csv": Format("text/csv", results="text/csv"),
    "gz": Format("application/gzip"),
    "html": Format("text/html"),
    "json": Format("application/json", results="application/sparql-results+json"),
    "jsonld": Format("application/ld+json", rdf="dataset"),
    "nq": Format("application/n-quads", rdf="dataset"),
    "nt": Format("application/n-triples", rdf="graph"),
    "parquet": Format("application/vnd.apache.parquet"),
    "rq": Format("application/sparql-query"),
    "sqlite": Format("application/vnd.sqlite3"),
    "trig": Format("application/trig", rdf="dataset"),
    "tsv": Format("text/tab-separated-values"),
    "ttl": Format("text/turtle", rdf="graph"),
    "txt": Format("text/plain"),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "xml": Format("application/xml", results="application/sparql-results+xml"),
    "zst": Format("application/zstd"),
}

#: The forms of a document for machines, by suffix, and what people call them: each holds the same
#: triples, the first is where nothing else is asked for.
DOCUMENTS: Final[Mapping[str, str]] = {"ttl": "Turtle", "nt": "N-Triples", "jsonld": "JSON-LD"}

#: The form of a link set (https://www.rfc-editor.org/rfc/rfc9264#section-7.2), whose suffix is
#: that of any JSON.
LINKSET_TYPE: Final = "application/linkset+json"

#: The form of a description of tables (https://www.w3.org/TR/tabular-data-model/#default-locations),
#: by its name, which is where programs look.
CSVM_TYPE: Final = "application/csvm+json"
_NAMED: Final[Mapping[str, str]] = {"csv-metadata.json": CSVM_TYPE}

#: The forms of an answer: a table for people, rows, or a graph.
AnswerFormat = Literal["table", "csv", "json", "xml", "ttl", "jsonld"]
ROWS: Final = tuple(name for name in get_args(AnswerFormat)[1:] if FORMATS[name].results)
GRAPHS: Final = tuple(name for name in get_args(AnswerFormat)[1:] if FORMATS[name].rdf)

#: The forms of a report on data, of a comparison of records, and of a difference of releases.
ReportFormat = Literal["human", "json", "ttl", "sarif", "junit", "github"]
ComparisonFormat = Literal["markdown", "json"]
DifferenceFormat = Literal["markdown", "html", "json", "patch"]

#: What has a JSON Schema.
SchemaName = Literal["record", "dataset", "findings", "comparison", "difference"]


def media_type(path: str) -> str:
    """The media type of a file by its suffix, or by its name.

    >>> media_type("data/idf.nq"), media_type("SHA256SUMS")
    ('application/n-quads', 'application/octet-stream')
    """
    known = FORMATS.get(path.rpartition(".")[2])
    other = known.media_type if known else "application/octet-stream"
    return _NAMED.get(path.rpartition("/")[2], other)
