"""The lane of questions that take long: few at a time, those that had least time first."""

import asyncio
import time
from typing import NamedTuple

from ..engine import QueryOutcome, refused
from .forks import Worker

#: Seconds between two looks at who runs, and that each question has before it must be one of the
#: client's few that stay.
_TURN, _TRIAL = 0.1, 1.0

#: How many questions the lane has room for, from one client and in all; and how many of a client
#: stay beyond their trial.
_ROOM, _ROOM_EACH, _STAY_EACH = 6, 4, 2

#: Seconds that a question waits for its refusal: who comes again at once would take the room of
#: others.
_REFUSAL = 1.0

BUSY = refused(503, "busy with questions that take long; come again later, or ask for less")


class _Guest:
    """A question in the lane: its worker, its client, the seconds that it ran; `out` is done once
    it must leave.
    """

    def __init__(self, worker: Worker, client: str) -> None:
        self.worker, self.client = worker, client
        self.used, self.runs, self.stays = 0.0, True, False
        self.out: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class Late(NamedTuple):
    """What a question is told that took too long: seconds that each may take."""

    seconds: float

    def told(self) -> QueryOutcome:
        """The refusal."""
        return refused(503, f"the query took longer than {self.seconds:g} s; ask for less")


class SlowLane:
    """Workers that are at a question for long: `tracks` of them run, the others rest."""

    def __init__(self, tracks: int, late: Late) -> None:
        self._tracks, self._late = tracks, late
        self._guests: list[_Guest] = []
        self._looked = 0.0
        self._next: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._guests)

    async def answer(
        self, worker: Worker, answering: "asyncio.Future[QueryOutcome]", client: str, until: float
    ) -> QueryOutcome:
        """What a worker answers, if the lane has room and the time suffices; a refusal otherwise.

        The worker is of no use any more after it.
        """
        worker.step_back()
        guest = self._entered(worker, client)
        if guest is None:
            worker.kill()
            await asyncio.sleep(min(_REFUSAL, max(0.0, until - time.monotonic())))
            return BUSY
        try:
            left = max(0.0, until - time.monotonic())
            leaving: set[asyncio.Future[QueryOutcome] | asyncio.Future[None]] = {
                answering,
                guest.out,
            }
            await asyncio.wait(leaving, timeout=left, return_when="FIRST_COMPLETED")
            if answering.done():
                return answering.result()
            return BUSY if guest.out.done() else self._late.told()
        finally:
            self._count()
            self._guests.remove(guest)
            self._choose()

    def _entered(self, worker: Worker, client: str) -> _Guest | None:
        own = sum(guest.client == client for guest in self._guests)
        if len(self._guests) >= _ROOM or own >= _ROOM_EACH:
            return None
        self._count()
        guest = _Guest(worker, client)
        self._guests.append(guest)
        self._choose()
        return guest

    def _turn(self) -> None:
        """Another look at who runs."""
        self._count()
        self._choose()

    def _count(self) -> None:
        """Counts what each has had since the last look."""
        before, self._looked = self._looked, time.monotonic()
        for guest in self._guests:
            if guest.runs:
                guest.used += self._looked - before
                self._try(guest)

    def _choose(self) -> None:
        """Lets those run that had least, until the next look."""
        here = [guest for guest in self._guests if not guest.out.done()]
        chosen = sorted(here, key=lambda guest: guest.used)[: self._tracks]
        for guest in here:
            self._set(guest, runs=guest in chosen)
        if self._next:
            self._next.cancel()
        loop = asyncio.get_running_loop()
        self._next = loop.call_later(_TURN, self._turn) if here else None

    def _try(self, guest: _Guest) -> None:
        """A question that had its trial stays, if not too many of its client do; or it must go."""
        if guest.stays or guest.used < _TRIAL or guest.out.done():
            return
        others = sum(one.stays and one.client == guest.client for one in self._guests)
        if others < _STAY_EACH:
            guest.stays = True
        else:
            guest.out.set_result(None)

    def _set(self, guest: _Guest, *, runs: bool) -> None:
        if runs and not guest.runs:
            guest.worker.go_on()
        elif guest.runs and not runs:
            guest.worker.stop()
        guest.runs = runs
