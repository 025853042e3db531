"""pyshifty: bytes go into its prepared validator, without rdflib, and the report comes back as
text.
"""

from importlib import import_module
from typing import Any

from ...model.errors import BadConfig
from ...model.text import N_
from .raw import Engine

_shifty: Any = import_module("shifty._shifty")

#: How data are read and held: alone, not in union with the shapes; without rules; stopping at what
#: it does not know.
_OPTIONS = {
    "data_format": "ntriples",
    "graph_mode": "data",
    "run_infer": False,
    "on_unsupported": "error",
}

#: What makes an empty document a shapes graph: pyshifty takes none without a statement.
_NO_SHAPES = "<x:none> <x:none> <x:none> ."


def compile_shapes(shapes: tuple[str, ...]) -> Engine:
    """pyshifty with these shapes, given as Turtle texts; raises BadConfig for shapes that it cannot
    run.

    >>> compile_shapes(())("").count("conforms")
    1
    """
    try:
        prepared = _shifty.PreparedValidator(
            "\n".join(shapes or (_NO_SHAPES,)).encode(), None, "turtle"
        )
    except ValueError as error:
        raise _unusable(error) from error

    def run(data: str) -> str:
        """The report on some data, both as N-Triples."""
        try:
            found = prepared.validate_w3c(data.encode(), **_OPTIONS)
        except ValueError as error:
            raise _unusable(error) from error
        return str(found._report_ntriples)

    return run


def _unusable(error: Exception) -> BadConfig:
    return BadConfig(
        N_("pyshifty cannot run the shapes: {error}"), hint=N_("mend the shapes"), error=error
    )
