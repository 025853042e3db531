"""A request of the SPARQL 1.1 protocol to its answer (https://www.w3.org/TR/sparql11-protocol/)."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from ..answers import Asked, QueryOutcome
from ..leaving import while_there
from ..request_head import head_of
from ..served_edition import ServedEdition
from .query_request import Parameters, RefusedRequest, read
from .response import elsewhere, error, options, whole
from .result_forms import KINDS, OFFERS, WantedForms, described, wanted
from .service import description

#: Seconds after which one looks whether the client is still there.
_PATIENCE = 0.1

#: The page where people ask, seen from this resource.
_PAGE = "ask"


async def sparql(request: Request, edition: ServedEdition) -> Response:
    """The answer to a request that holds a query, or none: then what this service is."""
    if request.method == "OPTIONS":
        return options()
    try:
        asks = await read(request, edition.answers.limits)
        if asks.query is None:
            return await _described(request, edition, asks)
        return await _answered(request, edition, asks, asks.query)
    except RefusedRequest as refused:
        return error(refused)


async def _described(request: Request, edition: ServedEdition, asks: Parameters) -> Response:
    kind = described(_accept(request), asks.form)
    if kind is None:
        raise RefusedRequest(
            406, f"there is no such form of it; there is {OFFERS['graph']}, text/html"
        )
    form = KINDS["graph"].get(kind)
    if form is None:
        return _to_page(request)
    told = await asyncio.to_thread(description, edition, form)
    return await whole(request, told, kind)


async def _answered(
    request: Request, edition: ServedEdition, asks: Parameters, query: str
) -> Response:
    forms = wanted(_accept(request), asks.form, pages=request.method != "POST")
    if forms is None:
        raise RefusedRequest(
            406, f"format names no form; there is {OFFERS['rows']}, {OFFERS['graph']}"
        )
    if forms.is_page:
        return _to_page(request)
    asked = Asked(
        query,
        f"{edition.address}sparql",
        asks.default_graphs,
        asks.named_graphs,
        *(forms.form(kind) for kind in KINDS),
    )
    told = await _told(request, edition, asked)
    return await _reply(request, forms, told, varies=asked.varies)


async def _reply(
    request: Request, forms: WantedForms, told: QueryOutcome, *, varies: bool
) -> Response:
    if told.status == 406:
        raise RefusedRequest(
            406, f"there is no such form of the answer; there is {OFFERS[told.form]}"
        )
    if told.status != 200:
        raise RefusedRequest(told.status, told.body.decode("utf-8", "replace"))
    return await whole(request, told, forms.media_type(told.form), varies=varies)


async def _told(request: Request, edition: ServedEdition, asked: Asked) -> QueryOutcome:
    """What comes of a question; a client that leaves frees what was at it."""
    client = request.client.host if request.client else ""
    if edition.answers.remembered(asked):
        return await edition.answers.ask(asked, client)
    asking = asyncio.create_task(edition.answers.ask(asked, client))
    try:
        await asyncio.wait({asking}, timeout=_PATIENCE)
        if not asking.done():
            await while_there(request, asking)
        if not asking.done():
            raise RefusedRequest(408, "the client has left", ends=True)
        return asking.result()
    finally:
        asking.cancel()


def _to_page(request: Request) -> Response:
    """Leads to the page where people ask the same."""
    said = head_of(request.scope).query.decode("latin-1")
    return elsewhere(f"{_PAGE}?{said}" if said else _PAGE)


def _accept(request: Request) -> str | None:
    return ", ".join(request.headers.getlist("accept")) or None
