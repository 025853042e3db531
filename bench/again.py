"""What it takes to publish again when one record of many has changed, beside making all anew.

    python bench/again.py                1,000 made-up records
    python bench/again.py 1000 10000     other numbers of them

Each measurement is a process of its own, which publishes by one process beside a release of the
records as they were; three are taken in turn, and the median is told. `anew` knows nothing of what
the files of that release were made of, nor of how its records were checked. README.md says more.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from measuring import Watch, medians, print_table, rows, tell

import idfgraph
from idfgraph.model.layout import SUMS
from idfgraph.release.store import CHECKED, MADE_OF

ROUNDS = 3

#: A budget as a page prints it.
_BUDGET = re.compile(r'"property":"budget.value","text":"([0-9]+)')


def publish(work: Path, watch: Watch, *, knowing: bool) -> None:
    """Publishes the changed records beside the release before."""
    site = work / ("again" if knowing else "anew")
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(work / "before", site, symlinks=True)
    if not knowing:
        for name in (MADE_OF, CHECKED):
            (site / ".public-releases" / name).unlink()
    with watch:
        idfgraph.publish([work / "changed.jsonl"], site / "public", jobs=1)


TASKS = {"anew": partial(publish, knowing=False), "again": partial(publish, knowing=True)}


def prepare(work: Path, size: int) -> None:
    """Writes the records, and those with another budget in one, and publishes the former."""
    generate = [sys.executable, str(Path(__file__).with_name("generate.py")), str(size)]
    with (work / "records.jsonl").open("wb") as file:
        subprocess.run(generate, stdout=file, check=True)
    lines = (work / "records.jsonl").read_text("utf-8").splitlines(keepends=True)
    budget = _BUDGET.search(lines[size // 2])
    if not budget:
        raise SystemExit("the record has no budget")
    new = str(int(budget[1]) ^ 1)
    lines[size // 2] = lines[size // 2].replace(f'"{budget[1]}', f'"{new}')
    (work / "changed.jsonl").write_text("".join(lines), "utf-8")
    idfgraph.publish([work / "records.jsonl"], work / "before" / "public", jobs=1)


def compare(size: int) -> Iterator[Sequence[object]]:
    """The lines of the table for a number of records."""
    with tempfile.TemporaryDirectory(prefix="idfgraph-bench-") as folder:
        work = Path(folder)
        prepare(work, size)
        measured = rows(__file__, list(TASKS), work, ROUNDS)
        sums = {(work / name / "public" / SUMS).read_bytes() for name in TASKS}
        whole = medians(measured["anew"])
        for name, own in measured.items():
            of = medians(own)
            share = f"{100 * of.cpu / whole.cpu:.0f}"
            same = "yes" if len(sums) == 1 else "NO"
            yield size, name, f"{of.seconds:.2f}", of.range, f"{of.cpu:.2f}", share, same


COLUMNS = ("records", "work", "seconds", "from-to", "cpu s", "% of anew", "same")


def main() -> None:
    """Measures one task, or prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", type=int, nargs="*", default=[1_000], help="numbers of records")
    parser.add_argument("--task", choices=TASKS, help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.task:
        tell(TASKS[asked.task], asked.work)
    else:
        print_table(COLUMNS, (line for size in asked.sizes for line in compare(size)))


if __name__ == "__main__":
    main()
