"""pyshacl-turbo: text goes straight into its compiled program and comes back as text.

Its public `validate` builds an rdflib graph of the data and another of the report, which takes
longer than to validate; so the program underneath is called, and the version is pinned
(docs/decisions/0012-shacl-engine.md).
"""

from importlib import import_module
from typing import Any

from ...model.errors import BadConfig
from ...model.text import N_
from .raw import Engine

_turbo: Any = import_module("pyshacl_turbo")

#: What `_native.validate` takes after the data: format, base, iterate_rules, max_rule_iterations,
#: max_validation_depth, inplace, allow_infos, allow_warnings, abort_on_first, focus_nodes,
#: use_shapes, namespaces.
_OPTIONS: tuple[Any, ...] = ("nt", None, False, 100, 15, False, False, False, False, [], [], [])


def compile_shapes(shapes: tuple[str, ...]) -> Engine:
    """pyshacl-turbo with these shapes, given as Turtle texts; raises BadConfig for shapes that it
    cannot run.

    >>> compile_shapes(())("").count("conforms")
    1
    """
    try:
        program = _turbo.compile_shapes(
            "\n".join(shapes) or "#\n", shacl_graph_format="turtle"
        )._native
    except _turbo.ValidationFailure as error:
        raise _unusable(error) from error

    def run(data: str) -> str:
        """The report on some data, both as N-Triples."""
        try:
            _, report, *_ = program.validate(data, *_OPTIONS)
        except _turbo.ValidationFailure as error:
            raise _unusable(error) from error
        return str(report)

    return run


def _unusable(error: Exception) -> BadConfig:
    return BadConfig(
        N_("pyshacl-turbo cannot run the shapes: {error}"), hint=N_("mend the shapes"), error=error
    )
