"""Addresses in, pages as they came out. The only place that asks the network for anything."""

from .caller import Caller, Credentials, FilePart, Request
from .keep import addresses, fetch_all
from .page_faults import Failed, Refused
from .policy import Policy
from .posting import Reply, post

__all__ = [
    "Caller",
    "Credentials",
    "Failed",
    "FilePart",
    "Policy",
    "Refused",
    "Reply",
    "Request",
    "addresses",
    "fetch_all",
    "post",
]
