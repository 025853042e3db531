"""Build the picture and the lists of docs/architecture.md from tools/architecture.yaml and the
first sentence of each module.

    python tools/build_architecture_page.py            writes them into the page
    python tools/build_architecture_page.py --check    tells what the code does against the table
    python tools/build_architecture_page.py --floors   writes the floors of today into the table

The table is the contract. After files were added, renamed or taken away, `--check` names them, and
`--floors` puts each as low as its imports allow; look at what that changes before you keep it.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from support.architecture import (
    PACKAGE,
    ROOF,
    TABLE,
    Floors,
    Module,
    Package,
    faults,
    ladder,
    lowest,
)

PAGE = Path(__file__).parents[1] / "docs" / "architecture.md"
BEGIN, END = "<!-- from tools/architecture.yaml -->\n", "<!-- end -->\n"
WIDTH = 100


def page() -> str:
    """The page with its generated part made anew."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return "".join([before, BEGIN, *_generated(Package(PACKAGE), ladder()), END, after])


def table(wings: dict[str, Floors]) -> str:
    """The text of the table with these floors, under the head that it has."""
    lines = TABLE.read_text("utf-8").splitlines(keepends=True)
    head = "".join(line for line in lines if line.startswith("#"))
    return head + "".join(
        f"{wing}:\n" + "".join(_row(floor) for floor in floors) for wing, floors in wings.items()
    )


def _row(floor: Sequence[str]) -> str:
    """A floor in the table: on one line, or an item on each."""
    line = f"  - [{', '.join(floor)}]\n"
    items = "".join(f"      {name},\n" for name in floor)
    return line if len(line) <= WIDTH else f"  - [\n{items}    ]\n"


def _generated(package: Package, wings: dict[str, Floors]) -> Iterator[str]:
    yield "\n```text\n"
    for wing, floors in reversed(wings.items()):
        label = wing if wing == ROOF else f"{wing}/"
        for number, floor in enumerate(reversed(floors)):
            names = "  ".join(_shown(package, wing, name) for name in floor)
            yield f" {label if not number else '':<11}{names}\n"
        if wing != next(iter(wings)):
            yield f" {'─' * 90}\n"
    yield "```\n"
    for wing, floors in wings.items():
        yield f"\n### `{wing if wing == ROOF else wing + '/'}`\n\n"
        if wing != ROOF:
            yield f"{package.modules[f'{wing}/__init__'].summary()}.\n\n"
        yield "| floor | file or room | what it is |\n|---|---|---|\n"
        for number, floor in enumerate(floors, 1):
            for name in floor:
                summary = _module(package, wing, name).summary().replace("|", "\\|")
                yield f"| {number} | `{_shown(package, wing, name)}` | {summary} |\n"
    yield "\n"


def _module(package: Package, wing: str, name: str) -> Module:
    path = name if wing == ROOF else f"{wing}/{name}"
    return package.modules.get(path) or package.modules[f"{path}/__init__"]


def _shown(package: Package, wing: str, name: str) -> str:
    return name if not _module(package, wing, name).name.endswith("/__init__") else f"{name}/"


def main(*options: str) -> int:
    """Writes the page or the table, or checks; the exit code is 1 when something is not allowed."""
    package = Package(PACKAGE)
    if "--floors" in options:
        TABLE.write_text(table(lowest(package, ladder())), "utf-8")
    found = faults(package, ladder())
    drawn = "" if any("in the table" in fault for fault in found) else page()
    if "--check" not in options and drawn:
        PAGE.write_text(drawn, "utf-8")
    if PAGE.read_text("utf-8") != drawn:
        found.append("docs/architecture.md is not as the table and the code are")
    if TABLE.read_text("utf-8") != table(ladder()):
        found.append("the table is not in its form")
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
