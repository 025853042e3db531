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

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .checks.check import Validated, check
    from .graph.resolve import Linked
    from .library import read, resolve, to_graph, to_quads, validate
    from .model.errors import IdfgraphError, LostData, Place, ShapesViolated
    from .model.findings import Finding, Report, Result
    from .model.records import Programme, Project, Record, Unidentified
    from .pipeline import publish

__all__ = [
    "Finding",
    "IdfgraphError",
    "Linked",
    "LostData",
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

#: Public name -> the module that it is loaded from when it is first asked for, so that `--help`
#: answers at once.
_HOMES = {
    "Finding": "model.findings",
    "IdfgraphError": "model.errors",
    "Linked": "graph.resolve",
    "LostData": "model.errors",
    "Place": "model.errors",
    "Programme": "model.records",
    "Project": "model.records",
    "Record": "model.records",
    "Report": "model.findings",
    "Result": "model.findings",
    "ShapesViolated": "model.errors",
    "Unidentified": "model.records",
    "Validated": "checks.check",
    "check": "checks.check",
    "publish": "pipeline",
    "read": "library",
    "resolve": "library",
    "to_graph": "library",
    "to_quads": "library",
    "validate": "library",
}


class _Door(ModuleType):
    """Opens on demand, and keeps a room from taking the name of the function that leads to it."""

    def __getattr__(self, name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
        setattr(self, name, value)
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in _HOMES or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Door
