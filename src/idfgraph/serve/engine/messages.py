"""Questions and answers as bytes between two processes: each with its length before it."""

import json
import struct

from .asked import Asked, QueryOutcome

#: What comes before a question: its length; before an answer: status, lengths of form and digest,
#: length.
HEAD, ANSWER = struct.Struct(">I"), struct.Struct(">HBBI")

#: What a zygote is told: to fork, with the end of a line to the worker; to say how a worker (its
#: number) ended. What it says: a number.
FORK, OUTCOME, NUMBER = b"F", b"W", struct.Struct(">i")

#: What a zygote says first: whether it has left the network.
FENCED, OPEN = b"fenced", b"open"

#: How a worker ends that had too little memory, and one that failed otherwise.
NO_MEMORY, FAILED = 3, 4


def pack(asked: Asked) -> bytes:
    """A question as bytes, its length first.

    >>> question = Asked("ASK {}", "http://example.org/", ("http://example.org/a",))
    >>> unpack(pack(question)[HEAD.size :]) == question
    True
    """
    said = json.dumps(asked).encode()
    return HEAD.pack(len(said)) + said


def unpack(said: bytes) -> Asked:
    """A question of bytes, without its length."""
    query, base, default, named, *forms = json.loads(said)
    return Asked(query, base, tuple(default), tuple(named), *forms)


def pack_told(told: QueryOutcome) -> tuple[bytes, bytes]:
    """An answer as bytes: what comes before its body, and that.

    >>> unpack_told(b"".join(pack_told(QueryOutcome(200, "ttl", b"<a> <b> <c> .", "8a"))))
    QueryOutcome(status=200, form='ttl', body=b'<a> <b> <c> .', digest='8a')
    >>> unpack_told(b"short") is None
    True
    """
    form, digest = told.form.encode(), told.digest.encode()
    head = ANSWER.pack(told.status, len(form), len(digest), len(told.body))
    return head + form + digest, told.body


def unpack_told(said: bytes | bytearray) -> QueryOutcome | None:
    """An answer of bytes; None as long as it is not whole."""
    if len(said) < ANSWER.size:
        return None
    status, form, digest, length = ANSWER.unpack_from(said)
    middle = ANSWER.size + form
    start = middle + digest
    if len(said) < start + length:
        return None
    words = said[ANSWER.size : middle].decode(), said[middle:start].decode()
    return QueryOutcome(status, words[0], bytes(memoryview(said)[start:]), words[1])
