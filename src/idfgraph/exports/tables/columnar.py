"""The tables as Parquet: typed, texts unchanged, several values as lists."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...model.layout import TABLES as FOLDER
from ...system.parquet import ParquetTable, parquet
from .column import Column, Value
from .columns import TABLES
from .imprint import Imprint
from .sqlite import TableStore

#: Type of a column -> its type in SQL; what is not here is text.
_TYPES: Mapping[str, str] = {
    "date": "DATE",
    "decimal": "DECIMAL(20, 6)",
    "integer": "BIGINT",
    "year": "INTEGER",
}


def parquet_files(store: TableStore, edition: Imprint) -> Iterator[tuple[str, bytes]]:
    """The path and content of each table; what a release says of itself is in the metadata of the
    file, not in its rows.
    """
    told = {"dataset": edition.dataset, "issued": edition.issued, "license": edition.terms}
    for table in TABLES:
        columns = {column.name: _type(column) for column in table.columns}
        rows = _listed(table.columns, store.rows(table))
        yield f"{FOLDER}{table.name}.parquet", parquet(ParquetTable(columns, told, rows))


def _type(column: Column) -> str:
    type_ = _TYPES.get(column.type, "VARCHAR")
    return f"{type_}[]" if column.separator else type_


def _listed(
    columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> Iterator[list[Value | list[str]]]:
    """Rows in which a cell with several values is a list."""
    for row in rows:
        yield [
            cell.split(column.separator) if column.separator and isinstance(cell, str) else cell
            for column, cell in zip(columns, row, strict=True)
        ]
