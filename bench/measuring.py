"""What the benchmarks share: a work measured in a process of its own, and the table of what was
measured.
"""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter
from types import MappingProxyType
from typing import NamedTuple


class Row(NamedTuple):
    """One work: its seconds, its seconds on processors, and the peak memory of its largest process
    in megabytes.
    """

    seconds: float
    cpu: float
    megabytes: float


class Watch:
    """Adds up seconds of the blocks it is held over, by the clock and on processors, of ended
    processes too.
    """

    def __init__(self) -> None:
        self.seconds = self.cpu = 0.0

    def __enter__(self) -> None:
        self.seconds -= perf_counter()
        self.cpu -= _on_processors()

    def __exit__(self, *_: object) -> None:
        self.seconds += perf_counter()
        self.cpu += _on_processors()


#: A work: it reads and writes in a folder, under a watch.
Work = Callable[[Path, Watch], None]


def _on_processors() -> float:
    """The seconds that this process and those it has seen end have spent on processors."""
    used = map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN))
    return sum(of.ru_utime + of.ru_stime for of in used)


def tell(work: Work, folder: Path) -> None:
    """Does a work, and prints its row: the process that `rows` starts."""
    watch = Watch()
    work(folder, watch)
    kilobytes = max(_peak(), getrusage(RUSAGE_CHILDREN).ru_maxrss)
    sys.stdout.write(f"{watch.seconds} {watch.cpu} {kilobytes / 1024}\n")


def _peak() -> int:
    """The peak memory of this process in kilobytes; its `ru_maxrss` is never below that of the one
    that started it.
    """
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def fresh(folder: Path) -> Path:
    """A folder with nothing in it: what is published where a release is takes of that one."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def rows(
    script: str,
    names: Sequence[str],
    folder: Path,
    rounds: int,
    others: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Mapping[str, Sequence[Row]]:
    """The rows of works by name, one for each round that it ends well: `script --task NAME --work
    FOLDER` tells one, or another command for what others do.
    """
    found: dict[str, list[Row]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            command = others.get(name, (sys.executable, script))
            command = [*command, "--task", name, "--work", str(folder)]
            done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
            if done.returncode == 0:
                found[name].append(Row(*map(float, done.stdout.split())))
    return {name: measured for name, measured in found.items() if measured}


class Medians(NamedTuple):
    """What several rows of one work come to: the median of each, and from where to where the
    seconds went.
    """

    seconds: float
    range: str
    cpu: float
    megabytes: float


def medians(measured: Sequence[Row]) -> Medians:
    """The medians of some rows."""
    seconds, cpu, memory = (sorted(column) for column in zip(*measured, strict=True))
    return Medians(
        median(seconds), f"{seconds[0]:.2f}-{seconds[-1]:.2f}", median(cpu), median(memory)
    )


def print_table(
    columns: Sequence[str],
    lines: Iterator[Sequence[object]],
    note: str = "",
    keep: Path | None = None,
) -> None:
    """Prints the machine and what else is noted, the columns, and each line as it comes,
    tab-separated; keeps all in a file, if asked.
    """
    machine = (
        f"# {platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}{note}"
    )
    told = [f"{machine}\n"]
    sys.stdout.write(told[0])
    for line in chain([columns], lines):
        told.append("\t".join(map(str, line)) + "\n")
        sys.stdout.write(told[-1])
        sys.stdout.flush()
    if keep:
        keep.write_text("".join(told), "utf-8")
