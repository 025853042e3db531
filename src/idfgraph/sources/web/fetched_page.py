"""An answer to a page: its media type, its charset, whether it is whole."""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from ...model.text import N_
from .exchange import Answer
from .page_faults import Failed, Refused

#: Media types that hold pages, and the suffix of their files.
SUFFIXES = {"text/html": ".html", "text/plain": ".txt"}
PAGE_TYPES = tuple(SUFFIXES)

_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\s\";]{1,40})", re.IGNORECASE)
#: Charsets that pages use; Python knows others, which are no charsets of pages.
_KNOWN = re.compile(
    r"utf-?8|utf-(16|32)([bl]e)?|(us-)?ascii|iso-?8859-?[0-9]{1,2}|(windows-|cp)12[0-9]{2}|latin-?1"
)
_END = re.compile(rb"</html\s*>", re.IGNORECASE)
_VALIDATOR = re.compile(r"[\x20-\x7e]{0,200}")


class FetchedPage(NamedTuple):
    """A page as it came, and what came with it; `body` is None if it is as it was known (304).

    `url` is the address asked for, `final` the one that answered; `notes` say what to look at.
    """

    url: str
    final: str
    status: int
    body: bytes | None = None
    suffix: str = ""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""
    notes: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The SHA-256 of the page's bytes as hex; empty if there are none."""
        return "" if self.body is None else sha256(self.body).hexdigest()


def media_type(answer: Answer) -> str:
    """The media type that an answer names, in lower case, without parameters."""
    return answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def page_of(url: str, answer: Answer) -> FetchedPage:
    """The page of a 200, or the word of a 304; Refused for what is no page, Failed for what is not
    whole.
    """
    etag, modified = (
        _validator(answer.headers.get(name, "")) for name in ("ETag", "Last-Modified")
    )
    known = FetchedPage(url, answer.target.url, answer.status, etag=etag, last_modified=modified)
    if answer.status == 304:
        return known
    kind, place = media_type(answer), answer.target.place
    if kind not in SUFFIXES:
        raise Refused(
            N_("is {kind}, not a page of HTML or text"), place, kind=kind[:60] or "of no named type"
        )
    charset = _charset(answer)
    if not answer.body.strip():
        raise Refused(N_("is empty"), place)
    if b"\0" in answer.body and not charset.startswith(("utf-16", "utf-32")):
        raise Refused(N_("says it is {kind}, but is a binary file"), place, kind=kind)
    ends = kind != "text/html" or bool(_END.search(answer.body))
    if not ends and not answer.sealed:
        raise Failed(N_("was cut short: it has no length and no </html>"), place)
    notes = tuple(_notes(answer, charset, ends))
    return known._replace(body=answer.body, suffix=SUFFIXES[kind], charset=charset, notes=notes)


def _charset(answer: Answer) -> str:
    found = _CHARSET.search(answer.headers.get("Content-Type", ""))
    return found[1].lower() if found else ""


def _validator(text: str) -> str:
    """A validator as it can be sent back, or nothing."""
    return text if _VALIDATOR.fullmatch(text) else ""


def _notes(answer: Answer, charset: str, ends: bool) -> Iterator[str]:
    if not ends:
        yield "has no </html>: it may be cut"
    elif not answer.sealed and not _END.search(answer.body):
        yield "came without its length: a cut would not show"
    if charset and not _KNOWN.fullmatch(charset):
        yield f"names a charset that is not known: {charset}"
        return
    try:
        answer.body.decode(charset or "utf-8")
    except UnicodeDecodeError as error:
        said = f"is not {charset}, as it says" if charset else "names no charset, and is not utf-8"
        yield f"{said}: byte 0x{answer.body[error.start]:02x} at offset {error.start}"
    except LookupError:
        yield f"names a charset that is not known: {charset}"
