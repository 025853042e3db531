"""One job on a Dask cluster: pieces of work sent out, and what comes back of them, in order."""

import logging
import pickle
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from ..model.errors import BadConfig, BadOutput
from ..model.text import N_
from .dask_hand import Errand, ErrandReply, dismiss, run_errand, versions
from .workers import Lost

if TYPE_CHECKING:
    from distributed import Client, Future

T = TypeVar("T")
R = TypeVar("R")

#: Seconds until a result is here that was made there, until workers come that are needed, and
#: between two looks at them.
_FETCH, _PATIENCE, _LOOK = 10.0, 60.0, 1.0

#: Chunks for each thread of the workers that are under way at most, and those that are waited for,
#: most of them done: a worker that is slow holds up nobody.
_BUSY, _WAITING = 2, 32

#: What to do about workers of another program.
SAME = N_("install the same packages there as here, from the same lock")

_LOG = logging.getLogger("idfgraph.dask")


class _Piece(NamedTuple, Generic[T]):
    """Items under way: what will come of them, among which workers if not all, and what came."""

    items: Sequence[T]
    future: "Future[ErrandReply]"
    among: frozenset[str] = frozenset()
    reply: ErrandReply | None = None


class DaskJob(Generic[T, R]):
    """Work that workers do, and what is known of these."""

    def __init__(self, client: "Client", errand: Errand, work: Callable[[Sequence[T]], R]) -> None:
        self._client, self._errand = client, errand
        self._work = client.submit(bytes, pickle.dumps(work), pure=False)
        self._full: dict[str, str] = {}
        self._threads: dict[str, int] = {}
        self._looked, self._alive = 0.0, time.monotonic()
        self._waiting: list[_Piece[T]] = []

    def results(self, chunks: Iterable[Sequence[T]]) -> Iterator[R | Lost[T]]:
        """What becomes of each chunk, in their order; BadConfig or BadOutput where workers cannot
        do them.
        """
        for chunk in chunks:
            self._waiting.append(self._sent(chunk))
            while self._is_busy():
                yield from self._come()
        while self._waiting:
            yield from self._come()

    def end(self) -> None:
        """Lets go of what is under way, and of the processes that are at it."""
        with suppress(OSError, CancelledError):
            self._client.cancel([piece.future for piece in self._waiting])
            self._client.run(dismiss, self._errand.job, wait=False, on_error="ignore")

    def _sent(self, items: Sequence[T]) -> _Piece[T]:
        """Items under way to workers that have room."""
        self._look()
        among = frozenset(self._threads) - self._full.keys() if self._full else frozenset[str]()
        packed = pickle.dumps([pickle.dumps(item) for item in items])
        future = self._client.submit(
            run_errand,
            self._errand,
            self._work,
            packed,
            pure=False,
            workers=sorted(among) or None,
        )
        return _Piece(items, future, among)

    def _is_busy(self) -> bool:
        """Whether enough is under way, or waited for."""
        threads = sum(self._threads.values()) or 1
        under_way = sum(piece.reply is None for piece in self._waiting)
        return under_way >= _BUSY * threads or len(self._waiting) >= _WAITING * threads

    def _come(self) -> Iterator[R | Lost[T]]:
        """What came of the first pieces, after a while at most."""
        self._wait()
        self._look()
        for at, piece in reversed(list(enumerate(self._waiting))):
            if piece.reply is None:
                self._waiting[at : at + 1] = self._settled(piece, first=at == 0)
        while self._waiting and (reply := self._waiting[0].reply):
            items = self._waiting.pop(0).items
            for made in reply.made:
                yield Lost(items[made]) if isinstance(made, int) else pickle.loads(made)

    def _wait(self) -> None:
        """Waits until something came of a piece, or for a while."""
        from distributed import wait

        under_way = [one.future for one in self._waiting if not (one.reply or one.future.done())]
        with self._client.as_current(), suppress(TimeoutError, CancelledError):
            wait(under_way, timeout=_LOOK, return_when="FIRST_COMPLETED")

    def _look(self) -> None:
        """Looks, now and then, which workers there are; BadOutput where none is left that can do
        anything, or nobody knows.
        """
        now = time.monotonic()
        if now - self._looked < _LOOK:
            return
        try:
            self._threads = self._client.nthreads()
        except (OSError, CancelledError) as error:
            raise _gone() from error
        self._looked = now
        if self._threads.keys() - self._full.keys():
            self._alive = now
        elif self._threads:
            raise _full(self._full)
        elif now - self._alive > _PATIENCE:
            hint = N_("start workers again, and publish again")
            raise BadOutput(N_("no Dask worker is left"), hint=hint)

    def _settled(self, piece: _Piece[T], *, first: bool) -> list[_Piece[T]]:
        """A piece with what came of it, if anything did; or what is sent out in its place. What was
        raised is raised once the piece is the first.
        """
        match piece.future.status:
            case "pending":
                stuck = piece.among and not piece.among & self._threads.keys()
                return [self._sent(piece.items)] if stuck else [piece]
            case "finished":
                with suppress(TimeoutError):
                    return [self._replied(piece, piece.future.result(timeout=_FETCH))]
                return [piece]
            case "error":
                return self._failed(piece, first=first)
        raise _gone()

    def _replied(self, piece: _Piece[T], reply: ErrandReply) -> _Piece[T]:
        """A piece with its reply, or sent to another worker; BadConfig where one is a stranger."""
        if reply.kind == "stranger":
            raise stranger(reply.worker, reply.said, versions())
        if reply.kind == "done":
            return piece._replace(reply=reply)
        _LOG.warning("%s: %s; done elsewhere", reply.worker, reply.said)
        self._full[reply.worker] = reply.said
        self._looked = 0.0
        return self._sent(piece.items)

    def _failed(self, piece: _Piece[T], *, first: bool) -> list[_Piece[T]]:
        """What is sent out in the place of a piece whose workers were all gone: its items one by
        one; an item alone is lost.
        """
        from distributed.scheduler import KilledWorker

        error = piece.future.exception(timeout=_FETCH)
        if isinstance(error, KilledWorker):
            _LOG.warning("%s", error)
            if len(piece.items) > 1:
                return [self._sent([item]) for item in piece.items]
            return [piece._replace(reply=ErrandReply("done", [0]))]
        if first and error:
            raise error
        return [piece]


def stranger(process: str, there: str, here: str) -> BadConfig:
    """The error for a process of another program."""
    said = N_("{process} of the Dask cluster has another program: {there}; here: {here}")
    return BadConfig(said, hint=SAME, process=process, there=there, here=here)


def _gone() -> BadOutput:
    hint = N_("start it again, and publish again")
    return BadOutput(N_("the Dask scheduler is gone"), hint=hint)


def _full(workers: dict[str, str]) -> BadOutput:
    """The error for workers that all have no room."""
    worker, said = next(iter(sorted(workers.items())))
    return BadOutput(
        N_("no Dask worker can write ({number} tried): {worker}: {said}"),
        hint=N_("make room where they write: in TMPDIR, or where --runs says"),
        number=len(workers),
        worker=worker,
        said=said,
    )
