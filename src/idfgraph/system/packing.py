"""Bytes packed as gzip or Zstandard, the same each time: no name, no clock, one thread."""

import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

#: What damaged bytes raise.
DAMAGED = (zlib.error, zstd.ZstdError)

#: The header and the sum of gzip around what zlib packs.
_GZIP = 31

#: How far Zstandard goes, and that a sum of what is packed stands at its end.
_ZSTD: Mapping[int, int] = {
    zstd.CompressionParameter.compression_level: 12,
    zstd.CompressionParameter.checksum_flag: 1,
}

#: The same for what is packed and unpacked in passing.
_QUICK: Mapping[int, int] = {**_ZSTD, zstd.CompressionParameter.compression_level: 1}


class _Packer(Protocol):
    def compress(self, data: bytes, /) -> bytes:
        """What of a piece is packed by now."""

    def flush(self) -> bytes:
        """The rest."""


class _Unpacker(Protocol):
    def decompress(self, data: bytes, /) -> bytes:
        """What a packed piece holds."""


class _Packing(NamedTuple):
    packer: Callable[[], _Packer]
    unpacker: Callable[[], _Unpacker]


_PACKINGS: Mapping[str, _Packing] = {
    ".gz": _Packing(lambda: zlib.compressobj(wbits=_GZIP), lambda: zlib.decompressobj(wbits=_GZIP)),
    ".zst": _Packing(lambda: zstd.ZstdCompressor(options=_ZSTD), zstd.ZstdDecompressor),
}


def packed(pieces: Iterable[bytes], suffix: str) -> Iterator[bytes]:
    """Pieces of a file as pieces of the packed file, by its suffix.

    >>> b"".join(unpacked(packed([b"one ", b"two"], ".zst"), ".zst"))
    b'one two'
    """
    packer = _PACKINGS[suffix].packer()
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()


def unpacked(pieces: Iterable[bytes], suffix: str) -> Iterator[bytes]:
    """Pieces of a packed file as pieces of what it holds; one of DAMAGED where it is."""
    unpacker = _PACKINGS[suffix].unpacker()
    for piece in pieces:
        yield unpacker.decompress(piece)


def squeezed(pieces: Iterable[bytes]) -> bytes:
    """Pieces packed in little time, with a sum of what they are.

    >>> restored(squeezed([b"one ", b"two"]))
    b'one two'
    """
    packer = zstd.ZstdCompressor(options=_QUICK)
    return b"".join([*map(packer.compress, pieces), packer.flush()])


def restored(data: bytes) -> bytes:
    """What was squeezed; one of DAMAGED where it is."""
    return zstd.decompress(data)
