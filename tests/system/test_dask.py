"""Work over a Dask cluster on this machine: the same as by one process, whichever worker is killed,
slow, full, or of another program.
"""

import errno
import os
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from distributed import LocalCluster
from support.dask_cluster import address, cluster

from idfgraph.model.errors import BadOutput
from idfgraph.system import dask_crew
from idfgraph.system.workers import Limits, Lost

LIMITS = Limits(seconds=2.0, seconds_each=0.0, bytes=1 << 30)
CHUNKS = [list(range(start, start + 2)) for start in range(0, 30, 2)]


@pytest.fixture(scope="module")
def two() -> Iterator[LocalCluster]:
    with cluster() as found:
        yield found


def act(items: Sequence[int]) -> list[int]:
    """Dies of 13, hangs on 27; else gives the items back."""
    if 13 in items:
        os._exit(9)
    if 27 in items:
        time.sleep(60)
    return list(items)


def refuse(items: Sequence[int]) -> list[int]:
    raise ValueError(f"not {items[0]}")


def test_only_the_guilty_are_lost_and_the_rest_is_in_order(two: LocalCluster) -> None:
    with dask_crew.dask_crew(address(two), sharing=True) as crew:
        done = list(crew.in_order(act, CHUNKS, LIMITS))
    assert sorted(part.item for part in done if isinstance(part, Lost)) == [13, 27]
    kept = [item for part in done if not isinstance(part, Lost) for item in part]
    assert kept == [item for item in range(30) if item not in (13, 27)]


def test_what_the_work_raises_is_raised(two: LocalCluster) -> None:
    with (
        dask_crew.dask_crew(address(two), sharing=True) as crew,
        pytest.raises(ValueError, match="not 0"),
    ):
        list(crew.in_order(refuse, CHUNKS))


class Hindered:
    """Work that goes wrong on the first worker that takes it up, which a file names."""

    def __init__(self, folder: Path, way: str) -> None:
        self._first, self._way = folder / "first", way

    def __call__(self, items: Sequence[int]) -> list[int]:
        worker = str(os.getppid())
        try:
            with self._first.open("x") as file:
                file.write(worker)
        except FileExistsError:
            time.sleep(0.1)
        if self._first.read_text() == worker:
            getattr(self, self._way)()
        return list(items)

    def killed(self) -> None:
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(10)

    def slow(self) -> None:
        time.sleep(1.0)

    def full(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("way", ["killed", "slow", "full"])
def test_one_worker_goes_wrong_and_nothing_is_lost(
    way: str, two: LocalCluster, tmp_path: Path
) -> None:
    with dask_crew.dask_crew(address(two), sharing=True) as crew:
        done = list(crew.in_order(Hindered(tmp_path, way), CHUNKS))
    assert done == CHUNKS


def all_full(_: Sequence[int]) -> list[int]:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_where_nobody_has_room_it_is_said(two: LocalCluster) -> None:
    with (
        dask_crew.dask_crew(address(two), sharing=True) as crew,
        pytest.raises(BadOutput, match=r"no Dask worker can write \(2 tried\).*No space left"),
    ):
        list(crew.in_order(all_full, CHUNKS))
