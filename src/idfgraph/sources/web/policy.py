"""How a run fetches, and what it remembers from one address to the next."""

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ...model.errors import Place
from ...model.text import N_
from .clock import Clock
from .hosts import Resolver, look_up
from .page_faults import Failed, Refused
from .robots import Rules

#: The name under which robots.txt may address us.
TOKEN = "idfgraph"  # noqa: S105 - a name, not a secret


class Policy(NamedTuple):
    """How to fetch: who we say we are, how long we wait, how much we take. Times are in seconds."""

    agent: str = f"{TOKEN}/{version('idfgraph')}"
    #: Between two requests to one host; a longer Crawl-delay of its robots.txt wins.
    delay: float = 2.0
    #: For one address: connections, headers, bodies, tries and the waits between them.
    deadline: float = 60.0
    #: How often more after a first try that failed, and the first wait, doubled each time.
    retries: int = 3
    backoff: float = 1.0
    #: The longest rest that a host may ask for; beyond it, its addresses fail at once.
    patience: float = 120.0
    #: The largest page, in bytes, as sent and as unpacked.
    limit: int = 512_000
    #: Whether private, loopback and other addresses that are not public may be fetched from.
    allow_private: bool = False
    #: A file of certificates to trust instead of the usual ones.
    authorities: Path | None = None
    resolve: Resolver = look_up
    clock: Clock = Clock()


class Validators(NamedTuple):
    """What a page was last known by: the address that answered, its ETag and its Last-Modified."""

    url: str
    etag: str = ""
    last_modified: str = ""


class State:
    """What one run knows: the rules of each site, when each host's next turn is, and the pages
    known before.
    """

    def __init__(self, known: Mapping[str, Validators] = MappingProxyType({})) -> None:
        #: Address -> what its page was last known by.
        self.known = known
        #: Site (scheme, host, port) -> its rules, or why they cannot be had.
        self.rules: dict[str, Rules | Refused | Failed] = {}
        self._turns: dict[str, float] = {}

    def rest(self, host: str, seconds: float, clock: Clock) -> None:
        """No request to the host for some seconds from now."""
        self._turns[host] = max(self._turns.get(host, clock.now()), clock.now() + seconds)

    def take_turn(self, host: str, policy: Policy, place: Place) -> None:
        """Waits until the host may be asked again; raises Failed if that is too long."""
        wait = self._turns.get(host, policy.clock.now()) - policy.clock.now()
        if wait > policy.patience:
            raise Failed(
                N_("its host asked us to wait {wait:,.0f} s"),
                place,
                hint=N_("run the command again later"),
                wait=wait,
            )
        if wait > 0:
            policy.clock.sleep(wait)
