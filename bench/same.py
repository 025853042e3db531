"""Whether what works left are the same statements."""

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from idfgraph.graph.lines import statement


def _lines(file: Path, *, triples: bool) -> Iterator[bytes]:
    """The statements of a file, graphs forgotten if asked."""
    with file.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            found = statement(line) if triples else None
            yield (" ".join(found[:3]) if found else line).encode()


def digest(file: Path, *, triples: bool) -> tuple[int, int]:
    """How many statements a file has, and a sum of their hashes, which no order changes."""
    count = total = 0
    for line in _lines(file, triples=triples):
        count += 1
        total += int.from_bytes(blake2b(line, digest_size=8).digest(), "big")
    return count, total % 2**64


def share(file: Path, like: Path) -> tuple[int, str]:
    """How many statements a peer wrote, and what share of all, its and ours, both have."""
    theirs, ours = (
        {hash(str(quad.triple)) for quad in parse(path=str(one), format=RdfFormat.N_QUADS)}
        for one in (file, like)
    )
    common, all_ = len(theirs & ours), len(theirs | ours)
    return len(theirs), "yes" if common == all_ else f"{common * 1000 // all_ / 10} %"
