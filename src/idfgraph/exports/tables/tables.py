"""All tables of a release: six CSV files and a dictionary, a workbook, a SQLite file, from one
store.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import msgspec

from ...model import layout
from ...model.nodes import is_stub
from ...model.text import LANGUAGES, N_, decimal, gettext, texts
from ...system.temporary import temporary_folder
from .cells import Cells, harmless
from .column import IN, IRI, Column, Table, Value
from .columns import TABLES
from .csv import render_csv
from .dictionary import HEAD, Dictionary
from .node_rows import TableRows
from .sqlite import TableStore, table_store
from .xlsx import Workbook

#: Takes the path of a file in the release and its pieces.
Write = Callable[[str, Iterable[str | bytes]], None]

#: Where the tables stand in a release, and the name of the workbook and the SQLite file.
NAME = "idf"
TABLE_STORE = f"{layout.TABLES}{NAME}.sqlite"

_DATASET = N_("The data set.")

#: The columns that every CSV file ends in: the IRI and the day in every row, the words in the
#: first, once a file.
RELEASE = (
    Column("dataset_iri", "IRI", "", role=IRI, thing=_DATASET),
    Column("dataset_issued", "date", "", ("issued",)),
    *(
        Column(f"dataset_{tag}", "text", "", ("title",), IN[tag], thing=_DATASET)
        for tag in LANGUAGES
    ),
    *(Column(f"rights_{tag}", "text", "", ("rights",), IN[tag]) for tag in LANGUAGES),
)

_METADATA = ("name", *LANGUAGES)
_SHEETS = ("release", "dictionary")

#: What is to be known of every cell, and of the workbook.
_CELLS = N_(
    "A text that a spreadsheet would run as a formula has an apostrophe before it; control "
    "characters are shown as �. The dictionary counts such cells for each column. The SQLite file "
    "holds the texts unchanged."
)
_CUT = N_(
    "A spreadsheet cell holds 32,767 characters; longer texts end in “…” here and are whole in the "
    "CSV and SQLite files. Cells cut: {number}."
)


class Imprint(NamedTuple):
    """What every file says of its release: the IRI of the data set (compact), its day, its title,
    whose it is.
    """

    dataset: str
    issued: str
    title: Mapping[str, str]
    rights: Mapping[str, str]


class _Property(Protocol):
    @property
    def predicate(self) -> str:
        """The property as <...>."""


def write_tables(
    write: Write,
    nodes: Iterable[str],
    entries: Iterable[str],
    edition: Imprint,
    *,
    ontology: str,
    iri: Callable[[str], str],
    properties: Mapping[str, _Property],
) -> None:
    """Writes the tables of a release.

    `nodes` are those of the default graph as lines of JSON; of `entries`, the lines that documents
    are made from, those of pages are used. `ontology` is Turtle, `iri` gives the full IRI of a
    compact one as <...>, `properties` the properties by their keys in nodes. Both iterables are
    read once, and at most a thousand rows of each table are held.
    """
    predicates = {key: term.predicate for key, term in properties.items()}
    words, rows = Dictionary(ontology, predicates), TableRows(iri, predicates)
    with (
        temporary_folder() as folder,
        table_store(folder / "store") as store,
    ):
        store.add(words.labels(iri))
        for line in nodes:
            store.add(rows.of(msgspec.json.decode(line)))
        for page in _pages(entries):
            store.add(rows.of_page(page))
        said = edition._replace(dataset=iri(edition.dataset)[1:-1])
        store.add(("metadata", row) for row in _release(said))
        store.finish()
        _write_csv(write, store, words, said)
        _write_workbook(write, folder / "workbook", store, said)
        write(TABLE_STORE, store.bytes())


def _pages(entries: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    """The nodes of pages among the entries of documents."""
    for line in entries:
        if line.startswith("src:"):
            _, rank, _, node = line.split("\t", 3)
            if rank == "0" and not is_stub(page := msgspec.json.decode(node)):
                yield page


def _release(edition: Imprint) -> Iterator[tuple[str, ...]]:
    """What is said of the release: a name, and the words in each language."""
    yield "dataset", *(edition.dataset for _ in LANGUAGES)
    yield "issued", *(edition.issued for _ in LANGUAGES)
    yield "title", *(edition.title.get(tag, "") for tag in LANGUAGES)
    yield "rights", *(edition.rights.get(tag, "") for tag in LANGUAGES)
    yield "cells", *texts(_CELLS).values()


def _write_csv(write: Write, store: TableStore, words: Dictionary, edition: Imprint) -> None:
    """Writes the CSV files, and their dictionary into the store too."""
    for table in TABLES:
        cells = Cells(table.columns)
        head = [column.name for column in (*table.columns, *RELEASE)]
        write(
            f"{layout.TABLES}{table.name}.csv",
            render_csv(head, _signed(cells.of(store.rows(table)), edition)),
        )
        store.add(words.entries(table, table.columns, cells.marked))
    every = Table("*", RELEASE, "", "")
    store.add(words.entries(every, RELEASE, [0] * len(RELEASE)))
    store.settle()
    head = [*HEAD, *(column.name for column in RELEASE)]
    write(
        f"{layout.TABLES}dictionary.csv",
        render_csv(head, _signed(store.all("dictionary"), edition)),
    )


def _signed(rows: Iterable[Sequence[Value]], edition: Imprint) -> Iterator[Sequence[Value]]:
    """The rows with the columns of the release."""
    titles, rights = (
        [harmless(texts.get(tag, "")) for tag in LANGUAGES]
        for texts in (edition.title, edition.rights)
    )
    said: list[str | None] = [*titles, *rights]
    for row in rows:
        yield [*row, edition.dataset, edition.issued, *said]
        said = [None] * len(said)


def _write_workbook(write: Write, path: Path, store: TableStore, edition: Imprint) -> None:
    with Workbook(path, edition.title.get("en", ""), edition.issued, _SHEETS) as book:
        for table in TABLES:
            head = [column.name for column in table.columns]
            book.sheet(table.name, head, Cells(table.columns).of(store.rows(table)))
        cut = (gettext(_CUT, tag, number=decimal(str(book.cut), tag)) for tag in LANGUAGES)
        book.sheet("release", _METADATA, [*_release(edition), ("cut", *cut)])
        book.sheet("dictionary", HEAD, store.all("dictionary"))
        book.close()
    write(f"{layout.TABLES}{NAME}.xlsx", _pieces(path))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(1 << 20), b"")
