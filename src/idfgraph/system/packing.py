"""Bytes packed as gzip, the same each time: no name, no clock."""

import zlib
from collections.abc import Iterable, Iterator

#: The header and the sum of gzip around what zlib packs.
_GZIP = 31


def packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces of a file as pieces of the packed file.

    >>> b"".join(unpacked(packed([b"one ", b"two"])))
    b'one two'
    """
    packer = zlib.compressobj(wbits=_GZIP)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()


def unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces of a packed file as pieces of what it holds; zlib.error where it is damaged."""
    unpacker = zlib.decompressobj(wbits=_GZIP)
    for piece in pieces:
        yield unpacker.decompress(piece)
    yield unpacker.flush()
