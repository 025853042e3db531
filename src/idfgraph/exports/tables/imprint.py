"""What every table says of its release: its last columns; and the table of all columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...model.text import LANGUAGES, N_, Texts, texts
from .cells import harmless
from .column import IN, IRI, Column, Table, Value
from .columns import TABLES

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

#: The table of the columns of all others.
DICTIONARY = Table(
    "dictionary",
    (
        Column("table_name", "text", "", thing=N_("The table.")),
        Column("position", "integer", "", thing=N_("The place of the column in its table.")),
        Column("column_name", "text", "", thing=N_("The column.")),
        Column("type", "text", "", thing=N_("The type of its values.")),
        Column("property", "text", "", thing=N_("The property, or a path, that it comes from.")),
        *(
            Column(tag, "text", "", role=IN[tag], thing=N_("What it means."))
            for tag in LANGUAGES
        ),
        Column("made_harmless", "integer", "", thing=N_("How many cells were made harmless.")),
    ),
    "",
    "",
    ("table_name", "position"),
    title=N_("Columns"),
    about=N_("A row is a column of another table, and what it means."),
)  # fmt: skip

#: All CSV files.
FILES = (*TABLES, DICTIONARY)

#: What is to be known of every cell.
CELLS = N_(
    "A text that a spreadsheet would run as a formula has an apostrophe before it; control "
    "characters are shown as �. The dictionary counts such cells for each column. The SQLite file "
    "holds the texts unchanged."
)


class Imprint(NamedTuple):
    """What tables say of their release: the IRI of the data set, its day, its title, whose it is,
    what it holds, who publishes it; the addresses of its terms and of what tells how it was made.
    """

    dataset: str
    issued: str
    title: Mapping[str, str]
    rights: Mapping[str, str]
    description: Mapping[str, str]
    publisher: str | Texts
    terms: str
    run: str

    def metadata(self) -> Iterator[tuple[str, ...]]:
        """A name, and the words in each language."""
        yield "dataset", *(self.dataset for _ in LANGUAGES)
        yield "issued", *(self.issued for _ in LANGUAGES)
        yield "title", *(self.title.get(tag, "") for tag in LANGUAGES)
        yield "rights", *(self.rights.get(tag, "") for tag in LANGUAGES)
        yield "cells", *texts(CELLS).values()

    def signed(self, rows: Iterable[Sequence[Value]]) -> Iterator[Sequence[Value]]:
        """Rows with the columns of the release."""
        titles, rights = (
            [harmless(said.get(tag, "")) for tag in LANGUAGES] for said in (self.title, self.rights)
        )
        words: list[str | None] = [*titles, *rights]
        for row in rows:
            yield [*row, self.dataset, self.issued, *words]
            words = [None] * len(words)
