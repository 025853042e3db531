"""Room 0, fetch: addresses in, pages as they came out. The only place that asks the network for anything."""

from .clock import Clock
from .faults import Failed, Refused
from .fetcher import fetch
from .listing import read_list
from .log import LOG, Entry, Kind, Log
from .naming import other_slug_of, slug_of, with_address
from .page import Fetched
from .policy import Policy, State, Validators
from .sitemap import sitemap_urls
from .urls import checked

__all__ = [
    "LOG",
    "Clock",
    "Entry",
    "Failed",
    "Fetched",
    "Kind",
    "Log",
    "Policy",
    "Refused",
    "State",
    "Validators",
    "checked",
    "fetch",
    "other_slug_of",
    "read_list",
    "sitemap_urls",
    "slug_of",
    "with_address",
]
