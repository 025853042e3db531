"""Workbooks for people, one for each language: a sheet for each table, in front a sheet that says
what is what, and one of all columns.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from ...model.layout import TABLE_STORE, WORKBOOKS
from ...model.text import LANGUAGES, N_, chosen, decimal, gettext
from ..file_tasks import MadeFile
from .cells import Cells, harmless
from .column import Column, Table, Value
from .columns import TABLES
from .dictionary import Dictionary
from .imprint import CELLS, DICTIONARY, Imprint
from .sqlite import StoredTables, stored_tables
from .xlsx import Workbook

_CUT = N_(
    "A spreadsheet cell holds 32,767 characters; longer texts end in “…” here and are whole in the "
    "CSV and SQLite files. Cells cut: {number}."
)
_LANGUAGE = N_(
    "This workbook is in one language. What is published in another alone has the code of that "
    "language before it. All languages, and the addresses of codes, are in the CSV and SQLite "
    "files."
)
_ABOUT = N_("About")
_ABOUT_HEAD = (N_("What"), N_("What is to be known"), N_("Number"))
_COLUMNS_HEAD = (N_("Sheet"), N_("Column"), N_("What it means"), N_("Property"))
_TITLE, _DAY, _RIGHTS, _DATASET = N_("Title"), N_("Day"), N_("Rights"), N_("Data set")
_CELLS, _LANGUAGES = N_("Cells"), N_("Languages")
_SUM = N_("Budgets of projects ({currency})")
_ONCE = N_("Each project is counted once; those without a published budget are in no sum.")

#: What all projects come to, by currency.
_SUMS = """SELECT currency, sum(budget) FROM project_totals WHERE budget IS NOT NULL
    GROUP BY currency ORDER BY currency"""


class _BookSheet(NamedTuple):
    """A table as a sheet: its name and the number of its rows."""

    table: Table
    name: str
    rows: int


class BookTask(NamedTuple):
    """Writes the workbook in a language from the store of a folder."""

    root: Path
    language: str
    words: Dictionary
    edition: Imprint

    @property
    def path(self) -> str:
        """Its path in the folder."""
        return WORKBOOKS[self.language]

    def __call__(self) -> MadeFile:
        """The workbook, written; BadOutput where it cannot be."""
        target = self.root / self.path
        with closing(stored_tables(self.root / TABLE_STORE)) as store:
            return MadeFile(self.path, self._write(target, store))

    def _write(self, file: Path, store: StoredTables) -> str:
        """Writes the workbook; gives its SHA-256."""
        language, words = self.language, self.words
        about, columns = gettext(_ABOUT, language), gettext(DICTIONARY.title, language)
        title = chosen(self.edition.title, language)[0]
        with Workbook(file, title, self.edition.issued, (about, columns)) as book:
            sheets = [_sheet(book, store, words, table, language) for table in TABLES]
            told = list(_told(book, store, sheets, self.edition, language))
            head = [gettext(word, language) for word in _ABOUT_HEAD]
            book.sheet(about, head, told, ["code", "", ""])
            head = [gettext(word, language) for word in _COLUMNS_HEAD]
            book.sheet(columns, head, _columns(words, sheets, language))
            book.close()
        return book.sha256


def _sheet(
    book: Workbook, store: StoredTables, words: Dictionary, table: Table, language: str
) -> _BookSheet:
    """Writes a table as a sheet."""
    shown, name = in_language(table, language), gettext(table.title, language)
    number = 0

    def counted() -> Iterator[Sequence[Value]]:
        """The rows, which are counted as they are written."""
        nonlocal number
        for row in Cells(shown.columns).of(store.rows(shown)):
            number += 1
            yield row

    head = [words.header(column, language) for column in shown.columns]
    book.sheet(name, head, counted(), [column.type for column in shown.columns])
    return _BookSheet(shown, name, number)


def in_language(table: Table, language: str) -> Table:
    """A table as people read it: of what has names, those in one language in the place of codes and
    addresses; what is there in another alone, with its code.

    >>> [column.name for column in in_language(TABLES[3], "fr").columns][:3]
    ['iri', 'code', 'title_fr']
    """
    known, columns = table.columns_by_name, []
    for column in table.columns:
        stem = column.name.removesuffix("_iris").removesuffix("_iri").removesuffix("_other")
        if column.language == language:
            columns.append(column._replace(sql=_in_any(known, column.name[:-3], language)))
        elif (
            not column.language
            and f"{stem}_{language}" not in known
            and (stem == column.name or stem not in known)
        ):
            columns.append(column)
    return table._replace(columns=tuple(columns))


def _in_any(known: Mapping[str, Column], stem: str, language: str) -> str:
    """The SQL of a text in a language, or else in another, or else of its code."""
    others = (tag for tag in LANGUAGES if tag != language)
    texts = [known[f"{stem}_{language}"].sql]
    texts += [f"'{tag}: ' || {known[f'{stem}_{tag}'].sql}" for tag in others]
    texts += [known[name].sql for name in (f"{stem}_other", stem) if name in known]
    return f"coalesce({', '.join(texts)})"


def _told(
    book: Workbook,
    store: StoredTables,
    sheets: Sequence[_BookSheet],
    edition: Imprint,
    language: str,
) -> Iterator[Sequence[Value]]:
    """The rows of the first sheet."""

    def said(word: str, text: str, number: Value = None) -> Sequence[Value]:
        """A row: what is told, in words, and a number."""
        return gettext(word, language), harmless(text), number

    yield said(_TITLE, chosen(edition.title, language)[0])
    yield said(_DAY, edition.issued)
    yield said(_RIGHTS, chosen(edition.rights, language)[0])
    yield said(_DATASET, edition.dataset)
    for currency, budget in store.answers(_SUMS):
        yield gettext(_SUM, language, currency=currency), gettext(_ONCE, language), budget
    for sheet in sheets:
        yield sheet.name, gettext(sheet.table.about, language), sheet.rows
    yield said(_LANGUAGES, gettext(_LANGUAGE, language))
    yield said(_CELLS, gettext(CELLS, language))
    yield said(_CELLS, gettext(_CUT, language, number=decimal(str(book.cut), language)), book.cut)


def _columns(
    words: Dictionary, sheets: Sequence[_BookSheet], language: str
) -> Iterator[Sequence[Value]]:
    """The rows of the sheet of all columns."""
    for sheet in sheets:
        for column in sheet.table.columns:
            header, path = words.header(column, language), words.path(column)
            yield sheet.name, header, words.meaning(column, language), path
