"""What a file is that is neither page nor record, told by its bytes, and the way out for a steward.

No library for this is taken: those there are name hundreds of kinds by a few bytes, some of them
bytes that texts begin with, and none names what a steward can do.
"""

import csv
import re
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from ..model.text import N_


class Foreign(NamedTuple):
    """What a file is, and the way out, in English, to be translated."""

    what: str
    way: str


_QUOTE = N_(
    "save the web page itself from a browser, as HTML or text, or quote the document in a record, "
    "as a source with its mediaType"
)
_UNPACK = N_("unpack it, and give the pages that are in it")
_SAVE = N_("save the web page itself from a browser, as HTML or text")
_RECORDS = N_("give records as YAML or JSON Lines, or save the web page itself as HTML or text")
_ROWS = N_("make records of its rows, as YAML or JSON Lines")
_POINTER = N_("fetch the file itself with git lfs pull")

#: What records may be in, too.
JSON = Foreign(N_("JSON"), _RECORDS)

_ARCHIVE = Foreign(N_("an archive"), _UNPACK)
_PRESSED = Foreign(N_("a compressed file"), _UNPACK)
_IMAGE = Foreign(N_("an image"), _SAVE)
_MEDIA = Foreign(N_("a sound or a film"), _SAVE)
_PROGRAM = Foreign(N_("a program"), _SAVE)
_WEB_ARCHIVE = Foreign(N_("a web archive"), _SAVE)
_OFFICE = Foreign(N_("a document of Microsoft Office before 2007"), _QUOTE)
_LFS = Foreign(N_("a pointer of Git LFS"), _POINTER)
_XML = Foreign(N_("XML"), _SAVE)
_LETTER = Foreign(N_("an e-mail"), _SAVE)
_TABLE = Foreign(N_("a table"), _ROWS)

#: How names end of tables whose cells are parted by a sign; what parts them.
_OF_TABLES = (".csv", ".tsv")
_PARTING = ";\t,"

#: How many rows a table has at least, and how many cells each of them: a text has not.
_LEAST_ROWS, _LEAST_CELLS = 3, 3

#: Kinds by the bytes that they begin with.
_BEGINNINGS: tuple[tuple[bytes, Foreign], ...] = (
    (b"%PDF-", Foreign(N_("a PDF document"), _QUOTE)),
    (b"{\\rtf", Foreign(N_("an RTF document"), _QUOTE)),
    (b"%!PS", Foreign(N_("a PostScript document"), _QUOTE)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OFFICE),
    (b"SQLite format 3\0", Foreign(N_("an SQLite database"), _ROWS)),
    (b"PAR1", Foreign(N_("a Parquet table"), _ROWS)),
    (b"\x89PNG\r\n\x1a\n", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF87a", _IMAGE),
    (b"GIF89a", _IMAGE),
    (b"II*\0", _IMAGE),
    (b"MM\0*", _IMAGE),
    (b"\0\0\1\0", _IMAGE),
    (b"8BPS", _IMAGE),
    (b"\x1f\x8b", _PRESSED),
    (b"BZh", _PRESSED),
    (b"\xfd7zXZ\0", _PRESSED),
    (b"\x28\xb5\x2f\xfd", _PRESSED),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"bplist00", _WEB_ARCHIVE),
    (b"WARC/", _WEB_ARCHIVE),
    (b"OggS", _MEDIA),
    (b"ID3", _MEDIA),
    (b"\x1aE\xdf\xa3", _MEDIA),
    (b"\x7fELF", _PROGRAM),
    (b"wOF", Foreign(N_("a font"), _SAVE)),
)

#: Of these, what texts may begin with, too: they count where a zero byte is near.
_ALSO_TEXT = (b"8BPS", b"BZh", b"ID3", b"OggS", b"PAR1", b"WARC/", b"wOF")

#: Kinds of what is packed as ZIP, by a name or a type in it.
_ZIPPED: tuple[tuple[bytes, Foreign], ...] = (
    (b"word/", Foreign(N_("a Word document"), _QUOTE)),
    (b"xl/", Foreign(N_("an Excel workbook"), _QUOTE)),
    (b"ppt/", Foreign(N_("a PowerPoint presentation"), _QUOTE)),
    (b"application/vnd.oasis.opendocument.text", Foreign(N_("an OpenDocument text"), _QUOTE)),
    (
        b"application/vnd.oasis.opendocument.spreadsheet",
        Foreign(N_("an OpenDocument spreadsheet"), _QUOTE),
    ),
    (b"application/vnd.oasis.opendocument", Foreign(N_("an OpenDocument file"), _QUOTE)),
    (b"application/epub+zip", Foreign(N_("an EPUB book"), _QUOTE)),
)

#: How much is looked at.
_HEAD = 4_096

_HEADERS = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,50})+"
)
_MIME = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_SENT = re.compile(rb"^(?:Received|Message-ID|DKIM-Signature):", re.IGNORECASE | re.MULTILINE)
_OF_PAGE = re.compile(
    rb"^Content-Type:\s*multipart/related|^(?:Snapshot-)?Content-Location:",
    re.IGNORECASE | re.MULTILINE,
)

#: The first element of what is XML and no HTML.
_ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*(?:<!--.{0,1000}?-->\s*|<\?[^>]{0,200}\?>\s*|<!DOCTYPE\s(?!html)[^>]{0,500}>\s*){0,9}"
    rb"<(?!html\b|!DOCTYPE)[A-Za-z]|<(?:svg|rss|feed|urlset|sitemapindex|kml|rdf:RDF|plist)[\s>])",
    re.IGNORECASE | re.DOTALL,
)

#: The first line of a WARC file, and the first bytes of what bzip2 compressed.
_OF_WARC = re.compile(rb"WARC/[0-9.]{1,5}\r?\nWARC-")
_OF_BZIP2 = re.compile(rb"BZh[1-9]1AY")

#: Who sent a letter, and what about; some programs write no more.
_FROM = re.compile(rb"^From:.*@", re.IGNORECASE | re.MULTILINE)
_SUBJECT = re.compile(rb"^Subject:", re.IGNORECASE | re.MULTILINE)

_OF_LFS = re.compile(rb"version [!-~]{1,80}/spec/v[0-9]+\r?\noid sha256:")

#: How JSON begins that no text does.
_OF_JSON = re.compile(
    rb'\s*(?:\{\s*(?:"[^"\\]{0,200}"\s*:|\})|\[\s*(?:[{\["\]]|-?[0-9.]+\s*[,\]]))'
)


def foreign(data: bytes, name: str = "") -> Foreign | None:
    """What the bytes of a file are, where they are no text, HTML, MHTML or YAML; None where they
    may be. Of tables its name may tell, too.

    >>> foreign(b"%PDF-1.7").what, foreign(b"PK\\x03\\x04...word/document.xml").what
    ('a PDF document', 'a Word document')
    >>> foreign("{Projet}".encode()), foreign(b'{"a": 1}').what
    (None, 'JSON')
    >>> foreign(b"Titre;Projet", "projets.csv").what
    'a table'
    """
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    kinds = (_begins(head), _packed(data), _of_others(head), _written(head, data))
    named = _TABLE if name.casefold().endswith(_OF_TABLES) else None
    return next((kind for kind in kinds if kind), named)


def is_saved_page(data: bytes) -> bool:
    """Whether bytes are a page with what belongs to it, as browsers save it in one file (MHTML).

    >>> is_saved_page(b"MIME-Version: 1.0\\nContent-Type: multipart/related\\n\\n")
    True
    """
    found = _HEADERS.match(data[:_HEAD])
    head = found[0] if found else b""
    return bool(_MIME.search(head) and _OF_PAGE.search(head) and not _SENT.search(head))


def is_gzip(data: bytes) -> bool:
    """Whether bytes are compressed by gzip.

    >>> is_gzip(b"\\x1f\\x8b\\x08")
    True
    """
    return data.startswith(b"\x1f\x8b\x08")


def _begins(head: bytes) -> Foreign | None:
    """What begins so; a PDF may have something before it."""
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning) and (beginning not in _ALSO_TEXT or b"\0" in head):
            return kind
    return _BEGINNINGS[0][1] if re.search(rb"%PDF-1\.[0-9][\r\n]", head[:1024]) else None


def _packed(data: bytes) -> Foreign | None:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return next((kind for mark, kind in _ZIPPED if mark in data), _ARCHIVE)
    return _ARCHIVE if data[257:262] == b"ustar" else None


def _of_others(head: bytes) -> Foreign | None:
    """What is known by bytes further on."""
    if head.startswith(b"RIFF"):
        return (
            _IMAGE
            if head[8:12] == b"WEBP"
            else _MEDIA
            if head[8:12] in (b"AVI ", b"WAVE")
            else None
        )
    if head[4:8] == b"ftyp":
        return _IMAGE if head[8:12] in (b"avif", b"heic", b"mif1") else _MEDIA
    if head.startswith((b"MZ", b"BM")) and b"\0" in head:
        return _PROGRAM if head.startswith(b"MZ") else _IMAGE
    return None


def _written(head: bytes, data: bytes) -> Foreign | None:
    """What is text, but no page's."""
    if _ROOT.match(head):
        return _IMAGE if b"<svg" in head else _WEB_ARCHIVE if b"<plist" in head else _XML
    if _OF_WARC.match(head):
        return _WEB_ARCHIVE
    if _OF_BZIP2.match(head):
        return _PRESSED
    if _OF_LFS.match(head):
        return _LFS
    if _OF_JSON.match(head) and _is(msgspec.json.decode, data):
        return JSON
    found = _HEADERS.match(head)
    mailed = found and (
        _SENT.search(found[0])
        or (_FROM.search(found[0]) and _SUBJECT.search(found[0]))
        or (_MIME.search(found[0]) and not is_saved_page(head))
    )
    return _LETTER if mailed else _TABLE if _has_rows(head) else None


def _has_rows(head: bytes) -> bool:
    """Whether all lines of a text are rows of as many cells: no sentence with commas is, and no
    JSON.
    """
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return False
    lines = head.decode("utf-8", "replace").splitlines()
    lines = lines[:-1] if len(head) >= _HEAD - len(b"\xef\xbb\xbf") else lines
    signs = [sign for sign in _PARTING if sign in "".join(lines[:1])]
    return len(lines) >= _LEAST_ROWS and any(_is_parted(lines, sign) for sign in signs)


def _is_parted(lines: list[str], sign: str) -> bool:
    """Whether a sign parts lines into as many cells, of which none begins with a space."""
    rows = list(csv.reader(lines, delimiter=sign))
    counts = set(map(len, rows))
    is_prose = any(cell.startswith(" ") for row in rows for cell in row)
    return len(counts) == 1 and min(counts) >= _LEAST_CELLS and not is_prose


def _is(decode: Callable[[bytes], object], data: bytes) -> bool:
    try:
        decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True
