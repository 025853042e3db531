"""What a store says of a request that it does not do: in one line, with what to do."""

import html
import re

from ...model.errors import BadOutput, Place
from ...model.text import N_, texts
from ...model.visible import told
from ...sources.web import Reply

#: How much is told of what a store says.
_SAID = 300

_ADDRESS = N_(
    "name the address of its Graph Store Protocol: docs/pushing.md has those of six stores"
)
_RIGHTS = N_("ask for the right to read and write graphs; docs/pushing.md says how stores give it")
_WHO = N_(
    "set IDFGRAPH_PUSH_USER and IDFGRAPH_PUSH_PASSWORD, or IDFGRAPH_PUSH_TOKEN, in the environment"
)

#: Status of an answer -> what it says, and what to do.
_STATUSES = {
    401: (N_("does not know who we are"), _WHO),
    403: (N_("does not allow that"), _RIGHTS),
    404: (N_("has nothing at this address"), _ADDRESS),
    405: (
        N_("does not do that at this address"),
        N_(
            "it may be for reading alone; name the address of its Graph Store Protocol: "
            "docs/pushing.md has those of six stores"
        ),
    ),
    406: (N_("does not answer in a form that we read"), N_("name its SPARQL address with --query")),
    411: (N_("wants to know lengths that it was told"), N_("ask who runs it")),
    413: (
        N_("does not take so much at a time"),
        N_("raise its limit, say client_max_body_size of nginx"),
    ),
    415: (N_("does not read N-Triples here"), _ADDRESS),
    429: (
        N_("has had too many requests"),
        N_("run the same command later: it goes on where it stopped"),
    ),
    507: (N_("is full"), N_("make room in it, and run the same command again")),
}

_FAILED = N_("look into its log; then run the same command again: it goes on where it stopped")
_MARKUP = re.compile(r"(?s)<(script|style).*?</\1\s*>|<[^>]*>")


def refused(reply: Reply, url: str, what: str) -> BadOutput:
    """The error that an answer is; `what` names what was asked for."""
    status, place = reply.status, Place(url.partition("?")[0])
    if reply.elsewhere:
        hint = N_("if that is the store, name that address")
        return BadOutput(
            N_("leads to {what}, and is not followed"),
            place,
            hint=hint,
            what=told(reply.elsewhere, 200),
        )
    words, hint = _STATUSES.get(status, (N_("failed") if status >= 500 else N_("refuses that"), ""))
    said = f": {spoken}" if (spoken := said_by(reply)) else ""
    return BadOutput(
        N_("{words} ({what}: {number}){said}"),
        place,
        hint=hint or _FAILED,
        words=texts(words),
        what=what,
        number=status,
        said=said,
    )


def said_by(reply: Reply) -> str:
    """What an answer says, for people: without markup, on one line.

    >>> said_by(Reply(200, {}, b"<h1>Error</h1><xmp>no &lt;g&gt;</xmp>"))
    'Error no <g>'
    """
    text = reply.body[:20_000].decode("utf-8", "replace")
    return told(" ".join(html.unescape(_MARKUP.sub(" ", text)).split()), _SAID)
