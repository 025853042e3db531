"""Seconds and memory of validation beside its peers, on records with planted flaws, as
tab-separated lines.

    python bench/validate.py                             1,000, 10,000 and 100,000 records
    python bench/validate.py --sizes 1000 --jena JARS    other numbers; also Jena, of these jars

Each measurement is a process of its own; three are taken in turn (one above 10,000 records).
README.md says more.
"""

import argparse
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from flaws import KINDS
from inputs import make_input
from measuring import Watch, Work, medians, print_table, rows, tell
from pyoxigraph import RdfFormat, parse, serialize
from shards import report_on, spans

from idfgraph.checks.check import check
from idfgraph.checks.shacl import validate
from idfgraph.checks.shacl.raw import read_report
from idfgraph.checks.shacl.wording import lines_about, worded
from idfgraph.checks.shards import record_of
from idfgraph.graph.setting import prepare
from idfgraph.model.findings import Report, Result
from idfgraph.system.workers import in_order

#: Processes of the works that use several.
JOBS = 2

#: How often each work is measured, and above how many records only once.
ROUNDS, ONCE = 3, 10_000

#: Above so many records a work takes minutes or hours, or more than 10 GB.
LIMITS = {"pyshacl": 1_000, "pyshifty": 10_000}

#: The environment variable that names the folder of Jena's jars.
JARS = "IDFGRAPH_JENA"


def records(work: Path, watch: Watch) -> None:
    """`idfgraph validate` on records: read, resolve, map, validate, and find the place of each
    result.
    """
    with watch:
        found = check([work / "records.jsonl"], jobs=JOBS)
    _keep(work / "records.tsv", found.report.results)


def sharded(work: Path, watch: Watch) -> None:
    """The default engine on N-Triples, read and validated in shards, over processes."""
    setting = prepare([])
    with watch:
        of_shard = partial(report_on, setting, work / "reference.nt")
        reports = in_order(of_shard, ([span] for span in spans(work / "content.nt")), JOBS)
        results = [
            bare
            for report in reports
            if isinstance(report, Report)
            for bare in map(_bare, report.results)
        ]
    _keep(work / "sharded.tsv", results)


def whole(engine: str, work: Path, watch: Watch) -> None:
    """One engine on all N-Triples at once."""
    setting = prepare([])
    with watch, (work / "data.nt").open(encoding="utf-8", newline="\n") as lines:
        report = validate(lines, setting.words.shapes.values(), engine=engine)
    _keep(work / f"{engine}.tsv", report.results)


def jena(work: Path, watch: Watch) -> None:
    """Jena's `shacl validate` on all N-Triples at once; starting Java is counted."""
    setting, shapes = prepare([]), work / "shapes.ttl"
    texts = tuple(setting.words.shapes.values())
    shapes.write_text("\n".join(texts), "utf-8")
    asked = ["shacl.shacl_validate", "--shapes", str(shapes), "--data", str(work / "data.nt")]
    with watch, (work / "data.nt").open(encoding="utf-8", newline="\n") as lines:
        done = subprocess.run(
            ["java", "-cp", f"{os.environ[JARS]}/*", *asked], check=True, stdout=subprocess.PIPE
        )
        said = (
            serialize(parse(done.stdout, format=RdfFormat.TURTLE), format=RdfFormat.N_TRIPLES)
            or b""
        )
        results = list(
            worded(
                list(read_report(said.decode())),
                partial(lines_about, list(lines)),
                texts,
                setting.base,
            )
        )
    _keep(work / "jena.tsv", results)


#: What is measured, by name.
TASKS: Mapping[str, Work] = {
    "records": records,
    "sharded": sharded,
    "pyshacl-turbo": partial(whole, "pyshacl-turbo"),
    "pyshifty": partial(whole, "pyshifty"),
    "pyshacl": partial(whole, "pyshacl"),
    "jena": jena,
}


def _bare(result: Result) -> Result:
    """The result without its words, which a program that prints results as they come need not
    hold.
    """
    return result._replace(names={}, messages={})


def _keep(file: Path, results: Iterable[Result]) -> None:
    """Writes which record breaks which rule, a line for each result of a shape."""
    setting = prepare([])
    lines = sorted(
        f"{record_of(setting, result)}\t{result.rule}\n" for result in results if result.shape
    )
    file.write_text("".join(lines), "utf-8", newline="\n")


def is_found(found: Sequence[str], plan: Sequence[str], others: Sequence[str]) -> bool:
    """Whether what is planned was found, no more of its kind, and of the rest what others found."""
    rules = {rule for kind in KINDS.values() for rule in kind.rules}
    planted = [line for line in found if line.partition("\t")[2] in rules]
    return planted == sorted(plan) and found == others


def compare(size: int) -> Iterator[Sequence[object]]:
    """The lines of the table for a number of records."""
    names = [
        name
        for name in TASKS
        if size <= LIMITS.get(name, size) and (name != "jena" or JARS in os.environ)
    ]
    with tempfile.TemporaryDirectory(prefix="idfgraph-bench-") as folder:
        work = Path(folder)
        make_input(work, size, JOBS)
        measured = rows(__file__, names, work, ROUNDS if size <= ONCE else 1)
        plan, *found = [_lines(work / f"{name}.tsv") for name in ("plan", *measured)]
        for name, lines in zip(measured, found, strict=True):
            of, good = medians(measured[name]), is_found(lines, plan, found[0])
            times = f"{of.seconds:.2f}", of.range, f"{size / of.seconds:.0f}", f"{of.cpu:.2f}"
            yield size, name, *times, f"{of.megabytes:.0f}", len(lines), "yes" if good else "NO"


def _lines(file: Path) -> Sequence[str]:
    return file.read_text("utf-8").splitlines()


COLUMNS = (
    "records",
    "work",
    "seconds",
    "from-to",
    "records/s",
    "cpu s",
    "peak MB",
    "results",
    "found",
)


def main() -> None:
    """Measures one task, or prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="numbers of records"
    )
    parser.add_argument("--jena", type=Path, help="folder of Jena's jars")
    parser.add_argument("--task", choices=TASKS, help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.jena:
        os.environ[JARS] = str(asked.jena)
    if asked.task:
        tell(TASKS[asked.task], asked.work)
    else:
        print_table(COLUMNS, chain.from_iterable(map(compare, asked.sizes)))


if __name__ == "__main__":
    main()
