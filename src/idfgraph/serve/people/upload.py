"""What somebody drops to have it checked: read whole, within bounds and in time, kept nowhere."""

import asyncio
import re
from collections.abc import AsyncGenerator, Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from ...model.text import N_
from ...sources.file_names import LINE_SUFFIXES, RECORD_SUFFIXES
from ...sources.kinds import kind_of
from ..bodies import BodyTooLarge, coding_of, media_type_of, read_body

#: The most bytes of a page, of a record and of JSON Lines.
LIMITS: Mapping[str, int] = {"page": 512_000, "record": 1 << 20, "lines": 5 << 20}

#: Bytes that the seams of a form around a file may take. A form without files takes no more than a
#: record: to read one that is escaped throughout takes long.
_SEAMS = 1 << 16

#: Seconds that a request may take to come whole.
_SECONDS = 30.0

#: Media types that a file can come as by itself; without one it is told by its words.
_PLAIN = frozenset(
    {
        "",
        "text/plain",
        "text/html",
        "text/yaml",
        "text/x-yaml",
        "application/yaml",
        "application/x-yaml",
        "application/json",
        "application/jsonl",
        "application/x-ndjson",
        "application/x-jsonlines",
        "application/octet-stream",
    }
)
#: The media types that tell what a file is, with a name for one that comes by itself as such.
_TOLD: Mapping[str, str] = {
    "text/html": "page.html",
    **dict.fromkeys(
        ("text/yaml", "text/x-yaml", "application/yaml", "application/x-yaml"), "record.yaml"
    ),
    **dict.fromkeys(
        ("application/jsonl", "application/x-ndjson", "application/x-jsonlines"), "lines.jsonl"
    ),
}
_MULTIPART, _FORM = "multipart/form-data", "application/x-www-form-urlencoded"

_FIELDS = 8

#: Names of files that are told as they are; any other is called by what it is.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_PAGE_SUFFIXES = (".txt", ".html", ".htm")
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "page": _PAGE_SUFFIXES,
    "record": RECORD_SUFFIXES,
    "lines": LINE_SUFFIXES,
}


#: What is said of too much, by its unit.
_TOO_LARGE: Mapping[str, str] = {
    "kB": N_("It has more than {size} kB, the most that can be checked here."),
    "MiB": N_("It has more than {size} MiB, the most that can be checked here."),
}


class Unfit(Exception):
    """What cannot be checked: the status of the answer, and why, in English, with {places} to be
    filled.
    """

    def __init__(self, status: int, said: str, /, **values: object) -> None:
        super().__init__(said)
        self.status, self.said, self.values = status, said, values


class Upload(NamedTuple):
    """A file to be checked: its name, which is safe, and its bytes."""

    name: str
    data: bytes


async def read_upload(request: Request) -> Upload:
    """The file that a request brings, taken for what its media type says; Unfit where it brings
    none, too much, or too slowly.
    """
    kind = media_type_of(request)
    if coding_of(request) != "identity":
        raise Unfit(415, N_("Send it as it is, without Content-Encoding."))
    if kind not in _PLAIN | {_MULTIPART, _FORM}:
        raise Unfit(415, N_("Send a form, or the file itself as text, YAML or JSON Lines."))
    largest = "record" if kind == _FORM else "lines"
    try:
        body = await read_body(request, LIMITS[largest] + _SEAMS, _SECONDS)
    except BodyTooLarge:
        raise _too_large(largest) from None
    except TimeoutError:
        raise Unfit(408, N_("It did not come whole in time.")) from None
    name, data = _TOLD.get(kind, ""), body
    if kind == _MULTIPART:
        name, data = await _of_form(request, body)
    elif kind == _FORM:
        data = await asyncio.to_thread(_text_of, body)
    return checked(name, data)


def _text_of(body: bytes) -> bytes:
    """The text in a form without files."""
    try:
        fields = dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=_FIELDS))
    except ValueError as error:
        raise Unfit(400, N_("The form cannot be read.")) from error
    return _lines(fields.get("text", "")).encode()


def checked(name: str, data: bytes) -> Upload:
    """An upload with a safe name; Unfit where there is nothing in it, or too much for what it is.

    >>> checked("../a.yaml", b"id: V47-805").name, checked("V47-805.yml", b"id: V47-805").name
    ('record.yaml', 'V47-805.yml')
    """
    if not data.strip():
        raise Unfit(400, N_("There is nothing to check: choose a file, or paste its text."))
    suffix = f".{name.rpartition('.')[2]}" if "." in name else ""
    known = next((kind for kind, ends in _ENDINGS.items() if suffix in ends), "")
    kind = kind_of(data[:4096], suffix if known else ".txt")
    if len(data) > LIMITS[kind]:
        raise _too_large(kind)
    if known and _NAME.fullmatch(name):
        return Upload(name, data)
    ending = ".html" if kind == "page" and data.lstrip()[:1] == b"<" else _ENDINGS[kind][0]
    return Upload(f"{kind}{ending}", data)


def in_units(size: int) -> tuple[int, str]:
    """A limit as people read it.

    >>> in_units(512_000), in_units(5 << 20)
    ((512, 'kB'), (5, 'MiB'))
    """
    return (size >> 20, "MiB") if size >= 1 << 20 else (size // 1000, "kB")


def _too_large(kind: str) -> Unfit:
    size, unit = in_units(LIMITS[kind])
    return Unfit(413, _TOO_LARGE[unit], size=size)


async def _of_form(request: Request, body: bytes) -> tuple[str, bytes]:
    """The name and bytes of the file in a form, or of its text where there is no file."""

    async def whole() -> AsyncGenerator[bytes, None]:
        """The body in one piece."""
        yield body

    parser = MultiPartParser(
        request.headers, whole(), max_files=1, max_fields=_FIELDS, max_part_size=len(body)
    )
    parser.spool_max_size = len(body)  # in memory: nothing of it is written by the form's reader
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError, LookupError) as error:
        raise Unfit(400, N_("The form cannot be read.")) from error
    try:
        file, text = form.get("file"), form.get("text")
        data = b"" if file is None or isinstance(file, str) else await file.read()
        if data and isinstance(file, UploadFile):
            return file.filename or "", data
        return "", _lines(text if isinstance(text, str) else "").encode("utf-8", "replace")
    finally:
        await form.close()


def _lines(text: str) -> str:
    """The text of a form's field with the ends of lines that it had before it was sent."""
    return text.replace("\r\n", "\n")
