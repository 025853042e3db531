"""Shards that were checked before, kept in a file: taken where the same records would be checked in
the same way. Nothing but time is lost without it, or where it is damaged.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from ..graph.lines import Spun
from ..graph.resolve import Coined
from ..graph.setting import Setting
from ..model.findings import Finding, Result
from ..sources.origin import Sourced
from ..system.depot import RunFolder
from ..system.disk import write_bytes
from ..system.packing import DAMAGED, restored, squeezed
from ..system.program import program
from ..system.sums_of_parts import SIZE, sum_of_parts
from .locate import place_of
from .shards import Shard, check_shard

#: How many bytes in a file of shards name one, and how many tell how long it is, packed.
_KEY, _LENGTH = SIZE, 8

#: How many bytes are copied at a time.
_PIECE = 1 << 20


class _PackedShard(msgspec.Struct):
    """A shard but for its lines: its results, whose places are others by now, and how many bytes
    each of its runs has.
    """

    results: Sequence[Result]
    owners: tuple[tuple[str, str], ...]
    coined: tuple[Coined, ...]
    touched: Sequence[str]
    runs: Sequence[int]


class ShardFile(NamedTuple):
    """A file of shards, and where each stands in it: the place and the length of what is packed, by
    its key.
    """

    path: Path
    known: Mapping[bytes, tuple[int, int]]

    @classmethod
    def of(cls, path: Path) -> "ShardFile":
        """What a file holds, as far as it can be read; of a pipe or a device, nothing."""
        try:
            return cls(path, dict(_standing(path)) if path.is_file() else {})
        except OSError:
            return cls(path, {})

    def packed(self, key: bytes) -> bytes:
        """What is packed of the shard with a key; nothing where none has it."""
        if key not in self.known:
            return b""
        place, length = self.known[key]
        try:
            with self.path.open("rb") as file:
                file.seek(place)
                return file.read(length)
        except OSError:
            return b""


class KeptShards(NamedTuple):
    """The shards that were kept before, and the file that those of this run go to."""

    before: ShardFile
    now: Path

    def work(
        self, setting: Setting, engine: str, into: RunFolder
    ) -> Callable[[Sequence[Sourced]], Shard]:
        """What gives the shard of some records, their lines in a folder; it can be sent to another
        process.
        """
        return partial(_shard, setting, engine, into, (self.before, _shared(setting, engine)))

    def keep(self, shard: Shard) -> Shard:
        """The shard without what is kept of it, which goes to the file."""
        with self.now.open("ab") as file:
            file.write(shard.kept)
        return shard._replace(kept=b"")

    def move(self, to: Path) -> None:
        """Moves the file to where the next run finds it, if this one has any; that of another
        release goes in any case. Raises OSError or BadOutput.
        """
        to.unlink(missing_ok=True)
        if self.now.is_file():
            with self.now.open("rb") as file:
                write_bytes(to, iter(partial(file.read, _PIECE), b""))


def _shared(setting: Setting, engine: str) -> str:
    """What all shards are checked with, as a hash."""
    words = setting.words
    shared = (setting.base, setting.as_of, engine, words.context_text, words.ontology)
    parts = (program(), *shared, *words.shapes.values(), repr(setting.dataset))
    known = msgspec.json.encode(setting.reference.made_of, order="deterministic")
    return sum_of_parts([*map(str.encode, parts), known]).hex()


def _shard(
    setting: Setting,
    engine: str,
    into: RunFolder,
    known: tuple[ShardFile, str],
    sourced: Sequence[Sourced],
) -> Shard:
    """The shard of some records, as it was checked before or as it is checked now; with what is
    kept of it. `known` are the shards from before, and what all are checked with.
    """
    before, shared = known
    key = _key(setting, shared, sourced)
    packed = before.packed(key)
    shard = _taken(packed, setting, into, sourced) if packed else None
    if not shard:
        shard = check_shard(setting, engine, into, sourced)
        packed = squeezed(_plain(shard))
    return shard._replace(kept=key + len(packed).to_bytes(_LENGTH, "big") + packed)


def _plain(shard: Shard) -> Iterator[bytes]:
    """A shard as pieces, its lines at the end."""
    runs, touched = (shard.spun[:3], shard.spun.touched) if shard.spun else ((), set[str]())
    results = [found.result for found in shard.findings]
    sizes = [run.stat().st_size for run in runs]
    head = _PackedShard(results, shard.owners, shard.coined, sorted(touched), sizes)
    yield msgspec.json.encode(head) + b"\n"
    yield from (run.read_bytes() for run in runs)


def _taken(
    packed: bytes, setting: Setting, into: RunFolder, sourced: Sequence[Sourced]
) -> Shard | None:
    """A shard that was packed, its results where they are found by now; None where it is
    damaged.
    """
    try:
        told, _, rest = restored(packed).partition(b"\n")
        head = msgspec.json.decode(told, type=_PackedShard)
    except (*DAMAGED, msgspec.MsgspecError):
        return None
    at = {one.record.id: one.origin for one in sourced}
    findings = (Finding(result, place_of(setting, result, at)) for result in head.results)
    with into.writing() as folder:
        spun = Spun.copied(folder, list(_cut(rest, head.runs)), set(head.touched))
    return Shard(None, tuple(findings), head.owners, len(sourced), head.coined, spun)


def _cut(data: bytes, lengths: Iterable[int]) -> Iterator[bytes]:
    """Data in pieces of these lengths."""
    start = 0
    for length in lengths:
        yield data[start : start + length]
        start += length


def _key(setting: Setting, shared: str, sourced: Iterable[Sourced]) -> bytes:
    """What names a shard: all that it is made of."""
    files = setting.files
    at_hand = [
        [one.page in files.pages or one.page in files.copies for one in record.sources]
        for record, _ in sourced
    ]
    records = (msgspec.json.encode(record) for record, _ in sourced)
    return sum_of_parts([shared.encode(), repr((any(files[:3]), at_hand)).encode(), *records])


def _standing(file: Path) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Where each shard stands in a file, up to one that is not whole."""
    end = file.stat().st_size
    with file.open("rb") as pieces:
        while len(head := pieces.read(_KEY + _LENGTH)) == _KEY + _LENGTH:
            place, length = pieces.tell(), int.from_bytes(head[_KEY:], "big")
            if place + length > end:
                return
            yield head[:_KEY], (place, length)
            pieces.seek(length, 1)
