"""Project pages of the IOM Development Fund as a validated, published, queryable knowledge graph.

The story in five words, each a function: read, resolve, to_quads, validate, publish.

    >>> from pathlib import Path
    >>> import idfgraph
    >>> records = idfgraph.read([Path("data")])
    >>> lines = [line for record in records for line in idfgraph.to_quads(idfgraph.resolve(record))]
    >>> idfgraph.validate(lines).count("Warning") > 0
    True
    >>> graph = idfgraph.to_graph(lines)
    >>> type(graph)
    <class 'rdflib.graph.Graph'>
"""

from .errors import IdfgraphError, Place, ShapesViolated
from .library import read, resolve, to_graph, to_quads, validate
from .pipeline import Finding, Validated, check, publish
from .records import Programme, Project, Record, Unidentified
from .resolve import Linked
from .validate import Report, Result

__all__ = [
    "Finding",
    "IdfgraphError",
    "Linked",
    "Place",
    "Programme",
    "Project",
    "Record",
    "Report",
    "Result",
    "ShapesViolated",
    "Unidentified",
    "Validated",
    "check",
    "publish",
    "read",
    "resolve",
    "to_graph",
    "to_quads",
    "validate",
]
