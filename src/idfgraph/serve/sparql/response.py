"""Answers as they are sent: their headers, a sum that stands for them, and compressed for who takes
that.
"""

import asyncio
import gzip
from collections.abc import Mapping
from functools import lru_cache

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ..answers import QueryOutcome
from ..linked_data import tag_refusal
from ..preferences import takes
from ..preflight import preflight
from ..sent_pieces import send_body
from .query_request import ALLOWED, RefusedRequest

#: What every answer is chosen by.
_VARY: Mapping[str, str] = {"Vary": "Accept, Accept-Encoding"}

#: How long an answer may be kept by who asked; it is another when a release follows. One that is
#: another each time is not kept.
_KEPT, _NOT_KEPT = "public, max-age=60, must-revalidate", "no-store"

#: Bytes from which an answer is compressed, up to which it is here and now, and that are
#: remembered; levels.
_SMALL, _HERE, _REMEMBERED = 1_000, 1 << 16, 256
_BEST, _FAST = 6, 1

#: Seconds after which to ask again what could not be answered now.
_AGAIN, _TRY_AGAIN = "2", frozenset({429, 503})

#: The parts of a name that a browser keeps a table under.
_TABLES: Mapping[str, str] = {"text/csv": "csv", "text/tab-separated-values": "tsv"}


class WholeReply(Response):
    """An answer that is there whole, and is sent in pieces."""

    async def __call__(self, _: Scope, __: Receive, send: Send) -> None:
        """Sends it."""
        start = {"type": "http.response.start", "status": self.status_code}
        await send({**start, "headers": self.raw_headers})
        await send_body(send, bytes(self.body))


def options() -> Response:
    """What may be asked, and from where."""
    return Response(None, 204, {**_VARY, **preflight(ALLOWED)})


def error(refused: RefusedRequest) -> Response:
    """A refusal: one line of text."""
    again = {"Retry-After": _AGAIN} if refused.status in _TRY_AGAIN else {}
    headers = {**_VARY, "Cache-Control": _NOT_KEPT, **again, **refused.headers}
    return Response(f"{refused.said}\n", refused.status, headers, "text/plain")


def elsewhere(address: str) -> Response:
    """Leads to another resource that a client would rather have."""
    return Response(None, 303, {**_VARY, "Location": address, "Cache-Control": _NOT_KEPT})


async def whole(
    request: Request, told: QueryOutcome, media_type: str, *, varies: bool = False
) -> Response:
    """An answer, or the news that it is still the one that the client has; `varies` says that it
    may be another the next time.
    """
    body = told.body
    packed = len(body) >= _SMALL and takes(_codings(request), "gzip")
    tag = f'"{told.digest}-gzip"' if packed else f'"{told.digest}"'
    headers = {**_VARY, "ETag": tag, "Cache-Control": _NOT_KEPT if varies else _KEPT}
    if request.method != "POST" and (status := tag_refusal(request.headers, tag)):
        return Response(None, status, headers)
    if packed:
        headers["Content-Encoding"] = "gzip"
        body = await _packed(body)
    if media_type in _TABLES:
        headers["Content-Disposition"] = f'attachment; filename="answer.{_TABLES[media_type]}"'
    response = WholeReply(b"" if request.method == "HEAD" else body, 200, headers, media_type)
    MutableHeaders(raw=response.raw_headers)["content-length"] = str(len(body))
    return response


def _codings(request: Request) -> str:
    return ", ".join(request.headers.getlist("accept-encoding"))


async def _packed(body: bytes) -> bytes:
    if len(body) <= _HERE:
        return _short_packed(body)
    return await asyncio.to_thread(gzip.compress, body, _FAST, mtime=0)


@lru_cache(_REMEMBERED)
def _short_packed(body: bytes) -> bytes:
    return gzip.compress(body, _BEST, mtime=0)
