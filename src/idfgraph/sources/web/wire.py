"""One request to one checked address: no byte is read past the deadline or beyond the limit, header
or body.

The socket goes to the address that was checked; the Host header, the name in the TLS greeting and
the certificate check keep the host's name.
"""

import io
import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from http.client import HTTPResponse
from typing import Any, NamedTuple

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from ...model.errors import Place
from ...model.text import N_
from .clock import Deadline
from .page_faults import Refused

#: What headers and the seams of chunks may add to a body, in bytes.
HEADROOM = 65_536


class Connection(NamedTuple):
    """The addresses to try in order, and what may be taken from the one that answers."""

    addresses: Sequence[str]
    deadline: Deadline
    limit: int
    place: Place

    def connected(self, port: int) -> socket.socket:
        """A socket to the first address that takes the connection, each given its share of the
        time; raises OSError.
        """
        for more in range(len(self.addresses) - 1, 0, -1):
            with suppress(OSError):
                return self._socket(self.addresses[-1 - more], port, more + 1)
        return self._socket(self.addresses[-1], port, 1)

    def _socket(self, address: str, port: int, shares: int) -> socket.socket:
        return socket.create_connection((address, port), self.deadline.left() / shares)


class _Meter(io.RawIOBase):
    """Bytes from a socket, counted and timed."""

    def __init__(self, raw: Any, sock: socket.socket, line: Connection) -> None:
        self._raw, self._sock, self._line = raw, sock, line
        self._left = line.limit + HEADROOM

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Reads what is there, waiting until the deadline at most."""
        self._sock.settimeout(self._line.deadline.left())
        count: int = self._raw.readinto(buffer) or 0
        self._left -= count
        if self._left < 0:
            raise Refused(
                N_("is larger than {limit:,} bytes"), self._line.place, limit=self._line.limit
            )
        return count

    def close(self) -> None:
        """Lets the socket go."""
        self._raw.close()
        super().close()


def _answers(line: Connection) -> type[HTTPResponse]:
    """The kind of answer that is read through a meter."""

    class MeteredResponse(HTTPResponse):
        def __init__(self, sock: socket.socket, *arguments: Any, **options: Any) -> None:
            super().__init__(sock, *arguments, **options)
            self.fp: Any = io.BufferedReader(_Meter(self.fp.detach(), sock, line))

    return MeteredResponse


class _PinnedConnection(HTTPConnection):
    """A connection to an address of a line."""

    def __init__(self, *arguments: Any, line: Connection, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._line, self.response_class = line, _answers(line)

    def _new_conn(self) -> socket.socket:
        sock = self._line.connected(self.port)
        sock.settimeout(self._line.deadline.left())
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return sock


class _SafePinnedConnection(_PinnedConnection, HTTPSConnection):
    """The same under TLS."""


class PinnedAdapter(HTTPAdapter):
    """Sends one request of requests down a line."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        super().__init__(max_retries=0)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """As in requests, with our connections."""
        super().init_poolmanager(*arguments, **options)
        manager: Any = self.poolmanager
        manager.pool_classes_by_scheme = {
            "http": partial(_pool, HTTPConnectionPool, _PinnedConnection, self._line),
            "https": partial(_pool, HTTPSConnectionPool, _SafePinnedConnection, self._line),
        }


def _pool(
    pool: Any,
    connection: type[_PinnedConnection],
    line: Connection,
    *arguments: Any,
    **options: Any,
) -> Any:
    made = pool(*arguments, **options)
    made.ConnectionCls = partial(connection, line=line)
    return made


def prepared(url: str, headers: Mapping[str, str], body: bytes | None = None) -> PreparedRequest:
    """A GET of exactly this address with these headers; a POST, where there is a body."""
    request = PreparedRequest()
    method = "GET" if body is None else "POST"
    request.prepare(method=method, url=url, headers=dict(headers), data=body)
    return request
