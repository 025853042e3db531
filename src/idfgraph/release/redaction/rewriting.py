"""One file of a release written anew without the quotes of a page, by its form."""

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from ...model.layout import DOCUMENT_LINES
from ...system.packing import packed, unpacked
from ...system.parquet import check_parquet, parquet, read_parquet
from .quotes import REDACTED, Quotes

_RDF = {
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
}
_LINES = (".nq", ".nt")
_ROW, _CELL = (
    re.compile(r"<row .*?</row>", re.DOTALL),
    re.compile(r"(<t[^>]*>)(.*?)(</t>)", re.DOTALL),
)

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def rewritten(file: Path, quotes: Quotes, digests: Mapping[str, str]) -> bytes | None:
    """The bytes of a file without the quotes, and with the new SHA-256 of others instead of the old
    ones; None where it stays as it is.
    """
    if file.suffix in _BINARY:
        return _BINARY[file.suffix](file, quotes)
    data = file.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    found = text
    if quotes.concern(text):
        has_lines = file.name == DOCUMENT_LINES
        found = _spooled(text, quotes) if has_lines else _text(text, file.suffix, quotes)
    for old, new in digests.items():
        found = found.replace(old, new)
    return found.encode() if found != text else None


def _text(text: str, suffix: str, quotes: Quotes) -> str:
    if suffix in _RDF:
        return _rdf(text, suffix, quotes)
    if suffix == ".jsonld":
        return json.dumps(_json(json.loads(text), quotes), indent=2, ensure_ascii=False) + "\n"
    return _csv(text, quotes) if suffix == ".csv" else quotes.without(text)


def _rdf(text: str, suffix: str, quotes: Quotes) -> str:
    """RDF with other literals in the same order, or sorted where a line is a statement."""
    given = parse(text.encode(), format=_RDF[suffix])
    quads = [_quad(quad, quotes) for quad in given]
    form, prefixes = _RDF[suffix], dict(given.prefixes)
    if form.supports_datasets:
        written = serialize(quads, format=form, prefixes=prefixes)
    else:
        written = serialize([quad.triple for quad in quads], format=form, prefixes=prefixes)
    lines = (written or b"").decode().splitlines(keepends=True)
    return "".join(sorted(set(lines)) if suffix in _LINES else lines)


def _quad(quad: Quad, quotes: Quotes) -> Quad:
    if not isinstance(quad.object, Literal):
        return quad
    words, claim = quad.object.value, isinstance(quad.subject, NamedNode)
    if claim and quotes.is_claim(str(quad.subject)) and words in quotes.words:
        new = REDACTED
    elif (new := quotes.without(words)) == words:
        return quad
    language = quad.object.language
    literal = Literal(new, language=language) if language else Literal(new)
    return Quad(quad.subject, quad.predicate, literal, quad.graph_name)


def _json(value: Json, quotes: Quotes, claim: bool = False) -> Json:
    """A JSON value without the quotes; in a claim of the page, whatever their length."""
    if isinstance(value, dict):
        inside = quotes.is_claim(str(value.get("id", "")))
        return {key: _json(one, quotes, inside) for key, one in value.items()}
    if isinstance(value, list):
        return [_json(one, quotes, claim) for one in value]
    if isinstance(value, str):
        return REDACTED if claim and value in quotes.words else quotes.without(value)
    return value


def _spooled(text: str, quotes: Quotes) -> str:
    """Lines of what documents are made of: the last of four fields is JSON."""
    rows = [line.rpartition("\t") for line in text.split("\n")[:-1]]
    return "".join(
        f"{head}\t{json.dumps(_json(json.loads(node), quotes), ensure_ascii=False)}\n"
        for head, _, node in rows
    )


def _cells(row: Sequence[str], quotes: Quotes) -> list[str]:
    """A row of a table: in one of a claim, quotes of any length go."""
    claim = any(map(quotes.is_claim, row))
    return [
        REDACTED if claim and cell.lstrip("'") in quotes.words else quotes.without(cell)
        for cell in row
    ]


def _csv(text: str, quotes: Quotes) -> str:
    head = "\ufeff" if text.startswith("\ufeff") else ""
    rows = csv.reader(io.StringIO(text.removeprefix(head), newline=""))
    ending = "\r\n" if "\r\n" in text else "\n"
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator=ending).writerows(_cells(row, quotes) for row in rows)
    return head + written.getvalue()


def _sqlite(file: Path, quotes: Quotes) -> bytes | None:
    """A database in which no page keeps what was deleted."""
    store = sqlite3.connect(":memory:")
    store.deserialize(file.read_bytes())
    changed = False
    tables = store.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        columns = [row[1] for row in store.execute(f'PRAGMA table_info("{table}")')]
        names = ", ".join(f'"{name}"' for name in columns)
        query = f'SELECT {names} FROM "{table}"'  # noqa: S608 - names of our own tables
        for row in store.execute(query).fetchall():
            texts = [cell if isinstance(cell, str) else "" for cell in row]
            for name, old, new in zip(columns, texts, _cells(texts, quotes), strict=True):
                if old != new:
                    where = f'"{name}" IS ?2 AND "{columns[0]}" IS ?3'
                    change = f'UPDATE "{table}" SET "{name}" = ?1 WHERE {where}'  # noqa: S608
                    store.execute(change, (new, old, row[0]))
                    changed = True
    store.commit()
    store.execute("VACUUM")
    return bytes(store.serialize()) if changed else None


def _xlsx(file: Path, quotes: Quotes) -> bytes | None:
    """A workbook, part by part, in the same order."""
    written, changed = io.BytesIO(), False
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            text = old.read(part).decode("utf-8")
            found = _sheet(text, quotes) if part.filename.endswith(".xml") else text
            changed = changed or found != text
            new.writestr(part, found)
    return written.getvalue() if changed else None


def _packed(file: Path, quotes: Quotes) -> bytes | None:
    """A packed file, as the file that it holds."""
    text = b"".join(unpacked([file.read_bytes()], file.suffix)).decode()
    if not quotes.concern(text):
        return None
    found = _text(text, Path(file.stem).suffix, quotes)
    return b"".join(packed([found.encode()], file.suffix)) if found != text else None


def _parquet(file: Path, quotes: Quotes) -> bytes | None:
    """A table as Parquet; several values of a cell come one by one."""
    check_parquet()
    table = read_parquet(file.read_bytes())
    rows = [_values(row, quotes) for row in table.rows]
    return parquet(table._replace(rows=rows)) if rows != list(map(list, table.rows)) else None


def _values(row: Sequence[Any], quotes: Quotes) -> list[Any]:
    """A row of typed values."""
    texts = [one if isinstance(one, str) else "" for one in row]
    found = [
        new if isinstance(one, str) else one
        for one, new in zip(row, _cells(texts, quotes), strict=True)
    ]
    return [list(map(quotes.without, one)) if isinstance(one, list) else one for one in found]


def _sheet(text: str, quotes: Quotes) -> str:
    words = {_escaped(word) for word in quotes.words}

    def row(match: re.Match[str]) -> str:
        """A row with its cells: those of a claim lose quotes of any length."""
        if not quotes.is_claim(match[0]):
            return match[0]
        return _CELL.sub(
            lambda cell: f"{cell[1]}{REDACTED if cell[2] in words else cell[2]}{cell[3]}", match[0]
        )

    return quotes.without(_ROW.sub(row, text))


def _escaped(word: str) -> str:
    return word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_BINARY: Mapping[str, Callable[[Path, Quotes], bytes | None]] = {
    ".gz": _packed,
    ".parquet": _parquet,
    ".sqlite": _sqlite,
    ".xlsx": _xlsx,
    ".zst": _packed,
}


def tombstone(sha256: str) -> Iterable[str]:
    """What stands at the address of a page's text that was taken out."""
    yield f"The text of the page with the SHA-256 {sha256} was taken out.\n"
    yield f"Le texte de la page dont le SHA-256 est {sha256} a été retiré.\n"
    yield f"El texto de la página cuyo SHA-256 es {sha256} fue retirado.\n"
