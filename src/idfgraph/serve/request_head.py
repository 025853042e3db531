"""The head of a request, as a server hands it over (https://asgi.readthedocs.io/en/latest/specs/
www.html#http-connection-scope).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from starlette.types import Scope


class RequestHead(NamedTuple):
    """How a request begins: its method, its path, read and as it was written, its query, its
    headers in small letters, and the version of HTTP.
    """

    method: str
    path: str
    written_path: bytes
    query: bytes
    headers: Sequence[tuple[bytes, bytes]]
    version: str

    @property
    def size(self) -> int:
        """How many bytes its headers have."""
        return sum(len(name) + len(value) for name, value in self.headers)

    def values(self, name: bytes) -> list[bytes]:
        """What each header of a name says."""
        return [value for one, value in self.headers if one == name]

    def told(self, fields: Mapping[bytes, str]) -> dict[str, str]:
        """What headers of some names say, by the field that each is for; those of one name are
        joined.
        """
        told: dict[str, str] = {}
        for name, value in self.headers:
            if field := fields.get(name):
                text = value.decode("latin-1")
                told[field] = f"{told[field]}, {text}" if field in told else text
        return told


def head_of(scope: Scope) -> RequestHead:
    """The head of a request over HTTP."""
    path = scope["path"]
    return RequestHead(
        scope["method"],
        path,
        scope.get("raw_path") or path.encode(),
        scope["query_string"],
        scope["headers"],
        scope.get("http_version", ""),
    )
