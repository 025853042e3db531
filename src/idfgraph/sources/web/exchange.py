"""One request, one answer: whole, unpacked and within its limit, or Refused or Failed with the
reason.
"""

import ssl
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from email.utils import parsedate_to_datetime
from http.client import HTTPException, IncompleteRead, responses
from typing import Any, NamedTuple

from requests import Response
from requests.exceptions import RequestException
from urllib3.exceptions import HTTPError, InvalidChunkLength, ProtocolError

from ...model.text import N_
from .clock import Clock, Deadline
from .hosts import checked_addresses
from .page_faults import Failed, Refused
from .policy import Policy
from .urls import PageUrl
from .wire import Connection, PinnedAdapter, prepared

#: Answers that lead elsewhere, and answers after which a later try may succeed.
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 502, 503, 504})

_PIECE = 16_384
_ZIPPED = frozenset({"gzip", "x-gzip"})


class Want(NamedTuple):
    """What we ask for: media types (none named: any), and the most bytes to take."""

    types: tuple[str, ...]
    limit: int


class Answer(NamedTuple):
    """A whole answer: who gave it, status, headers, and the body unpacked; `sealed` says that its
    end was marked.
    """

    target: PageUrl
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    sealed: bool = True


def exchange(
    target: PageUrl, want: Want, policy: Policy, deadline: Deadline, extra: Mapping[str, str]
) -> Answer:
    """The answer to one GET, with its body if it is a 200; statuses are not judged. Raises Refused
    or Failed.
    """
    try:
        line = Connection(_addresses(target, policy, deadline), deadline, want.limit, target.place)
        with closing(PinnedAdapter(line)) as adapter:
            request = prepared(target.url, {**_headers(policy, want), **extra})
            verify: Any = str(policy.authorities) if policy.authorities else True
            sent = adapter.send(
                request, stream=True, timeout=deadline.left(), verify=verify, proxies={}
            )
            with closing(sent):
                return _answer(target, sent, want)
    except (RequestException, HTTPError, OSError, ValueError) as error:
        raise failure(error, target) from error


def judged(answer: Answer, clock: Clock, *, conditional: bool) -> Answer:
    """The answer itself if it is a 200, a redirect, or a 304 to a conditional request; Failed for
    any other.
    """
    status = answer.status
    if (
        status == 200
        or (status == 304 and conditional)
        or (status in REDIRECTS and answer.headers.get("Location"))
    ):
        return answer
    words = N_("answers {number} {said}")
    after = asked_wait(answer.headers.get("Retry-After", ""), clock)
    raise Failed(
        words,
        answer.target.place,
        status=status,
        again=status in BUSY,
        after=after,
        number=status,
        said=responses.get(status, ""),
    )


def unpacked(pieces: Iterator[bytes], limit: int, target: PageUrl) -> bytes:
    """What gzip packed, no more than the limit of it; Refused beyond it or if it is no gzip, Failed
    if it is cut.
    """
    packed, body = zlib.decompressobj(zlib.MAX_WBITS | 16), bytearray()
    try:
        for piece in pieces:
            body += packed.decompress(piece, limit + 1 - len(body))
            _within(body, limit, target)
    except zlib.error as error:
        raise Refused(N_("is not the gzip that it says it is"), target.place) from error
    if not packed.eof:
        raise Failed(N_("was cut short"), target.place, again=True)
    if packed.unused_data:
        raise Refused(N_("goes on after the end of its gzip"), target.place)
    return bytes(body)


def _addresses(target: PageUrl, policy: Policy, deadline: Deadline) -> Any:
    return checked_addresses(
        target.host,
        target.port,
        target.place,
        resolve=policy.resolve,
        seconds=deadline.left(),
        allow_private=policy.allow_private,
    )


def _headers(policy: Policy, want: Want) -> Mapping[str, str]:
    return {
        "User-Agent": policy.agent,
        "Accept": ", ".join(want.types) or "*/*",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _answer(target: PageUrl, sent: Response, want: Want) -> Answer:
    raw: Any = sent.raw
    answer = Answer(target, sent.status_code, sent.headers)
    if sent.status_code != 200:
        return answer
    sealed = bool(raw.chunked) or raw.length_remaining is not None
    packing = sent.headers.get("Content-Encoding", "identity").strip().lower() or "identity"
    if packing not in {"identity", *_ZIPPED}:
        raise Refused(
            N_("is packed as {packing!r}, which we did not ask for"),
            target.place,
            packing=packing[:40],
        )
    pieces = raw.stream(_PIECE, decode_content=False)
    body = (
        unpacked(pieces, want.limit, target)
        if packing in _ZIPPED
        else _plain(pieces, want.limit, target)
    )
    return answer._replace(body=body, sealed=sealed or packing in _ZIPPED)


def _plain(pieces: Iterator[bytes], limit: int, target: PageUrl) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        _within(body, limit, target)
    return bytes(body)


def _within(body: bytearray, limit: int, target: PageUrl) -> None:
    if len(body) > limit:
        raise Refused(N_("is larger than {limit:,} bytes"), target.place, limit=limit)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those that it followed from."""
    while error:
        yield error
        error = error.__cause__ or error.__context__


def failure(error: Exception, target: PageUrl) -> Failed:
    """What an error of the libraries beneath means, by what stands anywhere in its chain."""
    chain = tuple(_chain(error))
    system = [
        item
        for item in chain
        if isinstance(item, OSError) and not isinstance(item, RequestException)
    ]
    if any(isinstance(item, TimeoutError) for item in chain):
        return Failed(N_("gave no whole answer in time"), target.place)
    if isinstance(system[-1] if system else None, ssl.SSLError):
        words = getattr(system[-1], "verify_message", "") or system[-1].strerror or system[-1]
        return Failed(
            N_("has no safe connection: {words}"),
            target.place,
            again=isinstance(system[-1], ssl.SSLEOFError),
            words=words,
        )
    if system:
        words = system[-1].strerror or str(system[-1])
        return Failed(N_("broke the connection: {words}"), target.place, again=True, words=words)
    if _is_cut(chain):
        return Failed(N_("was cut short"), target.place, again=True)
    return Failed(
        N_("does not speak HTTP as it should: {name}"), target.place, name=type(chain[-1]).__name__
    )


def _is_cut(chain: Sequence[BaseException]) -> bool:
    """Whether a body ended too early; a chunk that names no size is another matter."""
    if isinstance(chain[0], ProtocolError) and not any(
        isinstance(item, HTTPException) for item in chain
    ):
        return True
    cuts = [item for item in chain if isinstance(item, IncompleteRead)]
    return bool(cuts) and not any(isinstance(item, InvalidChunkLength) for item in cuts)


def asked_wait(text: str, clock: Clock) -> int:
    """The seconds that a Retry-After asks for, as a number or a date; 0 for none, for the past, and
    for nonsense.
    """
    if text.isascii() and text.isdecimal():
        return int(text[:9])
    try:
        date = parsedate_to_datetime(text)
        return max(0, int((date - clock.hour()).total_seconds()))
    except (TypeError, ValueError, OverflowError):
        return 0
