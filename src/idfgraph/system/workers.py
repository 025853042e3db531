"""Work over several processes: results in the order of the work, and nothing but the guilty item
lost if one dies.
"""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import Generic, NamedTuple, Protocol, TypeVar

from ..model.errors import BadOutput
from ..model.text import N_
from .child import Child, Ended, Unready

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


class WorkCrew(Protocol):
    """Who does work: the processes of this machine, or others."""

    def in_order(
        self, work: Callable[[Sequence[T]], R], chunks: Iterable[Sequence[T]], limits: Limits = ...
    ) -> Iterator[R | Lost[T]]:
        """What `work` (picklable) makes of each chunk, in their order, as `in_order` gives it."""
        ...


class LocalCrew(NamedTuple):
    """So many processes of this machine."""

    jobs: int

    def in_order(
        self,
        work: Callable[[Sequence[T]], R],
        chunks: Iterable[Sequence[T]],
        limits: Limits = Limits(),
    ) -> Iterator[R | Lost[T]]:
        """What `work` makes of each chunk, in their order."""
        return in_order(work, chunks, self.jobs, limits)


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

    When a process dies or exceeds its limits, its chunk is done again item by item: what kills a
    process again is Lost. What `work` raises is raised; BadOutput where no process can be started.

    >>> list(in_order(sum, [[1, 2], [3]], jobs=1))
    [3, 3]
    """
    rest = iter(chunks)
    first = list(islice(rest, 2))
    if jobs == 1 or len(first) < 2:
        yield from map(work, chain(first, rest))
        return
    hands, threads = Hands(work, limits), ThreadPoolExecutor(jobs)
    try:
        yield from _results(hands, threads, chain(first, rest), 2 * jobs)
    finally:
        hands.stop()
        threads.shutdown(cancel_futures=True)
        hands.dismiss()


def _results(
    hands: "Hands[T, R]", threads: Executor, chunks: Iterable[Sequence[T]], most: int
) -> Iterator[R | Lost[T]]:
    """What becomes of each chunk, in their order; so many are under way at most."""
    waiting: deque[Future[list[R | Lost[T]]]] = deque()
    for chunk in chunks:
        waiting.append(threads.submit(hands.done, chunk))
        if len(waiting) >= most:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


class Hands(Generic[T, R]):
    """Processes at work, one for each thread that asks for something to be done."""

    def __init__(self, work: Callable[[Sequence[T]], R], limits: Limits) -> None:
        self._work, self._limits = work, limits
        self._led = threading.local()
        self._guard = threading.Lock()
        self._children: set[Child[Sequence[T], R]] = set()
        self._dismissed = False

    def done(self, chunk: Sequence[T]) -> list[R | Lost[T]]:
        """What becomes of a chunk, as a whole or item by item."""
        try:
            return [self._asked(chunk)]
        except Ended:
            return [self._alone(item) for item in chunk]

    def stop(self) -> None:
        """Ends all processes at once, whatever they are at."""
        with self._guard:
            self._dismissed = True
            for child in self._children:
                child.kill()

    def dismiss(self) -> None:
        """Ends all processes, and lets go of them, once nobody asks any more."""
        self.stop()
        for child in self._children:
            child.end()

    def _alone(self, item: T) -> R | Lost[T]:
        try:
            return self._asked([item])
        except Ended:
            return Lost(item)

    def _asked(self, items: Sequence[T]) -> R:
        """What this thread's process makes of items; BadOutput where none can be started."""
        seconds = self._limits.seconds + self._limits.seconds_each * len(items)
        child = self._child()
        try:
            return child.ask(items, seconds)
        except Unready as error:
            self._lose(child)
            hint = N_("make room, or use --jobs 1")
            raise BadOutput(N_("no other process can be started"), hint=hint) from error
        except Ended:
            self._lose(child)
            raise

    def _child(self) -> Child[Sequence[T], R]:
        """The process of this thread, started if there is none."""
        own: Child[Sequence[T], R] | None = getattr(self._led, "child", None)
        if own is None:
            with self._guard:
                if self._dismissed:
                    raise Ended("is dismissed")
                own = Child(self._work, self._limits.bytes)
                self._children.add(own)
            self._led.child = own
        return own

    def _lose(self, child: Child[Sequence[T], R]) -> None:
        """Forgets a process that is gone."""
        self._led.child = None
        with self._guard:
            self._children.discard(child)
