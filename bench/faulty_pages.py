"""A thousand pages, one in 20 of them faulty: seconds, memory, and how long the report is.

    python bench/faulty_pages.py                1,000 pages
    python bench/faulty_pages.py 300            another number

The pages are those of pages.py. Each command is run as a steward runs it, once, with as many
processes as it takes by itself.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from measuring import Watch, print_table
from pages import Maker

#: What is measured: the words of a command.
WORKS = {
    "validate": ("validate", "in"),
    "publish": ("publish", "in", "--quarantine"),
    "publish again": ("publish", "in", "--quarantine"),
}

COLUMNS = (
    "pages",
    "work",
    "seconds",
    "cpu s",
    "peak MiB",
    "exit",
    "findings",
    "lines",
    "published",
)

_HEAD = re.compile(r"(?:error|warning)\[")
_PUBLISHED = re.compile(r"(?:published|unchanged:) ([0-9]+) records")


def measure(size: int) -> Iterator[Sequence[object]]:
    """A row for each command; the peak is that of the largest process so far."""
    with tempfile.TemporaryDirectory(prefix="idfgraph-bench-") as folder:
        (pages := Path(folder) / "in").mkdir()
        for name, data in Maker().files(size):
            (pages / name).write_bytes(data)
        for work, words in WORKS.items():
            watch, command = Watch(), [sys.executable, "-m", "idfgraph", *words]
            with watch:
                done = subprocess.run(
                    command, cwd=folder, check=False, capture_output=True, text=True
                )
            heads = sum(map(bool, map(_HEAD.match, done.stdout.splitlines())))
            told = len((done.stdout + done.stderr).splitlines())
            found = _PUBLISHED.search(done.stderr)
            peak = getrusage(RUSAGE_CHILDREN).ru_maxrss / 1024
            seconds, cpu = f"{watch.seconds:.1f}", f"{watch.cpu:.1f}"
            published = found[1] if found else "-"
            yield (
                *(size, work, seconds, cpu, f"{peak:.0f}"),
                *(done.returncode, heads, told, published),
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("size", nargs="?", type=int, default=1_000, help="how many pages")
    print_table(COLUMNS, measure(parser.parse_args().size))
