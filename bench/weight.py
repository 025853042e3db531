"""What pages weigh in a browser, ours beside others: requests, bytes, first paint, shift, nodes.

    .venv/bin/idfgraph serve public &
    datasette public/tables/idf.sqlite &
    .venv/bin/python bench/weight.py project:ours=http://127.0.0.1:8000/doc/project/PX.0220.html \\
        project:datasette=http://127.0.0.1:8001/idf/projects/...

Needs Chromium (CHROMIUM, or on the path) and playwright. Each page is loaded five times in turn, by
a browser that has nothing kept, at 1280 by 900; medians are told: requests, thousands of bytes as
they came over the line (heads not counted) and unpacked, milliseconds to the first paint of content
and to the load (with from and to), the layout shift that people see (cumulative), and elements.
"""

import argparse
import os
import shutil
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple

from measuring import print_table
from playwright.sync_api import sync_playwright

ROUNDS = 5

#: Milliseconds that a page has after its load to shift, and to load more.
_SETTLED = 1_000

_WATCH = """window.shifted = 0;
new PerformanceObserver(list => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value;
}).observe({ type: "layout-shift", buffered: true });"""

_WEIGHT = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const all = [page, ...performance.getEntriesByType("resource")];
  const sum = key => all.reduce((total, one) => total + one[key], 0);
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return [all.length, sum("encodedBodySize") / 1000, sum("decodedBodySize") / 1000,
    paint ? paint.startTime : NaN, page.loadEventEnd, window.shifted,
    document.querySelectorAll("*").length];
}"""


class Weight(NamedTuple):
    """What a page weighed once."""

    requests: float
    packed: float
    unpacked: float
    paint: float
    load: float
    shift: float
    elements: float


def weighed(browser: Any, address: str) -> Weight:
    """What a page weighs for a browser that has nothing kept."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(_SETTLED)
    found = Weight(*page.evaluate(_WEIGHT))
    context.close()
    return found


def lines(browser: Any, asked: Sequence[str]) -> Iterator[Sequence[object]]:
    """What each page weighs."""
    addresses = [one.partition("=")[::2] for one in asked]
    found: dict[str, list[Weight]] = {name: [] for name, _ in addresses}
    for _ in range(ROUNDS):
        for name, address in addresses:
            found[name].append(weighed(browser, address))
    for name, rounds in found.items():
        kind, _, whose = name.partition(":")
        middle = Weight(*(median(values) for values in zip(*rounds, strict=True)))
        paints = [one.paint for one in rounds]
        yield (
            kind,
            whose,
            int(middle.requests),
            f"{middle.packed:.0f}",
            f"{middle.unpacked:.0f}",
            f"{middle.paint:.0f}",
            f"{min(paints):.0f}-{max(paints):.0f}",
            f"{middle.load:.0f}",
            f"{middle.shift:.3f}",
            int(middle.elements),
        )


def main() -> None:
    """Weighs the pages that are named."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", nargs="+", metavar="KIND:WHOSE=ADDRESS")
    asked = parser.parse_args().pages
    heads = (
        "page",
        "of",
        "requests",
        "kB",
        "unpacked",
        "paint",
        "from-to",
        "load",
        "shift",
        "nodes",
    )
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        print_table(heads, lines(browser, asked))
        browser.close()


if __name__ == "__main__":
    main()
