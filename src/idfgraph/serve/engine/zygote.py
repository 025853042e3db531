"""A process that forks others, each of which answers questions over a store: what runs in them
(Linux only).
"""

import ctypes
import gc
import os
import resource
import signal
import socket
from contextlib import suppress
from pathlib import Path

from pyoxigraph import Store

from ...system.fence import hush, shut_in
from .asked import QueryOutcome
from .building import STORE_FILES, light_store
from .execution import ExecutionBounds, answer
from .messages import FAILED, FENCED, FORK, HEAD, NO_MEMORY, NUMBER, OPEN, pack_told, unpack

#: Linux: a network of one's own, users of one's own (unshare(2)); a signal when the parent dies
#: (prctl(2)).
_NEW_NETWORK, _NEW_USERS, _PARENT_DEATH = 0x40000000, 0x10000000, 1

_LIBC = ctypes.CDLL(None, use_errno=True)


def main(control: int, store: str, answer_bytes: int, memory: int) -> None:
    """The life of a zygote: workers are forked and buried as its parent asks, until that is gone.

    The network is left once, here, not in each worker: that takes far longer than a fork.
    """
    hush()
    _bind(os.getppid())
    line = socket.socket(fileno=control)
    is_fenced = _leave_network()
    light = _light(Path(store))
    gc.freeze()
    bounds = ExecutionBounds(answer_bytes, memory + _size())
    line.sendall(FENCED if is_fenced else OPEN)
    while True:
        said, handles, _, _ = socket.recv_fds(line, 1 + NUMBER.size, 1)
        if not said:
            os._exit(0)
        if said[:1] == FORK and handles:
            line.sendall(NUMBER.pack(_fork(line, handles[0], light or Path(store), bounds)))
        else:
            line.sendall(NUMBER.pack(_outcome(NUMBER.unpack(said[1:])[0])))


def _light(store: Path) -> Store | None:
    """The store in memory, where it is small and can be read."""
    with suppress(OSError, SyntaxError, ValueError):
        return light_store(store)
    return None


def _fork(control: socket.socket, handle: int, place: Store | Path, bounds: ExecutionBounds) -> int:
    """Forks a worker at the other end of a line; its number, 0 where there can be none."""
    above = os.getpid()
    try:
        number = os.fork()
    except OSError:
        os.close(handle)
        return 0
    if number:
        os.close(handle)
        return number
    try:
        control.close()
        _bind(above)
        _work(socket.socket(fileno=handle), place, bounds)
    finally:
        os._exit(FAILED)


def _work(line: socket.socket, place: Store | Path, bounds: ExecutionBounds) -> None:
    """The life of a worker: questions and their answers, until nobody asks."""
    if isinstance(place, Store):
        _limit(bounds.memory)
        store = place
        shut_in()
    else:
        _limit(bounds.memory + _on_disk(place))
        store = Store.read_only(str(place))
        shut_in(STORE_FILES)
    _say(line, QueryOutcome(200, "ready", b""))
    while True:
        asked = unpack(_received(line, HEAD.unpack(_received(line, HEAD.size))[0]))
        try:
            told = answer(store, asked, bounds.answer)
            _say(line, told)
        except MemoryError:
            os._exit(NO_MEMORY)


def _received(line: socket.socket, size: int) -> bytes:
    """So many bytes from a line; ends this process where there are no more."""
    said = line.recv(size, socket.MSG_WAITALL)
    if len(said) < size:
        os._exit(0)
    return said


def _say(line: socket.socket, told: QueryOutcome) -> None:
    head, body = pack_told(told)
    if len(body) < 1 << 16:
        line.sendall(head + body)
    else:
        line.sendall(head)
        line.sendall(body)


def _outcome(number: int) -> int:
    """How a worker ended: its exit code, or less than 0 for the signal that was its end; those of a
    zygote before this one ended with it.
    """
    try:
        return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    except ChildProcessError:
        return -signal.SIGKILL


def _bind(above: int) -> None:
    """Ties the life of this process to that of its parent, whose signals are not its own; where
    memory is short, it is the first to go.
    """
    for deaf in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(deaf, signal.SIG_IGN)
    _LIBC.prctl(_PARENT_DEATH, signal.SIGKILL)
    if os.getppid() != above:
        os._exit(FAILED)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _on_disk(store: Path) -> int:
    """The bytes of a store's files, which the engine sees as if they were memory."""
    return sum(file.stat().st_size for file in store.iterdir())


def _size() -> int:
    """The bytes of address space of this process, which all that it forks begin with."""
    pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    return int(pages) * resource.getpagesize()


def _leave_network() -> bool:
    """Whether this process, and all that it forks, is in a network of its own, where nothing is."""
    return any(_LIBC.unshare(how) == 0 for how in (_NEW_NETWORK, _NEW_USERS | _NEW_NETWORK))
