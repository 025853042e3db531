"""A difference as RDF Patch, and one applied (https://afs.github.io/rdf-delta/rdf-patch.html).

Rows stand in the order of the dump's lines, so that a patch is made and applied in one pass. The
header names both states: `id` and `prev`, as a patch log wants them, are made from the SHA-256 of
the dumps, which `new` and `old` give.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import NAMESPACE_OID, uuid5

from ...model.errors import BadInput, Place
from ...model.text import N_
from .two_dumps import DumpLine

#: A row of the header with the SHA-256 of a dump.
_HASH = re.compile(r'H (old|new) "([0-9a-f]{64})" \.\n')


class _PatchRow(NamedTuple):
    """A change of a patch: the line of the dump, whether it is added (else taken away), and its
    number.
    """

    line: str
    adds: bool
    number: int


def render_patch(lines: Iterable[DumpLine], old: str, new: str) -> Iterator[str]:
    """The lines that differ as rows of an RDF Patch, between dumps with these SHA-256 (hex).

    >>> line = DumpLine("<x:s> <x:p> <x:o> .\\n", False, True)
    >>> list(render_patch([line], 64 * "0", 64 * "1"))[4:]
    ['TX .\\n', 'A <x:s> <x:p> <x:o> .\\n', 'TC .\\n']
    """
    for key, digest in (("id", new), ("prev", old)):
        yield f"H {key} <uuid:{uuid5(NAMESPACE_OID, digest)}> .\n"
    for key, digest in (("old", old), ("new", new)):
        yield f'H {key} "{digest}" .\n'
    yield "TX .\n"
    for line in lines:
        yield f"{'A' if line.now else 'D'} {line.text}"
    yield "TC .\n"


def hashes(patch: Iterable[str], file: str = "patch") -> tuple[str, str]:
    """The SHA-256 of the dump that a patch is for, and of the one that it makes; BadInput if it
    does not tell.

    >>> [digest[0] for digest in hashes(render_patch([], 64 * "0", 64 * "1"))]
    ['0', '1']
    """
    found: dict[str, str] = {}
    for line in patch:
        if not line.startswith("H "):
            break
        if row := _HASH.fullmatch(line):
            found[row[1]] = row[2]
    if found.keys() != {"old", "new"}:
        raise BadInput(
            N_("is no patch of ours"),
            Place(file),
            hint=N_("make one with idfgraph diff --format patch"),
        )
    return found["old"], found["new"]


def apply_patch(lines: Iterable[str], patch: Iterable[str], file: str = "patch") -> Iterator[str]:
    """The lines of the old dump with a patch applied: those of the new one.

    Raises BadInput where a row does not fit: it takes away what is not there, adds what is, or is
    out of order.

    >>> list(apply_patch(["a\\n", "b\\n"], ["TX .\\n", "D a\\n", "A c\\n", "TC .\\n"]))
    ['b\\n', 'c\\n']
    """
    rows = _rows(patch, file)
    row = next(rows, None)
    for line in lines:
        while row and row.line < line:
            yield _added(row, file)
            row = next(rows, None)
        if not row or row.line != line:
            yield line
        elif row.adds:
            raise _misfit(row, file)
        else:
            row = next(rows, None)
    while row:
        yield _added(row, file)
        row = next(rows, None)


def _rows(patch: Iterable[str], file: str) -> Iterator[_PatchRow]:
    """The changes of a patch, which is one whole transaction."""
    before, last = "", ""
    for number, text in enumerate(patch, 1):
        if text[:2] in {"A ", "D "} and text.endswith("\n"):
            row = _PatchRow(text[2:], text[0] == "A", number)
            if row.line <= before:
                raise _misfit(row, file)
            yield row
            before = row.line
        elif not text.startswith("H ") and text not in {"TX .\n", "TC .\n"}:
            raise BadInput(
                N_("is no row that we write"),
                Place(file, number),
                hint=N_("patches of others need another tool"),
            )
        last = text
    if last != "TC .\n":
        raise BadInput(N_("is cut short"), Place(file), hint=N_("take it as it was made"))


def _added(row: _PatchRow, file: str) -> str:
    if not row.adds:
        raise _misfit(row, file)
    return row.line


def _misfit(row: _PatchRow, file: str) -> BadInput:
    return BadInput(
        N_("does not fit the dump"),
        Place(file, row.number),
        hint=N_("give the dump that it was made from"),
    )
