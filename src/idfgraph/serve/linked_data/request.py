"""Requests for things and documents to answers (https://www.w3.org/TR/cooluris/)."""

from typing import Final

from starlette.types import Scope

from ...model.text import N_, texts
from ..request_head import head_of
from .asked_paths import normal, query_of
from .conditions import Conditions, continues, refusal
from .file_kinds import NOT, SHORT
from .holdings import Asking, Holdings, Ready
from .inventory import Found, HeldDocument
from .nothing import nothing
from .preferred import Chosen, Preferences, choice, wanted
from .profiles import FULL
from .ranges import part
from .renditions import WantedFile
from .reply import ALLOWED, FileReply, HttpReply, Prepared, allowed, headers

#: The headers of a request that a form is chosen by, and those that tell what a client has.
_CHOOSING, _HAVING = (
    {name.replace("_", "-").encode(): name for name in fields}
    for fields in (Preferences._fields, Conditions._fields)
)

#: No longer request is remembered.
_LONGEST = 1024

_THERE_IS: Final = N_("This document does not come in any form that you accept. It comes as:")


async def answered(scope: Scope, holdings: Holdings) -> HttpReply | FileReply:
    """The answer to a request for a thing or a document of a release; BadOutput or OSError where a
    file is not what it should be.
    """
    head = head_of(scope)
    if head.method == "OPTIONS":
        return allowed(204)
    if head.method not in ("GET", "HEAD"):
        return allowed(405, f"405: {ALLOWED}\n")
    asked = Asking(head.written_path, head.query, Preferences(**head.told(_CHOOSING)))
    known = holdings.known.get(asked) or _decided(holdings, asked)
    if known is None:
        return await nothing(holdings, asked.told.accept)
    if isinstance(known, Prepared):
        return HttpReply(*known)
    ready = await holdings.ready(known)
    told = Conditions(**head.told(_HAVING))
    return _sent(holdings, ready, told, is_head=head.method == "HEAD")


def _decided(holdings: Holdings, asked: Asking) -> WantedFile | Prepared | None:
    """What is to be sent, or said instead; None where there is nothing. It is remembered."""
    path = normal(asked.path)
    found = holdings.contents.find(path) if path is not None else None
    if path is None or found is None:
        return None
    decided = _decision(holdings, path, found, asked)
    if asked.size <= _LONGEST:
        holdings.known[asked] = decided
    return decided


def _decision(holdings: Holdings, path: str, found: Found, asked: Asking) -> WantedFile | Prepared:
    told, own, base = asked.told, None, holdings.addresses.base
    if document := found.document:
        own = choice(found, document, told, asked.query, base)
        if not own.form and document.gone:
            own = choice(found, document, told, b"", base)
        if not own.form and document.gone:
            own = choice(found, document, told._replace(accept="*/*"), b"", base)
        if not own.form:
            return _unacceptable(holdings, document, path, own)
        if found.leads and not document.gone:
            return _elsewhere(holdings, document, path, own, asked.query)
    return wanted(path, found, own, told)


def _elsewhere(
    holdings: Holdings, document: HeldDocument, path: str, own: Chosen, query: bytes
) -> Prepared:
    """The way from a thing to the document that tells of it."""
    more = query_of(query)
    if own.profile is not FULL and not own.is_named:
        more = f"{more or '?'}{'&' if more else ''}_profile={own.profile.token}"
    file = document.path(own.form, own.language)
    told = {
        "Location": holdings.addresses.reference(file, path) + more,
        "Vary": own.vary,
        "Cache-Control": SHORT,
        "Link": ", ".join(map(str, holdings.alternates(document, path))),
    }
    return Prepared(303, headers(told))


def _unacceptable(holdings: Holdings, document: HeldDocument, path: str, own: Chosen) -> Prepared:
    """What there is, where a client takes none of it."""
    there = [str(link) for link in holdings.alternates(document, path)]
    told = {
        "Content-Type": "text/plain; charset=utf-8",
        "Vary": own.vary,
        "Cache-Control": NOT,
        "Link": ", ".join(there),
    }
    text = "\n".join([*(f"406: {said}" for said in texts(_THERE_IS).values()), *there, ""])
    return Prepared(406, headers(told), text.encode())


def _sent(
    holdings: Holdings, ready: Ready, told: Conditions, *, is_head: bool
) -> HttpReply | FileReply:
    """What can be sent, or what a client's conditions and the part that it asks for make of it."""
    rendition, size = ready.rendition, ready.rendition.size
    if ready.status != 200:
        return _whole(holdings, ready, ready.status)
    if status := refusal(told, ready.tag, rendition.modified):
        return HttpReply(status, ready.unchanged)
    asked = told.range if continues(told, ready.tag, rendition.modified) else None
    own = part(asked, size) if not is_head else "whole"
    if own == "whole":
        return _whole(holdings, ready, 200)
    if own == "none":
        return HttpReply(416, headers({"Content-Range": f"bytes */{size}", "Cache-Control": NOT}))
    more = headers({"Content-Range": f"bytes {own.start}-{own.stop - 1}/{size}"})
    told_now = [*ready.headers, *more]
    if rendition.body is not None:
        return HttpReply(206, told_now, rendition.body[own.start : own.stop])
    file = holdings.files.opened(rendition.file)
    return FileReply(206, told_now, file, own.start, own.stop - own.start)


def _whole(holdings: Holdings, ready: Ready, status: int) -> HttpReply | FileReply:
    body, size = ready.rendition.body, ready.rendition.size
    if body is not None:
        return HttpReply(status, ready.headers, body)
    return FileReply(status, ready.headers, holdings.files.opened(ready.rendition.file), 0, size)
