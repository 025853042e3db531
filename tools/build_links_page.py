"""Build the table of differences in docs/links.md from tools/reference.yaml.

python tools/build_links_page.py > FILE && mv FILE docs/links.md
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- from tools/reference.yaml -->\n", "<!-- end -->\n"
TARGETS = {"wd": "Wikidata", "gn": "GeoNames", "euc": "European Union"}


def rows() -> Iterator[str]:
    """A row for each difference: what is taken, what else was given, why."""
    by_hand: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        (ROOT / "tools" / "reference.yaml").read_text("utf-8")
    )
    yield "| entry | target | taken | given by | other | why |\n"
    yield "| --- | --- | --- | --- | --- | --- |\n"
    for row in by_hand["differences"]:
        others = [
            f"`{match}` ({', '.join(who)})"
            for match, who in row["given"].items()
            if match != row["takes"]
        ]
        taken = f"`{row['takes']}`" if row["takes"] else "none"
        who = ", ".join(row["given"].get(row["takes"], ()))
        cells = (
            f"`{row['id']}`",
            TARGETS[row["target"]],
            taken,
            who,
            ", ".join(others),
            row["why"],
        )
        yield f"| {' | '.join(cells)} |\n"


def main() -> None:
    text = (ROOT / "docs" / "links.md").read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    sys.stdout.write(before + BEGIN + "".join(rows()) + END + rest.partition(END)[2])


if __name__ == "__main__":
    main()
