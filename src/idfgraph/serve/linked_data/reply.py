"""Answers of HTTP that are ready to be sent."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ..leaving import until_left
from ..preflight import preflight
from ..request_head import head_of
from ..sent_pieces import PIECE, send_body, send_piece

#: The methods that documents have.
ALLOWED = "GET, HEAD, OPTIONS"

#: Headers as they are sent.
Headers = list[tuple[bytes, bytes]]


def headers(told: Mapping[str, str]) -> Headers:
    """Headers as they are sent; those that are empty are not.

    >>> headers({"Vary": "Accept", "Link": ""})
    [(b'vary', b'Accept')]
    """
    return [
        (name.lower().encode(), value.encode("latin-1")) for name, value in told.items() if value
    ]


_PREFLIGHT = headers({**preflight(ALLOWED), "Cache-Control": "no-cache"})


class Prepared(NamedTuple):
    """An answer before it is given: its status, headers and body."""

    status: int
    told: Headers
    body: bytes = b""


class HttpReply(Response):
    """An answer: its status, all its headers but `Content-Length`, and its body, which is not sent
    to a HEAD.
    """

    def __init__(self, status: int, told: Headers, body: bytes = b"") -> None:
        self.status_code, self.body, self.background = status, body, None
        self.raw_headers = list(told)
        if status not in (204, 304):
            self.raw_headers.append((b"content-length", b"%d" % len(body)))

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        """Sends it."""
        start = {"type": "http.response.start", "status": self.status_code}
        await send({**start, "headers": self.raw_headers})
        await send_body(send, b"" if head_of(scope).method == "HEAD" else bytes(self.body))


class FileReply(Response):
    """An answer with so many bytes of an open file, from a place in it on, read while it is sent;
    the file is closed then.
    """

    def __init__(self, status: int, told: Headers, file: BinaryIO, start: int, size: int) -> None:
        self.status_code, self.body, self.background = status, b"", None
        self.raw_headers = [*told, (b"content-length", b"%d" % size)]
        self._file, self._start, self._size = file, start, size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends it; where the client leaves, no more is read."""
        start = {"type": "http.response.start", "status": self.status_code}
        with self._file as file:
            await send({**start, "headers": self.raw_headers})
            if head_of(scope).method != "HEAD":
                try:
                    await self._send_file(file, receive, send)
                except TimeoutError:
                    return
        await send({"type": "http.response.body", "body": b""})

    async def _send_file(self, file: BinaryIO, receive: Receive, send: Send) -> None:
        left = asyncio.create_task(until_left(receive))
        try:
            file.seek(self._start)
            for size in _pieces(self._size):
                piece = await asyncio.to_thread(file.read, size)
                if left.done() or len(piece) < size:
                    return
                await send_piece(send, piece)
        finally:
            left.cancel()


def allowed(status: int, text: str = "") -> HttpReply:
    """What may be asked: to a preflight (204), or where something else was (405)."""
    kind = headers({"Content-Type": "text/plain; charset=utf-8"}) if text else []
    return HttpReply(status, [*_PREFLIGHT, *kind], text.encode())


def _pieces(size: int) -> Iterator[int]:
    yield from (min(PIECE, size - at) for at in range(0, size, PIECE))
