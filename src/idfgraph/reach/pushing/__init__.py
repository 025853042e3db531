"""A release in, a store of others that holds it."""

from .errand import Pushed, PushWishes, push
from .remote_store import Access

__all__ = ["Access", "PushWishes", "Pushed", "push"]
