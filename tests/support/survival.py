"""Reads and maps mutated inputs, each with a deadline, and tells what came of them; run by
test_survival.py in limits.

Usage: python survival.py COUNT FOLDER
"""

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec

from idfgraph import resolve, to_quads
from idfgraph.graph.mapping import compile_context
from idfgraph.model.errors import IdfgraphError
from idfgraph.sources.origin import Sourced
from idfgraph.sources.pages import read_page
from idfgraph.sources.records import read_record, read_records
from idfgraph.system import resources
from support.rendering import RECORDS, STRUCTURES, html, text

ROOT = Path(__file__).parents[2]
DEADLINE = 5.0

#: Pieces that break readers, put in anywhere.
PIECES = (
    *(b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"\x85\xe2\x80\xa8"),
    *(
        b"&#x202e;",
        b"&#0;",
        b"&amp",
        b"<![CDATA[",
        b"\\u0000" * 50,
        b"\t",
        b"\r",
        b"'",
        b'"',
        b"|\n",
    ),
    *(b"[" * 3_000, b"{" * 3_000, b"- " * 3_000, b"<div>" * 3_000, b"\n-\n" * 3_000, b"(" * 3_000),
    *(
        b"&a *a",
        b"!!python/name:os.system ''",
        b"<<: *a",
        b"? [x]",
        b"%YAML 9.9\n---",
        b'"a":1,"a":2,',
    ),
    *(b"9" * 5_000, b"1e999", b"NaN", b"Infinity", b"Albanie" * 500, b"x" * 100_000),
)


def _page(path: Path) -> list[Sourced]:
    return [read_page(path)]


def seeds() -> list[tuple[Callable[[Path], list[Sourced]], str, bytes]]:
    """Readers, the suffix of their files, and sound inputs."""
    records = sorted((ROOT / "data" / "records").glob("*.yaml"))
    lines = [msgspec.json.encode(read_record(path).record) + b"\n" for path in records]
    found: list[tuple[Callable[[Path], list[Sourced]], str, bytes]] = []
    found += [
        (_page, ".txt", path.read_bytes())
        for path in sorted((ROOT / "data" / "pages").glob("*.txt"))
    ]
    found += [(_page, ".txt", text(facts).encode()) for facts in RECORDS]
    found += [
        (_page, ".html", html(facts, name).encode()) for facts in RECORDS[:6] for name in STRUCTURES
    ]
    found += [(lambda path: [read_record(path)], ".yaml", path.read_bytes()) for path in records]
    found += [(lambda path: list(read_records(path)), ".jsonl", line) for line in lines]
    return found


#: What words of an input are exchanged for: those of the context, and others of the input itself.
WORDS = [
    word.encode() for word in compile_context(resources.CONTEXT.read_text("utf-8")).terms.properties
]


def reworded(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one word exchanged for another."""
    found = list(re.finditer(rb"[\w.]+", data))
    if not found:
        return data
    one, word = chance.choice(found), chance.choice([chance.choice(found)[0], chance.choice(WORDS)])
    return data[: one.start()] + word + data[one.end() :]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to four changes: cut, doubled, a bit flipped, a piece put in, blocks or
    words exchanged.
    """
    for _ in range(chance.randint(1, 4)):
        one, two = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        data = chance.choice(
            [
                data[:one] + data[two:],
                data[:two] + data[one:],
                data[:one] + bytes([chance.randrange(256)]) + data[one + 1 :],
                data[:one] + chance.choice(PIECES) + data[one:],
                data[two:] + data[one:two] + data[:one],
                reworded(data, chance),
                reworded(data, chance),
            ]
        )
    return data


def main(count: int, folder: Path) -> None:
    """Reads so many mutated inputs; any error but ours, and any that takes too long, ends the
    program.
    """
    chance, outcomes = random.Random(2026), Counter[str]()
    sound = seeds()
    for number in range(count):
        reader, suffix, data = chance.choice(sound)
        path = folder / f"input{suffix}"
        path.write_bytes(mutated(data, chance))
        begun = time.process_time()
        try:
            for sourced in reader(path):
                list(to_quads(resolve(sourced.record)))
            outcomes["read"] += 1
        except IdfgraphError as error:
            outcomes["refused"] += 1
            if not error.place.file:
                raise SystemExit(f"input {number} is refused without its place: {error}") from error
        if time.process_time() - begun > DEADLINE:
            raise SystemExit(f"input {number} takes longer than {DEADLINE} s; it is {path}")
    sys.stdout.write(f"{outcomes['read']} {outcomes['refused']}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
