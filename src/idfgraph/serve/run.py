"""The HTTP server (granian) around the application, until a signal ends it."""

import asyncio
import signal
import socket
from collections.abc import Callable
from contextlib import suppress

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from ..model.errors import BadConfig, Place
from ..model.text import N_
from ..system.interrupts import STOPPING
from .app import application
from .editions import Editions
from .journal import Journal

#: Seconds that requests have to end once the server is asked to stop, and then the rest of them to
#: be told so: a second of it may go by while what is still sent of a body is dropped.
_GRACE, _LEAVING = 1.25, 1.25

#: Milliseconds that the head of a request may take. HTTP/2 knows no such time, nor does whoever
#: listens for both, before the first byte: a proxy speaks it to clients, this server does not.
_HEAD = 3_000


def run(editions: Editions, address: str, port: int) -> None:
    """Serves at an address until a signal asks to stop; BadConfig where nobody can listen there,
    what editions raise where there is no release.
    """
    address = _free(address, port)
    journal = Journal()
    journal.begin()
    try:
        asyncio.run(_serve(editions, journal, address, port))
    finally:
        journal.end()


def _free(address: str, port: int) -> str:
    """The number of an address at which nobody listens yet.

    >>> _free("127.0.0.1", 0)
    '127.0.0.1'
    """
    try:
        found = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)
        family, _, _, _, where = found[0]
        with socket.create_server(where[:2], family=family):
            return str(where[0])
    except (OSError, UnicodeError) as error:
        said = getattr(error, "strerror", None) or error
        place = Place(f"{address}:{port}")
        hint = N_("name another with --address or --port")
        raise BadConfig(N_("cannot be listened at: {said}"), place, hint=hint, said=said) from error


async def _serve(editions: Editions, journal: Journal, address: str, port: int) -> None:
    server = Server(
        application(editions, journal, opens=False),
        address=address,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        websockets=False,
        log_enabled=False,
        backlog=1024,
        http1_settings=HTTP1Settings(header_read_timeout=_HEAD),
    )
    stop: Callable[[], None] = server.stop
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    heard = [number for number in STOPPING if signal.getsignal(number) is not signal.SIG_IGN]
    for number in heard:
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, stopped.set)
    opening, serving = (asyncio.create_task(each) for each in (editions.open(), server.serve()))
    opening.add_done_callback(lambda done: _stop_unopened(done, stopped.set))
    serving.add_done_callback(lambda _: stopped.set())
    await stopped.wait()
    stop()
    await asyncio.wait({serving}, timeout=_GRACE)
    opening.cancel()
    await asyncio.wait({opening})
    await editions.close()
    await asyncio.wait({serving}, timeout=_LEAVING)
    serving.cancel()
    for told in await asyncio.gather(opening, serving, return_exceptions=True):
        if isinstance(told, Exception):
            raise told
    for number in heard:
        signal.signal(number, signal.SIG_DFL)


def _stop_unopened(opening: "asyncio.Task[None]", stop: Callable[[], None]) -> None:
    """Stops a server that has nothing to serve."""
    if not opening.cancelled() and opening.exception():
        stop()
