"""One release as it is served: its documents and what answers queries over it, together."""

import asyncio
import time
from contextlib import AsyncExitStack
from pathlib import Path

from ..model.layout import CONTEXT
from ..query.ask import base_of
from ..release.sums import name_of
from .answers import Answers, Asked, Exchanged, QueryOutcome
from .limits import ServerLimits
from .linked_data import Holdings
from .meters import Meters


class ServedEdition:
    """One release as it is served; BadQuery where the folder is no release.

    `folder` is where it stands, links followed; `version` is the name that its sums give it, `base`
    that of its names, `address` that of the server.
    """

    def __init__(self, folder: Path, limits: ServerLimits, meters: Meters) -> None:
        self.folder, self.limits = folder, limits
        self.base = base_of(folder)
        self.address = limits.base or self.base
        self.holdings = Holdings(folder, self.base, self.address)
        self.version = self.holdings.files.version
        self.answers: Answers = _CountedAnswers(folder, limits, meters)
        self._readers: set[asyncio.Task[object] | None] = set()
        self._replaced = self.has_ended = False

    async def open(self) -> None:
        """Makes ready what answers queries; Exchanged where the folder is another release by then,
        so that documents and answers would be of two, BadOutput where its base cannot be relied on.
        """
        async with AsyncExitStack() as undone:
            undone.push_async_callback(self.replace)
            await self.answers.open()
            await asyncio.to_thread(self._check)
            undone.pop_all()

    def _check(self) -> None:
        if name_of(self.folder) != self.version:
            raise Exchanged(self.folder)
        self.holdings.files.check(CONTEXT)

    @property
    def is_read(self) -> bool:
        """Whether some request is still answered with it."""
        return bool(self._readers)

    async def replace(self) -> None:
        """Says that another takes its place: it ends with the last request that it answers."""
        self._replaced = True
        await self._leave()

    async def end(self) -> None:
        """Ends it: requests that it still answers are cancelled."""
        self.has_ended = True
        for reader in filter(None, self._readers):
            reader.cancel()
        await self.replace()

    async def __aenter__(self) -> "ServedEdition":
        self._readers.add(asyncio.current_task())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._readers.remove(asyncio.current_task())
        await self._leave()

    async def _leave(self) -> None:
        if self._replaced and not self._readers:
            await self.answers.close()
            self.holdings.close()


class _CountedAnswers(Answers):
    """What answers queries, and counts them."""

    def __init__(self, release: Path, limits: ServerLimits, meters: Meters) -> None:
        super().__init__(release, limits)
        self._meters = meters

    async def ask(self, asked: Asked, client: str) -> QueryOutcome:
        """What comes of a query, which is counted."""
        begun = time.perf_counter()
        told = await super().ask(asked, client)
        self._meters.count_query(told.status, time.perf_counter() - begun)
        return told
