"""Pages that are made for one request: their language, their headers, what there is no page for."""

from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from ...model.text import LANGUAGES, N_, Language, gettext, ours
from ..linked_data import SHORT, policy, tag_refusal
from ..preferences import chosen, chosen_word
from ..preflight import preflight

_VARY = "Accept, Accept-Language"

_NO_METHOD = N_("There is no {method} here, only {methods}.")
_NO_FORM = N_("Not acceptable. What there is: {forms}")


def language_of(request: Request) -> Language:
    """The language that a request asks for: by `lang`, or else as its reader prefers."""
    named = ours(request.query_params.get("lang", ""))
    header = ", ".join(request.headers.getlist("accept-language"))
    return named or ours(chosen_word(header, LANGUAGES, "en")) or "en"


def form_of(request: Request, offers: Mapping[str, str]) -> str | None:
    """The form that a request asks for, of some by name and media type: by `format`, or else as
    its client prefers; None where it takes none of them.
    """
    named = request.query_params.get("format")
    if named is not None:
        return named if named in offers else None
    types = list(offers.values())
    best = chosen(", ".join(request.headers.getlist("accept")), types)
    return list(offers)[types.index(best)] if best else None


def addresses(request: Request) -> list[str]:
    """The address of a page in each language, relative."""
    rest = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    name = request.url.path.rpartition("/")[2]
    return [f"{name}?{urlencode([*rest, ('lang', language)])}" for language in LANGUAGES]


def unanswered(request: Request, methods: str, offers: Mapping[str, str]) -> Response | None:
    """The answer to a request that a page is not made for: another method, or another form."""
    language, allowed = language_of(request), {"Allow": methods}
    told = {"Content-Language": language}
    if request.method == "OPTIONS":
        return Response(None, 204, preflight(methods))
    if request.method not in methods.split(", "):
        said = gettext(_NO_METHOD, language, method=request.method[:20], methods=methods)
        return PlainTextResponse(f"{said}\n", 405, allowed | told)
    if form_of(request, offers) is None:
        said = gettext(_NO_FORM, language, forms=", ".join(offers.values()))
        return PlainTextResponse(f"{said}\n", 406, {"Vary": _VARY} | told)
    return None


def page(request: Request, text: str, status: int, headers: Mapping[str, str]) -> Response:
    """A page as an answer, or word that it is as the client has it."""
    body = text.encode("utf-8", "replace")
    made = {"Vary": _VARY, "Content-Security-Policy": policy(text), **headers}
    if status != 200:
        return HTMLResponse(body, status, {**made, "Cache-Control": "no-store"})
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    made |= {"ETag": tag, "Cache-Control": made.get("Cache-Control", SHORT)}
    if request.method != "POST" and (refused := tag_refusal(request.headers, tag)):
        return Response(None, refused, made)
    return HTMLResponse(body, status, made)
