"""Rows as Parquet and back (https://parquet.apache.org/docs/file-format/), by DuckDB, which is an
extra: the same bytes for the same version of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from typing import Any, NamedTuple

import msgspec

from ..model.errors import BadConfig
from ..model.text import N_
from .temporary import temporary_folder

#: One thread, so that rows and their groups come the same each time; nothing is fetched.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "autoinstall_known_extensions": False,
}


class ParquetTable(NamedTuple):
    """A table: its columns with their types in SQL, what is told of it, its rows."""

    columns: Mapping[str, str]
    told: Mapping[str, str]
    rows: Iterable[Sequence[Any]]


def check_parquet() -> None:
    """Nothing, or BadConfig where DuckDB is not there."""
    if find_spec("duckdb") is None:
        hint = N_("pip install idfgraph[parquet], or take publishParquet out of dataset.yaml")
        raise BadConfig(N_("DuckDB, which writes Parquet, is not installed"), hint=hint)


def parquet(table: ParquetTable) -> bytes:
    """A table as Parquet.

    >>> made = parquet(ParquetTable({"code": "VARCHAR"}, {"issued": "today"}, [["008"], [None]]))
    >>> read_parquet(made)
    ParquetTable(columns={'code': 'VARCHAR'}, told={'issued': 'today'}, rows=[('008',), (None,)])
    """
    import duckdb  # noqa: PLC0415 - an extra

    with temporary_folder() as folder, duckdb.connect(config=_CONFIG) as base:
        lines, made = folder / "rows", folder / "table.parquet"
        with lines.open("wb") as file:
            for row in table.rows:
                cells = dict(zip(table.columns, row, strict=True))
                file.write(msgspec.json.encode(cells) + b"\n")
        columns = ", ".join(f"{_text(key)}: {_text(type_)}" for key, type_ in table.columns.items())
        told = ", ".join(f"{_text(key)}: {_text(said)}" for key, said in table.told.items())
        base.execute(
            f"COPY (SELECT * FROM read_json({_text(str(lines))}, format = 'newline_delimited', "  # noqa: S608 - our own names and types
            f"columns = {{{columns}}})) TO {_text(str(made))} "
            f"(FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{told}}})"
        )
        return made.read_bytes()


def read_parquet(data: bytes) -> ParquetTable:
    """The table that Parquet holds."""
    import duckdb  # noqa: PLC0415 - an extra

    with temporary_folder() as folder, duckdb.connect(config=_CONFIG) as base:
        file = folder / "table.parquet"
        file.write_bytes(data)
        table = base.read_parquet(str(file))
        columns = dict(zip(table.columns, map(str, table.types), strict=True))
        query = "SELECT key, value FROM parquet_kv_metadata(?)"
        told = base.execute(query, [str(file)]).fetchall()
        rows = table.fetchall()
    return ParquetTable(columns, {key.decode(): value.decode() for key, value in told}, rows)


def _text(said: str) -> str:
    """A text in SQL.

    >>> _text("l'OIM")
    "'l''OIM'"
    """
    doubled = said.replace("'", "''")
    return f"'{doubled}'"
