"""Workers that are forked from a warm process, as their leader sees them (Linux only)."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from ..engine import FENCED, FORK, NUMBER, OUTCOME, QueryOutcome, unpack_told
from ..limits import ServerLimits

#: What a zygote runs: nothing but what this program has loaded its own modules from.
_RUN = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    "from idfgraph.serve.engine.zygote import main;"
    "main(int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))"
)

#: How the C library shares out memory: else each thread reserves room for itself, which counts.
_FRUGAL = {"MALLOC_ARENA_MAX": "2"}

#: Seconds that a zygote (which may read a store into memory), a worker, and the news of a worker's
#: end may take.
_START, _READY, _NEWS = 120.0, 10.0, 5.0

#: How much lower than others a worker stands that takes long.
_NICE = 15


class Gone(Exception):
    """A worker, or what forks them, is not there any more."""


class Worker(asyncio.Protocol):
    """A forked process at the other end of a line: one question at a time, one answer to each.

    `outcome` says how it ended, once that is known.
    """

    def __init__(self, on_loss: Callable[["Worker"], None]) -> None:
        self.number = 0
        self.outcome: int | None = None
        self.is_buried = False
        self._on_loss = on_loss
        self._said = bytearray()
        self._answer: asyncio.Future[QueryOutcome] | None = None
        self._transport: asyncio.WriteTransport | None = None
        self.is_lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The line is there."""
        if isinstance(transport, asyncio.WriteTransport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        """A piece of an answer."""
        self._said += data
        told = unpack_told(self._said)
        if told:
            self._said = bytearray()
            if self._answer and not self._answer.done():
                self._answer.set_result(told)

    def connection_lost(self, _: Exception | None) -> None:
        """The process has ended."""
        self.is_lost = True
        if self._answer and not self._answer.done():
            self._answer.set_exception(Gone("a worker has ended"))
        self._on_loss(self)

    def ask(self, question: bytes) -> "asyncio.Future[QueryOutcome]":
        """What is answered to a question; Gone where the process ends before that."""
        self._answer = asyncio.get_running_loop().create_future()
        if self._transport is None or self.is_lost:
            self._answer.set_exception(Gone("a worker has ended"))
        elif question:
            self._transport.write(question)
        return self._answer

    def kill(self) -> None:
        """Ends the process, whatever it is at."""
        self._signal(signal.SIGKILL)
        if self._transport:
            self._transport.abort()

    def stop(self) -> None:
        """Lets the process rest until it may go on."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Lets the process go on."""
        self._signal(signal.SIGCONT)

    def used(self) -> float:
        """The seconds that the process has had of a processor so far; 0 where that is not told."""
        try:
            told = Path(f"/proc/{self.number}/schedstat").read_bytes()
            return int(told.split()[0]) / 1e9
        except (OSError, ValueError, IndexError):
            return 0.0

    def step_back(self) -> None:
        """From now on others go first, wherever both could."""
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.number, _NICE)

    def _signal(self, number: int) -> None:
        """Sends a signal, as long as the number is this process's for sure."""
        if not self.is_lost:
            with suppress(OSError):
                os.kill(self.number, number)


class Zygote:
    """The process that forks workers; it is asked one thing at a time.

    A worker's number is not given to another process before the zygote was asked for its outcome.
    """

    def __init__(self, store: Path, limits: ServerLimits) -> None:
        self._store, self._limits = store, limits
        self._process: subprocess.Popen[bytes] | None = None
        self._guard = asyncio.Lock()
        self._line: socket.socket | None = None
        self.is_fenced = False

    async def fork(self, on_loss: Callable[[Worker], None]) -> Worker:
        """A new worker that has opened the store; Gone where none comes about."""
        here, there = socket.socketpair()
        worker = Worker(on_loss)
        with ExitStack() as undone:
            undone.callback(here.close)
            with there:
                worker.number = await self._asked(FORK, there)
            undone.pop_all()
        here.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.create_unix_connection(lambda: worker, sock=here)
        try:
            await asyncio.wait_for(worker.ask(b""), _READY)
        except TimeoutError as error:
            worker.kill()
            await self.bury(worker)
            raise Gone("a worker took too long to start") from error
        except Gone as error:
            await self.bury(worker)
            raise Gone(f"a worker ended as it started: {worker.outcome}") from error
        return worker

    async def bury(self, worker: Worker) -> None:
        """Learns of a worker that is gone how it ended: its exit code, less than 0 for a signal.

        Once: another process may have its number after that.
        """
        if not worker.is_buried:
            worker.is_buried = True
            worker.outcome = await self._asked(OUTCOME + NUMBER.pack(worker.number))

    def end(self) -> None:
        """Ends the process, and with it all workers."""
        if self._line:
            self._line.close()
            self._line = None
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    async def _asked(self, what: bytes, handle: socket.socket | None = None) -> int:
        """What is answered to something that is asked of the zygote, which is started anew where it
        is gone.
        """
        async with self._guard:
            try:
                if self._line is None:
                    await self._start()
                return await asyncio.wait_for(self._said(what, handle), _NEWS)
            except (OSError, TimeoutError) as error:
                self.end()
                raise Gone(f"the process that forks is gone: {error!r}") from error

    async def _said(self, what: bytes, handle: socket.socket | None) -> int:
        if self._line is None:
            raise Gone("the process that forks is gone")
        socket.send_fds(self._line, [what], [handle.fileno()] if handle else [])
        said = await asyncio.get_running_loop().sock_recv(self._line, NUMBER.size)
        if len(said) < NUMBER.size:
            raise ConnectionResetError
        number: int = NUMBER.unpack(said)[0]
        if what == FORK and not number:
            raise Gone("the system forks no more processes")
        return number

    async def _start(self) -> None:
        """Starts the process, from the thread that stays: it ends with it."""
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        here.setblocking(False)
        self._line = here
        paths = json.dumps([path for path in sys.path if path])
        numbers = (self._limits.answer, self._limits.memory)
        with there:
            self._process = subprocess.Popen(  # noqa: S603 - our own words and paths
                [sys.executable, "-I", "-c", _RUN, paths, str(there.fileno()), str(self._store)]
                + [str(number) for number in numbers],
                stdin=subprocess.DEVNULL,
                env={**os.environ, **_FRUGAL},
                pass_fds=[there.fileno()],
                start_new_session=True,
            )
        hello = await asyncio.wait_for(asyncio.get_running_loop().sock_recv(here, 16), _START)
        if not hello:
            raise ConnectionResetError
        self.is_fenced = hello == FENCED
