"""What is counted of a server, for those who run it (https://prometheus.io/docs/concepts/): nothing
that tells who asked, or what.
"""

from collections.abc import Mapping
from functools import lru_cache

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

#: The media type of what `Meters.text` gives.
METRICS_TYPE = CONTENT_TYPE_LATEST

#: Upper bounds of times that are told apart, in seconds.
_SECONDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

#: What a status means for a query: any other is that it was wrong.
_OUTCOMES: Mapping[int, str] = {200: "answered", 413: "too long", 429: "refused", 503: "refused"}

#: Counts that are found again without being looked for.
_COUNTED = 256

#: Methods that are told apart.
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST"})


class Meters:
    """Counts of requests and queries, and what a server is at.

    >>> meters = Meters()
    >>> meters.count_query(400, 0.01)
    >>> 'idfgraph_queries_total{outcome="wrong"} 1.0' in meters.text().decode()
    True
    """

    def __init__(self) -> None:
        own = self._registry = CollectorRegistry()
        ProcessCollector(registry=own)
        self._requests = Counter(
            "idfgraph_requests", "Requests.", ["route", "method", "status"], registry=own
        )
        self._seconds = Histogram(
            "idfgraph_request_seconds",
            "Time from a request to the end of its answer.",
            ["route"],
            buckets=_SECONDS,
            registry=own,
        )
        self._counted = lru_cache(_COUNTED)(self._requests.labels)
        self._timed = lru_cache(_COUNTED)(self._seconds.labels)
        self._under_way = Gauge("idfgraph_requests_under_way", "Unanswered requests.", registry=own)
        self._queries = Counter(
            "idfgraph_queries", "Queries by what came of them.", ["outcome"], registry=own
        )
        self._query_seconds = Histogram(
            "idfgraph_query_seconds", "Time of a query.", buckets=_SECONDS, registry=own
        )
        self._release = Gauge(
            "idfgraph_release", "The release that is served.", ["version"], registry=own
        )
        self._opening = Gauge(
            "idfgraph_store_build_seconds",
            "Time that the release took to open, its store made or found.",
            registry=own,
        )
        self._workers = Gauge(
            "idfgraph_workers", "Processes that answer queries.", ["state"], registry=own
        )

    def begin(self) -> None:
        """Counts a request that has come."""
        self._under_way.inc()

    def count_request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Counts a request that was answered."""
        known = method if method in _METHODS else "other"
        self._under_way.dec()
        self._counted(route, known, str(status)).inc()
        self._timed(route).observe(seconds)

    def count_query(self, status: int, seconds: float) -> None:
        """Counts a query by the status that came of it."""
        self._queries.labels(_OUTCOMES.get(status, "wrong")).inc()
        self._query_seconds.observe(seconds)

    def note_release(self, version: str, seconds: float) -> None:
        """Notes which release is served from now on, and how long it took to open."""
        self._release.clear()
        self._release.labels(version).set(1)
        self._opening.set(seconds)

    def note_workers(self, wanted: int, *, ready: bool) -> None:
        """Notes how many processes there should be, and whether all are there."""
        self._workers.labels("wanted").set(wanted)
        self._workers.labels("ready").set(wanted if ready else 0)

    def text(self) -> bytes:
        """All of it, in the text form of Prometheus."""
        return generate_latest(self._registry)
