"""Publishing by a Dask cluster on this machine gives the same bytes as one process: with a worker
killed or stopped for a while, by a folder that all see or by an address.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster
from support.dask_cluster import address, cluster

from idfgraph import publish
from idfgraph.checks import check
from idfgraph.model.layout import SUMS

ROOT = Path(__file__).parents[2]
FULL = os.environ.get("IDFGRAPH_FULL") == "1"


@pytest.fixture(scope="module")
def two() -> Iterator[LocalCluster]:
    with cluster() as found:
        yield found


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """The records of the data folder, a chunk each; at full size 200 others, ten a chunk."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    monkeypatch.setattr(check, "_CHUNK", 10 if FULL else 1)
    if not FULL:
        return [ROOT / "data"]
    made = tmp_path / "records.jsonl"
    with made.open("wb") as file:
        subprocess.run(
            [sys.executable, ROOT / "bench" / "generate.py", "200"], check=True, stdout=file
        )
    return [made]


class Hindrance:
    """Once some records are done, signals go to one worker: the last after a while."""

    def __init__(self, of: LocalCluster, *signals: signal.Signals) -> None:
        self._pid, self._signals, self.done = of.workers[0].pid, list(signals), 0

    def __call__(self, number: int) -> None:
        self.done += number
        if self._signals:
            os.kill(self._pid, self._signals.pop(0))
            for late in self._signals:
                threading.Timer(2.0, os.kill, (self._pid, late)).start()
            self._signals.clear()


def sums(sources: list[Path], out: Path, **how: object) -> str:
    """The sums of all files of a release."""
    publish(sources, out, site="none", previous="none", **how)  # type: ignore[arg-type]
    return (out / SUMS).read_text("utf-8")


@pytest.mark.parametrize(
    "way", ["killed, by an address", *(["killed", "slow", "by an address"] if FULL else [])]
)
def test_the_bytes_are_those_of_one_process(
    way: str, two: LocalCluster, sources: list[Path], tmp_path: Path
) -> None:
    alone = sums(sources, tmp_path / "alone", jobs=1)
    (there := tmp_path / "there").mkdir()
    signals = {"killed": [signal.SIGKILL], "slow": [signal.SIGSTOP, signal.SIGCONT]}
    hindrance = Hindrance(two, *signals.get(way.partition(",")[0], []))
    runs = there.as_uri() if "address" in way else ""
    made = sums(sources, tmp_path / "made", on=address(two), runs=runs, count=hindrance)
    assert made == alone
    assert hindrance.done > 4
    assert not list(there.iterdir())
