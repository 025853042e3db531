"""Work over processes: order kept, the guilty item lost alone, whether its process dies, hangs or
grows.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from idfgraph.system.workers import Limits, Lost, in_order

LIMITS = Limits(seconds=3.0, seconds_each=0.0, bytes=1 << 30)
CHUNKS = [list(range(start, start + 5)) for start in range(0, 50, 5)]


def act(items: Sequence[int]) -> list[int]:
    """Dies of 13, hangs on 27, grows on 31; else gives the items back."""
    for item in items:
        if item == 13:
            os._exit(9)
        if item == 27:
            time.sleep(60)
        if item == 31:
            bytearray(1 << 40)
    return list(items)


def harmless(items: Sequence[int]) -> list[int]:
    return [item for item in items if item not in (13, 27, 31)]


def refuse(items: Sequence[int]) -> list[int]:
    raise ValueError(f"not {items[0]}")


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_work(jobs: int) -> None:
    done = [
        item for part in in_order(list, CHUNKS, jobs) if not isinstance(part, Lost) for item in part
    ]
    assert done == list(range(50))


def test_only_the_guilty_are_lost() -> None:
    done = list(in_order(act, CHUNKS, 2, LIMITS))
    assert sorted(part.item for part in done if isinstance(part, Lost)) == [13, 27, 31]
    kept = [item for part in done if not isinstance(part, Lost) for item in part]
    assert kept == harmless(range(50))


def test_one_chunk_is_done_here() -> None:
    assert list(in_order(lambda items: (os.getpid(), len(items)), [[1, 2]], 8)) == [
        (os.getpid(), 2)
    ]


def test_what_the_work_raises_is_raised() -> None:
    with pytest.raises(ValueError, match="not 0"):
        list(in_order(refuse, CHUNKS, 2))


#: Two processes are asked about the same new objects, while a callback of the collector lets other
#: threads run in the middle of what one pickles.
SHARED = """
import gc, sys, time
from argparse import Namespace

from idfgraph.system.workers import in_order

if __name__ == "__main__":
    gc.callbacks.append(lambda *_: time.sleep(0))
    sys.setswitchinterval(1e-6)

    def chunks():
        for _ in range(150):
            gc.set_threshold(20, 5, 50)
            things = [Namespace(name=[str(n) * 5], other=(n,)) for n in range(3000)]
            yield things
            yield things
            gc.set_threshold(700, 10, 10)
            written_over = [f"y{n}" * 3 for n in range(20_000)]
            assert len(written_over) == 20_000
            assert all(each.name[0] == str(each.other[0]) * 5 for each in things)

    print(sum(in_order(len, chunks(), 2)))
"""


def test_processes_are_told_of_the_same_objects_at_once(tmp_path: Path) -> None:
    (tmp_path / "shared.py").write_text(SHARED, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, tmp_path / "shared.py"],
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert (done.returncode, done.stdout) == (0, "900000\n"), done.stderr
