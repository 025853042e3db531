"""Processes that do one work, a few at a time: each can be ended, and waits for the next task."""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from ..system.child import Child, Ended
from .seats import Seats

T = TypeVar("T")
R = TypeVar("R")

#: What a task may take: seconds, bytes of address space; how many are done at a time, and how many
#: wait for their turn, and so many seconds.
_SECONDS, _BYTES, _AT_ONCE, _WAITING, _PATIENCE = 20.0, 2 << 30, 2, 32, 10.0


class Busy(Exception):
    """There is no process for a task in time, or none that ends it in time; said in words."""


class Crew(Generic[T, R]):
    """Processes that make of a task what `work` makes of it; what it raises of `faults` is raised,
    and leaves its process as it was.
    """

    def __init__(self, work: Callable[[T], R], *faults: type[Exception]) -> None:
        self._work, self._faults = work, faults
        self._seats = Seats(_AT_ONCE, _WAITING, _PATIENCE)
        self._idle: list[Child[T, R]] = []

    async def ask(self, task: T) -> R:
        """What becomes of a task; Busy where nothing does."""
        async with self._seats.seat(Busy("there is too much to do; ask again in a moment")):
            return await self._made(task)

    async def close(self) -> None:
        """Ends all processes."""
        while self._idle:
            await asyncio.to_thread(self._idle.pop().end)

    async def _made(self, task: T) -> R:
        child = self._idle.pop() if self._idle else Child(self._work, _BYTES)
        is_sound = False
        try:
            made = await asyncio.to_thread(child.ask, task, _SECONDS)
        except Ended:
            await asyncio.to_thread(child.end)
            raise Busy("it takes too long; ask for less at a time") from None
        except self._faults:
            is_sound = True
            raise
        else:
            is_sound = True
            return made
        finally:
            if is_sound:
                self._idle.append(child)
            else:
                child.kill()
