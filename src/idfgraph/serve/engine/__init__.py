"""A store on disk, and what happens in the processes that ask it: nothing of HTTP, nothing of who
asks.
"""

from .asked import Asked, QueryOutcome, answered, refused
from .building import COPY, Build, Figures, build, from_text, to_text
from .clerk import Clerk
from .execution import READ_ONLY
from .messages import FENCED, FORK, NO_MEMORY, NUMBER, OUTCOME, pack, unpack_told

__all__ = [
    "COPY",
    "FENCED",
    "FORK",
    "NO_MEMORY",
    "NUMBER",
    "OUTCOME",
    "READ_ONLY",
    "Asked",
    "Build",
    "Clerk",
    "Figures",
    "QueryOutcome",
    "answered",
    "build",
    "from_text",
    "pack",
    "refused",
    "to_text",
    "unpack_told",
]
