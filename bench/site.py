"""What the pages cost: seconds on processors of `publish` with `--site none`, `plain` and `full`.

    python bench/site.py               1,000 records
    python bench/site.py 300 3000      other numbers of records

Each measurement is a process of its own with one process at work; three are taken in turn, and the
median is told, with how many times that of `none` it is and milliseconds for each page. `written`
is the floor: the pages of `full`, held in memory, are only written, read back and synced.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from measuring import Watch, fresh, medians, print_table, rows, tell

import idfgraph
from idfgraph.system.folder import Folder

ROUNDS = 3

#: What is measured: what people see of a release, and to write the pages of the last alone.
SITES = ("none", "plain", "full")
WRITTEN = "written"
WORKS = (*SITES, WRITTEN)

#: The release in the folder of its site.
_OUT = "public"

COLUMNS = ("records", "site", "seconds", "from-to", "cpu s", "of none", "pages", "cpu ms/page")


def publish(site: str, work: Path, watch: Watch) -> None:
    """All of `publish` with the pages of a site."""
    out = fresh(work / site) / _OUT
    with watch:
        idfgraph.publish([work / "records.jsonl"], out, jobs=1, site=site)


def write(work: Path, watch: Watch) -> None:
    """The pages of a site that was published, written as a release is."""
    root = (work / SITES[-1] / _OUT).resolve()
    pages = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.html")}
    with tempfile.TemporaryDirectory(dir=work) as to, watch:
        folder = Folder(Path(to))
        for path, content in pages.items():
            folder.write(path, [content])
        folder.seal()


def compare(size: int) -> Iterator[Sequence[object]]:
    """The lines of the table for a number of records."""
    with tempfile.TemporaryDirectory(prefix="idfgraph-bench-") as folder:
        work = Path(folder)
        generate = [sys.executable, str(Path(__file__).with_name("generate.py")), str(size)]
        with (work / "records.jsonl").open("wb") as file:
            subprocess.run(generate, stdout=file, check=True)
        found = {site: medians(of) for site, of in rows(__file__, WORKS, work, ROUNDS).items()}
        bare = found["none"].cpu
        for site, of in found.items():
            shown = work / (SITES[-1] if site == WRITTEN else site) / _OUT
            pages = sum(1 for _ in shown.resolve().rglob("*.html"))
            added = of.cpu if site == WRITTEN else of.cpu - bare
            each = f"{added / pages * 1000:.2f}" if pages else "-"
            times = f"{of.seconds:.2f}", of.range, f"{of.cpu:.2f}", f"{of.cpu / bare:.2f}"
            yield size, site, *times, pages, each


def main() -> None:
    """Measures one site, or prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", type=int, nargs="*", default=[1_000], help="numbers of records")
    parser.add_argument("--task", choices=WORKS, help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.task:
        task = write if asked.task == WRITTEN else partial(publish, asked.task)
        tell(task, asked.work)
    else:
        print_table(COLUMNS, chain.from_iterable(map(compare, asked.sizes)))


if __name__ == "__main__":
    main()
