"""What a store says of a request that it does not do: in one line, with what to do."""

import html
import re

from ...model.errors import BadOutput, Place
from ...model.visible import told
from ...sources.web import Reply

#: How much is told of what a store says.
_SAID = 300

_ADDRESS = "name the address of its Graph Store Protocol: docs/pushing.md has those of six stores"
_RIGHTS = "ask for the right to read and write graphs; docs/pushing.md says how stores give it"
_WHO = (
    "set IDFGRAPH_PUSH_USER and IDFGRAPH_PUSH_PASSWORD, or IDFGRAPH_PUSH_TOKEN, in the environment"
)

#: Status of an answer -> what it says, and what to do.
_STATUSES = {
    401: ("does not know who we are", _WHO),
    403: ("does not allow that", _RIGHTS),
    404: ("has nothing at this address", _ADDRESS),
    405: ("does not do that at this address", f"it may be for reading alone; {_ADDRESS}"),
    406: ("does not answer in a form that we read", "name its SPARQL address with --query"),
    411: ("wants to know lengths that it was told", "ask who runs it"),
    413: ("does not take so much at a time", "raise its limit, say client_max_body_size of nginx"),
    415: ("does not read N-Triples here", _ADDRESS),
    429: ("has had too many requests", "run the same command later: it goes on where it stopped"),
    507: ("is full", "make room in it, and run the same command again"),
}

_FAILED = "look into its log; then run the same command again: it goes on where it stopped"
_MARKUP = re.compile(r"(?s)<(script|style).*?</\1\s*>|<[^>]*>")


def refused(reply: Reply, url: str, what: str) -> BadOutput:
    """The error that an answer is; `what` names what was asked for."""
    status, place = reply.status, Place(url.partition("?")[0])
    if where := reply.headers.get("Location", "") if 300 <= status < 400 else "":
        hint = "if that is the store, name that address"
        return BadOutput(f"leads to {told(where, 200)}, and is not followed", place, hint=hint)
    words, hint = _STATUSES.get(status, ("failed" if status >= 500 else "refuses that", ""))
    said = f": {spoken}" if (spoken := said_by(reply)) else ""
    return BadOutput(f"{words} ({what}: {status}){said}", place, hint=hint or _FAILED)


def said_by(reply: Reply) -> str:
    """What an answer says, for people: without markup, on one line.

    >>> said_by(Reply(200, {}, b"<h1>Error</h1><xmp>no &lt;g&gt;</xmp>"))
    'Error no <g>'
    """
    text = reply.body[:20_000].decode("utf-8", "replace")
    return told(" ".join(html.unescape(_MARKUP.sub(" ", text)).split()), _SAID)
