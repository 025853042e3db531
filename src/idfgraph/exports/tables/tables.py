"""All tables of a release from one store: CSV files with their descriptions, a workbook for each
language, a SQLite file.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple, Protocol

import msgspec

from ...model import iris, layout
from ...model.nodes import Node, is_stub, parts_of
from ...model.text import Texts, texts
from ...system.folder import Folder
from ...system.temporary import temporary_folder
from .cells import Cells
from .column import Table, Value
from .columnar import parquet_files
from .columns import TABLES
from .csv import render_csv
from .csv_metadata import render_csv_metadata
from .datapackage import render_datapackage
from .dictionary import Dictionary
from .imprint import DICTIONARY, RELEASE, Imprint
from .node_rows import Row, TableRows
from .sqlite import TableStore, table_store
from .workbook import BookTask

#: How the graphs of decisions begin.
_DECISIONS = f"{iris.graph('decision')}/"


class TableFile(NamedTuple):
    """A CSV file: what it is called, what a row is, and how many it has below its head."""

    title: Texts
    about: Texts
    rows: int


class _Property(Protocol):
    @property
    def predicate(self) -> str:
        """The property as <...>."""


def write_tables(
    folder: Folder,
    nodes: Iterable[str],
    entries: Iterable[str],
    edition: Imprint,
    *,
    ontology: str,
    iri: Callable[[str], str],
    properties: Mapping[str, _Property],
    columnar: bool = False,
) -> tuple[Mapping[str, TableFile], Sequence[BookTask]]:
    """Writes the tables of a release, as Parquet too where it is asked for; gives its CSV files by
    their paths, and what is left to be done: the workbooks.

    `nodes` are those of the default graph as lines of JSON; of `entries`, the lines that documents
    are made from, those of pages and of decisions are used. The addresses of the `edition` are
    compact, `ontology` is Turtle, `iri` gives the full IRI of a compact one as <...>, `properties`
    the properties by their keys in nodes. Both iterables are read once, and at most a thousand rows
    of each table are held.
    """
    predicates = {key: term.predicate for key, term in properties.items()}
    words, rows = Dictionary(ontology, predicates), TableRows(iri, predicates)
    dataset, terms, run = (
        iri(name)[1:-1] for name in (edition.dataset, edition.terms, edition.run)
    )
    said = edition._replace(dataset=dataset, terms=terms, run=run)
    with (
        temporary_folder() as aside,
        table_store(aside / "store") as store,
    ):
        store.add(words.labels(iri))
        for line in nodes:
            store.add(rows.of(msgspec.json.decode(line)))
        for evidence in _evidence(entries, rows):
            store.add(evidence)
        store.add(("metadata", row) for row in said.metadata())
        store.finish()
        files = _write_csv(folder, store, words, said)
        folder.write(layout.CSV_METADATA, [render_csv_metadata(words, said)])
        folder.write(layout.DATA_PACKAGE, [render_datapackage(words, said)])
        for path, data in parquet_files(store, said) if columnar else ():
            folder.write(path, [data])
        folder.write(layout.TABLE_STORE, store.bytes())
    for path in layout.WORKBOOKS.values():
        folder.place(path)
    return files, [BookTask(folder.root, one, words, said) for one in layout.WORKBOOKS]


def _evidence(entries: Iterable[str], rows: TableRows) -> Iterator[Iterable[Row]]:
    """The rows of pages and of decisions among the entries of documents."""
    for line in entries:
        resource, rank, id_, node = line.split("\t", 3)
        if rank == "0" and resource.startswith("src:"):
            if not is_stub(page := msgspec.json.decode(node)):
                yield rows.of_page(page)
        elif rank == "1" and id_.startswith(_DECISIONS):
            decisions: Iterable[Node] = parts_of(msgspec.json.decode(node), "@graph")
            yield map(rows.of_decision, decisions)


def _write_csv(
    folder: Folder, store: TableStore, words: Dictionary, edition: Imprint
) -> Mapping[str, TableFile]:
    """Writes the CSV files, and their dictionary into the store too."""
    files: dict[str, TableFile] = {}
    for table in TABLES:
        cells = Cells(table.columns)
        files.update(_write_table(folder, table, edition.signed(cells.of(store.rows(table)))))
        store.add(words.entries(table, table.columns, cells.marked))
    every = Table("*", RELEASE, "", "")
    store.add(words.entries(every, RELEASE, [0] * len(RELEASE)))
    store.settle()
    rows = edition.signed(store.all(DICTIONARY.name))
    return {**files, **_write_table(folder, DICTIONARY, rows)}


def _write_table(
    folder: Folder, table: Table, rows: Iterable[Sequence[Value]]
) -> Mapping[str, TableFile]:
    head = [column.name for column in (*table.columns, *RELEASE)]
    path, counted = f"{layout.TABLES}{table.name}.csv", count()
    folder.write(path, render_csv(head, (row for row, _ in zip(rows, counted, strict=False))))
    return {path: TableFile(texts(table.title), texts(table.about), next(counted))}
