"""Whether a server is alive, whether it is ready, and what it counts: for those who run it."""

from collections.abc import Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from .editions import Editions
from .meters import METRICS_TYPE
from .preflight import preflight

_ALLOWED = "GET, HEAD, OPTIONS"

#: What is said of now is not kept, and is for anybody.
_HEADERS = {"Cache-Control": "no-store"}


async def health(request: Request, _: Editions) -> Response:
    """That there is somebody."""
    return told(request, _json({"status": "alive"}))


async def ready(request: Request, editions: Editions) -> Response:
    """Whether a release is served, and all processes for queries are there; 503 until then."""
    edition, limits = editions.current, editions.limits
    known = {
        "release": edition.version if edition else None,
        "base": edition.base if edition else None,
        "workers": limits.workers,
        "seconds": limits.seconds,
        "answer_bytes": limits.answer,
    }
    if edition and edition.answers.is_ready:
        return told(request, _json({"status": "ready", **known}))
    return told(request, _json({"status": "starting", **known}), 503, {"Retry-After": "1"})


async def metrics(request: Request, editions: Editions) -> Response:
    """What is counted."""
    edition, meters = editions.current, editions.meters
    is_ready = edition is not None and edition.answers.is_ready
    meters.note_workers(editions.limits.workers, ready=is_ready)
    return _refused(request) or Response(meters.text(), 200, _HEADERS, METRICS_TYPE)


def told(
    request: Request, body: bytes, status: int = 200, headers: Mapping[str, str] = {}
) -> Response:
    """An answer in JSON."""
    made = {**_HEADERS, **headers}
    return _refused(request) or Response(body, status, made, "application/json")


def _refused(request: Request) -> Response | None:
    """The answer to a method that asks for nothing, or that there is not."""
    if request.method == "OPTIONS":
        return Response(None, 204, {**_HEADERS, **preflight(_ALLOWED)})
    if request.method not in {"GET", "HEAD"}:
        return Response(None, 405, {**_HEADERS, "Allow": _ALLOWED})
    return None


def _json(said: object) -> bytes:
    return msgspec.json.encode(said) + b"\n"
