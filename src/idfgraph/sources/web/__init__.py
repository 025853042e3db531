"""Addresses in, pages as they came out. The only place that asks the network for anything."""

from .keep import addresses, fetch_all
from .policy import Policy
from .posting import Reply, post

__all__ = ["Policy", "Reply", "addresses", "fetch_all", "post"]
