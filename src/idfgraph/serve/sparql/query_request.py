"""What a request of the protocol asks, or why it is refused
(https://www.w3.org/TR/sparql11-protocol/#protocol).
"""

import asyncio
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from ..bodies import BodyTooLarge, coding_of, read_body
from ..engine import READ_ONLY
from ..limits import ServerLimits
from ..request_head import head_of

ALLOWED = "GET, HEAD, POST, OPTIONS"

QUERY, FORM, UPDATE = (
    "application/sparql-query",
    "application/x-www-form-urlencoded",
    "application/sparql-update",
)

#: Character sets that are UTF-8, or a part of it.
_UTF_8 = frozenset({"", "utf-8", "utf8", "us-ascii"})

#: Parameters at most: more are no question.
_MOST = 1_000

#: How many addresses are remembered, and how long one may be that is.
_KEPT, _LONGEST = 512, 1 << 13

#: Parameters that only an update has.
_OF_UPDATES = ("update", "using-graph-uri", "using-named-graph-uri")

_BODIES = f"send {QUERY}, or a form with query="


class RefusedRequest(Exception):
    """A request that is not answered: the status of HTTP, why and what to do, and headers."""

    def __init__(
        self,
        status: int,
        said: str,
        told: Mapping[str, str] | None = None,
        *,
        ends: bool = False,
    ) -> None:
        super().__init__(said)
        self.status, self.said = status, said
        self.headers = {**(told or {}), **({"Connection": "close"} if ends else {})}


class Parameters(NamedTuple):
    """What a request names: the query (None where it names none), the graphs of its data set, and
    the form of the answer.
    """

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    form: str | None


async def read(request: Request, limits: ServerLimits) -> Parameters:
    """What a request asks; RefusedRequest where it is none of the protocol, or an update."""
    if request.method not in ALLOWED.split(", "):
        raise RefusedRequest(
            405, f"{request.method[:20]} is not taken; use GET or POST", {"Allow": ALLOWED}
        )
    pairs = _pairs(head_of(request.scope).query, limits, 414)
    if request.method == "POST":
        pairs += await _body(request, limits)
    return _parameters(pairs, is_post=request.method == "POST")


def _parameters(pairs: list[tuple[str, str]], *, is_post: bool) -> Parameters:
    if any(name in _OF_UPDATES for name, _ in pairs):
        raise RefusedRequest(403, f"{READ_ONLY}; send a query")
    queries = [value.removeprefix("\ufeff") for name, value in pairs if name == "query"]
    if len(queries) > 1:
        raise RefusedRequest(400, "there is more than one query; send one")
    if is_post and not queries:
        raise RefusedRequest(400, f"there is no query; {_BODIES}")
    if queries and not queries[0].strip():
        raise RefusedRequest(400, "the query is empty at line 1, column 1; write one")
    forms = [value for name, value in pairs if name in ("format", "output") and value]
    return Parameters(
        query=queries[0] if queries else None,
        default_graphs=_named(pairs, "default-graph-uri"),
        named_graphs=_named(pairs, "named-graph-uri"),
        form=forms[0] if forms else None,
    )


def _named(pairs: list[tuple[str, str]], parameter: str) -> tuple[str, ...]:
    """The graphs that a parameter names; a field of a form that was left empty names none."""
    return tuple(value for name, value in pairs if name == parameter and value)


async def _body(request: Request, limits: ServerLimits) -> list[tuple[str, str]]:
    """The parameters of a body."""
    told = request.headers.get("content-type", "")
    kind, charset = _kind(told)
    if kind == UPDATE:
        raise RefusedRequest(403, f"{READ_ONLY}; send a query", ends=True)
    taken = {"Accept": f"{QUERY}, {FORM}"}
    if kind not in (QUERY, FORM) and (kind or not _is_empty(request)):
        raise RefusedRequest(415, f"a body of this type is not taken; {_BODIES}", taken, ends=True)
    if charset not in _UTF_8:
        raise RefusedRequest(415, "text in this character set is not taken; send UTF-8", ends=True)
    if coding_of(request) not in ("", "identity"):
        said = "a compressed body is not taken; send it as it is"
        raise RefusedRequest(415, said, {"Accept-Encoding": "identity"}, ends=True)
    body = await _bytes(request, limits)
    if kind != FORM:
        return [("query", _text(body))] if body else []
    if len(body) <= _LONGEST:
        return _pairs(body, limits, 413)
    return await asyncio.to_thread(_pairs, body, limits, 413)


def _kind(told: str) -> tuple[str, str]:
    """The media type and the character set of a body, in small letters.

    >>> _kind('application/sparql-query; charset="UTF-8"')
    ('application/sparql-query', 'utf-8')
    """
    kind, *rest = (part.strip().lower() for part in told.split(";"))
    pairs = (part.partition("=") for part in rest)
    charsets = [value.strip().strip("\"'") for name, _, value in pairs if name.strip() == "charset"]
    return kind, next(iter(charsets), "")


def _is_empty(request: Request) -> bool:
    chunked = "transfer-encoding" in request.headers
    return not chunked and request.headers.get("content-length", "0").strip() == "0"


async def _bytes(request: Request, limits: ServerLimits) -> bytes:
    """The body, which comes whole, soon, and is not too long."""
    large = f"the body has more than {limits.query:,} bytes; send less"
    length = request.headers.get("content-length", "")
    if length.isdecimal() and len(length) < 20 and int(length) > limits.query:
        raise RefusedRequest(413, large, ends=True)
    try:
        return await read_body(request, limits.query, limits.seconds)
    except BodyTooLarge as error:
        raise RefusedRequest(413, large, ends=True) from error
    except TimeoutError as error:
        raise RefusedRequest(
            408, "the body took too long; send it again, faster", ends=True
        ) from error
    except ClientDisconnect as error:
        raise RefusedRequest(400, "the body ended early; send it again", ends=True) from error


def _pairs(said: bytes, limits: ServerLimits, too_long: int) -> list[tuple[str, str]]:
    """The parameters of an address or a form."""
    if len(said) > limits.query:
        raise RefusedRequest(too_long, f"there are more than {limits.query:,} bytes; send less")
    return list(_known(said) if len(said) <= _LONGEST else _split(said))


def _split(said: bytes) -> tuple[tuple[str, str], ...]:
    try:
        found = parse_qsl(
            _text(said), keep_blank_values=True, errors="strict", max_num_fields=_MOST
        )
    except UnicodeDecodeError as error:
        raise RefusedRequest(400, "the parameters are not UTF-8; write them in it") from error
    except ValueError as error:
        raise RefusedRequest(
            400, f"there are more than {_MOST:,} parameters; send fewer"
        ) from error
    return tuple(found)


#: What is asked again in the same words is read once.
_known = lru_cache(_KEPT)(_split)


def _text(said: bytes) -> str:
    try:
        return said.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedRequest(
            400, f"the text is not UTF-8 at byte {error.start + 1}; mend it"
        ) from error
