"""A process that works for this one: watched from its start, and never outliving it."""

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import inf
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, TypeVar

from .fence import hush
from .garbage import look_seldom
from .interrupts import STOPPING
from .pickling import pickled

if sys.platform != "win32":
    import resource

T = TypeVar("T")
R = TypeVar("R")

#: Seconds that a process may take to start, and each that is started in its place: one that stalls
#: costs little, and a machine with much to do gets its time.
_STARTS = (10.0, 20.0, 40.0, 80.0)

#: The Linux call that asks for a signal when the parent dies (prctl(2), PR_SET_PDEATHSIG).
_PARENT_DEATH = 1

#: Exit code of a child whose parent is gone.
_ORPHAN = 70


class Ended(Exception):
    """A child's process is gone, or was ended because it took too long or too much memory."""


class Unready(Ended):
    """A child's process was gone before it could do anything."""


class Child(Generic[T, R]):
    """A process that makes of what it is asked what `work` (picklable) makes of it.

    `bytes_` is its address space at most, where the system can limit that; a limit that this
    process is under is never widened. A process that is gone before it has taken up its work, or
    stalls, is replaced by another.
    """

    def __init__(self, work: Callable[[T], R], bytes_: int) -> None:
        self._work, self._bytes = work, bytes_
        self._ready = self._over = False
        self._guard = threading.Lock()
        self._process: SpawnProcess | None = None
        self._here: Connection

    def begin(self, seconds: float = inf) -> None:
        """Waits until a process has taken up the work; Unready if none does within so many
        seconds.
        """
        until, said = time.monotonic() + seconds, "had no time"
        for patience in () if self._ready else _STARTS:
            if (left := until - time.monotonic()) <= 0:
                break
            self._start()
            try:
                self._answer(self._work, min(patience, left))
            except Ended as error:
                said = str(error)
            else:
                self._ready = True
                break
        if not self._ready:
            raise Unready(said)

    def ask(self, task: T, seconds: float) -> R:
        """What the work makes of a task; what it raises is raised.

        Raises Unready or Ended, after which the child is of no use, when its process is gone, or
        takes more than so many seconds, or all the memory that it may have.
        """
        self.begin()
        kind, value = self._answer(task, seconds)
        if kind == "made":
            made: R = value
            return made
        if isinstance(value, MemoryError):
            self.end()
            raise Ended("had too little memory")
        raise value

    def kill(self) -> None:
        """Ends the process at once, whatever it is at; whoever asks it learns that it has ended."""
        with self._guard:
            self._over = True
            self._stop()

    def end(self) -> None:
        """Ends the process, and lets go of it."""
        self.kill()
        self._leave()

    def _start(self) -> None:
        """Starts a process; Unready where none can be started, or none is wanted any more."""
        with self._guard:
            if self._over:
                raise Unready("is not wanted any more")
            context = get_context("spawn")
            self._here, there = context.Pipe()
            self._process = context.Process(
                target=_serve, args=(there, self._bytes, os.getpid()), daemon=True
            )
            try:
                with _shielded():
                    self._process.start()
            except OSError as error:
                raise Unready(f"cannot be started: {error.strerror or error}") from error
            finally:
                there.close()

    def _stop(self) -> None:
        if self._process:
            with suppress(OSError, ValueError, AttributeError):
                self._process.kill()

    def _leave(self) -> None:
        """Ends the process, and lets go of it; another may take its place."""
        self._stop()
        if self._process:
            with suppress(OSError, ValueError, AssertionError):
                self._process.join()
            self._here.close()

    def _answer(self, message: object, seconds: float) -> tuple[str, Any]:
        """What the process says to a message."""
        data = pickled(message)
        try:
            self._here.send_bytes(data)
            if self._here.poll(seconds):
                answer: tuple[str, Any] = self._here.recv()
                return answer
        except (EOFError, OSError, ValueError) as error:
            self._leave()
            raise Ended("died") from error
        self._leave()
        raise Ended("took too long")


@contextmanager
def _shielded() -> Iterator[None]:
    """Children that start in the block, and what tracks what they share, are deaf to the signals
    that stop this process: it ends them itself.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(there: Connection, bytes_: int, parent: int) -> None:
    """A child's life: the work, then a task and its answer in turn, until nobody asks."""
    hush()
    look_seldom()
    _bind(parent)
    _limit(bytes_)
    with suppress(EOFError, OSError):
        work = _taken_up(there)
        while True:
            there.send(_done(work, there.recv()))


def _taken_up(there: Connection) -> Callable[[Any], Any]:
    """The work that is asked for, once the modules that it needs are there."""
    work: Callable[[Any], Any] = there.recv()
    there.send(("made", None))
    return work


def _done(work: Callable[[Any], Any], task: object) -> tuple[str, object]:
    """What becomes of a task: what is made of it, or what is raised."""
    try:
        return "made", work(task)
    except Exception as error:  # whatever it is, it is raised where the work was asked for
        return "raised", error


def _bind(parent: int) -> None:
    """Ties the life of this process to that of its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL)
    if hasattr(os, "getppid") and os.getppid() != parent:
        os._exit(_ORPHAN)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """Ends this process when its parent is gone."""
    above = parent_process()
    if above:
        wait([above.sentinel])
        os._exit(_ORPHAN)


def _limit(bytes_: int) -> None:
    """Limits the address space of this process; never beyond a limit that it was born with."""
    if sys.platform != "win32":
        known = [limit for limit in resource.getrlimit(resource.RLIMIT_AS) if limit >= 0]
        lowest = min([bytes_, *known])
        with suppress(ValueError, OverflowError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (lowest, lowest))
