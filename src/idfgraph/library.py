"""The rooms as plain functions, for programs that want one step of the story."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from rdflib import Graph

from .checks.shards import report_on
from .graph.lines import quads_of, statement
from .graph.resolve import Linked
from .graph.setting import Setting, linked, prepare
from .model.findings import Report
from .model.records import Record
from .sources.given import Sources, as_sources
from .sources.snapshot import snapshot
from .sources.stream import read_files


def read(sources: Sources, *, encoding: str | None = None) -> Iterator[Record]:
    """The records of folders and files of pages, YAML records and JSON Lines, streamed.

    `sources` is a path or an address, or several.

    Raises BadInput, BadPage or BadRecord, with file, line and field, at the first input that cannot
    be used.

    >>> sorted(record.id for record in read("data"))
    ['PX.0220', 'V47-805', 'V57-805', 'W34-805', 'mainstreaming-migration']
    """
    return _read(as_sources(sources), encoding)


def _read(sources: Sequence[Path | str], encoding: str | None) -> Iterator[Record]:
    with snapshot(sources) as inputs:
        for record, _ in read_files(inputs.files, encoding=encoding):
            yield record


def resolve(record: Record) -> Linked:
    """The linked record of a record, with the reference data that ships with the package; raises
    BadRecord.

    >>> record = next(record for record in read("data") if record.id == "V47-805")
    >>> resolve(record).node["beneficiary"]
    ['ALB']
    """
    return linked(_default(), record)


def to_quads(item: Linked) -> Iterator[str]:
    """The canonical N-Quads lines of a linked record; raises BadMapping for what the context cannot
    express.

    >>> record = next(record for record in read("data") if record.id == "V47-805")
    >>> sum("schema.org/value" in line for line in to_quads(resolve(record)))
    2
    """
    return quads_of(_default().mapper, item)


def to_graph(lines: Iterable[str]) -> Graph:
    """The default graph of N-Quads lines as an rdflib Graph.

    >>> len(to_graph(['<http://e/s> <http://e/p> "o" .\\n']))
    1
    """
    content = "".join(line for line in lines if not statement(line).graph)
    return Graph().parse(data=content, format="nt")


def validate(lines: Iterable[str]) -> Report:
    """The report on N-Quads lines, of whatever graph, with the reference data they touch, against
    the shapes.

    >>> validate([]).conforms
    True
    """
    setting = _default()
    said = [statement(line) for line in lines]
    content = (f"{one.subject} {one.predicate} {one.object} .\n" for one in said)
    touched = (setting.mapper.compact(one.object[1:-1]) for one in said)
    return report_on(setting, content, touched)


@lru_cache(maxsize=1)
def _default() -> Setting:
    return prepare([])
