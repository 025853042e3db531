"""What is no page at all: documents, workbooks, images, archives, programs, each under the ending
of a page and under its own, whole and cut.
"""

import base64
import gzip
import io
import json
import struct
import tarfile
import zipfile
import zlib
from bz2 import compress as bz2
from collections.abc import Iterator, Mapping
from lzma import compress as xz

from .stray import LANGUAGES, Kind, Stray, named, page

_PACKED_AT = (2026, 1, 1, 0, 0, 0)
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def zipped(files: Mapping[str, str], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of files, the same each time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _PACKED_AT), content, how)
    return made.getvalue()


def tarred(content: str, mode: str) -> bytes:
    """An archive of one page, as tar writes it."""
    made, data = io.BytesIO(), content.encode()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        entry = tarfile.TarInfo("page.html")
        entry.size = len(data)
        archive.addfile(entry, io.BytesIO(data))
    return made.getvalue()


def pdf(words: str, before: bytes = b"") -> bytes:
    """A document of one page that says something."""
    drawn = zlib.compress(f"BT /F1 12 Tf ({words}) Tj ET".encode("latin-1", "replace"))
    head = f"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n4 0 obj<</Length {len(drawn)}>>stream\n"
    end = b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    return before + b"%PDF-1.6\r%\xe2\xe3\xcf\xd3\n" + head.encode() + drawn + end


def _office(part: str, words: str) -> bytes:
    types = f'<Types><Override PartName="/{part}"/></Types>'
    return zipped({"[Content_Types].xml": types, "_rels/.rels": "<R/>", part: f"<d>{words}</d>"})


def _open_document(kind: str, words: str) -> bytes:
    kind = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": kind, "content.xml": f"<d>{words}</d>"}, zipfile.ZIP_STORED)


def _kinds(language: str) -> dict[str, bytes]:
    """Files of all kinds by their own ending, with words of a page in them."""
    words, web = page(language), page(language, 0, "html")
    data = words.encode()
    return {
        "pdf": pdf(words.splitlines()[-1]),
        "docx": _office("word/document.xml", words),
        "xlsx": _office("xl/workbook.xml", words),
        "pptx": _office("ppt/presentation.xml", words),
        "odt": _open_document("text", words),
        "ods": _open_document("spreadsheet", words),
        "epub": zipped({"mimetype": "application/epub+zip", "a.html": web}, zipfile.ZIP_STORED),
        "zip": zipped({"page.html": web, "images/a.png": "x"}),
        "tar": tarred(web, "w"),
        "tar.gz": gzip.compress(tarred(web, "w"), mtime=0),
        "bz2": bz2(data),
        "xz": xz(data),
        "zst": b"\x28\xb5\x2f\xfd\x24" + data[:60],
        "7z": b"7z\xbc\xaf\x27\x1c\0\4" + bytes(24) + data,
        "rar": b"Rar!\x1a\x07\x01\0" + data,
        "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + words.encode("utf-16-le"),
        "rtf": f"{{\\rtf1\\ansi\\deff0 {words}}}".encode("cp1252"),
        "ps": f"%!PS-Adobe-3.0\n({words}) show\n".encode(),
        "png": _PIXEL,
        "jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0H\0H\0\0" + data,
        "gif": b"GIF89a\1\0\1\0\x80\0\0" + data[:99],
        "webp": b"RIFF" + struct.pack("<I", 26) + b"WEBPVP8L" + bytes(18),
        "bmp": b"BM" + struct.pack("<IHHI", 58, 0, 0, 54) + bytes(44),
        "ico": b"\0\0\1\0\1\0\x10\x10" + bytes(40),
        "tiff": b"II*\0\x08\0\0\0" + bytes(40),
        "svg": f'<svg xmlns="http://www.w3.org/2000/svg"><title>{words}</title></svg>'.encode(),
        "avif": b"\0\0\0\x1cftypavif\0\0\0\0" + bytes(20),
        "mp4": b"\0\0\0\x18ftypmp42\0\0\0\0isom" + bytes(40),
        "mp3": b"ID3\x04\0\0\0\0\0\x0fTIT2" + bytes(20),
        "json": json.dumps({"title": words, "node": [1, 2]}).encode(),
        "geojson": json.dumps([{"type": "Feature", "geometry": None}, words]).encode(),
        "rss": f'<?xml version="1.0"?>\n<rss version="2.0"><a>{words}</a></rss>'.encode(),
        "kml": f"<?xml version='1.0' encoding='UTF-8'?><kml><name>{words}</name></kml>".encode(),
        "sqlite": b"SQLite format 3\0\x10\0" + bytes(100),
        "exe": b"MZ\x90\0\3\0\0\0" + bytes(60) + b"PE\0\0",
        "so": b"\x7fELF\2\1\1\0" + bytes(56),
        "woff2": b"wOF2\0\1\0\0" + bytes(40),
        "webarchive": b"bplist00\xd1\1\2_\x10" + web.encode()[:99] + bytes(9),
        "warc": b"WARC/1.0\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\n\r\n\0" + web.encode(),
        "eml": f"Received: from a\r\nMIME-Version: 1.0\r\nSubject: P\r\n\r\n{words}".encode(),
        "lfs": b"version https://git-lfs.github.com/spec/v1\noid sha256:"
        + b"ab" * 32
        + b"\nsize 9\n",
    }


def strays() -> Iterator[Stray]:
    """Files of all kinds as pages, and as what they are, in three languages; then cut ones."""
    for language in LANGUAGES:
        kinds = _kinds(language)
        ending = "html" if language == "fr" else "txt"
        wrong = (Kind(f"{language} {kind}", data) for kind, data in kinds.items())
        yield from named(wrong, ending, room="foreign")
    for name, data in _kinds("es").items():
        yield Stray(f"own-name.{name}".encode(), data, "unused")
    yield from named(_cut(), "html", room="cut")


def _cut() -> Iterator[Kind]:
    """Files that are there in part, or with something before them."""
    for name, data in _kinds("en").items():
        if name in {"pdf", "docx", "xlsx", "zip", "tar.gz", "png", "jpg", "xz", "rtf", "odt"}:
            yield Kind(f"{name} half", data[: len(data) // 2])
    yield Kind("pdf after line ends", pdf("x", b"\r\n\r\n"))
    yield Kind("pdf after a mark", pdf("x", b"\xef\xbb\xbf"))
    yield Kind("pdf after headers", pdf("x", b"HTTP/1.1 200 OK\r\nServer: a\r\n\r\n"))
    yield Kind("zip after a program", b"MZ" + bytes(60) + zipped({"a.html": "x"}))
    yield Kind("image in base64", b"data:image/png;base64," + base64.b64encode(_PIXEL), "open")
