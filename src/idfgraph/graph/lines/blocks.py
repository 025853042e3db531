"""Blocks, which are the lines of one subject in order, to whole dumps in order."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby

from .sort import Pieces


class BlockSpool(Pieces):
    """Collects blocks of N-Quads lines, and gives back those of all subjects in order.

    Blocks of several subjects never mingle when they are sorted, for no subject begins another, up
    to its `>`: so lines need no sorting but where a subject has several blocks.
    """

    def blocks(self) -> Iterator[bytes]:
        """A block for each subject, in order: its lines in order, each once."""
        return settled(self.pieces())

    def lines(self) -> Iterator[str]:
        """The lines in order, each once.

        >>> with BlockSpool() as spool:
        ...     spool.take([b'<x:b> <x:p> "1" .\\n', b'<x:a> <x:p> "2" .\\n<x:a> <x:p> "3" .\\n'])
        ...     len(list(spool.lines()))
        3
        """
        return lines_of(self.blocks())


def settled(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """A block for each subject of blocks in order.

    >>> list(settled([b'<x:a> <x:p> "1" .\\n', b'<x:a> <x:p> "1" .\\n']))
    [b'<x:a> <x:p> "1" .\\n']
    """
    for _, group in groupby(blocks, _subject):
        found = iter(group)
        first, second = next(found), next(found, None)
        yield first if second is None else _joined(chain((first, second), found))


def lines_of(blocks: Iterable[bytes]) -> Iterator[str]:
    """The lines of blocks."""
    return (line.decode() for block in blocks for line in block.splitlines(keepends=True))


def _subject(block: bytes) -> bytes:
    return block[: block.index(b" ")]


def _joined(blocks: Iterable[bytes]) -> bytes:
    lines = {line for block in blocks for line in block.splitlines(keepends=True)}
    return b"".join(sorted(lines))
