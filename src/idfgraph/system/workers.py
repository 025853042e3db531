"""Work over several processes: results in the order of the work, and nothing but the guilty item
lost if one dies.
"""

import faulthandler
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

if sys.platform != "win32":
    import resource

T = TypeVar("T")
R = TypeVar("R")

#: What one process may take: seconds for some items (at least, and for each), and bytes of address
#: space.
SECONDS, SECONDS_EACH, BYTES = 30.0, 1.0, 4 << 30


class Lost(NamedTuple, Generic[T]):
    """An item whose process died, or took more time or memory than it may."""

    item: T


class Limits(NamedTuple):
    """Seconds for some items, at least and for each, and bytes of address space where the system
    can limit them.
    """

    seconds: float = SECONDS
    seconds_each: float = SECONDS_EACH
    bytes: int = BYTES


def cores() -> int:
    """How many processes this one may keep busy.

    >>> cores() > 0
    True
    """
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(
    work: Callable[[Sequence[T]], R],
    chunks: Iterable[Sequence[T]],
    jobs: int,
    limits: Limits = Limits(),
) -> Iterator[R | Lost[T]]:
    """What `work` (picklable) makes of each chunk, in their order; a lone chunk, or one job, is
    done in this process.

    When a process dies or exceeds its limits, the chunks that were under way are done again item by
    item: what kills a process again is Lost. What `work` raises is raised.

    >>> list(in_order(sum, [[1, 2], [3]], jobs=1))
    [3, 3]
    """
    rest = iter(chunks)
    first = list(islice(rest, 2))
    if jobs == 1 or len(first) < 2:
        yield from map(work, chain(first, rest))
        return
    crew = _Crew(work, jobs, limits)
    try:
        yield from crew.results(chain(first, rest))
    finally:
        crew.dismiss()


class _Crew(Generic[T, R]):
    """Processes at work, at most two chunks for each under way."""

    def __init__(self, work: Callable[[Sequence[T]], R], jobs: int, limits: Limits) -> None:
        self._work, self._jobs, self._limits = work, jobs, limits
        self._waiting: deque[tuple[Sequence[T], Future[R]]] = deque()
        self._pool = self._processes(jobs)

    def results(self, chunks: Iterable[Sequence[T]]) -> Iterator[R | Lost[T]]:
        """What becomes of each chunk."""
        for chunk in chunks:
            self._waiting.append((chunk, self._submitted(chunk)))
            if len(self._waiting) >= 2 * self._jobs:
                yield from self._oldest()
        while self._waiting:
            yield from self._oldest()

    def dismiss(self) -> None:
        """Ends all processes once they are done with what they hold."""
        self._pool.shutdown(cancel_futures=True)

    def _oldest(self) -> Iterator[R | Lost[T]]:
        chunk, future = self._waiting.popleft()
        try:
            yield future.result()
        except (BrokenProcessPool, MemoryError):
            again = [chunk, *(other for other, _ in self._waiting)]
            self._waiting.clear()
            for item in chain.from_iterable(again):
                yield self._alone(item)
            self._renew(self._jobs)

    def _alone(self, item: T) -> R | Lost[T]:
        """What becomes of one item in a process of its own."""
        self._renew(1)
        try:
            return self._submitted([item]).result()
        except (BrokenProcessPool, MemoryError):
            return Lost(item)

    def _submitted(self, items: Sequence[T]) -> Future[R]:
        seconds = self._limits.seconds + self._limits.seconds_each * len(items)
        try:
            return self._pool.submit(_do, items, seconds)
        except BrokenProcessPool as error:
            broken: Future[R] = Future()
            broken.set_exception(error)
            return broken

    def _renew(self, jobs: int) -> None:
        """Other processes, unless there are sound ones in that number."""
        if jobs != self._number or not self._is_sound():
            self.dismiss()
            self._pool = self._processes(jobs)

    def _is_sound(self) -> bool:
        try:
            self._pool.submit(int).result()
        except BrokenProcessPool:
            return False
        return True

    def _processes(self, jobs: int) -> ProcessPoolExecutor:
        self._number = jobs
        return ProcessPoolExecutor(
            jobs, get_context("spawn"), _begin, (self._work, self._limits.bytes)
        )


#: The work of this process, where it is one of a crew.
_WORK: list[Callable[[Any], Any]] = []


def _begin(work: Callable[[Any], Any], limit: int) -> None:
    """Takes up the work; limits the address space where the system can."""
    _WORK.append(work)
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _do(items: Sequence[Any], seconds: float) -> Any:
    """What the work makes of items; the process ends itself when that takes too long."""
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            return _WORK[0](items)
        finally:
            faulthandler.cancel_dump_traceback_later()
