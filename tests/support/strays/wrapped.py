"""Pages in what they were saved or sent in: compressed, or with what belongs to them; whole ones
are read, cut ones set aside.
"""

import gzip
from collections.abc import Iterator
from email import charset
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from .foreign import pdf
from .stray import LANGUAGES, Stray, page

_START = 5_000


def _saved(web: str, encoding: str = "utf-8", transfer: int = charset.BASE64) -> bytes:
    """A page saved with its images and styles."""
    whole = MIMEMultipart("related", boundary="----MultipartBoundary--x----")
    whole["From"] = "<Saved by Blink>"
    whole["Snapshot-Content-Location"] = "https://iom.int/node/1"
    how = charset.Charset(encoding)
    how.body_encoding = transfer
    part = MIMEText(web, "html", how)  # type: ignore[arg-type]
    whole.attach(part)
    whole.attach(MIMEText("p { color: red }", "css"))
    whole.attach(MIMEImage(b"\x89PNG\r\n\x1a\n", "png"))
    return whole.as_bytes()


def _without_page() -> bytes:
    whole = MIMEMultipart("related", boundary="x")
    whole["Content-Location"] = "https://iom.int/node/1"
    whole.attach(MIMEBase("application", "octet-stream"))
    return whole.as_bytes()


def strays() -> Iterator[Stray]:
    """Wrapped pages in three languages."""
    number = _START
    for language in LANGUAGES:
        for name in ("mht", "quoted.mht", "windows.mhtml", "txt.gz", "html.gz", "mht.gz", "was-gz"):
            number += 1
            web, plain = page(language, number, "html"), page(language, number)
            data, ending = {
                "mht": (_saved(web), "mht"),
                "quoted.mht": (_saved(web, transfer=charset.QP), "mht"),
                "windows.mhtml": (_saved(web.replace("utf-8", "x"), "cp1252"), "mhtml"),
                "txt.gz": (gzip.compress(plain.encode(), mtime=0), "txt.gz"),
                "html.gz": (gzip.compress(web.encode(), mtime=0), "html.gz"),
                "mht.gz": (gzip.compress(_saved(web), mtime=0), "mht.gz"),
                "was-gz": (gzip.compress(web.encode("utf-16"), mtime=0), "html"),
            }[name]
            yield Stray(f"wrapped-{number}.{ending}".encode(), data, "page", language, number)
        yield from _damaged(language)


def _damaged(language: str) -> Iterator[Stray]:
    web = page(language, 0, "html")
    pressed, saved = gzip.compress(web.encode(), mtime=0), _saved(web)
    flipped = bytearray(pressed)
    flipped[len(pressed) // 2] ^= 0xFF
    for number, (data, ending) in enumerate(
        (
            (pressed[:-8], "html.gz"),
            (pressed[:-1], "html.gz"),
            (pressed[: len(pressed) // 2], "html"),
            (pressed[:11], "txt"),
            (pressed[:-8] + bytes(8), "html.gz"),
            (bytes(flipped), "html.gz"),
            (gzip.compress(pressed, mtime=0), "html.gz"),
            (gzip.compress(bytes(9_000_000), mtime=0), "txt.gz"),
            (gzip.compress(pdf(language), mtime=0), "html.gz"),
            (gzip.compress(b"", mtime=0), "html.gz"),
            (saved[:200], "mht"),
            (saved[: saved.index(b"text/html") + 60], "mht"),
            (_without_page(), "mht"),
            (saved.replace(b"text/html", b"text/plain"), "mht"),
        )
    ):
        yield Stray(f"damaged-{language}-{number:02}.{ending}".encode(), data, "aside")
