"""Questions to answers over one release: remembered, asked once for all who wait, or asked of
processes that can be ended.
"""

import asyncio
import logging
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from ...model.errors import BadOutput, Place
from ...model.text import N_
from ..engine import Asked, Figures, QueryOutcome
from ..limits import ServerLimits
from .forks import Gone
from .lanes import Lanes
from .remembered import Remembered
from .spawned import Spawned
from .store_cache import KeptStore, builder, kept

#: Bytes of answers that are remembered.
_REMEMBERED = 64 << 20

_log = logging.getLogger(__name__)


class Answers:
    """What answers queries over one release: a store and the processes that read it.

    `limits` are those of the server, `figures` say what the store holds, once it is open.
    `spawns` asks for processes that are not forked, as where the system has no forks.
    """

    def __init__(
        self, release: Path, limits: ServerLimits, *, spawns: bool = sys.platform != "linux"
    ) -> None:
        self._release, self.limits = release, limits
        self._kind: type[Lanes | Spawned] = Spawned if spawns else Lanes
        self._pool: Lanes | Spawned | None = None
        self._builder, self._leaving = builder(), ExitStack()
        self._remembered = Remembered(_REMEMBERED)
        self._asked: dict[Asked, _Shared] = {}
        self._kept: KeptStore | None = None
        self.figures = Figures(0, 0, {})

    async def open(self) -> None:
        """Makes the store, where it is not kept already, and starts all processes; BadQuery for a
        damaged release, BadOutput where the system has no room.
        """
        store = await self._store()
        self._kept, self.figures = store, store.figures
        self._pool = self._kind(store.path, self.limits, store.figures.quads)
        try:
            await self._pool.open()
        except Gone as error:
            self._leaving.close()
            raise BadOutput(
                N_("cannot be read by another process"), Place(str(store.path))
            ) from error
        for caveat in self.caveats:
            _log.warning("not promised here: %s", caveat)

    async def _store(self) -> KeptStore:
        """The store, from now on kept; who does not wait for it ends its making."""
        place = kept(self._release, self.limits.cache, self._builder)
        making = asyncio.create_task(asyncio.to_thread(self._leaving.enter_context, place))
        try:
            return await asyncio.shield(making)
        except asyncio.CancelledError:
            self._builder.kill()
            await asyncio.gather(making, return_exceptions=True)
            raise

    async def close(self) -> None:
        """Ends all processes."""
        if self._pool:
            await self._pool.close()
        self._leaving.close()

    @property
    def is_ready(self) -> bool:
        """Whether all processes are there."""
        return self._pool is not None and self._pool.is_ready

    @property
    def is_kept(self) -> bool:
        """Whether the store is still there, which new processes read."""
        return self._kept is not None and self._kept.is_there()

    @property
    def caveats(self) -> tuple[str, ...]:
        """What cannot be promised on this system, a sentence each."""
        return self._pool.caveats if self._pool else ()

    def remembered(self, asked: Asked) -> QueryOutcome | None:
        """What was answered to the same question before, if that is remembered."""
        return self._remembered.get(asked)

    async def ask(self, asked: Asked, client: str) -> QueryOutcome:
        """What comes of a query of a client (its address), within the limits.

        The same question is asked once for all who wait for it; when the last of them leaves, its
        process is free again.
        """
        if known := self.remembered(asked):
            return known
        shared = self._asked.get(asked)
        if shared is None:
            until = time.monotonic() + self.limits.seconds
            task = asyncio.create_task(self._answered(asked, client, until))
            shared = self._asked[asked] = _Shared(task)
        shared.waiting += 1
        try:
            return await asyncio.shield(shared.task)
        finally:
            shared.waiting -= 1
            if not shared.waiting:
                shared.task.cancel()
                if self._asked.get(asked) is shared:
                    del self._asked[asked]

    async def _answered(self, asked: Asked, client: str, until: float) -> QueryOutcome:
        if self._pool is None:
            return QueryOutcome(503, "txt", b"not open yet; ask again")
        told = await self._pool.ask(asked, client, until)
        if not asked.varies:
            self._remembered.keep(asked, told)
        return told


class _Shared:
    """An answer that some wait for: how many they are."""

    def __init__(self, task: asyncio.Task[QueryOutcome]) -> None:
        self.task, self.waiting = task, 0
