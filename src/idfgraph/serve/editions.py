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

#: Seconds between two looks at whether there is another release.
_PERIOD = 1.0

_log = logging.getLogger(__name__)


class Editions:
    """The release of a folder as it is served, always one as a whole; `meters` count what comes."""

    def __init__(self, public: Path, limits: ServerLimits) -> None:
        self._public, self.limits, self.meters = public, limits, Meters()
        self._watch: asyncio.Task[None] | None = None
        self._refused = ""
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
        if last:
            await last.end()

    async def renew(self) -> None:
        """Serves the release that is there now, if it is another and can be opened: until then, and
        otherwise, the one before.
        """
        folder = self._public.resolve()
        name = await asyncio.to_thread(name_of, folder)
        if self.current and name in (self.current.version, self._refused):
            return
        try:
            following = await self._opened(folder)
        except Exchanged:
            return
        except IdfgraphError:
            self._refused = name
            raise
        self._refused = ""
        if self.current:
            following.holdings.files.since = time.time()
        before, self.current = self.current, following
        _log.info("serves %s", following.version)
        if before:
            await before.replace()

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
