"""An answer held against what should come: what is amiss, in a few words."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    parse,
    parse_query_results,
)

from ...model.visible import told
from ...sources.web import Reply
from .checks import Expected

#: How much is told of a header.
_SHOWN = 120


def amiss(reply: Reply, want: Expected, thing: str, as_get: Reply | None) -> str:
    """What is otherwise than it should be; nothing, if all is as it should be."""
    return "; ".join(_faults(reply, want, thing, as_get))


def summary(reply: Reply) -> str:
    """An answer in a few words.

    >>> summary(Reply(200, {"Content-Type": "text/turtle"}, b"abc"))
    '200, text/turtle, 3 bytes'
    """
    kind = told(reply.headers.get("Content-Type", ""), _SHOWN)
    return ", ".join(filter(None, (str(reply.status), kind, f"{len(reply.body):,} bytes")))


def _faults(reply: Reply, want: Expected, thing: str, as_get: Reply | None) -> Iterator[str]:
    if want.status and reply.status not in want.status:
        yield f"status {reply.status}, not {' or '.join(map(str, want.status))}"
    if reply.status >= 500:
        yield "the server failed"
    if want.if_header and not reply.headers.get(want.if_header):
        return
    for name, pattern in want.headers.items():
        if not re.search(pattern, reply.headers.get(name, "")):
            yield f"{name} is {_shown(reply.headers, name)}"
    for name, pattern in want.lacks.items():
        if re.search(pattern, reply.headers.get(name, "")):
            yield f"{name} is {_shown(reply.headers, name)}"
    if want.body and not _BODIES[want.body](reply, thing):
        yield _BODY_FAULTS[want.body]
    if want.text and not re.search(want.text, reply.body.decode("utf-8", "replace")):
        yield "the text is another"
    if want.as_get and as_get:
        yield from _unlike(reply, as_get)


def _unlike(reply: Reply, other: Reply) -> Iterator[str]:
    """What HEAD says otherwise than GET."""
    if reply.status != other.status:
        yield f"status {reply.status}, by GET {other.status}"
    for name in ("Content-Type", "ETag", "Vary"):
        if reply.headers.get(name) != other.headers.get(name):
            yield f"{name} is {_shown(reply.headers, name)}, by GET {_shown(other.headers, name)}"


def _shown(headers: Mapping[str, str], name: str) -> str:
    return repr(told(headers[name], _SHOWN)) if name in headers else "not there"


def _statements(reply: Reply, url: str) -> list[Any]:
    """The statements of a body that came from an address; none, where it is no RDF."""
    form = RdfFormat.from_media_type(reply.kind)
    try:
        return list(parse(reply.body, format=form, base_iri=url)) if form else []
    except (SyntaxError, ValueError):
        return []


def _results(reply: Reply) -> Any:
    """The results of a body; None, where it has none."""
    form = QueryResultsFormat.from_media_type(reply.kind)
    try:
        return parse_query_results(reply.body, form) if form else None
    except (SyntaxError, ValueError):
        return None


def _is_about(reply: Reply, thing: str) -> bool:
    """Whether one of the statements has the thing as its subject or object."""
    terms = (term for one in _statements(reply, thing) for term in (one.subject, one.object))
    names = {getattr(term, "value", "") for term in terms}
    return bool({thing, thing.partition("#")[0]} & names)


def _is_row(reply: Reply, _: str) -> bool:
    """Whether the one row is there that was asked for."""
    found = _results(reply)
    if found is None or isinstance(found, QueryBoolean):
        return False
    try:
        return [[str(getattr(cell, "value", "")) for cell in row] for row in found] == [["é€𝄞"]]
    except (SyntaxError, ValueError):
        return False


def _is_true(reply: Reply, _: str) -> bool:
    found = _results(reply)
    return isinstance(found, QueryBoolean) and bool(found)


_BODIES: Mapping[str, Callable[[Reply, str], bool]] = {
    "none": lambda reply, _: not reply.body,
    "rdf": lambda reply, thing: bool(_statements(reply, thing)),
    "about": _is_about,
    "row": _is_row,
    "true": _is_true,
}

_BODY_FAULTS: Mapping[str, str] = {
    "none": "there is a body",
    "rdf": "the body holds no statement that can be read",
    "about": "no statement is about what was asked for",
    "row": "the row is not there that was asked for",
    "true": "the answer is not true",
}
