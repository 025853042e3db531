"""Project pages of the IOM Development Fund as a validated, published, queryable knowledge graph.

The story in five words, each a function: read, resolve, to_quads, validate, publish.

    >>> import idfgraph
    >>> records = idfgraph.read("data")
    >>> lines = [line for record in records for line in idfgraph.to_quads(idfgraph.resolve(record))]
    >>> idfgraph.validate(lines).count("Warning") > 0
    True
    >>> graph = idfgraph.to_graph(lines)
    >>> type(graph)
    <class 'rdflib.graph.Graph'>
"""

from importlib import import_module
from typing import TYPE_CHECKING

#: Module -> the public names that are loaded from it when one of them is first asked for, so that
#: `--help` answers at once.
_HOMES = {
    "checks.check": ("Validated", "check"),
    "graph.resolve": ("Linked",),
    "library": ("read", "resolve", "to_graph", "to_quads", "validate"),
    "model.errors": ("IdfgraphError", "LostData", "Place", "ShapesViolated"),
    "model.findings": ("Finding", "Report", "Result"),
    "model.records": ("Programme", "Project", "Record", "Unidentified"),
    "pipeline": ("publish",),
}
_HOME = dict(sorted((name, home) for home, names in _HOMES.items() for name in names))

__all__ = list(_HOME)

if TYPE_CHECKING:
    from .checks.check import Validated as Validated
    from .checks.check import check as check
    from .graph.resolve import Linked as Linked
    from .library import read as read
    from .library import resolve as resolve
    from .library import to_graph as to_graph
    from .library import to_quads as to_quads
    from .library import validate as validate
    from .model.errors import IdfgraphError as IdfgraphError
    from .model.errors import LostData as LostData
    from .model.errors import Place as Place
    from .model.errors import ShapesViolated as ShapesViolated
    from .model.findings import Finding as Finding
    from .model.findings import Report as Report
    from .model.findings import Result as Result
    from .model.records import Programme as Programme
    from .model.records import Project as Project
    from .model.records import Record as Record
    from .model.records import Unidentified as Unidentified
    from .pipeline import publish as publish
else:

    def __getattr__(name: str) -> object:
        """A public name, loaded when it is first asked for (https://peps.python.org/pep-0562/)."""
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f".{_HOME[name]}", __name__), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        """The public names, whether loaded or not."""
        return [*globals(), *__all__]
