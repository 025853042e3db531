"""A release in, a store of others that holds it."""

from .errand import Pushed, Wishes, push
from .remote_store import Access

__all__ = ["Access", "Pushed", "Wishes", "push"]
