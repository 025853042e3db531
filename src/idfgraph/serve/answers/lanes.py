"""Two lanes for questions (Linux only): each starts in the fast one; what takes long moves to the
slow one with its worker, and a fork takes its place. Nothing is asked twice.
"""

import asyncio
import logging
import signal
import time
from collections import Counter
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ..engine import NO_MEMORY, Asked, QueryOutcome, pack, refused
from ..limits import ServerLimits
from .forks import Gone, Worker, Zygote
from .slow_lane import BUSY, Late, SlowLane
from .turns import Turns

#: Seconds of a processor that a question has in the fast lane, and of the clock at most: where much
#: is to do, a short question takes long. So many statements have that; of more, questions take
#: longer in the same ratio.
_FAST, _FAST_CLOCK, _STATEMENTS = 0.06, 0.25, 250_000

#: Seconds between two looks at how long a question has been at it, at least.
_LEAST = 0.005

#: Questions of one client that may be under way at once.
_MOST_EACH = 256

#: Seconds between two tries to get a worker: the first, and the longest.
_SOON, _LATER = 0.05, 1.0

#: Seconds that the news of how a worker ended may take.
_NEWS = 0.3

_TOO_MANY = refused(429, "so many questions of one client are under way already; come again later")
_LOST = refused(503, "what was at this question has ended; ask again")
_AGAIN = refused(503, "ask again")
_DEEP = refused(400, "the query is nested too deep for the engine; write it flatter")
_FAILED = refused(500, "the engine failed on this query; write it otherwise")

_log = logging.getLogger(__name__)


class _Brief(NamedTuple):
    """What a question has in the fast lane: seconds of a processor, and of the clock."""

    used: float
    clock: float


class Lanes:
    """Workers that answer questions over a store of so many `statements`, always as many of them as
    there are to be.
    """

    def __init__(self, store: Path, limits: ServerLimits, statements: int = 0) -> None:
        self._limits = limits
        times = max(1.0, statements / _STATEMENTS)
        self._brief = _Brief(_FAST * times, _FAST_CLOCK * times)
        self._zygote = Zygote(store, limits)
        self._late = Late(limits.seconds)
        self._slow = SlowLane(max(1, limits.workers // 2), self._late)
        self._turns: Turns[Worker] = Turns()
        self._fast: set[Worker] = set()
        self._missing = 0
        self._under_way: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_open = False

    @property
    def is_ready(self) -> bool:
        """Whether all workers are there."""
        return self._is_open and len(self._fast) >= self._limits.workers

    @property
    def caveats(self) -> tuple[str, ...]:
        """What cannot be promised here."""
        said = (
            "the system gives no network of its own: workers are kept from it by what they open, "
            "those over a store on disk by the text of queries alone"
        )
        return () if self._zygote.is_fenced else (said,)

    async def open(self) -> None:
        """Starts all workers; Gone where none can be had."""
        self._is_open = True
        try:
            for _ in range(self._limits.workers):
                self._enlist(await self._zygote.fork(self._lost))
        except Gone:
            await self.close()
            raise

    async def close(self) -> None:
        """Ends all workers; what is under way is told so."""
        self._is_open = False
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for worker in tuple(self._fast):
            worker.kill()
        self._zygote.end()

    async def ask(self, asked: Asked, client: str, until: float) -> QueryOutcome:
        """What comes of a question of a client, at a time (monotonic) at most."""
        if self._under_way[client] >= _MOST_EACH:
            return _TOO_MANY
        self._under_way[client] += 1
        try:
            return await self._led(pack(asked), client, until)
        finally:
            self._under_way[client] -= 1
            if not self._under_way[client]:
                del self._under_way[client]

    async def _led(self, question: bytes, client: str, until: float) -> QueryOutcome:
        """What comes of a question; one whose worker was ended by others at once is asked again."""
        while True:
            try:
                async with asyncio.timeout_at(_loop_time(until)):
                    worker = await self._turns.take(client)
            except TimeoutError:
                return BUSY
            told = await self._asked(worker, question, client, until)
            if told is not _AGAIN:
                return told

    async def _asked(
        self, worker: Worker, question: bytes, client: str, until: float
    ) -> QueryOutcome:
        answering, told = worker.ask(question), None
        try:
            if await _is_short(worker, answering, until, self._brief):
                told = answering.result()
                return told
            self._replace(worker)
            return await self._slow.answer(worker, answering, client, until)
        except Gone:
            is_fast = worker in self._fast
            self._replace(worker)
            end = await self._told_of_end(worker)
            return _AGAIN if is_fast and end is _LOST else end
        finally:
            if told is None:
                self._replace(worker)
            self._leave(worker, answering)

    def _leave(self, worker: Worker, answering: "asyncio.Future[QueryOutcome]") -> None:
        """Gives a worker back that has answered in the fast lane; ends any other."""
        if worker in self._fast and answering.done() and not worker.is_lost:
            self._turns.give(worker)
        else:
            worker.kill()
            answering.cancel()
            self._begin(self._bury(worker))

    async def _told_of_end(self, worker: Worker) -> QueryOutcome:
        """What a client is told whose question was a worker's end."""
        news = self._begin(self._bury(worker))
        if news:
            await asyncio.wait({news}, timeout=_NEWS)
        number = worker.outcome
        if number == -signal.SIGSEGV:
            return _DEEP
        if number in (NO_MEMORY, -signal.SIGABRT):
            memory = f"{self._limits.memory >> 20:,} MiB"
            return refused(503, f"the query takes more memory than {memory}; ask for less")
        return _LOST if number in (None, -signal.SIGKILL) else _FAILED

    def _enlist(self, worker: Worker) -> None:
        self._fast.add(worker)
        self._turns.give(worker)

    def _lost(self, worker: Worker) -> None:
        """Learns that a worker has ended: if it was waiting for a question, another comes."""
        if self._turns.withdraw(worker):
            self._replace(worker)
            self._begin(self._bury(worker))

    def _replace(self, worker: Worker) -> None:
        """Gets another worker in the place of one, which is of the fast lane no more."""
        if worker in self._fast:
            self._fast.remove(worker)
            self._begin(self._hire())

    async def _hire(self) -> None:
        """Gets a worker, however often that must be tried."""
        pause = _SOON
        while self._is_open:
            try:
                worker = await self._zygote.fork(self._lost)
            except Gone as error:
                _log.warning("no worker could be started, so that is tried again: %s", error)
                await asyncio.sleep(pause)
                pause = min(_LATER, 2 * pause)
            else:
                self._enlist(worker)
                return

    async def _bury(self, worker: Worker) -> None:
        """Learns how a worker ended, and lets the system forget it."""
        with suppress(Gone):
            await self._zygote.bury(worker)

    def _begin(self, doing: Coroutine[None, None, None]) -> asyncio.Task[None] | None:
        """Does something beside, which is not forgotten while it is done."""
        if not self._is_open:
            doing.close()
            return None
        task = asyncio.create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


async def _is_short(
    worker: Worker, answering: "asyncio.Future[QueryOutcome]", until: float, brief: _Brief
) -> bool:
    """Whether an answer comes within what a question has in the fast lane."""
    before, latest = worker.used(), min(until, time.monotonic() + brief.clock)
    left = brief.used
    while left > 0:
        await asyncio.wait({answering}, timeout=left)
        if answering.done():
            break
        used = worker.used() - before if before else brief.used
        more = max(_LEAST, brief.used - used) if used < brief.used else 0.0
        left = min(more, latest - time.monotonic())
    return answering.done()


def _loop_time(until: float) -> float:
    return asyncio.get_running_loop().time() + until - time.monotonic()
