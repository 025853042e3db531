"""Processes that are started one by one and ended where they take long: for systems without forks.

There is one lane only, and SERVICE is refused by its shape and by what a process may open.
"""

import asyncio
import time
from pathlib import Path

from ...system.child import Child, Ended
from ..engine import Asked, Clerk, QueryOutcome, refused
from ..limits import ServerLimits
from .slow_lane import BUSY, Late
from .turns import Turns

_CAVEAT = (
    "on this system questions that take long hold up others, and memory and the network are"
    " limited only as far as the system can"
)

#: Seconds that a process may take to open the store.
_START = 60.0

_ENDED = refused(400, "the engine ended: the query is nested too deep, or takes too much memory")

_Clerk = Child[Asked | None, QueryOutcome]


class Spawned:
    """Processes that answer questions over a store, always as many of them as there are to be."""

    def __init__(self, store: Path, limits: ServerLimits, _: int = 0) -> None:
        self._store, self._limits = store, limits
        self._late = Late(limits.seconds)
        self._turns: Turns[_Clerk] = Turns()
        self._here: set[_Clerk] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_open = False

    @property
    def is_ready(self) -> bool:
        """Whether all processes are there."""
        return self._is_open and len(self._here) >= self._limits.workers

    @property
    def caveats(self) -> tuple[str, ...]:
        """What cannot be promised here."""
        return (_CAVEAT,)

    async def open(self) -> None:
        """Starts all processes."""
        self._is_open = True
        await asyncio.gather(*(self._hire() for _ in range(self._limits.workers)))

    async def close(self) -> None:
        """Ends all processes."""
        self._is_open = False
        for clerk in self._here:
            clerk.kill()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(asyncio.to_thread(clerk.end) for clerk in self._here))
        self._here.clear()

    async def ask(self, asked: Asked, client: str, until: float) -> QueryOutcome:
        """What comes of a question of a client, at a time (monotonic) at most."""
        try:
            clerk = await asyncio.wait_for(self._turns.take(client), until - time.monotonic())
        except TimeoutError:
            return BUSY
        left = max(0.0, until - time.monotonic())
        asking = asyncio.create_task(asyncio.to_thread(clerk.ask, asked, left))
        try:
            told = await asyncio.shield(asking)
        except Ended:
            self._replace(clerk)
            return self._late.told() if time.monotonic() >= until else _ENDED
        except asyncio.CancelledError:
            clerk.kill()
            await asyncio.gather(asking, return_exceptions=True)
            self._replace(clerk)
            raise
        self._turns.give(clerk)
        return told

    def _replace(self, clerk: _Clerk) -> None:
        self._here.discard(clerk)
        if self._is_open:
            task = asyncio.create_task(self._hire())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _hire(self) -> None:
        """Gets a process, however often that must be tried."""
        while self._is_open:
            clerk = Child(Clerk(self._store, self._limits.answer), self._limits.memory)
            self._here.add(clerk)
            try:
                await asyncio.to_thread(clerk.ask, None, _START)
            except Ended:
                self._here.discard(clerk)
                await asyncio.sleep(1.0)
            else:
                self._turns.give(clerk)
                return
