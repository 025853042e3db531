"""Kept results as charts: seconds and memory by number of records, both axes by powers of ten.

    python bench/charts.py                  draws all of bench/results/: of NAME.tsv NAME.svg
    python bench/charts.py FILE.tsv...      draws these
    python bench/charts.py --check          tells which charts are not as their results

What was measured again further down takes the place of what stands above. The same results give the
same bytes.
"""

import argparse
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

RESULTS = Path(__file__).with_name("results")

#: Columns that are drawn, as far as a file has them -> what stands above the panel.
PANELS: Mapping[str, str] = {
    "seconds": "Seconds, by the clock",
    "cpu s": "Seconds, on processors",
    "peak MB": "Peak memory, MB",
}

#: Colours that people tell apart who see few (Okabe and Ito); with the marks, each pair comes once
#: in 28 works.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000")
MARKS = ("M-4 -4h8v8h-8z", "M0 -5L5 4H-5z", "M0 -5.5L5.5 0L0 5.5L-5.5 0z", "M-5 -3.5H5L0 5z")

#: Where a panel's own area is in it, and how wide and high that is; the height of a line of text.
LEFT, TOP, WIDTH, HEIGHT, LINE = 58, 46, 250, 220, 19
PANEL = LEFT + WIDTH + 30

_STYLE = (
    "text{fill:#222;font:12px system-ui,sans-serif}.head{font-weight:600;font-size:13px}"
    ".note{fill:#555;font-size:11px}.grid{stroke:#d8dee4;stroke-width:1}"
    ".line{fill:none;stroke-width:2}"
)


class Kept(NamedTuple):
    """Results that are kept: what is said of machine and versions, the columns that can be drawn,
    and by work and number of records the values that there are.
    """

    machine: str
    columns: Sequence[str]
    works: Mapping[str, Mapping[int, Mapping[str, float]]]


class Axis(NamedTuple):
    """Powers of ten from one to another, over so many pixels."""

    low: int
    high: int
    pixels: int

    @classmethod
    def of(cls, values: Sequence[float], pixels: int) -> "Axis":
        """The axis that has all values on it."""
        low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        return cls(low, max(high, low + 1), pixels)

    def at(self, value: float) -> float:
        """Where a value is, in pixels from the low end."""
        return (math.log10(value) - self.low) / (self.high - self.low) * self.pixels


def read(text: str) -> Kept:
    """The results that a text keeps; SystemExit where there is nothing in it to draw."""
    lines = [line for line in text.splitlines() if line]
    notes = [line.lstrip("# ") for line in lines if line.startswith("#")]
    head, *rows = [line.split("\t") for line in lines if not line.startswith("#")] or [[]]
    columns = [name for name in PANELS if name in head]
    works: dict[str, dict[int, dict[str, float]]] = {}
    for row in rows:
        said = dict(zip(head, row, strict=False))
        values = {name: found for name in columns if (found := _number(said.get(name, ""))) > 0}
        if (records := _number(said.get("records", ""))) > 0 and values:
            works.setdefault(said.get("work", ""), {})[int(records)] = values
    if not works:
        raise SystemExit("no rows with records, work and seconds, cpu s or peak MB")
    return Kept(notes[0] if notes else "", columns, works)


def drawn(kept: Kept, name: str) -> str:
    """The chart of some results, as SVG."""
    legend = TOP + HEIGHT + 44
    height = legend + LINE * (math.ceil(len(kept.works) / 2) + 1) + 8
    width = PANEL * max(len(kept.columns), 2)
    title = f"{name}: " + "; ".join(PANELS[column] for column in kept.columns)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="t"><title id="t">{escape(title)}, by number of records</title>',
        f"<style>{_STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for number, column in enumerate(kept.columns):
        parts += [f'<g transform="translate({number * PANEL + LEFT} {TOP})">']
        parts += [*_panel(kept, column), "</g>"]
    for number, work in enumerate(kept.works):
        row, second = divmod(number, 2)
        x, y = 20 + second * width // 2, legend + row * LINE
        parts.append(_mark(number, x, y - 4))
        parts.append(f'<text x="{x + 12}" y="{y}">{escape(work)}</text>')
    parts.append(f'<text class="note" x="14" y="{height - 10}">{escape(kept.machine)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _panel(kept: Kept, column: str) -> Iterator[str]:
    """One column of all works, over the number of records."""
    sizes = [float(size) for work in kept.works.values() for size in work]
    values = [of[column] for work in kept.works.values() for of in work.values() if column in of]
    across, up = Axis.of(sizes, WIDTH), Axis.of(values or [1.0], HEIGHT)
    yield f'<text class="head" x="0" y="-14">{escape(PANELS[column])}</text>'
    for power in range(up.low, up.high + 1):
        y = _short(HEIGHT - up.at(10.0**power))
        yield f'<path class="grid" d="M0 {y}H{WIDTH}"/>'
        yield f'<text x="-6" y="{y}" dy="4" text-anchor="end">{_power(power)}</text>'
    for power in range(across.low, across.high + 1):
        x = _short(across.at(10.0**power))
        yield f'<path class="grid" d="M{x} 0V{HEIGHT}"/>'
        yield f'<text x="{x}" y="{HEIGHT + 16}" text-anchor="middle">{_power(power)}</text>'
    for number, work in enumerate(kept.works.values()):
        points = [
            (_short(across.at(size)), _short(HEIGHT - up.at(of[column])))
            for size, of in sorted(work.items())
            if column in of
        ]
        if len(points) > 1:
            way = "L".join(f"{x} {y}" for x, y in points)
            yield f'<path class="line" stroke="{COLOURS[number % len(COLOURS)]}" d="M{way}"/>'
        yield from (_mark(number, x, y) for x, y in points)


def _mark(number: int, x: object, y: object) -> str:
    """The mark of a work."""
    colour, mark = COLOURS[number % len(COLOURS)], MARKS[number % len(MARKS)]
    return f'<path fill="{colour}" transform="translate({x} {y})" d="{mark}"/>'


def _number(text: str) -> float:
    """The number that a cell has; 0 where it has none that can be drawn."""
    try:
        found = float(text)
    except ValueError:
        return 0.0
    return found if math.isfinite(found) else 0.0


def _short(pixels: float) -> str:
    """A place, no finer than is seen."""
    return f"{pixels:.1f}".removesuffix(".0")


def _power(power: int) -> str:
    """A power of ten as it is written.

    >>> _power(-1), _power(5)
    ('0.1', '100,000')
    """
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:.{-power}f}"


def main() -> None:
    """Draws charts, or tells which are not as their results."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="*", help="results; all that are kept")
    parser.add_argument("--check", action="store_true", help="tell which charts are out of date")
    asked = parser.parse_args()
    stale = []
    for file in asked.files or sorted(RESULTS.glob("*.tsv")):
        chart, svg = drawn(read(file.read_text("utf-8")), file.stem), file.with_suffix(".svg")
        if not asked.check:
            svg.write_text(chart, "utf-8")
        elif not svg.is_file() or svg.read_text("utf-8") != chart:
            stale.append(f"{svg.name} is not as its results: python bench/charts.py {file.name}")
    sys.exit("\n".join(stale) or 0)


if __name__ == "__main__":
    main()
