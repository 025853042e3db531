"""The list of projects in a browser: how long it loads, and how long a filter takes.

    .venv/bin/python bench/generate.py 10000 > records.jsonl
    .venv/bin/idfgraph publish records.jsonl --out public
    .venv/bin/python bench/lists.py public
    datasette public/tables/idf.sqlite --setting facet_time_limit_ms 5000 &
    .venv/bin/python bench/lists.py public --datasette http://127.0.0.1:8001/idf

Needs Chromium (CHROMIUM, or on the path) and playwright. Each work is done five times, the median is
told with from and to: milliseconds until the page is laid out, the script's own share of a filter
included. A page of Datasette that answers the same is opened beside each, by turns.
"""

import argparse
import os
import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any
from urllib.parse import quote

from measuring import print_table
from playwright.sync_api import sync_playwright

ROUNDS = 5

#: What is asked for: the fields of the page, and the same of Datasette's page of a table.
WORKS = {
    "all": ({}, ""),
    "one region": ({"region": "region-africa"}, "region=region-africa"),
    "one state": ({"state": "FJI"}, "states__contains=FJI"),
    "words": ({"q": "gestion fidji"}, "title_fr__contains=Fidji"),
    "start years": ({"from": "2011", "to": "2013"}, "start_year__gte=2011&start_year__lte=2013"),
    "by budget": ({"sort": "-usd"}, "_sort_desc=budget"),
    "by title": ({"sort": "title"}, "_sort=title_fr"),
}

#: Sets fields, and says how many milliseconds go by until all that follows from it is laid out.
_FILTER = """values => {
  const form = document.getElementById("filter"), start = performance.now();
  for (const name in values) form.elements[name].value = values[name];
  form.dispatchEvent(new Event("input", { bubbles: true }));
  document.body.getBoundingClientRect();
  return performance.now() - start;
}"""

#: The columns that Datasette shows, with a count beside each choice, as our page has.
_DATASETTE = (
    "_size=100&_facet=region&_facet=types&_facet=status&_facet=coverage&_col=title_fr"
    "&_col=project_id&_col=region&_col=types&_col=status&_col=start_year&_col=end_year&_col=budget"
)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


def _load(page: Any, address: str) -> float:
    """Milliseconds until a page has loaded, its scripts done."""
    page.goto("about:blank")
    page.goto(address)
    return float(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))


def _filter(page: Any, values: dict[str, str]) -> float:
    page.evaluate(_FILTER, {name: "" for name in ("region", "state", "q", "from", "to", "sort")})
    return float(page.evaluate(_FILTER, values))


def _lines(browser: Any, address: str, peer: str) -> Iterator[Sequence[object]]:
    page, other = browser.new_page(), browser.new_page()
    yield "load", "list.js", *_told([_load(page, address) for _ in range(ROUNDS)])
    for name, (values, query) in WORKS.items():
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(_filter(page, values))
            if peer:
                theirs.append(_load(other, f"{peer}/projects_labelled?{query}&{_DATASETTE}"))
        rows = page.evaluate("document.querySelector('.prose').textContent").partition(".")[0]
        yield name, "list.js", *_told(ours), rows
        if peer:
            yield name, "datasette", *_told(theirs)


def _told(took: Sequence[float]) -> tuple[str, str]:
    return f"{median(took):.1f}", f"{min(took):.1f}-{max(took):.1f}"


def main() -> None:
    """Measures the list of a release, over HTTP and from its folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("release", type=Path)
    parser.add_argument("--datasette", default="", help="the address of its database there")
    parser.add_argument("--language", default="fr", choices=("en", "fr", "es"))
    asked = parser.parse_args()
    release = asked.release.resolve()
    suffix = ".html" if asked.language == "en" else f".{asked.language}.html"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(release)))
    Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for root, peer in (
            (f"http://127.0.0.1:{server.server_port}", asked.datasette),
            (f"file://{quote(str(release))}", ""),
        ):
            print_table(
                ("work", "of", "ms", "from-to", "rows"),
                _lines(browser, f"{root}/lists/projects{suffix}", peer),
            )
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
