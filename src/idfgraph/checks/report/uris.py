"""Files as reports name them: URI references with forward slashes, percent-encoded (RFC 3986)."""

import re
from urllib.parse import quote

_DRIVE = re.compile(r"[A-Za-z]:/")
_WEB = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")

#: What may stand in a path besides letters and digits; a colon may not, lest a name be taken for a
#: scheme.
_PLAIN = "/!$&'*+,;=@~"


def file_uri(file: str) -> str:
    """The URI reference of a file: relative as its path is, `file:` for an absolute path, an
    address as it is; backslashes part folders.

    >>> file_uri("data\\\\é 1.yaml"), file_uri("C:\\\\data\\\\a.yaml"), file_uri("/data/a.yaml")
    ('data/%C3%A9%201.yaml', 'file:///C:/data/a.yaml', 'file:///data/a.yaml')
    >>> file_uri("s3://bucket/é 1.yaml")
    's3://bucket/%C3%A9%201.yaml'
    """
    scheme, mark, place = file.partition("://")
    if mark:
        return f"{scheme}://{quote(place, safe=f'{_PLAIN}:', errors='surrogatepass')}"
    path = file.replace("\\", "/")
    if _DRIVE.match(path):
        return f"file:///{path[:2]}{_quoted(path[2:])}"
    if path.startswith("/"):
        return f"file:///{_quoted(path.lstrip('/'))}"
    return _quoted(path)


def web_address(text: str) -> str:
    """The text if it is a plain http(s) address, else nothing.

    >>> web_address("https://example.org/a#b"), web_address("javascript:a")
    ('https://example.org/a#b', '')
    """
    return text if _WEB.fullmatch(text) else ""


def _quoted(path: str) -> str:
    return quote(path, safe=_PLAIN, errors="surrogatepass")
