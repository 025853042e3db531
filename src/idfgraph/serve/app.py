"""Addresses to answers: which room answers what, each request with one release."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Router
from starlette.types import ASGIApp, Receive, Scope, Send

from ..model.errors import IdfgraphError
from ..model.layout import ASK, PAGE_SUFFIXES
from .assistants import ROOM, AssistantRoom, is_installed
from .editions import Editions
from .health import health, metrics, ready
from .journal import Journal
from .openapi import description
from .people import CheckRoom, ask, to_desk
from .reconcile import ROUTES, ReconcileRoom
from .request_head import RequestHead, head_of
from .served_edition import ServedEdition
from .sparql import sparql
from .things import linked
from .witness import DOCUMENT, Witness

#: What answers a request with one edition.
Answering = Callable[[Request, ServedEdition], Awaitable[Response]]

#: What answers a request about the server itself.
Telling = Callable[[Request, Editions], Awaitable[Response]]

#: The answer while there is no edition yet, and once there is none any more.
_STARTS: Response = PlainTextResponse("starts\n", 503, {"Retry-After": "1"})
_ENDS: Response = PlainTextResponse("ends; ask again soon\n", 503, {"Retry-After": "2"})

#: The answer where a file of the release is gone, or is not what its sum says.
_DAMAGED: Response = PlainTextResponse(
    "what this is made of cannot be read\n", 503, {"Cache-Control": "no-cache", "Retry-After": "2"}
)

#: The answer to a request that does not say once whose it is (RFC 9112, 3.2), and to one whose body
#: is coded as nobody here reads it (6.1).
_NO_HOST: Response = PlainTextResponse("a request has one Host\n", 400)
_CODED: Response = PlainTextResponse(
    "a body comes as it is, or in chunks\n", 501, {"Connection": "close"}
)

#: Bytes of headers at most, and the answer to a request that has more.
_MOST_TOLD = 128 << 10
_TOO_MUCH: Response = PlainTextResponse(
    f"the headers have more than {_MOST_TOLD:,} bytes; send less\n", 431
)

#: A host, and its port (RFC 3986, 3.2).
_HOST = re.compile(rb"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+,;=%-]+)(?::[0-9]*)?")

#: Answers about the server itself, whatever it serves.
_OF_SERVER: Mapping[str, Telling] = {
    "/health": health,
    "/ready": ready,
    "/metrics": metrics,
    "/openapi.json": description,
}

#: Answers of a release, but for its things and documents.
_OF_RELEASE: Mapping[str, Answering] = {
    "/sparql": sparql,
    "/ask": ask,
    **{f"/{ASK}{ends}": to_desk for ends in PAGE_SUFFIXES.values()},
}

#: Where files are checked, and what names matched to things are counted under.
_CHECK, _RECONCILE = "/check", "reconcile"

#: All paths that are no document's.
_ROOMS = frozenset({*_OF_SERVER, *_OF_RELEASE, _CHECK, ROOM})

_log = logging.getLogger(__name__)


def application(
    editions: Editions, journal: Journal | None = None, *, opens: bool = True
) -> ASGIApp:
    """The application that answers with the edition that is current when a request comes; it opens
    the first one itself, or leaves that to whoever runs it.
    """

    check, reconcile, assistants = CheckRoom(), ReconcileRoom(), AssistantRoom(editions)

    @asynccontextmanager
    async def life(_: object) -> AsyncIterator[None]:
        """The time in which requests are answered."""
        if opens:
            await editions.open()
        try:
            yield
        finally:
            await check.close()
            await reconcile.close()
            await assistants.close()
            await editions.close()

    rooms: dict[str, ASGIApp] = {
        **{path: _Told(editions, telling) for path, telling in _OF_SERVER.items()},
        **{path: _Served(editions, answering) for path, answering in _OF_RELEASE.items()},
        _CHECK: _Served(editions, check.answer),
        **dict.fromkeys(ROUTES, _Served(editions, reconcile.answer)),
        **({ROOM: assistants} if is_installed() else {}),
    }
    door = _Door(rooms, _Served(editions, linked), Router(lifespan=life))
    return Witness(door, _route_of, editions.meters, journal)


class _Door:
    """Leads to the rooms that have a path of their own, and else to documents; `life` is told of
    beginning and end.
    """

    def __init__(self, rooms: Mapping[str, ASGIApp], documents: ASGIApp, life: ASGIApp) -> None:
        self._rooms, self._documents, self._life = rooms, documents, life

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._life(scope, receive, send)
        else:
            await self._room(head_of(scope))(scope, receive, send)

    def _room(self, head: RequestHead) -> ASGIApp:
        """What answers a request."""
        if head.size > _MOST_TOLD:
            return _TOO_MUCH
        if not _has_host(head):
            return _NO_HOST
        if not _is_plain(head):
            return _CODED
        return self._rooms.get(head.path, self._documents)


class _Served:
    """What answers each request, whatever its method, with one edition."""

    def __init__(self, editions: Editions, answering: Answering) -> None:
        self._editions, self._answering = editions, answering

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        edition, response = self._editions.current, _STARTS
        if edition is not None:
            response = await self._answered(edition, Request(scope, receive))
        await response(scope, receive, send)

    async def _answered(self, edition: ServedEdition, request: Request) -> Response:
        """The answer with an edition; that it ends or is damaged, where it is so before there is
        one.
        """
        try:
            async with edition:
                return await self._answering(request, edition)
        except asyncio.CancelledError:
            if not edition.has_ended:
                raise
            return _ENDS
        except (IdfgraphError, OSError) as error:
            _log.error("what an answer is made of cannot be read: %s", error)
            return _DAMAGED


class _Told:
    """What answers each request, whatever its method and whether there is an edition or not."""

    def __init__(self, editions: Editions, telling: Telling) -> None:
        self._editions, self._telling = editions, telling

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._telling(Request(scope, receive), self._editions)
        await response(scope, receive, send)


def _has_host(head: RequestHead) -> bool:
    """Whether a request names its host once, as HTTP/1.1 asks for."""
    hosts = head.values(b"host")
    if not any(hosts):
        return head.version in {"1", "1.0"}
    return len(hosts) == 1 and _HOST.fullmatch(hosts[0].strip()) is not None


def _is_plain(head: RequestHead) -> bool:
    """Whether a body, if there is one, was at most cut into chunks to be sent."""
    codings = head.values(b"transfer-encoding")
    return all(coding.strip().lower() == b"chunked" for coding in codings)


def _route_of(path: str) -> str:
    """The one of few names that a path is counted under.

    >>> _route_of("/sparql"), _route_of("/id/project/V47-805")
    ('sparql', 'document')
    """
    if path in ROUTES:
        return _RECONCILE
    return path[1:].partition(".")[0] if path in _ROOMS else DOCUMENT
