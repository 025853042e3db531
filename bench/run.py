"""Seconds, memory and statements of resolve, map and dump beside peers and the limits of the
machine, as tab-separated lines; then how many times as fast or slow.

    python bench/run.py                1,000 and 10,000 records
    python bench/run.py 1000 100000    other numbers of records
    python bench/run.py --keep         keeps the table as results/DATE.tsv

Each measurement is a process of its own; three are taken in turn, and the median is told. README.md
says more.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import beside
import msgspec
from by_rdflib import rdflib_build
from charts import RESULTS
from measuring import Medians, Watch, Work, fresh, medians, print_table, rows, tell
from pyoxigraph import RdfFormat, parse, serialize
from same import digest, share
from tables import make_tables

import idfgraph
from idfgraph.graph.lines import BlockSpool, write_run
from idfgraph.graph.mapping import Mapper
from idfgraph.graph.resolve import Linked
from idfgraph.graph.setting import linked, prepare
from idfgraph.system.workers import Lost, in_order

ROUNDS = 3

#: Linked records that one of two processes takes at a time.
CHUNK = 1_000

#: Above this many records, rdflib and the whole of publish need more memory or time than they tell
#: us.
LIMITS = {"rdflib-build": 10_000, "rdflib-plain": 10_000, "publish": 1_000}


def resolve_map_dump(work: Path, watch: Watch) -> None:
    """Records as JSON Lines to sorted N-Quads: read, resolve, map, sort, write."""
    setting = prepare([])
    with watch:
        items = (linked(setting, record) for record in idfgraph.read([work / "records.jsonl"]))
        _dump(setting.mapper, items, work / "resolve-map-dump.nq")


def map_dump(work: Path, watch: Watch, *, plain: bool = False) -> None:
    """Linked records as JSON Lines to sorted N-Quads: what the peers do, and sorting."""
    mapper = prepare([]).mapper
    with watch, (work / "linked.jsonl").open("rb") as lines:
        items = _decoded(lines, plain=plain)
        _dump(mapper, items, work / f"map-dump{'-plain' * plain}.nq")


def two_map_dump(work: Path, watch: Watch, *, plain: bool = False) -> None:
    """The same by two processes, whose sorted runs this one merges."""
    mapper = prepare([]).mapper
    name = f"two-map-dump{'-plain' * plain}.nq"
    with watch, BlockSpool() as spool, (work / "linked.jsonl").open("rb") as lines:
        chunks = iter(lambda: list(islice(lines, CHUNK)), [])
        for run in in_order(partial(_run, mapper, spool.folder, plain), chunks, 2):
            if isinstance(run, Lost):
                raise SystemExit("a process was lost")
            spool.adopt(run)
        _write(spool, work / name)


def _decoded(lines: Iterable[bytes], *, plain: bool) -> Iterator[Linked]:
    """Linked records from JSON Lines; without named graphs, which are not decoded, if asked."""
    if plain:
        nodes = msgspec.json.Decoder(tuple[str, dict[str, Any], msgspec.Raw]).decode
        return (Linked(id_, node, ()) for id_, node, _ in map(nodes, lines))
    decode = msgspec.json.Decoder().decode
    return (Linked(*decode(line)) for line in lines)


def _run(mapper: Mapper, folder: Path, plain: bool, lines: Sequence[bytes]) -> Path:
    """The sorted run of some linked records."""
    return write_run(folder, _blocks(mapper, _decoded(lines, plain=plain)))


def pyoxigraph_jsonld(work: Path, watch: Watch) -> None:
    """The linked records as one JSON-LD document, with their context, to N-Quads by pyoxigraph."""
    with watch:
        quads = parse(path=str(work / "linked.jsonld"), format=RdfFormat.JSON_LD)
        serialize(quads, str(work / "pyoxigraph-jsonld.nq"), RdfFormat.N_QUADS)


def limit_copy(work: Path, watch: Watch, *, plain: bool = False) -> None:
    """No less than what the dump takes: its bytes read and written."""
    name = f"{'-plain' * plain}.nq"
    read, written = work / f"map-dump{name}", work / f"limit-copy{name}"
    with watch, read.open("rb") as file, written.open("wb", 0) as out:
        while block := file.read(1 << 20):
            out.write(block)


def limit_parse(work: Path, watch: Watch) -> None:
    """No less than what reading the linked records takes: their JSON decoded."""
    with watch, (work / "linked.jsonl").open("rb") as lines:
        for line in lines:
            msgspec.json.decode(line)


def publish(work: Path, watch: Watch) -> None:
    """All of `idfgraph publish`: read to swapped-in release, with validation by pySHACL."""
    out = fresh(work / "publish") / "public"
    with watch:
        idfgraph.publish([work / "records.jsonl"], out)


#: What is measured, by name, and where it leaves its statements.
TASKS: Mapping[str, tuple[Work, str]] = {
    "resolve-map-dump": (resolve_map_dump, "resolve-map-dump.nq"),
    "map-dump": (map_dump, "map-dump.nq"),
    "map-dump-plain": (partial(map_dump, plain=True), "map-dump-plain.nq"),
    "two-map-dump": (two_map_dump, "two-map-dump.nq"),
    "two-map-dump-plain": (partial(two_map_dump, plain=True), "two-map-dump-plain.nq"),
    "pyoxigraph-jsonld": (pyoxigraph_jsonld, "pyoxigraph-jsonld.nq"),
    "rdflib-build": (rdflib_build, "rdflib-build.nt"),
    "rdflib-plain": (partial(rdflib_build, plain=True), "rdflib-plain.nt"),
    "limit-copy": (limit_copy, "limit-copy.nq"),
    "limit-copy-plain": (partial(limit_copy, plain=True), "limit-copy-plain.nq"),
    "limit-parse": (limit_parse, ""),
    "publish": (publish, "publish/public/data/idf.nq"),
}


def _dump(mapper: Mapper, items: Iterable[Linked], file: Path) -> None:
    with BlockSpool() as spool:
        spool.take(_blocks(mapper, items))
        _write(spool, file)


def _write(spool: BlockSpool, file: Path) -> None:
    with file.open("wb", 1 << 20) as out:
        out.writelines(spool.blocks())


def _blocks(mapper: Mapper, items: Iterable[Linked]) -> Iterator[bytes]:
    for item in items:
        for graph, nodes in (("", (item.node,)), *item.graphs):
            yield from mapper.blocks(nodes, graph)


def make_input(work: Path, size: int) -> None:
    """Writes the records, the linked records as JSON Lines and as one JSON-LD document, and the
    dumps, the plain one as tables too.
    """
    generate = [sys.executable, str(Path(__file__).with_name("generate.py")), str(size)]
    with (work / "records.jsonl").open("wb") as file:
        subprocess.run(generate, stdout=file, check=True)
    setting, encode = prepare([]), msgspec.json.encode
    items = (linked(setting, record) for record in idfgraph.read([work / "records.jsonl"]))
    with (
        (work / "linked.jsonl").open("wb") as lines,
        (work / "linked.jsonld").open("wb") as document,
    ):
        document.write(b'{"@context":' + encode(setting.words.context) + b',"@graph":[')
        for number, item in enumerate(items):
            lines.write(encode(item) + b"\n")
            nodes = [item.node, *({"id": graph, "@graph": inner} for graph, inner in item.graphs)]
            document.write(b"," * bool(number) + encode(nodes)[1:-1])
        document.write(b"]}")
    for plain in False, True:
        map_dump(work, Watch(), plain=plain)
    make_tables(work / "map-dump-plain.nq", work / "tables")


def compare(
    size: int, work: Path, asked: Sequence[str], peers: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, Medians]]:
    """The medians of the works asked for, of a number of records."""
    make_input(work, size)
    names = [name for name in asked if size <= LIMITS.get(name, size)]
    measured = rows(__file__, names, work, ROUNDS, peers)
    if missing := [name for name in names if name not in measured]:
        raise SystemExit(f"did not end well: {', '.join(missing)}")
    for name, found in measured.items():
        yield name, medians(found)


def _line(size: int, name: str, of: Medians, work: Path) -> Sequence[object]:
    """A line of the table."""
    times = f"{of.seconds:.2f}", of.range, f"{of.cpu:.3f}", f"{of.cpu / size * 1e6:.0f}"
    load = f"{os.getloadavg()[0]:.1f}"
    return size, name, *times, f"{of.megabytes:.0f}", *_statements(name, work), load


def _statements(name: str, work: Path) -> tuple[object, str]:
    """How many statements a work left, and whether they are those of our own."""
    like = work / ("map-dump-plain.nq" if name.endswith("plain") else "map-dump.nq")
    if name in beside.PEERS:
        return share(work / f"{name}.nt", work / "map-dump-plain.nq")
    if not (file := TASKS[name][1]):
        return "-", "-"
    triples = name.startswith("rdflib")
    found = digest(work / file, triples=triples)
    same = name == "publish" or found == digest(like, triples=triples)
    return found[0], "yes" if same else "NO"


COLUMNS = (
    "records",
    "work",
    "seconds",
    "from-to",
    "cpu s",
    "cpu us/record",
    "peak MB",
    "statements",
    "same",
    "load",
)


def main() -> None:
    """Measures one task, or prints the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "sizes", type=int, nargs="*", default=[1_000, 10_000], help="numbers of records"
    )
    works = [*TASKS, *beside.PEERS]
    parser.add_argument("--works", nargs="+", choices=works, default=works, help="these alone")
    parser.add_argument("--peers", type=Path, help="an environment with peers; made, if none")
    parser.add_argument("--keep", action="store_true", help="keep the table in results/")
    parser.add_argument("--task", choices=TASKS, help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.task:
        tell(TASKS[asked.task][0], asked.work)
    else:
        with tempfile.TemporaryDirectory(prefix="idfgraph-bench-") as folder:
            _tables(asked, Path(folder))


def _tables(asked: argparse.Namespace, folder: Path) -> None:
    """Prints the tables of what is asked for."""
    note = "; " + beside.versions(sys.executable, ("idfgraph", "pyoxigraph", "rdflib"))
    peers: Mapping[str, Sequence[str]] = {}
    if set(asked.works) & set(beside.PEERS):
        environment = asked.peers or beside.environment(folder / "peers")
        peers = beside.commands(environment)
        note += "; " + beside.versions(environment / "bin" / "python", beside.PEERS)
    cpu: dict[tuple[int, str], float] = {}

    def lines() -> Iterator[Sequence[object]]:
        for size in asked.sizes:
            work = fresh(folder / "work")
            for name, of in compare(size, work, asked.works, peers):
                cpu[size, name] = of.cpu
                yield _line(size, name, of, work)

    keep = RESULTS / f"{date.today()}.tsv" if asked.keep else None
    former = beside.former()
    print_table(COLUMNS, lines(), note, keep)
    print()
    print_table(beside.COLUMNS, beside.ratios(cpu, former))


if __name__ == "__main__":
    main()
