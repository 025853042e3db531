"""How many may be at a work at once, and how many wait for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Seats:
    """So many places at a work, for which so many wait, each for so many seconds.

    >>> async def work() -> str:
    ...     async with Seats(1, 1, 1.0).seat(TimeoutError("busy")):
    ...         return "done"
    >>> asyncio.run(work())
    'done'
    """

    def __init__(self, places: int, waiting: int, patience: float) -> None:
        self._places = asyncio.Semaphore(places)
        self._room, self._patience = waiting, patience
        self._waiting = 0

    @asynccontextmanager
    async def seat(self, busy: Exception) -> AsyncIterator[None]:
        """A place, as long as the block takes; `busy` is raised where there is none in time."""
        if self._waiting >= self._room:
            raise busy
        self._waiting += 1
        try:
            await asyncio.wait_for(self._places.acquire(), self._patience)
        except TimeoutError:
            raise busy from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._places.release()
