"""Who is next: clients that wait take turns, whatever number of questions each has."""

import asyncio
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Turns(Generic[T]):
    """Things to be had, and those who wait for one: each client's questions in their order, the
    clients in turn.

    >>> turns: Turns[str] = Turns()
    >>> turns.give("a pen")
    >>> asyncio.run(turns.take("you"))
    'a pen'
    """

    def __init__(self) -> None:
        self._free: list[T] = []
        self._waiting: dict[str, deque[asyncio.Future[T]]] = {}

    def __len__(self) -> int:
        return len(self._free)

    def give(self, thing: T) -> None:
        """Gives something to whoever is next, or keeps it until somebody comes."""
        while self._waiting:
            client = next(iter(self._waiting))
            queue = self._waiting.pop(client)
            future = queue.popleft()
            if queue:
                self._waiting[client] = queue
            if not future.done():
                future.set_result(thing)
                return
        self._free.append(thing)

    def withdraw(self, thing: T) -> bool:
        """Takes away what nobody has; whether it was there."""
        if thing in self._free:
            self._free.remove(thing)
            return True
        return False

    async def take(self, client: str) -> T:
        """Something for a client, at once or when it is its turn."""
        if self._free:
            return self._free.pop()
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append(future)
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self.give(future.result())
            raise
