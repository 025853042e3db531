"""The plain statements as tables, which peers map: one a class, a column for each property, type
and language, and one for each column of which a resource has several values.

Cells are whole IRIs and plain texts, so that a peer has none to put together. `tables.json` says
what each column is, `mapping.ttl` says the same in RML.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_STRING = "http://www.w3.org/2001/XMLSchema#string"

_HEAD = (
    "@prefix rr: <http://www.w3.org/ns/r2rml#> .\n"
    "@prefix rml: <http://semweb.mmlab.be/ns/rml#> .\n"
    "@prefix ql: <http://semweb.mmlab.be/ns/ql#> .\n"
)


class Column(NamedTuple):
    """What the cells of a column are: values of a property, IRIs where no datatype is told."""

    predicate: str
    datatype: str = ""
    language: str = ""


class Table(NamedTuple):
    """A table: of which classes its subjects are told to be, and what stands beside them."""

    file: str
    classes: Sequence[str]
    columns: Sequence[Column]


#: The classes of a resource.
Classes = tuple[str, ...]


def make_tables(plain: Path, folder: Path) -> None:
    """Writes the statements of a sorted dump as tables, and their mappings, into a folder."""
    several: dict[Classes, dict[Column, bool]] = {}
    for _, classes, values in _resources(plain):
        columns = several.setdefault(classes, {})
        for column, cells in values.items():
            columns[column] = columns.get(column, False) or len(cells) > 1
    tables = {classes: list(_tables(classes, of)) for classes, of in sorted(several.items())}
    folder.mkdir(exist_ok=True)
    _fill(plain, folder, tables)
    every = [table for of in tables.values() for table in of]
    (folder / "tables.json").write_text(json.dumps([table._asdict() for table in every]), "utf-8")
    mapping = "".join(_mapping(table, folder) for table in every)
    (folder / "mapping.ttl").write_text(_HEAD + mapping, "utf-8")


def _resources(plain: Path) -> Iterator[tuple[str, Classes, Mapping[Column, list[str]]]]:
    """Each resource, its classes, and its values by column."""
    quads = parse(path=str(plain), format=RdfFormat.N_QUADS)
    for subject, of in groupby(quads, lambda quad: str(quad.subject)[1:-1]):
        values: dict[Column, list[str]] = {}
        for quad in of:
            column, cell = _cell(quad)
            values.setdefault(column, []).append(cell)
        yield subject, tuple(values.pop(Column(_TYPE), ())), values


def _cell(quad: Quad) -> tuple[Column, str]:
    predicate, value = quad.predicate.value, quad.object
    if isinstance(value, Literal):
        return Column(predicate, value.datatype.value, value.language or ""), value.value
    if isinstance(value, NamedNode):
        return Column(predicate), value.value
    raise SystemExit(f"no table holds {value}")


def _tables(classes: Classes, several: Mapping[Column, bool]) -> Iterator[Table]:
    """The table of some classes, and that of each column with several values."""
    name = "-".join(one.rpartition("#")[2].rpartition("/")[2] for one in classes) or "none"
    columns = sorted(several)
    yield Table(f"{name}.csv", classes, [one for one in columns if not several[one]])
    links = (one for one in columns if several[one])
    yield from (Table(f"{name}-{number}.csv", (), [one]) for number, one in enumerate(links))


def _fill(plain: Path, folder: Path, tables: Mapping[Classes, Sequence[Table]]) -> None:
    with ExitStack() as files:
        rows = {}
        for table in (table for of in tables.values() for table in of):
            file = (folder / table.file).open("w", encoding="utf-8", newline="")
            rows[table.file] = csv.writer(files.enter_context(file), lineterminator="\n")
            rows[table.file].writerow(["id", *_names(table)])
        for subject, classes, values in _resources(plain):
            whole, *links = tables[classes]
            row = ["".join(values.get(column, ())) for column in whole.columns]
            rows[whole.file].writerow([subject, *row])
            for link in links:
                cells = values.get(link.columns[0], ())
                rows[link.file].writerows([subject, cell] for cell in cells)


def _names(table: Table) -> Sequence[str]:
    """The names of a table's columns, without its subject's."""
    return [f"c{number}" for number in range(len(table.columns))]


def _mapping(table: Table, folder: Path) -> str:
    """How a table is mapped, in RML."""
    classes = "".join(f"; rr:class <{one}>" for one in table.classes)
    parts = [
        f"\n<#{table.file}> a rr:TriplesMap",
        f'  rml:logicalSource [ rml:source "{folder / table.file}"; '
        "rml:referenceFormulation ql:CSV ]",
        f'  rr:subjectMap [ rml:reference "id"; rr:termType rr:IRI{classes} ]',
    ]
    for name, column in zip(_names(table), table.columns, strict=True):
        parts.append(
            f"  rr:predicateObjectMap [ rr:predicate <{column.predicate}>; "
            f'rr:objectMap [ rml:reference "{name}"{_kind(column)} ] ]'
        )
    return ";\n".join(parts) + " .\n"


def _kind(column: Column) -> str:
    """Of which kind the cells of a column are, in RML; nothing is said of plain texts."""
    if column.language:
        return f'; rr:language "{column.language}"'
    if not column.datatype:
        return "; rr:termType rr:IRI"
    return "" if column.datatype == _STRING else f"; rr:datatype <{column.datatype}>"
