"""The bodies of requests: no more of one than may be, and none that comes in drops."""

import asyncio
from contextlib import suppress

from starlette.requests import Request
from starlette.types import Receive

#: So many bytes, or the rest of a body, must come within so many seconds.
_PACE, _PERIOD = 4096, 5.0

#: Bytes that are dropped of a body that nobody reads, and the seconds that they may take to come.
_DROPPED, _PATIENCE = 8 << 20, 1.0


class BodyTooLarge(Exception):
    """A body has more bytes than it may have."""


def media_type_of(request: Request) -> str:
    """The media type of a body, in small letters, without parameters; empty where none is said."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def coding_of(request: Request) -> str:
    """How a body is packed, in small letters: `identity` where it comes as it is."""
    return request.headers.get("content-encoding", "identity").strip().lower()


async def read_body(request: Request, most: int, seconds: float) -> bytes:
    """The body of a request, whole: BodyTooLarge, TimeoutError where it comes too slowly or takes
    longer than so many seconds, ClientDisconnect where the client leaves.
    """
    body, known, now = bytearray(), 0, asyncio.get_running_loop().time
    until = now() + seconds
    async with asyncio.timeout_at(min(until, now() + _PERIOD)) as bound:
        async for piece in request.stream():
            body += piece
            if len(body) > most:
                raise BodyTooLarge
            if len(body) >= known + _PACE:
                known = len(body)
                bound.reschedule(min(until, now() + _PERIOD))
    return bytes(body)


async def drop_body(receive: Receive) -> None:
    """Takes what comes of a body that nobody reads, within bounds: a proxy that still sends it when
    the line is closed never sees the answer.
    """
    left = _DROPPED
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            while left > 0:
                message = await receive()
                if not message.get("more_body"):
                    break
                left -= len(message.get("body", b""))
