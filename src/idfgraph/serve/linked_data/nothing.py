"""What a client gets where there is nothing."""

import json
from typing import Final

from ...model.text import LANGUAGES, N_, texts
from ..preferences import chosen
from .file_kinds import NOT, content_type, media_type
from .holdings import Holdings
from .renditions import WantedFile
from .reply import HttpReply, headers

_NOTHING: Final = N_("There is nothing at this address")

#: The forms in which that is said: comments are statements of none in each form of RDF.
_FORMS: Final = ("html", "ttl", "jsonld", "json", "nt", "nq", "trig", "txt")
_TYPES: Final = tuple(map(media_type, _FORMS))
_PAGE: Final = "404.html"


async def nothing(holdings: Holdings, accept: str | None) -> HttpReply:
    """The answer where there is nothing, in the form that a client takes."""
    best = chosen(accept, _TYPES)
    form = _FORMS[_TYPES.index(best)] if best else "html"
    kind = {
        "Content-Type": content_type(f"a.{form}"),
        "Content-Language": ", ".join(LANGUAGES),
        "Vary": "Accept",
        "Cache-Control": NOT,
    }
    if form == "html" and _PAGE in holdings.contents.sums:
        page = await holdings.ready(WantedFile(_PAGE, _PAGE, "html"))
        policy = [one for one in page.headers if one[0] == b"content-security-policy"]
        body = page.rendition.body or b""
        return HttpReply(404, [*headers(kind), *policy], body)
    return HttpReply(404, headers(kind), _said(form).encode())


def _said(form: str) -> str:
    words = texts(_NOTHING)
    if form in ("json", "jsonld"):
        return json.dumps({"status": 404, "title": words}, ensure_ascii=False) + "\n"
    mark = "" if form in ("txt", "html") else "# "
    return "".join(f"{mark}404: {text}\n" for text in words.values())
