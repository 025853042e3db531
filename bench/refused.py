"""Work done for lines of JSON that are refused, as tab-separated lines: it must be linear in them.

    python bench/refused.py                  1,000 and 10,000 lines
    python bench/refused.py 200 400 800      other numbers

Calls and bytes read are counted, so that figures do not depend on the machine; `cpu` is seconds on
the processor without counting.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from idfgraph.checks.check import check
from idfgraph.checks.report import rendered

#: Where Linux tells what a process has read.
_READ = Path("/proc/self/io")


class RefusedWork(NamedTuple):
    """What so many refused lines took: calls, bytes read (0 where that is not told), seconds."""

    lines: int
    calls: int
    read: int
    cpu: float


def work(lines: int) -> RefusedWork:
    """The work of a report on so many lines that are refused, each of which names a page."""
    with tempfile.TemporaryDirectory(prefix="idfgraph-") as name:
        folder = Path(name)
        record = '{{"kind":"project","id":"V47-{0:06}","startYear":7,"page":"{0:064x}"}}\n'
        (folder / "records.jsonl").write_text("".join(map(record.format, range(lines))), "utf-8")
        (folder / "page.txt").write_text("a page that is none\n", "utf-8")
        started = time.process_time()
        _report(folder)
        spent = time.process_time() - started
        before = _bytes_read()
        calls = _counted(lambda: _report(folder))
        return RefusedWork(lines, calls, _bytes_read() - before, spent)


def _report(folder: Path) -> None:
    rendered(check([folder], jobs=1).findings, "human", "en", "")


def _counted(task: Callable[[], None]) -> int:
    """How many functions a task calls, those of libraries in C included."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        task()
    finally:
        sys.setprofile(None)
    return calls


def _bytes_read() -> int:
    if not os.access(_READ, os.R_OK):
        return 0
    return int(_READ.read_text("utf-8").split()[1])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000])
    print("\t".join(RefusedWork._fields))
    for size in parser.parse_args().sizes:
        print(
            "\t".join(
                f"{value:g}" if isinstance(value, float) else str(value) for value in work(size)
            )
        )
