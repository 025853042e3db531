"""Which SHACL engine validates: one door for all, and nothing of an engine that is not used is
loaded.
"""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Final, NamedTuple

from ...model.errors import BadConfig
from ...model.text import N_
from .raw import Compiler, Engine


class Adapter(NamedTuple):
    """An engine: the module of ours that speaks to it, the module that it installs, and what to ask
    pip for.
    """

    adapter: str
    module: str
    package: str


#: The engines that can be asked for; "auto" takes the first that is installed (docs/engines.md).
ENGINES: Final = {
    "pyshacl-turbo": Adapter("turbo_engine", "pyshacl_turbo", "pyshacl-turbo==0.6.5"),
    "pyshacl": Adapter("pyshacl_engine", "pyshacl", "pyshacl"),
    "pyshifty": Adapter("shifty_engine", "shifty", "pyshifty"),
}


def engine_name(asked: str, installed: Callable[[str], object] = find_spec) -> str:
    """The name of the engine that is asked for; raises BadConfig for one that is not known or not
    installed.

    >>> engine_name("auto") in ENGINES
    True
    """
    if asked == "auto":
        return next((name for name, known in ENGINES.items() if installed(known.module)), "pyshacl")
    if asked not in ENGINES:
        raise BadConfig(
            N_("there is no SHACL engine {asked!r}"),
            hint=N_("choose auto, {names}"),
            asked=asked,
            names=", ".join(sorted(ENGINES)),
        )
    if not installed(ENGINES[asked].module):
        raise BadConfig(
            N_("{asked} is not installed"),
            hint=N_("run: pip install {package}"),
            asked=asked,
            package=ENGINES[asked].package,
        )
    return asked


def usable(asked: str) -> str:
    """An engine that is asked for, as it is asked for, once it is known that it can be had; raises
    BadConfig.

    >>> usable("auto")
    'auto'
    """
    engine_name(asked)
    return asked


@lru_cache(maxsize=4)
def compiled(name: str, shapes: tuple[str, ...]) -> Engine:
    """The engine of a name with these shapes (Turtle texts), compiled once a process; raises
    BadConfig.

    >>> "conforms" in compiled("pyshacl", ())("")
    True
    """
    known = ENGINES[engine_name(name)]
    compiler: Compiler = import_module(f".{known.adapter}", __package__).compile_shapes
    return compiler(shapes)
