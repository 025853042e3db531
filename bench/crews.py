"""Records checked and woven into runs, by one process, two of this machine, and two workers of a
Dask cluster on it; starting them is counted, starting the cluster is not.

    python bench/generate.py 1000 > records.jsonl
    python bench/crews.py records.jsonl --rounds 3
"""

import argparse
import time
from collections.abc import Mapping
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from statistics import median

from distributed import LocalCluster

from idfgraph.checks.check import Run, SourceCheck, uncounted
from idfgraph.checks.shacl import usable
from idfgraph.graph.lines import collecting
from idfgraph.graph.setting import prepared
from idfgraph.system.dask_crew import dask_crew
from idfgraph.system.workers import LocalCrew, WorkCrew


def measured(records: Path, crew: WorkCrew) -> tuple[float, str]:
    """Seconds that a crew takes, and the sum of the lines that come of it."""
    start = time.perf_counter()
    with prepared([records]) as setting, collecting() as spools:
        check = SourceCheck(setting, Run(usable("auto"), 1, uncounted, crew=crew), frozenset())
        for shard in check.shards(into=spools.quads.folder):
            if shard.spun:
                spools.adopt(shard.spun)
        seconds, digest = time.perf_counter() - start, sha256()
        for block in spools.quads.blocks():
            digest.update(block)
    return seconds, digest.hexdigest()[:16]


def main() -> None:
    """Prints the median, least and most seconds of each crew, and whether all lines agree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with ExitStack() as held:
        cluster = held.enter_context(
            LocalCluster(
                n_workers=2,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                memory_limit=0,
            )
        )
        address = cluster.scheduler_address.replace("tcp://", "dask://")
        dask = held.enter_context(dask_crew(address))
        crews: Mapping[str, WorkCrew] = {"one": LocalCrew(1), "two": LocalCrew(2), "dask": dask}
        taken: dict[str, list[float]] = {name: [] for name in crews}
        sums = set[str]()
        for _ in range(given.rounds):
            for name, crew in crews.items():
                seconds, digest = measured(given.records, crew)
                taken[name].append(seconds)
                sums.add(digest)
    for name, each in taken.items():
        print(f"{name}\t{median(each):.1f}\t{min(each):.1f}\t{max(each):.1f}\t{len(sums) == 1}")


if __name__ == "__main__":
    main()
