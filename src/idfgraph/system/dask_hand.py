"""What a worker of a Dask cluster does for us: each piece of work in a process of its own, under
the limits of one machine, by the same program.
"""

import errno
import multiprocessing
import pickle
import platform
import secrets
import threading
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, NamedTuple

from .depot import PROBE, Depot
from .program import program
from .workers import Hands, Limits, Lost

#: What the system says of a disk that takes no more: another machine may have room.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


class Errand(NamedTuple):
    """What a worker is to know of a job: its name, the program that it is of, and the limits."""

    job: str
    program: str
    limits: Limits


class ErrandReply(NamedTuple):
    """What became of items: what was made of them, packed, or the number of the one that was lost;
    or else which worker could not do them, and why.
    """

    kind: Literal["done", "full", "stranger"]
    made: Sequence[bytes | int] = ()
    worker: str = ""
    said: str = ""


class Look(NamedTuple):
    """What a worker says of itself: its program, the versions behind that, whether it sees a
    file.
    """

    program: str
    versions: str
    sees: bool


class _Unpacked:
    """Work on packed items, itself packed; unpacked once it is where it is done."""

    def __init__(self, work: bytes) -> None:
        self._packed = work

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._work = pickle.loads(self._packed)

    def __call__(self, items: Sequence[bytes]) -> bytes:
        """What the work makes of some items, packed."""
        return pickle.dumps(self._work([pickle.loads(item) for item in items]))


_GUARD = threading.Lock()
_HANDS: dict[str, Hands[bytes, bytes]] = {}


def look(file: str) -> Look:
    """What this process is.

    >>> look("README.md").sees
    True
    """
    return Look(program(), versions(), Path(file).is_file())


def meet(depot: Depot) -> str:
    """The name of a sign that this process left in a depot, once it has seen ours there; what the
    depot raises is raised.
    """
    depot.see(PROBE)
    name = f"{PROBE}-{secrets.token_hex(8)}"
    depot.sign(name)
    return name


def run_errand(errand: Errand, work: bytes, packed: bytes) -> ErrandReply:
    """What becomes of packed items by packed work; what that raises is raised."""
    from distributed import get_worker

    if program() != errand.program:
        return ErrandReply("stranger", worker=get_worker().address, said=versions())
    items: list[bytes] = pickle.loads(packed)
    try:
        made = _hands(errand, work).done(items)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        return ErrandReply("full", worker=get_worker().address, said=str(error))
    return ErrandReply(
        "done", [items.index(one.item) if isinstance(one, Lost) else one for one in made]
    )


async def dismiss(job: str) -> None:
    """Ends the processes of a job on this worker; a coroutine, so that Dask does not wait for
    workers that may be gone.
    """
    with _GUARD:
        hands = _HANDS.pop(job, None)
    if hands:
        hands.stop()


def _hands(errand: Errand, work: bytes) -> Hands[bytes, bytes]:
    """The processes of a job; a worker's own process, which Dask marks as one that has none of its
    own, may have them.
    """
    with _GUARD:
        if errand.job not in _HANDS:
            multiprocessing.current_process().daemon = False
            _HANDS[errand.job] = Hands(_Unpacked(work), errand.limits)
        return _HANDS[errand.job]


def versions() -> str:
    """The versions that a person would look at first, where programs differ."""
    return f"idfgraph {version('idfgraph')}, Python {platform.python_version()}"
