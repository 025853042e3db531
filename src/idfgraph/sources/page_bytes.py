"""The bytes of a page's file, and the page in them: as they are, compressed by gzip, or saved with
what belongs to it (MHTML).
"""

import re
import zlib
from email import policy
from email.errors import CloseBoundaryNotFoundDefect, MessageError
from email.message import Message
from email.parser import BytesParser
from typing import NamedTuple

from ..model.datatypes import is_address
from ..model.errors import BadPage, NoPage, Place
from ..model.text import N_
from .decode import PAGE_LIMIT, beginning, of_size, read_bytes
from .foreign import foreign, is_gzip, is_saved_page
from .kept import File

#: The largest page that is saved with its images, in bytes.
SAVED_LIMIT = 16_000_000

#: How many parts of a saved page may hold parts themselves.
_NESTED = 10
_NESTING = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)

#: How much of a file tells what it is.
_HEAD = 4_096


_AGAIN = N_("save the page again, as HTML alone")


class PageBytes(NamedTuple):
    """The bytes of a page without what they are wrapped in, and what the wrapping says of them:
    their encoding and their address, where it does.
    """

    data: bytes
    charset: str | None = None
    url: str | None = None
    wrapped: bool = False


def page_limit(head: bytes) -> int:
    """How many bytes the file of a page may have that begins so."""
    return SAVED_LIMIT if is_saved_page(head) else PAGE_LIMIT


def read_page_bytes(path: File) -> bytes:
    """The bytes of a page's file; BadInput if it cannot be read, is empty or too large, NoPage
    where it is of another kind.
    """
    data = beginning(path, PAGE_LIMIT + 1)
    if kind := None if is_gzip(data) or is_saved_page(data) else foreign(data, path.name):
        raise NoPage(kind.what, kind.way, Place(str(path)))
    limit = page_limit(data)
    return of_size(data, path, limit) if limit == PAGE_LIMIT else read_bytes(path, limit)


def unwrapped(data: bytes, file: str) -> PageBytes:
    """The page in the bytes of a file; BadPage, or NoPage, where there is none in them.

    >>> import gzip
    >>> unwrapped(gzip.compress(b"Un titre"), "page.txt.gz").data
    b'Un titre'
    """
    if is_gzip(data):
        inner = unwrapped(_unpressed(data, file), file)
        return inner._replace(wrapped=True)
    if is_saved_page(data):
        return _saved(data, file)
    if kind := foreign(data):
        raise NoPage(kind.what, kind.way, Place(file))
    return PageBytes(data)


def _unpressed(data: bytes, file: str) -> bytes:
    """What is compressed; BadPage where that is cut, too much, or compressed again."""
    reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        inner = reader.decompress(data, SAVED_LIMIT + 1)
    except zlib.error as error:
        hint = N_("compress the page again, or give it as it is")
        raise BadPage(N_("is compressed, and damaged"), Place(file), hint=hint) from error
    if len(inner) > page_limit(inner[:_HEAD]):
        fault = N_("is larger than {limit:,} bytes once it is unpacked")
        raise BadPage(
            fault,
            Place(file),
            hint=N_("split it, or leave it out"),
            limit=page_limit(inner[:_HEAD]),
        )
    if not reader.eof or is_gzip(inner) or not inner.strip():
        fault = (
            N_("is compressed, and cut")
            if not reader.eof
            else N_("is compressed, and holds no page")
        )
        raise BadPage(fault, Place(file), hint=N_("give the page as it is"))
    return inner


def _saved(data: bytes, file: str) -> PageBytes:
    """The page of a file that a browser saved it in with what belongs to it."""
    if len(_NESTING.findall(data)) > _NESTED:
        raise BadPage(N_("nests too deeply"), Place(file), hint=_AGAIN)
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(data)
        part = next((one for one in message.walk() if one.get_content_type() == "text/html"), None)
        content = part.get_payload(decode=True) if part else None
    except (MessageError, ValueError, LookupError, UnicodeError) as error:
        raise BadPage(N_("is no web page that can be read"), Place(file), hint=_AGAIN) from error
    if part is None or not isinstance(content, bytes) or not content.strip():
        raise BadPage(N_("holds no page of HTML"), Place(file), hint=_AGAIN)
    if _is_cut(message, part):
        raise BadPage(N_("is a saved page, and cut"), Place(file), hint=_AGAIN)
    if len(content) > PAGE_LIMIT:
        fault = N_("holds a page that is larger than {limit:,} bytes")
        raise BadPage(fault, Place(file), hint=N_("split it, or leave it out"), limit=PAGE_LIMIT)
    return PageBytes(content, _charset(part, content), _address(message, part), wrapped=True)


def _is_cut(message: Message, part: Message) -> bool:
    """Whether a saved page ends within the part that is the page."""
    open_ = any(isinstance(one, CloseBoundaryNotFoundDefect) for one in message.defects)
    return open_ and list(message.walk())[-1] is part


def _charset(part: Message, content: bytes) -> str | None:
    """The encoding that a part says it is in, where it is not in UTF-8 and is in that."""
    name = str(part.get_content_charset() or "utf-8")
    for known in ("utf-8", name):
        try:
            content.decode(known)
        except (LookupError, UnicodeError, ValueError):
            continue
        return None if known == "utf-8" else known
    return None


def _address(message: Message, part: Message) -> str | None:
    """The address that the page was saved from."""
    said = (message.get("Snapshot-Content-Location"), part.get("Content-Location"))
    return next((url for one in said if one and is_address(url := str(one).strip())), None)
