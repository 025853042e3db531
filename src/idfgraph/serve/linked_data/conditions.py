"""Conditions on what a client has already (https://www.rfc-editor.org/rfc/rfc9110#section-13)."""

import re
from email.utils import formatdate, parsedate_to_datetime
from typing import NamedTuple

from starlette.datastructures import Headers

#: No date is longer.
_LONGEST = 40

_TAG = re.compile(r'(W/)?("[^"]*")')


class Conditions(NamedTuple):
    """The headers of a request that tell what a client has, and which part it asks for."""

    if_match: str | None = None
    if_none_match: str | None = None
    if_modified_since: str | None = None
    if_unmodified_since: str | None = None
    if_range: str | None = None
    range: str | None = None


def http_date(moment: float) -> str:
    """A moment as HTTP writes it.

    >>> http_date(0)
    'Thu, 01 Jan 1970 00:00:00 GMT'
    """
    return formatdate(moment, usegmt=True)


def refusal(told: Conditions, tag: str, modified: int) -> int:
    """The status that conditions of a GET or HEAD lead to: 304, 412, or 0 where they hold.

    `tag` is the strong ETag of what would be sent, `modified` when it last changed.

    >>> refusal(Conditions(if_none_match='W/"a", "b"'), '"a"', 0)
    304
    >>> refusal(Conditions(if_match='"b"'), '"a"', 0)
    412
    """
    if told.if_match is not None:
        if not _matches(told.if_match, tag, weakly=False):
            return 412
    elif (before := _moment(told.if_unmodified_since)) is not None and modified > before:
        return 412
    if told.if_none_match is not None:
        return 304 if _matches(told.if_none_match, tag, weakly=True) else 0
    since = _moment(told.if_modified_since)
    return 304 if since is not None and modified <= since else 0


def tag_refusal(told: Headers, tag: str) -> int:
    """The status that the headers of a GET or HEAD lead to for what has no date."""
    match, none_match = (told.getlist(name) for name in ("if-match", "if-none-match"))
    return refusal(Conditions(", ".join(match) or None, ", ".join(none_match) or None), tag, 0)


def continues(told: Conditions, tag: str, modified: int) -> bool:
    """Whether a part may be sent: what the client has the other parts of is what it was."""
    known = told.if_range
    return known is None or known.strip() == tag or _moment(known) == modified


def _matches(known: str, tag: str, *, weakly: bool) -> bool:
    if known.strip() == "*":
        return True
    return any(found == tag and (weakly or not weak) for weak, found in _TAG.findall(known))


def _moment(text: str | None) -> int | None:
    """A moment of HTTP; None for what is none."""
    if not text or len(text) > _LONGEST:
        return None
    try:
        return int(parsedate_to_datetime(text).timestamp())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
