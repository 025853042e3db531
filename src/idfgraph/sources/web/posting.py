"""Something sent to an address that a person named, and the whole answer, whatever its status: in
time, within a number of bytes, from that address and no other.
"""

from collections.abc import Mapping
from contextlib import closing
from typing import Any, NamedTuple

from requests.exceptions import RequestException
from urllib3.exceptions import HTTPError

from ...model.text import N_
from .clock import Deadline
from .exchange import REDIRECTS, failure, unpacked
from .hosts import checked_addresses
from .page_faults import Refused
from .policy import Policy
from .urls import PageUrl, checked
from .wire import Connection, PinnedAdapter, prepared

_PIECE = 16_384
_ZIPPED = frozenset({"gzip", "x-gzip"})


class Reply(NamedTuple):
    """An answer: its status, headers and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """The media type of its body, in small letters and without parameters; empty where it says
        none.
        """
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def elsewhere(self) -> str:
        """The address that it leads to; empty where it leads nowhere."""
        return self.headers.get("Location", "") if 300 <= self.status < 400 else ""


def post(url: str, body: bytes, headers: Mapping[str, str], policy: Policy) -> Reply:
    """The answer to one POST; raises Refused, also for a redirect or too many bytes, or Failed.

    The policy says how long it may take and how much is taken.
    """
    target, deadline = checked(url), Deadline(policy.clock, policy.deadline)
    try:
        return _reply(target, body, headers, policy, deadline)
    except (RequestException, HTTPError, OSError, ValueError) as error:
        raise failure(error, target) from error


def _reply(
    target: PageUrl, body: bytes, headers: Mapping[str, str], policy: Policy, deadline: Deadline
) -> Reply:
    addresses = checked_addresses(
        target.host,
        target.port,
        target.place,
        resolve=policy.resolve,
        seconds=deadline.left(),
        allow_private=policy.allow_private,
    )
    line = Connection(addresses, deadline, policy.limit, target.place)
    whole = {"User-Agent": policy.agent, "Accept-Encoding": "gzip", "Connection": "close"}
    verify: Any = str(policy.authorities) if policy.authorities else True
    with closing(PinnedAdapter(line)) as adapter:
        request = prepared(target.url, {**whole, **headers}, body)
        sent = adapter.send(
            request, stream=True, timeout=deadline.left(), verify=verify, proxies={}
        )
        with closing(sent):
            if sent.status_code in REDIRECTS:
                hint = N_("name the address itself")
                raise Refused(N_("leads elsewhere, and is not followed"), target.place, hint=hint)
            raw: Any = sent.raw
            pieces = raw.stream(_PIECE, decode_content=False)
            packing = sent.headers.get("Content-Encoding", "identity").strip().lower()
            if packing in _ZIPPED:
                return Reply(sent.status_code, sent.headers, unpacked(pieces, policy.limit, target))
            return Reply(sent.status_code, sent.headers, b"".join(pieces))
