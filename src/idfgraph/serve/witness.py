"""Sees each request come and its answer go: counts it, writes it down, gives it a name of its own
and the headers of all answers, and turns a defect of ours into an answer.
"""

import asyncio
import secrets
import time
from collections.abc import Callable
from itertools import count, repeat

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .bodies import drop_body
from .journal import Exchange, Journal
from .meters import Meters
from .request_head import RequestHead, head_of

#: The status that is written down where nobody waited for the answer.
_GONE = 499

#: Names of requests: what this process is called, and a number. To ask the system for random
#: bytes each time costs more than to answer.
_NAMES = map("{}{:08x}".format, repeat(secrets.token_hex(4)), count())

#: Methods of requests whose body, if there is one, is not waited for; the status of what came too
#: slowly already.
_BODILESS, _TOO_SLOW = frozenset({"GET", "HEAD", "OPTIONS"}), 408

#: Headers that every answer has: it may be read from any page of the web, as what it says it is.
_ALWAYS = [
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"Accept-Ranges, Allow, Content-Disposition, Content-Language, Content-Location, "
        b"Content-Profile, Content-Range, ETag, Link, Location, Retry-After, Vary, X-Request-Id",
    ),
    (b"x-content-type-options", b"nosniff"),
]

#: What all else is: things and documents of a release.
DOCUMENT = "document"

#: Methods that are written down by their name.
_METHODS = frozenset(
    {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"}
)


class Witness:
    """An application around another, to which `route_of` a path is known by few names."""

    def __init__(
        self,
        app: ASGIApp,
        route_of: Callable[[str], str],
        meters: Meters,
        journal: Journal | None = None,
    ) -> None:
        self._app, self._route_of, self._meters, self._journal = app, route_of, meters, journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers what the other answers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head = head_of(scope)
        seen = _Seen(head, receive, send, self._route_of(head.path))
        self._meters.begin()
        try:
            await self._app(scope, seen.receive, seen.send)
        except ClientDisconnect:
            seen.status = _GONE
        except asyncio.CancelledError:
            seen.status = _GONE
            raise
        except Exception as error:
            await self._tell_defect(seen, error, scope, receive)
        finally:
            self._note(seen.exchange())
            seen.let_go()

    def _note(self, exchange: Exchange) -> None:
        self._meters.count_request(
            exchange.route, exchange.method, exchange.status, exchange.seconds
        )
        if self._journal:
            self._journal.note(exchange)

    async def _tell_defect(
        self, seen: "_Seen", error: Exception, scope: Scope, receive: Receive
    ) -> None:
        """Answers that something is wrong with us, if nothing was answered yet; an answer that was
        begun is cut, so that it is not taken for whole.
        """
        if self._journal:
            self._journal.note_defect(seen.name, error)
        if seen.status:
            raise error
        said = f"This is a defect of the server (request {seen.name}).\n"
        response = PlainTextResponse(said, 500, {"Cache-Control": "no-store"})
        await response(scope, receive, seen.send)


class _Seen:
    """What is seen of a request and its answer, which goes on to `send`."""

    def __init__(self, head: RequestHead, receive: Receive, send: Send, route: str) -> None:
        self._receive, self._send, self._route = receive, send, route
        self._method = head.method if head.method in _METHODS else "other"
        self._is_read = head.method in _BODILESS or bool(head.values(b"expect"))
        self._begun, self._size = time.perf_counter(), 0
        self.name, self.status = next(_NAMES), 0

    async def receive(self) -> Message:
        """What comes of the request."""
        message = await self._receive()
        self._is_read = not message.get("more_body")
        return message

    async def send(self, message: Message) -> None:
        """Sends on a part of the answer, under the request's name, with the headers of all."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            if not self._is_read and self.status != _TOO_SLOW:
                await drop_body(self._receive)
            named = (b"x-request-id", self.name.encode())
            message = {**message, "headers": [*message.get("headers", ()), *_ALWAYS, named]}
        else:
            self._size += len(message.get("body", b""))
        await self._send(message)

    def let_go(self) -> None:
        """Holds the line no longer: it is closed once nobody does, and an error that was raised may
        keep this alive until garbage is collected.
        """
        del self._receive, self._send

    def exchange(self) -> Exchange:
        """The request and its answer, as far as they are written down."""
        seconds = time.perf_counter() - self._begun
        return Exchange(
            self.name, self._route, self._method, self.status or 500, seconds, self._size
        )
