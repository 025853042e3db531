"""The contract of imports: the ladder in `tools/architecture.yaml`, held against a package's code.

A wing imports only wings below it. Inside a wing a file or room imports only what stands on a
lower floor. A room with a door (an `__init__` that imports) is entered by it; no module imports
the package that it lives in. Imports inside functions, those for types alone and names in strings
count as any other.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "tools" / "architecture.yaml"
PACKAGE = ROOT / "src" / "idfgraph"

#: The wing of what stands at the top of the package.
ROOF = "roof"
#: The modules that may hold addresses of others.
WITH_IRIS = frozenset({"model/iris", "model/vocab"})
LONGEST_FUNCTION, LONGEST_MODULE = 50, 300

#: Files and rooms of a wing, floor by floor, from the ground up.
Floors = Sequence[Sequence[str]]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def ladder(file: Path = TABLE) -> dict[str, Floors]:
    """The wings of the table with their floors, from the ground up."""
    table: dict[str, Floors] = yaml.safe_load(file.read_text("utf-8"))
    return table


@dataclass(frozen=True)
class Module:
    """A file of the package; `name` is its path without suffix, `room/__init__` for a door."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed text."""
        return ast.parse(self.text)

    @property
    def packages(self) -> list[str]:
        """The packages it lives in, outermost first; the whole package is the first, and empty."""
        parts = self.name.split("/")[:-1]
        return ["/".join(parts[:end]) for end in range(len(parts) + 1)]

    def summary(self) -> str:
        """The first sentence of its docstring, on one line."""
        words = " ".join((ast.get_docstring(self.tree) or "").split("\n\n")[0].split())
        return re.split(r"(?<=\.)\s(?=[A-Z])", words)[0].removesuffix(".")

    def is_open(self) -> bool:
        """Whether it is a door: it imports, where others hold a docstring only."""
        kinds = (ast.Import, ast.ImportFrom)
        return any(isinstance(node, kinds) for node in self.tree.body)


class Package:
    """The modules of a package and what each imports."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self.modules = {
            name: Module(name, path.read_text("utf-8"))
            for path in sorted(folder.rglob("*.py"))
            for name in [path.relative_to(folder).with_suffix("").as_posix()]
        }

    def imported(self, module: Module) -> Iterator[tuple[str, int]]:
        """The modules of the package that a module imports, with the lines where it does.

        A package stands for its `__init__`.
        """
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom):
                base = self._base(module, node)
                for alias in node.names if base is not None else ():
                    inner = self._module([*(base or []), *alias.name.split(".")])
                    yield inner or self._module(base or []) or "/".join(base or []), node.lineno
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    yield from self._named(alias.name, node.lineno)
            elif isinstance(node, ast.Constant) and "." in str(node.value):
                yield from self._named(str(node.value), node.lineno)

    def _base(self, module: Module, node: ast.ImportFrom) -> list[str] | None:
        """The path that names are imported from; None outside of the package."""
        words = node.module.split(".") if node.module else []
        if node.level:
            parts = module.name.split("/")
            return [*parts[: len(parts) - node.level], *words]
        return words[1:] if words[0] == self.name else None

    def _named(self, name: str, line: int) -> Iterator[tuple[str, int]]:
        first, *rest = name.split(".")
        if first == self.name and (module := self._module(rest)):
            yield module, line

    def _module(self, parts: Sequence[str]) -> str | None:
        name = "/".join(parts)
        door = "/".join([*parts, "__init__"])
        return next((one for one in (name, door) if one in self.modules), None)

    def edges(self) -> Iterator[tuple[Module, Module, int]]:
        """Every import of one module by another, once, with its first line."""
        for module in self.modules.values():
            first: dict[str, int] = {}
            for target, line in self.imported(module):
                first[target] = min(line, first.get(target, line))
            for target, line in first.items():
                if target in self.modules:
                    yield module, self.modules[target], line


def item(module: Module, wings: Mapping[str, Floors]) -> tuple[str, str]:
    """The wing of a module, and the file or room of it that the module is or stands in."""
    first, *rest = module.name.split("/")
    return (first, rest[0]) if rest and first in wings else (ROOF, first)


def faults(package: Package, wings: Mapping[str, Floors]) -> list[str]:
    """What the package does that the ladder does not allow; a line each."""
    return [
        *unlisted(package, wings),
        *upward(package, wings),
        *past_doors(package),
        *homeward(package, wings),
        *cycles(package),
        *foreign(package),
        *oversized(package),
        *talking(package, wings),
    ]


def unlisted(package: Package, wings: Mapping[str, Floors]) -> Iterator[str]:
    """Files and rooms that the table does not hold, or that are no longer there."""
    there = {item(module, wings) for module in package.modules.values()}
    there -= {(wing, "__init__") for wing in wings if wing != ROOF}
    listed = [(wing, name) for wing in wings for floor in wings[wing] for name in floor]
    for wing, name in sorted(there.difference(listed)):
        yield f"{wing}: {name} is not in the table"
    for wing, name in sorted(set(listed) - there):
        yield f"{wing}: {name} is in the table, but not there"
    for wing, name in sorted({one for one in listed if listed.count(one) > 1}):
        yield f"{wing}: {name} is in the table twice"


def upward(package: Package, wings: Mapping[str, Floors]) -> Iterator[str]:
    """Imports of a wing or floor that is not below."""
    height = {
        (wing, name): (number, floor)
        for number, (wing, floors) in enumerate(wings.items())
        for floor, names in enumerate(floors)
        for name in names
    }
    for module, target, line in package.edges():
        here, there = item(module, wings), item(target, wings)
        if here == there or target.name in {"__init__", *(f"{wing}/__init__" for wing in wings)}:
            continue  # inside a room, or for `homeward` and `past_doors`
        if here in height and there in height and height[there] >= height[here]:
            yield f"{module.name}:{line} imports {target.name}, which is not below it"


def past_doors(package: Package) -> Iterator[str]:
    """Imports of what a room keeps behind its door."""
    for module, target, line in package.edges():
        for room in target.packages[1:]:
            door = package.modules.get(f"{room}/__init__")
            outside = not module.name.startswith(f"{room}/")
            if door and door.is_open() and outside and target is not door:
                yield f"{module.name}:{line} imports {target.name}, not by the door of {room}"
                break


def homeward(package: Package, wings: Mapping[str, Floors]) -> Iterator[str]:
    """Imports of the package that a module lives in, of a wing as a whole, of nothing."""
    for module in package.modules.values():
        for name, line in package.imported(module):
            home = name.removesuffix("__init__").removesuffix("/")
            if name.endswith("__init__") and home in module.packages:
                yield f"{module.name}:{line} imports the package it lives in"
            elif name.endswith("__init__") and home in wings:
                yield f"{module.name}:{line} imports {name}, a wing as a whole"
            elif name not in package.modules:
                yield f"{module.name}:{line} imports {name or 'the package'}, which is no module"


def cycles(package: Package) -> Iterator[str]:
    """A circle of imports, if there is one."""
    graph: dict[str, set[str]] = {name: set() for name in package.modules}
    for module, target, _ in package.edges():
        graph[module.name].add(target.name)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        yield f"imports go in a circle: {' -> '.join(error.args[1])}"


def foreign(package: Package) -> Iterator[str]:
    """Addresses of others in texts outside of the vocabulary."""
    for module in package.modules.values():
        loose = {
            id(node.value) for node in ast.walk(module.tree) if isinstance(node, ast.Expr)
        }  # docstrings
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Constant) or id(node) in loose:
                continue
            if re.search(r"https?://\w", str(node.value)) and module.name not in WITH_IRIS:
                yield f"{module.name}:{node.lineno} holds a foreign IRI"


def oversized(package: Package) -> Iterator[str]:
    """Functions and modules that are too long."""
    for module in package.modules.values():
        lines = sum(1 for line in module.text.splitlines() if line.strip())
        if lines > LONGEST_MODULE:
            yield f"{module.name} has {lines} lines, more than {LONGEST_MODULE}"
        for node in ast.walk(module.tree):
            if isinstance(node, Function):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    yield f"{module.name}:{node.lineno} {node.name} has {length} lines"


def talking(package: Package, wings: Mapping[str, Floors]) -> Iterator[str]:
    """Wings whose `__init__` holds more than a docstring, and modules that do not say what they
    are.
    """
    for wing in wings:
        init = package.modules.get(f"{wing}/__init__")
        if wing != ROOF and (not init or len(init.tree.body) != 1):
            yield f"{wing}/__init__ holds more or less than a docstring"
    for module in package.modules.values():
        if not module.summary():
            yield f"{module.name} does not say what it is"


def lowest(package: Package, wings: Mapping[str, Floors]) -> dict[str, Floors]:
    """The floors of today: each file and room of a wing as low as its imports allow."""
    below: dict[str, dict[str, set[str]]] = {wing: {} for wing in wings}
    for module in package.modules.values():
        wing, name = item(module, wings)
        if wing == ROOF or name != "__init__":
            below[wing].setdefault(name, set())
    for module, target, _ in package.edges():
        here, there = item(module, wings), item(target, wings)
        if here[0] == there[0] and here != there and {here[1], there[1]} <= below[here[0]].keys():
            below[here[0]][here[1]].add(there[1])
    return {wing: list(_floors(items)) for wing, items in below.items()}


def _floors(items: Mapping[str, set[str]]) -> Iterator[list[str]]:
    sorter = TopologicalSorter(items)
    sorter.prepare()
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        yield ready
        sorter.done(*ready)
