"""A workbook (ECMA-376, SpreadsheetML) written row by row: texts and numbers, no formula, no link,
no clock.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import chain, count, islice
from pathlib import Path
from types import TracebackType
from typing import IO, cast
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from . import xlsx_parts as packaging
from .column import Value

#: Rows of one sheet; the format allows 1,048,576, but a part of two gigabytes is more than many
#: programs read.
_ROWS = 500_000

#: Rows written at a time.
_BATCH = 500

#: Characters (UTF-16 code units) that a cell holds.
_CELL = 32_767

#: The day that spreadsheets count from, and the first one that all of them count alike.
_DAY_0, _COUNTED = date(1899, 12, 30), date(1900, 3, 1)

_SPECIAL = re.compile(r"[&<>\r_]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class SummedFile:
    """A file that is only ever written on, so that its sum is that of what was meant to be written,
    and not of what the disk made of it; zipfile takes it for a pipe.
    """

    def __init__(self, path: Path) -> None:
        self._file, self._digest = path.open("wb"), sha256()

    @property
    def sha256(self) -> str:
        """The SHA-256 of all that was written so far."""
        return self._digest.hexdigest()

    def write(self, data: bytes) -> int:
        """Writes bytes after the others; gives their number."""
        self._digest.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        """Hands what was written to the system."""
        self._file.flush()

    def close(self) -> None:
        """Ends the file."""
        self._file.close()


class Workbook:
    """A workbook in the making; the sheets of `front` come first, the others in the order in which
    they are written.
    """

    def __init__(self, path: Path, title: str, day: str, front: Sequence[str] = ()) -> None:
        self._file = SummedFile(path)
        self._zip = ZipFile(cast("IO[bytes]", self._file), "w", ZIP_DEFLATED)
        self._title, self._day, self._front = title, day, front
        self._sheets: list[str] = []
        self.cut = 0

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._zip.close()
        self._file.close()

    @property
    def sha256(self) -> str:
        """The SHA-256 of the workbook, once it is at its end."""
        return self._file.sha256

    def sheet(
        self,
        name: str,
        head: Sequence[str],
        rows: Iterable[Sequence[Value]],
        types: Sequence[str] = (),
    ) -> None:
        """Writes a sheet, or several where there are more rows than one holds: `name`, `name 2`,
        and so on; amounts and days are shown by the types of their columns.
        """
        left = iter(rows)
        for number in count(1):
            first = next(left, None)
            if first is None and number > 1:
                return
            here = chain([] if first is None else [first], islice(left, _ROWS - 1))
            self._part(name if number == 1 else f"{name} {number}", head, here, types)

    def close(self) -> None:
        """Writes what holds the sheets together."""
        order = sorted(enumerate(self._sheets, 1), key=lambda sheet: sheet[1] not in self._front)
        for name, text in packaging.parts(order, escape(self._title), self._day):
            self._zip.writestr(_info(name), text)

    def _part(
        self,
        name: str,
        head: Sequence[str],
        rows: Iterable[Sequence[Value]],
        types: Sequence[str],
    ) -> None:
        self._sheets.append(name)
        letters = [_letters(at) for at in range(len(head))]
        days = [at for at, kind in enumerate(types) if kind == "date"]
        styles = [packaging.STYLES.get(kind, "") for kind in types] or [""] * len(head)
        with self._zip.open(_info(packaging.sheet_path(len(self._sheets))), "w") as part:
            part.write(packaging.before(types or head).encode())
            last = 0
            for end, lines in self._lines(chain([head], _dated(rows, days)), letters, styles):
                part.write(lines.encode())
                last = end
            part.write(packaging.after(f"A1:{letters[-1]}{last}").encode())

    def _lines(
        self, rows: Iterable[Sequence[Value]], letters: Sequence[str], styles: Sequence[str]
    ) -> Iterator[tuple[int, str]]:
        """The XML of rows, some at a time, each time with the number of the last."""
        numbered = enumerate(rows, 1)
        while some := list(islice(numbered, _BATCH)):
            yield (
                some[-1][0],
                "".join([self._row(row, letters, styles, number) for number, row in some]),
            )

    def _row(
        self, row: Sequence[Value], letters: Sequence[str], styles: Sequence[str], number: int
    ) -> str:
        kind = f'{number}" s="1" t="inlineStr"' if number == 1 else f'{number}" t="inlineStr"'
        cells = [
            f'<c r="{letter}{kind}><is>{self._text(value)}</is></c>'
            if isinstance(value, str)
            else f'<c r="{letter}{number}"{style}><v>{value}</v></c>'
            for letter, style, value in zip(letters, styles, row, strict=True)
            if value is not None
        ]
        return f'<row r="{number}">{"".join(cells)}</row>\n'

    def _text(self, text: str) -> str:
        if len(text) * 2 > _CELL and (units := text.encode("utf-16-le")) and len(units) > _CELL * 2:
            self.cut += 1
            text = units[: (_CELL - 1) * 2].decode("utf-16-le", "ignore") + "…"
        tag = "<t>" if text == text.strip() else '<t xml:space="preserve">'
        if not _SPECIAL.search(text):
            return f"{tag}{text}</t>"
        return f"{tag}{escape(_ESCAPED.sub('_x005F_', text)).replace(chr(13), '_x000D_')}</t>"


def _dated(rows: Iterable[Sequence[Value]], days: Sequence[int]) -> Iterable[Sequence[Value]]:
    """The rows, the days in these columns as numbers."""
    if not days:
        return rows
    return (
        [_serial(value) if at in days else value for at, value in enumerate(row)] for row in rows
    )


def _serial(value: Value) -> Value:
    """A day as spreadsheets count it; one before March 1900, which they count in two ways, and all
    else as it is.

    >>> _serial("2026-11-21"), _serial("1899-01-01"), _serial("2020")
    (46347, '1899-01-01', '2020')
    """
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return value
    return (day - _DAY_0).days if day >= _COUNTED else value


def _letters(at: int) -> str:
    """The name of a column, counted from 0.

    >>> _letters(0), _letters(25), _letters(26), _letters(701), _letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    return (_letters(at // 26 - 1) if at > 25 else "") + chr(65 + at % 26)


def _info(name: str) -> ZipInfo:
    """A part's entry: packed, without the clock or the system."""
    info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
    return info
