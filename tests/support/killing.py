"""A process killed before each change that it makes on the disk, once for each, in a child.

Run as `python -m support.killing DESK ACT ASIDE STEP`: for each number N, or those in steps,
`ASIDE/N` becomes a copy of the desk on which the act was killed before its Nth change of the disk;
the last one was not killed.
"""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

from idfgraph.curation.accept import accept
from idfgraph.curation.decide import Signed, decide
from idfgraph.curation.review import review

#: How many changes of the disk an act may need at most.
MOST = 60

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link")

#: What people do to a record's file.
ACTS: Mapping[str, Callable[[Path], object]] = {
    "decide": lambda file: decide(
        file, "status", ["none"], Signed({"en": "So."}, "Ada", "2026-11-21")
    ),
    "accept": lambda file: accept(
        file, "implausible-date", why={"en": "So."}, by="Ada", on="2026-11-21"
    ),
    "review": lambda file: list(review([file], by="Ada", on="2026-11-21")),
}


class _Blow:
    """Kills this process before its change of a number."""

    def __init__(self, number: int) -> None:
        self._left = number

    def count(self) -> None:
        """Counts a change that is about to be."""
        self._left -= 1
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(self, event: str, words: tuple[object, ...]) -> None:
        """Counts what Python tells of."""
        opens = event == "open" and isinstance(flags := words[2], int) and flags & _WRITES
        if opens or event in _CHANGES:
            self.count()


def _killed(number: int, act: Callable[[], object]) -> bool:
    """Whether an act was killed before its change of a number; else it is done."""
    if child := os.fork():
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    blow, synced = _Blow(number), os.fsync

    def fsync(fd: Any) -> None:
        blow.count()
        synced(fd)

    os.fsync = fsync
    sys.addaudithook(blow.hear)
    with suppress(BaseException):
        act()
        os._exit(0)
    os._exit(1)


def main(desk: Path, name: str, aside: Path, step: int) -> None:
    """Makes the copies."""
    act = ACTS[name]
    warm = copytree(desk, aside / "warm")
    act(warm / "records" / "V47-805.yaml")
    rmtree(warm)
    for number in range(0, MOST, step):
        copy = copytree(desk, aside / str(number))
        if not _killed(number, partial(act, copy / "records" / "V47-805.yaml")):
            return
    raise AssertionError


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
