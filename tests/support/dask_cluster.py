"""A Dask cluster on this machine: a scheduler, and workers of one thread, each a process."""

from collections.abc import Iterator
from contextlib import contextmanager

from distributed import LocalCluster


@contextmanager
def cluster(workers: int = 2) -> Iterator[LocalCluster]:
    """A cluster that is gone when the block ends; nothing of it listens beyond this machine."""
    with LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        memory_limit=0,
        silence_logs=50,
    ) as found:
        yield found


def address(of: LocalCluster) -> str:
    """Where a cluster's scheduler is, as we write it."""
    return str(of.scheduler_address).replace("tcp://", "dask://")
