"""The edition that is served now, and the next one that takes its place."""

import asyncio
import logging
import time
from contextlib import suppress
from pathlib import Path

from ..model.errors import IdfgraphError
from ..release.sums import name_of
from .answers import Exchanged
from .limits import ServerLimits
from .meters import Meters
from .served_edition import ServedEdition

#: Seconds between two looks at whether there is another release; and after which one that could not
#: be opened is tried again: the first time, and the longest.
_PERIOD, _SOON, _LATER = 1.0, 5.0, 300.0

_log = logging.getLogger(__name__)


class Editions:
    """The release of a folder as it is served, always one as a whole; `meters` count what comes."""

    def __init__(self, public: Path, limits: ServerLimits) -> None:
        self._public, self.limits, self.meters = public, limits, Meters()
        self._watch: asyncio.Task[None] | None = None
        self._failed = _Failed()
        self._before: list[ServedEdition] = []
        self.current: ServedEdition | None = None

    async def open(self) -> None:
        """Opens the release that is there, and looks out for others from now on; BadQuery where
        there is none.
        """
        while self.current is None:
            with suppress(Exchanged):
                self.current = await self._opened(self._public.resolve())
        self._watch = asyncio.create_task(self._look_out())

    async def close(self) -> None:
        """Ends all: who waits for an answer is told so."""
        if self._watch:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch
        last, self.current = self.current, None
        for edition in filter(None, (*self._before, last)):
            await edition.end()

    async def renew(self) -> None:
        """Serves the release that is there now, if it is another, or its store is gone, and it can
        be opened: until then, and otherwise, the one before.
        """
        folder, name, before = self._public.resolve(), "", self.current
        try:
            name = await asyncio.to_thread(name_of, folder)
            if await self._is_served(name) or not self._failed.is_due(name):
                return
            following = await self._opened(folder)
        except Exchanged:
            return
        except (IdfgraphError, OSError):
            if self._failed.is_due(name):
                self._failed.put_off(name)
                raise
            return
        if before and before.version != following.version:
            following.holdings.files.since = time.time()
        self.current, self._failed = following, _Failed()
        _log.info("serves %s", following.version)
        if before:
            self._before = [*(one for one in self._before if one.is_read), before]
            await before.replace()

    async def _is_served(self, name: str) -> bool:
        """Whether a release is the one that is served, and its store is still there."""
        current = self.current
        if current is None or current.version != name:
            return False
        return await asyncio.to_thread(lambda: current.answers.is_kept)

    async def _opened(self, folder: Path) -> ServedEdition:
        begun = time.perf_counter()
        edition = await asyncio.to_thread(ServedEdition, folder, self.limits, self.meters)
        await edition.open()
        self.meters.note_release(edition.version, time.perf_counter() - begun)
        return edition

    async def _look_out(self) -> None:
        while True:
            await asyncio.sleep(_PERIOD)
            try:
                await self.renew()
            except (IdfgraphError, OSError) as error:
                _log.warning("another release cannot be served: %s", error)


class _Failed:
    """A release that could not be opened: it is tried again, ever less often."""

    def __init__(self) -> None:
        self._name, self._pause, self._next = "", 0.0, 0.0

    def is_due(self, name: str) -> bool:
        """Whether a release is another, or it is time to try it again."""
        return name != self._name or time.monotonic() >= self._next

    def put_off(self, name: str) -> None:
        """Tries a release again later."""
        self._pause = min(2 * self._pause, _LATER) if name == self._name and self._pause else _SOON
        self._name, self._next = name, time.monotonic() + self._pause
