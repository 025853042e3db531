"""Paths as clients write them, and how one path leads to another."""

import re
from itertools import takewhile
from urllib.parse import urlsplit

#: An escaped byte, and what need not be escaped (https://www.rfc-editor.org/rfc/rfc3986#section-2.3).
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_PLAIN = re.compile(r"[A-Za-z0-9._~-]")

#: No path of ours is longer.
_LONGEST = 512

#: What stands in a path of ours.
_PATH = re.compile(r"[A-Za-z0-9._~/-]*")

#: What may stand in a query as it is; all else is escaped.
_ODD = re.compile(rb"[^A-Za-z0-9._~!$&'()*+,;=:@/?%-]")


def normal(raw: bytes) -> str | None:
    """The path that a client asks for, without the slash that it begins with; None for one that
    nothing of ours can have.

    >>> normal(b"/id/project/V47%2D805"), normal(b"/id%2Fproject"), normal(b"//id")
    ('id/project/V47-805', None, '/id')
    """
    if len(raw) > _LONGEST:
        return None
    text = raw.decode("latin-1")
    if "%" in text:
        text = _ESCAPED.sub(_unescaped, text)
    return text[1:] if text[:1] == "/" and _PATH.fullmatch(text) else None


def query_of(raw: bytes) -> str:
    """The query of an address, as it may stand in another; with its question mark, where it is not
    empty.

    >>> query_of(b"a=<b>"), query_of(b"")
    ('?a=%3Cb%3E', '')
    """
    safe = _ODD.sub(lambda found: b"%%%02X" % found[0][0], raw)
    return f"?{safe.decode('ascii')}" if safe else ""


class Addresses:
    """How paths lead to each other: where the server is the root of a host, by their whole path;
    else step by step, so that a proxy may put them under any other path.

    >>> Addresses("https://example.org/idf/").reference("doc/org/a.ttl", "doc/state/b")
    '../org/a.ttl'
    >>> Addresses("https://example.org/").reference("doc/a.ttl", "id/a")
    '/doc/a.ttl'
    """

    def __init__(self, base: str, address: str = "") -> None:
        """Names stand under the base; the server has an address of its own, or that."""
        self.base = base
        self._is_root = urlsplit(address or base).path == "/"

    def reference(self, target: str, path: str) -> str:
        """What leads from one path to another."""
        if self._is_root:
            return f"/{target}"
        here, there = path.split("/")[:-1], target.split("/")
        pairs = zip(here, there[:-1], strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        return "../" * (len(here) - same) + "/".join(there[same:]) or "./"

    def short(self, address: str, path: str) -> str:
        """What leads from a path to an address, ours or another's."""
        if address.startswith(self.base):
            return self.reference(address.removeprefix(self.base), path)
        return address


def _unescaped(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if _PLAIN.fullmatch(letter) else found[0]
