"""What is asked of a store, and what comes of it."""

import re
from hashlib import sha256
from typing import NamedTuple

#: How much of a digest tells two answers apart.
_DIGITS = 32

#: The call of a function that answers otherwise each time
#: (https://www.w3.org/TR/sparql11-query/#SparqlOps).
_VARYING = re.compile(r"(?<![\w?$:])(?:RAND|NOW|UUID|STRUUID)(?:\s|#.*\n)*\(", re.IGNORECASE)


class Asked(NamedTuple):
    """A query as a client puts it: its text and base, the graphs of its data set, and the form of
    the answer (a suffix; None where the client takes none that there is) for rows, for a yes or no,
    and for a graph.
    """

    query: str
    base: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    rows: str | None = "json"
    truth: str | None = "json"
    graph: str | None = "ttl"

    @property
    def varies(self) -> bool:
        """Whether the same query may be answered otherwise the next time.

        >>> [Asked(f"SELECT ({call} AS ?n) {{}}", "").varies for call in ("rand()", "?now (1)")]
        [True, False]
        """
        return _VARYING.search(self.query) is not None


class QueryOutcome(NamedTuple):
    """What came of a query: the status of HTTP, the form of the body (a suffix), the body, and of
    an answer how its SHA-256 begins, in hex.

    An error is a line of text; with 406 the form says what there is to choose a form of: `rows`,
    `truth` or `graph`.
    """

    status: int
    form: str
    body: bytes
    digest: str = ""


def answered(form: str, body: bytes) -> QueryOutcome:
    """An answer, summed once, where it is made.

    >>> answered("csv", b"").digest
    'e3b0c44298fc1c149afbf4c8996fb924'
    """
    return QueryOutcome(200, form, body, sha256(body).hexdigest()[:_DIGITS])


def refused(status: int, said: str) -> QueryOutcome:
    """An error: its status, and what is said of it.

    >>> refused(503, "busy")
    QueryOutcome(status=503, form='txt', body=b'busy', digest='')
    """
    return QueryOutcome(status, "txt", said.encode("utf-8", "replace"))
