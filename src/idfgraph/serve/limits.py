"""What a server takes and gives at most."""

from pathlib import Path
from typing import NamedTuple

from ..system.workers import cores


class ServerLimits(NamedTuple):
    """What one server takes and gives at most.

    `workers` processes answer queries, each for so many `seconds` and in so many `memory` bytes of
    address space; a query has at most `query` bytes, an answer at most `answer` bytes. Stores of
    releases are kept below the folder `cache`. `base` is the address of the server, where it is not
    the base of a release's names.
    """

    workers: int = max(2, cores())
    seconds: float = 10.0
    memory: int = 1 << 30
    query: int = 1 << 20
    answer: int = 32 << 20
    cache: Path | None = None
    base: str = ""
