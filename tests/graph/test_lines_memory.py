"""However many records there are, their lines take as much memory: what is more lies on disk."""

import os
import subprocess
import sys

import pytest

from idfgraph.graph.lines import BlockSpool
from idfgraph.graph.lines import sort as sorting

FULL = os.environ.get("IDFGRAPH_FULL") == "1"

#: Numbers of records, and how many megabytes their lines may take at a time: those of a thousand
#: are more in all.
SIZES, MOST = (1_000, 10_000) if FULL else (1_000,), 40

#: Weaves a record of the data under many names, with its pages, and reads all lines in order; tells
#: how many megabytes that took, and how many were written.
WEAVE = """
import sys
from itertools import pairwise
from pathlib import Path
import msgspec
import idfgraph
from idfgraph.graph.lines import collecting, sort, weave
from idfgraph.graph.resolve import Linked
from idfgraph.graph.setting import prepare

def taken():
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) >> 10

sort._HELD = 4 << 20
mapper = prepare([]).mapper
record = next(one for one in idfgraph.read("data") if one.id == "V47-805")
item, page = msgspec.json.encode(idfgraph.resolve(record)), record.sources[0].page[:16].encode()
before, written = taken(), 0
with collecting() as spools:
    for number in range(int(sys.argv[1])):
        text = item.replace(b"V47-805", b"A%05d" % number).replace(page, b"%016x" % number)
        spools.take(weave(mapper, [Linked(*msgspec.json.decode(text))]))
    for one, other in pairwise(spools.quads.blocks()):
        assert one.partition(b" ") < other.partition(b" ")
        written += len(one)
    for spool in (spools.nodes, spools.entries):
        written += sum(map(len, spool.sorted()))
print(taken() - before, written >> 20)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what was taken at most")
@pytest.mark.parametrize("size", SIZES)
def test_lines_of_many_records_take_no_more_memory(size: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WEAVE, str(size)], capture_output=True, text=True, check=True
    )
    taken, written = map(int, done.stdout.split())
    assert taken < MOST
    assert written > 1.5 * MOST * size / 1_000


def test_runs_that_are_many_become_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "_HELD", 1)
    monkeypatch.setattr(sorting, "_RUNS", 3)
    lines = [f"<x:{number:03}> <x:p> <x:o> .\n".encode() for number in range(100)]
    with BlockSpool() as spool:
        spool.take(reversed(lines))
        assert len(list(spool.folder.iterdir())) < 3 * 5
        assert list(spool.blocks()) == lines
