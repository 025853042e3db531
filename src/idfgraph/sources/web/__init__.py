"""Addresses in, pages as they came out. The only place that asks the network for anything."""

from .keep import addresses, fetch_all
from .policy import Policy

__all__ = ["Policy", "addresses", "fetch_all"]
