"""What memory `publish` takes at its peak, all its processes together, and how much of the
processors, by number of records.

    python bench/memory.py                               1,000 and 10,000 made-up records
    python bench/memory.py 100000 --works publish-bare   other numbers, and one kind of release

Each release is made once, by the command, in a folder that has none; twice a second the shares of
memory of all its processes are added up (Linux only). README.md says more.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter, sleep

from measuring import print_table

from idfgraph.system.workers import cores

#: What is published: the options of the command, by the name of the work.
WORKS: Mapping[str, Sequence[str]] = {
    "publish-all": (),
    "publish-machines": ("--site", "none"),
    "publish-bare": ("--site", "none", "--documents", "none"),
}

#: Seconds between two looks at the memory.
PAUSE = 0.5


def processes(first: int) -> Iterator[int]:
    """A process, and those that it and they started."""
    yield first
    for task in Path(f"/proc/{first}/task").iterdir():
        for child in (task / "children").read_text("ascii").split():
            yield from processes(int(child))


def held(first: int) -> int:
    """The memory of a process and those below it, in kilobytes: what several share is counted once
    (proportional set size).
    """
    total = 0
    with suppress(OSError):  # one that has ended meanwhile
        for process in processes(first):
            told = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
            total += int(told.partition("\nPss:")[2].split()[0])
    return total


def measured(command: Sequence[str]) -> tuple[float, float, float]:
    """Seconds, seconds on processors, and the peak memory of a command in megabytes."""
    start, peak, done = perf_counter(), 0, 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        while not done:
            peak = max(peak, held(running.pid))
            sleep(PAUSE)
            done, status, used = os.wait4(running.pid, os.WNOHANG)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise SystemExit(f"did not end well: {' '.join(command)}")
    return perf_counter() - start, used.ru_utime + used.ru_stime, peak / 1024


def compare(size: int, works: Sequence[str]) -> Iterator[Sequence[object]]:
    """The lines of the table for a number of records."""
    generate = [sys.executable, str(Path(__file__).with_name("generate.py")), str(size)]
    publish = [str(Path(sys.executable).with_name("idfgraph")), "publish"]
    with tempfile.TemporaryDirectory(prefix="idfgraph-bench-") as folder:
        records, site = Path(folder, "records.jsonl"), Path(folder, "site")
        with records.open("wb") as file:
            subprocess.run(generate, stdout=file, check=True)
        for name in works:
            command = [*publish, str(records), "--out", str(site / "public"), *WORKS[name]]
            seconds, cpu, megabytes = measured(command)
            shutil.rmtree(site)
            busy = f"{100 * cpu / seconds / cores():.0f}"
            load = f"{os.getloadavg()[0]:.1f}"
            each = f"{1000 * cpu / size:.1f}"
            yield size, name, f"{seconds:.0f}", f"{cpu:.0f}", each, busy, f"{megabytes:.0f}", load


COLUMNS = ("records", "work", "seconds", "cpu s", "cpu ms/record", "busy %", "peak MB", "load")


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    sizes = [1_000, 10_000]
    parser.add_argument("sizes", type=int, nargs="*", default=sizes, help="numbers of records")
    parser.add_argument("--works", nargs="+", choices=WORKS, default=[*WORKS], help="these alone")
    asked = parser.parse_args()
    print_table(COLUMNS, (line for size in asked.sizes for line in compare(size, asked.works)))


if __name__ == "__main__":
    main()
