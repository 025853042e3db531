"""The list of projects in a browser: how long it loads, and how long a filter takes.

    .venv/bin/python bench/generate.py 1000 > records.jsonl
    .venv/bin/idfgraph publish records.jsonl --out public
    .venv/bin/python bench/lists.py public --rows 10000
    datasette public/tables/idf.sqlite &
    .venv/bin/python bench/lists.py public --datasette http://127.0.0.1:8001/idf

Needs Chromium (CHROMIUM, or on the path) and playwright. With `--rows` the projects of the release
come again, each time with other ids, until there are so many. Each work is done five times, the
median is told, with from and to: milliseconds until all is laid out, over HTTP and from a folder. A
page of Datasette that answers the same is loaded beside each, by turns; it answers of the release
alone, however many rows are asked for.
"""

import argparse
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from measuring import print_table
from playwright.sync_api import sync_playwright

ROUNDS = 5

#: What is asked for: the fields of the page, and the same of Datasette's page of a table.
WORKS = {
    "all": ({}, ""),
    "region": ({"region": "region-africa"}, "region=region-africa"),
    "words": ({"q": "gestion fidji"}, "title_fr__contains=Fidji"),
    "years": ({"from": "2011", "to": "2013"}, "start_year__gte=2011&start_year__lte=2013"),
    "budget": ({"sort": "-usd"}, "_sort_desc=budget"),
    "title": ({"sort": "title"}, "_sort=title_fr"),
}

#: Sets fields, and says how many milliseconds go by until all that follows is laid out.
_FILTER = """values => {
  const form = document.getElementById("filter"), start = performance.now();
  for (const name in values) form.elements[name].value = values[name];
  form.dispatchEvent(new Event("input", { bubbles: true }));
  document.body.getBoundingClientRect();
  return performance.now() - start;
}"""
_NOTHING = dict.fromkeys(("region", "q", "from", "to", "sort"), "")

#: Counts beside choices, as on our page, and the columns of its rows.
_DATASETTE = (
    "_size=100&_facet=region&_facet=types&_facet=status&_facet=coverage&_col=title_fr"
    "&_col=project_id&_col=region&_col=types&_col=status&_col=start_year&_col=end_year&_col=budget"
)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


def copied(release: Path, folder: Path, rows: int) -> None:
    """The list of a release, its projects repeated until there are so many rows."""
    (folder / "lists").mkdir()
    of_list = ("lists/projects.fr.html", "lists/things-fr.js")
    for name in ("narratives.js", "list.js", "things.js", "csv.js", "style.css", *of_list):
        shutil.copy(release / name, folder / name)
    data = (release / "lists" / "rows-fr.js").read_text("utf-8")
    head, _, _ = data.partition('"rows":[')
    own = json.loads(data.partition("=")[2].removesuffix(";\n"))["rows"]
    made = (
        json.dumps([f"{row[0]}-{number}" if number >= len(own) else row[0], *row[1:]])
        for number in range(rows or len(own))
        for row in [own[number % len(own)]]
    )
    text = ",\n".join(made)
    (folder / "lists" / "rows-fr.js").write_text(f'{head}"rows":[\n{text}\n]}};\n', "utf-8")


def lines(browser: Any, address: str, peer: str) -> Iterator[Sequence[object]]:
    """What each work takes."""
    page, other = browser.new_page(), browser.new_page()
    yield "load", "list.js", *_told([_load(page, address) for _ in range(ROUNDS)]), ""
    for name, (values, query) in WORKS.items():
        ours, theirs = [], []
        for _ in range(ROUNDS):
            page.evaluate(_FILTER, _NOTHING)
            ours.append(float(page.evaluate(_FILTER, values)))
            if peer:
                theirs.append(_load(other, f"{peer}/projects_labelled?{query}&{_DATASETTE}"))
        rows = page.evaluate("document.querySelector('.prose').textContent").partition(".")[0]
        yield name, "list.js", *_told(ours), rows
        if peer:
            yield name, "datasette", *_told(theirs), ""


def _load(page: Any, address: str) -> float:
    """Milliseconds until a page has loaded, its scripts done."""
    page.goto("about:blank")
    page.goto(address)
    return float(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))


def _told(took: Sequence[float]) -> tuple[str, str]:
    return f"{median(took):.1f}", f"{min(took):.1f}-{max(took):.1f}"


def main() -> None:
    """Measures the list of a release."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("release", type=Path)
    parser.add_argument("--rows", type=int, default=0, help="how many; else those of the release")
    parser.add_argument("--datasette", default="", help="the address of its database there")
    asked = parser.parse_args()
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        copied(asked.release, folder, asked.rows)
        serve = partial(_Quiet, directory=name)
        server = ThreadingHTTPServer(("127.0.0.1", 0), serve)
        Thread(target=server.serve_forever, daemon=True).start()
        program = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        over = (f"http://127.0.0.1:{server.server_port}", asked.datasette), (folder.as_uri(), "")
        for root, peer in over:
            made = lines(browser, f"{root}/lists/projects.fr.html", peer)
            print_table(("work", "of", "ms", "from-to", "rows"), made)
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
