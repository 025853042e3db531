"""Where names are matched to things of a release (https://www.w3.org/community/reports/
reconciliation/CG-FINAL-specs-0.2-20230410/).
"""

from collections.abc import Mapping
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from ...model.errors import IdfgraphError
from ...model.text import LANGUAGES, ours
from ..crew import Busy, Crew
from ..linked_data import SHORT, tag_refusal
from ..preflight import preflight
from ..request_head import head_of
from ..served_edition import ServedEdition
from .manifest import PATHS, PREVIEW, PROPOSALS, SUGGEST, VIEW
from .reconcile_requests import (
    PASSED,
    PROPERTIES,
    ReconcileForm,
    Unreconcilable,
    read_asked,
    read_batch,
    read_extension,
)
from .release_desk import OtherRelease, ReconcileTask, ReleaseAt, reconciled
from .thing_preview import PREVIEW_POLICY

#: Path of each part of the service, in each language -> the language (empty: none named), and what
#: is asked there.
_PARTS = {part: kind for kind, part in SUGGEST.items()}
_PARTS |= {part: part for part in (PREVIEW, VIEW, PROPOSALS)}
ROUTES: Mapping[str, tuple[str, str]] = {
    f"/{path}{part and '/'}{part}": (tag, what)
    for tag, path in PATHS.items()
    for part, what in {"": "", **_PARTS}.items()
}

_METHODS, _READ = "GET, HEAD, POST, OPTIONS", "GET, HEAD, OPTIONS"

#: What is told besides of why there is no answer.
_ALSO: Mapping[int, Mapping[str, str]] = {
    503: {"Retry-After": "2"},
    **{status: {"Connection": "close"} for status in (408, 413, 415)},
}


class ReconcileRoom:
    """Where names are matched to things, in processes that can be ended; a few at a time."""

    def __init__(self) -> None:
        self._crew = Crew(reconciled, OtherRelease, IdfgraphError, OSError)

    async def answer(self, request: Request, edition: ServedEdition) -> Response:
        """The answer to a request for the service, or a part of it."""
        tag, part = ROUTES[head_of(request.scope).path]
        methods = _READ if part else _METHODS
        if request.method == "OPTIONS":
            return Response(None, 204, preflight(methods))
        if request.method not in methods.split(", "):
            said = f"{request.method[:20]} is not taken, only {methods}\n"
            return PlainTextResponse(said, 405, {"Allow": methods})
        try:
            asked = await read_asked(request)
            language = tag or ours(asked.fields.get("lang", "")) or LANGUAGES[0]
            if part == VIEW:
                return _to_thing(request, edition, asked)
            what, told = _told(request, part, asked)
            release = ReleaseAt(str(edition.folder), edition.version, edition.base, edition.address)
            body = await self._made(ReconcileTask(release, language, what, told))
        except Unreconcilable as refused:
            headers = {"Cache-Control": "no-store", **_ALSO.get(refused.status, {})}
            return PlainTextResponse(f"{refused.said}\n", refused.status, headers)
        if not body:
            return PlainTextResponse("there is nothing with this id\n", 404)
        return _answer(request, body, language, is_page=what == PREVIEW)

    async def close(self) -> None:
        """Ends all processes."""
        await self._crew.close()

    async def _made(self, task: ReconcileTask) -> bytes:
        try:
            return await self._crew.ask(task)
        except Busy as error:
            raise Unreconcilable(503, str(error)) from None
        except OtherRelease:
            raise Unreconcilable(503, "another release is being opened") from None


def _told(request: Request, part: str, asked: ReconcileForm) -> tuple[str, object]:
    """What a request asks for, and with what; Unreconcilable where it is nothing."""
    if part == PREVIEW:
        return part, asked.text("id")
    if part == PROPOSALS:
        return part, (asked.text("type"), asked.number("limit", 0, PROPERTIES))
    if part:
        cursor = asked.number("cursor", 0, PASSED)
        return part, (asked.text("prefix"), cursor, asked.text("type"))
    if "queries" in asked.fields:
        return "queries", read_batch(asked.fields["queries"])
    if "extend" in asked.fields:
        return "extend", read_extension(asked.fields["extend"])
    if request.method == "POST":
        raise Unreconcilable(400, "there is neither queries nor extend in the form")
    return "manifest", None


def _to_thing(request: Request, edition: ServedEdition, asked: ReconcileForm) -> Response:
    """Leads to a thing, whatever answers for it."""
    id_ = asked.text("id").removeprefix(edition.base)
    path = head_of(request.scope).path.removeprefix("/")
    if not (id_.startswith(("id/", "code/")) and edition.holdings.contents.find(id_)):
        return PlainTextResponse("there is nothing with this id\n", 404)
    location = edition.holdings.addresses.reference(id_, path)
    return RedirectResponse(location, 303, {"Cache-Control": SHORT})


def _answer(request: Request, body: bytes, language: str, *, is_page: bool) -> Response:
    """An answer, or word that it is as the client has it."""
    headers = {"Content-Language": language, "Cache-Control": "no-store"}
    media_type = "text/html; charset=utf-8" if is_page else "application/json"
    if is_page:
        headers["Content-Security-Policy"] = PREVIEW_POLICY
    if request.method != "POST":
        tag = f'"{sha256(body).hexdigest()[:32]}"'
        headers |= {"ETag": tag, "Cache-Control": SHORT}
        if refused := tag_refusal(request.headers, tag):
            return Response(None, refused, headers)
    return Response(body, 200, headers, media_type)
