"""Files that any process can write, or read again, once what they are made of is there."""

from typing import NamedTuple


class Held(NamedTuple):
    """What a dump holds: how many statements, and the sum of their hashes, which their order does
    not change.
    """

    statements: int
    hashes: int


class MadeFile(NamedTuple):
    """The SHA-256 of a file that is made, by its path in the release, and what it holds where that
    was read again.
    """

    path: str
    sha256: str = ""
    held: Held | None = None
