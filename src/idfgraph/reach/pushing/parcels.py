"""The statements of a dump by graph: each graph one run of N-Triples lines in a file on disk."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from random import Random
from typing import BinaryIO, NamedTuple

from ...graph.lines import Spool, Statement, statement
from ...sources.web import FilePart
from ...system.temporary import temporary_folder
from .rewrites import plainest

#: How many lines are handed to the spool at a time.
_CHUNK = 10_000


class Parcel(NamedTuple):
    """A graph (its IRI; empty for the default graph): where its lines are, the SHA-256 of them, how
    many statements they are, and how many at least in a store that writes values its own way.
    """

    graph: str
    offset: int
    length: int
    digest: str
    statements: int
    fewest: int

    def fits(self, count: int) -> bool:
        """Whether a store that holds so many statements may hold all of them.

        >>> Parcel("", 0, 0, "", 3, 2).fits(2), Parcel("", 0, 0, "", 3, 2).fits(4)
        (True, False)
        """
        return self.fewest <= count <= self.statements


class Load(NamedTuple):
    """All graphs of a dump by IRI, the file of their lines, and a sample of the statements."""

    parcels: dict[str, Parcel]
    file: BinaryIO
    sample: list[Statement]

    def body(self, parcel: Parcel) -> FilePart:
        """The lines of a graph, to be sent."""
        return FilePart(self.file, parcel.offset, parcel.length)


@contextmanager
def load(dump: Path, default: str, size: int, chance: Random) -> Iterator[Load]:
    """The graphs of a dump, as long as the block lasts; its default graph under the IRI `default`
    (empty: none), and a sample of so many statements.
    """
    with temporary_folder() as folder, Spool() as spool:
        with dump.open(encoding="utf-8", newline="\n") as lines:
            for some in _chunks(lines):
                spool.add(_addressed(line, default) for line in some)
        path = folder / "graphs.nt"
        with path.open("wb") as out:
            parcels, sample = _packed(spool.sorted(), out, _Reservoir(size, chance))
        with path.open("rb") as file:
            yield Load(parcels, file, sample)


class _Reservoir:
    """So many of any number of things, each with the same chance."""

    def __init__(self, size: int, chance: Random) -> None:
        self._size, self._chance, self._seen = size, chance, 0
        self.kept: list[Statement] = []

    def offer(self, one: Statement) -> None:
        """Takes one, or does not."""
        self._seen += 1
        if len(self.kept) < self._size:
            self.kept.append(one)
        elif (at := self._chance.randrange(self._seen)) < self._size:
            self.kept[at] = one


def _chunks(lines: Iterable[str]) -> Iterator[list[str]]:
    held: list[str] = []
    for line in lines:
        held.append(line)
        if len(held) >= _CHUNK:
            yield held
            held = []
    yield held


def _addressed(line: str, default: str) -> str:
    """A line behind the IRI of its graph and a tab, itself without it."""
    found = statement(line)
    graph = found.graph[1:-1] or default
    return f"{graph}\t{found.subject} {found.predicate} {found.object} .\n"


def _packed(
    lines: Iterable[str], out: BinaryIO, sample: _Reservoir
) -> tuple[dict[str, Parcel], list[Statement]]:
    parcels: dict[str, Parcel] = {}
    for graph, group in groupby(lines, lambda line: line.partition("\t")[0]):
        parcels[graph] = _parcel(graph, (line[len(graph) + 1 :] for line in group), out, sample)
    return parcels, sample.kept


def _parcel(graph: str, lines: Iterable[str], out: BinaryIO, sample: _Reservoir) -> Parcel:
    """Writes the lines of a graph."""
    offset, digest, count, fewest = out.tell(), sha256(), 0, 0
    for _, some in groupby(lines, lambda line: line.split(" ", 2)[:2]):
        alike = [statement(line)._replace(graph=graph) for line in some]
        for one in alike:
            packed = f"{one.subject} {one.predicate} {one.object} .\n".encode()
            digest.update(packed)
            out.write(packed)
            sample.offer(one)
        count += len(alike)
        fewest += len({plainest(one.object) for one in alike})
    return Parcel(graph, offset, out.tell() - offset, digest.hexdigest(), count, fewest)
