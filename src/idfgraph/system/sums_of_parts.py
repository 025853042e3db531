"""Several parts as one hash, in which each is told from the next."""

from collections.abc import Iterable
from hashlib import blake2b

#: How many bytes such a hash has.
SIZE = 16


def sum_of_parts(parts: Iterable[bytes]) -> bytes:
    """The hash of parts in their order, which no others have.

    >>> sum_of_parts([b"a", b"b"]) == sum_of_parts([b"ab"])
    False
    """
    digest = blake2b(digest_size=SIZE)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()
