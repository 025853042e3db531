"""Where assistants ask over HTTP: one message a request, answered at once and whole; no session is
kept, and nothing is sent of its own accord.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..bodies import BodyTooLarge, read_body
from ..editions import Editions
from ..leaving import while_there
from ..preflight import preflight
from ..sent_pieces import send_body
from .assistant_tools import AssistantTools

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

#: Its path.
ROOM = "/mcp"

_METHODS = "POST, OPTIONS"

#: What speaks over HTTP once it has been opened.
_Speaking = Callable[[Scope, Receive, Send], Awaitable[None]]


def is_installed() -> bool:
    """Whether the SDK is there, which is an extra."""
    return find_spec("mcp") is not None


class AssistantRoom:
    """Where assistants ask; the SDK is loaded when the first one comes."""

    def __init__(self, editions: Editions) -> None:
        self._limits, self._tools = editions.limits, AssistantTools(editions)
        self._speaking: asyncio.Task[_Speaking] | None = None
        self._life: asyncio.Task[None] | None = None
        self._over = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a message."""
        request = Request(scope, receive)
        response = _refusal(request) or await self._answered(request)
        await response(scope, receive, send)

    async def close(self) -> None:
        """Ends all: who waits for an answer gets none."""
        self._over.set()
        for task in filter(None, (self._speaking, self._life)):
            with suppress(asyncio.CancelledError):
                await task
        await self._tools.close()

    async def _answered(self, request: Request) -> ASGIApp:
        most = self._limits.query
        try:
            body = await read_body(request, most, self._limits.seconds)
        except BodyTooLarge:
            return _refused(413, f"a message has at most {most:,} bytes; send less")
        except TimeoutError:
            return _refused(408, "the message took too long; send it again, faster")
        except ClientDisconnect:
            return _refused(400, "the message ended early; send it again")
        answering = asyncio.create_task(self._spoken(request, body))
        try:
            await while_there(request, answering)
            return answering.result() if answering.done() else _refused(408, "the client has left")
        finally:
            answering.cancel()

    async def _spoken(self, request: Request, body: bytes) -> ASGIApp:
        """What the SDK answers to a message."""
        self._speaking = self._speaking or asyncio.create_task(self._open())
        speak = await asyncio.shield(self._speaking)
        kept = _Kept(body)
        await speak(request.scope, kept.receive, kept.send)
        return kept

    async def _open(self) -> _Speaking:
        """Loads the SDK, beside what else is done, and begins its life."""
        manager, ready = await asyncio.to_thread(_manager, self._tools), asyncio.Event()

        async def live() -> None:
            """Lives until the room is closed."""
            async with manager.run():
                ready.set()
                await self._over.wait()

        self._life = asyncio.create_task(live())
        await ready.wait()
        return manager.handle_request


class _Kept:
    """A message that was read, and the answer to it as it is made; then it is sent, a piece at a
    time.
    """

    def __init__(self, body: bytes) -> None:
        self._body, self._asked = body, False
        self._start: Message = {}
        self._answer = bytearray()

    async def receive(self) -> Message:
        """The message, once; after that nothing comes."""
        if self._asked:
            await asyncio.Event().wait()
        self._asked = True
        return {"type": "http.request", "body": self._body, "more_body": False}

    async def send(self, message: Message) -> None:
        """Keeps a part of the answer."""
        if message["type"] == "http.response.start":
            self._start = message
        else:
            self._answer += message.get("body", b"")

    async def __call__(self, _: Scope, __: Receive, send: Send) -> None:
        """Sends the answer."""
        own = [(b"cache-control", b"no-store")]
        await send({**self._start, "headers": [*self._start.get("headers", ()), *own]})
        await send_body(send, bytes(self._answer))


def _manager(tools: AssistantTools) -> "StreamableHTTPSessionManager":
    from mcp.server.streamable_http_manager import (  # noqa: PLC0415 - an extra, slow to load
        StreamableHTTPSessionManager,
    )

    from .speaker import speaker  # noqa: PLC0415 - loads it

    return StreamableHTTPSessionManager(speaker(tools), json_response=True, stateless=True)


def _refusal(request: Request) -> Response | None:
    """The answer to what is no message."""
    if request.method == "OPTIONS":
        return Response(None, 204, preflight(_METHODS))
    if request.method != "POST":
        said = f"{request.method[:20]} is not taken; send a message by POST\n"
        return PlainTextResponse(said, 405, {"Allow": _METHODS})
    return None


def _refused(status: int, said: str) -> Response:
    return PlainTextResponse(f"{said}\n", status, {"Connection": "close"})
