"""Seconds, memory and statements of resolve, map and dump beside two peers, as tab-separated lines.

    python bench/run.py                1,000 and 10,000 records
    python bench/run.py 1000 100000    other numbers of records

Each measurement is a process of its own; three are taken in turn, and the median is told. README.md
says more.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path
from typing import Any

import msgspec
from measuring import Watch, Work, fresh, medians, print_table, rows, tell
from pyoxigraph import Literal, Quad, RdfFormat, parse, serialize
from rdflib import Graph
from rdflib import Literal as PeerLiteral
from rdflib import URIRef as PeerIri

import idfgraph
from idfgraph.graph.lines import BlockSpool, statement, write_run
from idfgraph.graph.mapping import Mapper
from idfgraph.graph.resolve import Linked
from idfgraph.graph.setting import linked, prepare
from idfgraph.system.workers import Lost, in_order

ROUNDS = 3

#: Linked records that one of two processes takes at a time.
CHUNK = 1_000

#: Above this many records, rdflib and the whole of publish need more memory or time than they tell
#: us.
RDFLIB_LIMIT, PUBLISH_LIMIT = 10_000, 1_000


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
    """Linked records from JSON Lines; without named graphs, if asked."""
    decode = msgspec.json.Decoder().decode
    items = (Linked(*decode(line)) for line in lines)
    return (item._replace(graphs=()) for item in items) if plain else items


def _run(mapper: Mapper, folder: Path, plain: bool, lines: Sequence[bytes]) -> Path:
    """The sorted run of some linked records."""
    return write_run(folder, _blocks(mapper, _decoded(lines, plain=plain)))


def pyoxigraph_jsonld(work: Path, watch: Watch) -> None:
    """The linked records as one JSON-LD document, with their context, to N-Quads by pyoxigraph."""
    with watch:
        quads = parse(path=str(work / "linked.jsonld"), format=RdfFormat.JSON_LD)
        serialize(quads, str(work / "pyoxigraph-jsonld.nq"), RdfFormat.N_QUADS)


def rdflib_build(work: Path, watch: Watch) -> None:
    """The same statements, graphs forgotten, to N-Triples by rdflib; reading them is not
    counted.
    """
    graph = Graph()
    quads = iter(parse(path=str(work / "map-dump.nq"), format=RdfFormat.N_QUADS))
    while chunk := [_plain(quad) for quad in islice(quads, 10_000)]:
        with watch:
            for subject, predicate, object_ in chunk:
                graph.add((PeerIri(subject), PeerIri(predicate), _peer_term(object_)))
    with watch:
        graph.serialize(str(work / "rdflib-build.nt"), format="nt", encoding="utf-8")


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


def _plain(quad: Quad) -> tuple[str, str, Any]:
    """The terms of a statement without blank nodes: texts for IRIs, text, language and datatype for
    a literal.
    """
    subject, object_ = str(quad.subject)[1:-1], quad.object
    if isinstance(object_, Literal):
        return (
            subject,
            quad.predicate.value,
            (object_.value, object_.language, object_.datatype.value),
        )
    return subject, quad.predicate.value, str(object_)[1:-1]


def _peer_term(object_: Any) -> PeerIri | PeerLiteral:
    if isinstance(object_, str):
        return PeerIri(object_)
    text, language, datatype = object_
    if language or datatype.endswith("#string"):
        return PeerLiteral(text, lang=language)
    return PeerLiteral(text, datatype=PeerIri(datatype), normalize=False)


def make_input(work: Path, size: int) -> None:
    """Writes the records, and the linked records as JSON Lines and as one JSON-LD document."""
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


def compare(size: int, work: Path) -> Iterator[Sequence[object]]:
    """The lines of the table for a number of records."""
    make_input(work, size)
    limits = {"rdflib-build": RDFLIB_LIMIT, "publish": PUBLISH_LIMIT}
    names = [name for name in TASKS if size <= limits.get(name, size)]
    for name, measured in rows(__file__, names, work, ROUNDS).items():
        of = medians(measured)
        file, triples = work / TASKS[name][1], name == "rdflib-build"
        found = digest(file, triples=triples)
        like = "map-dump-plain.nq" if name.endswith("plain") else "map-dump.nq"
        same = name == "publish" or found == digest(work / like, triples=triples)
        times = f"{of.seconds:.2f}", of.range, f"{of.cpu:.2f}", f"{of.cpu / size * 1e6:.0f}"
        yield size, name, *times, f"{of.megabytes:.0f}", found[0], "yes" if same else "NO"


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
)


def main() -> None:
    """Measures one task, or prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "sizes", type=int, nargs="*", default=[1_000, 10_000], help="numbers of records"
    )
    parser.add_argument("--task", choices=TASKS, help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.task:
        tell(TASKS[asked.task][0], asked.work)
    else:
        print_table(COLUMNS, chain.from_iterable(map(_table, asked.sizes)))


def _table(size: int) -> Iterator[Sequence[object]]:
    with tempfile.TemporaryDirectory(prefix="idfgraph-bench-") as folder:
        yield from compare(size, Path(folder))


if __name__ == "__main__":
    main()
