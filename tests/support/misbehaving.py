"""A server on the loopback that misbehaves by script: each path has one, which says what to send,
and when.
"""

import os
import socket
import ssl
import struct
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, Self

import trustme

#: A key and a certificate for the loopback, made anew for each run of the tests.
_FOLDER = tempfile.TemporaryDirectory(prefix="idfgraph-")
PEM, AUTHORITIES = Path(_FOLDER.name) / "loopback.pem", Path(_FOLDER.name) / "authorities.pem"
_CA = trustme.CA()
_CA.cert_pem.write_to_path(str(AUTHORITIES))
_CA.issue_cert(
    "idf.test", "localhost", "127.0.0.1", "::1"
).private_key_and_cert_chain_pem.write_to_path(str(PEM))


class Asked(NamedTuple):
    """A request as it came: its path with the query, and its headers by lower-case name."""

    path: str
    headers: Mapping[str, str]


class Peer:
    """One connection, as a script sees it."""

    def __init__(
        self, sock: socket.socket, asked: Asked, number: int, stopped: threading.Event
    ) -> None:
        self.sock, self.asked, self.number, self._stopped = sock, asked, number, stopped

    def send(self, data: bytes) -> None:
        """Sends bytes."""
        self.sock.sendall(data)

    def wait(self, seconds: float) -> bool:
        """Waits; true if the server is being stopped."""
        return self._stopped.wait(seconds)

    def reset(self) -> None:
        """Breaks the connection off with a reset."""
        self.sock.setsockopt(
            socket.SOL_SOCKET,
            socket.SO_LINGER,
            struct.pack("hh" if os.name == "nt" else "ii", 1, 0),
        )
        self.sock.close()


Script = Callable[[Peer], None]


def says(
    body: bytes = b"", *headers: str, status: str = "200 OK", kind: str = "text/html"
) -> Script:
    """A whole and honest answer."""
    return raw(
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        *headers,
        body=body,
    )


def raw(*lines: str, body: bytes = b"") -> Script:
    """These header lines, this body, and the end of the connection."""
    return sends("\r\n".join([*lines, "", ""]).encode("latin-1") + body)


def sends(*pieces: bytes, every: float = 0.0) -> Script:
    """These bytes, with a pause between the pieces."""

    def script(peer: Peer) -> None:
        for piece in pieces:
            peer.send(piece)
            if every and peer.wait(every):
                return

    return script


def drips(head: bytes, drop: bytes) -> Script:
    """A beginning, and then a drop every 20 ms without an end."""

    def script(peer: Peer) -> None:
        peer.send(head)
        while not peer.wait(0.02):
            peer.send(drop)

    return script


def in_turn(*scripts: Script) -> Script:
    """One script a request; the last for all that follow."""
    return lambda peer: scripts[min(peer.number, len(scripts) - 1)](peer)


def silent(peer: Peer) -> None:
    """Takes the request and says nothing."""
    peer.wait(30)


def resets(peer: Peer) -> None:
    """Takes the request and breaks off."""
    peer.reset()


def leads_to(where: str, status: str = "302 Found") -> Script:
    """A redirect."""
    return says(b"", f"Location: {where}", status=status)


class Misbehaving:
    """The server; a path without a script is not found."""

    def __init__(self, scripts: Mapping[str, Script], *, tls: bool = False) -> None:
        self.scripts, self.asked, self.names = dict(scripts), list[Asked](), list[str]()
        self._counts: Counter[str] = Counter()
        self._stopped, self._threads = threading.Event(), list[threading.Thread]()
        self._context = self._tls() if tls else None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The address of a path here."""
        return f"http{'s' if self._context else ''}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        with socket.socket() as last:  # wakes the listener
            last.connect(("127.0.0.1", self.port))
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()
        self._listener.close()

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            sock, _ = self._listener.accept()
            if self._stopped.is_set():
                sock.close()
                return
            self._start(self._serve, sock)

    def _serve(self, sock: socket.socket) -> None:
        sock.settimeout(10)
        try:
            with (
                self._context.wrap_socket(sock, server_side=True)
                if self._context
                else sock as wrapped
            ):
                asked = _read(wrapped, self._stopped)
                number = self._counts[asked.path]
                self._counts[asked.path] += 1
                self.asked.append(asked)
                script = self.scripts.get(asked.path, says(b"no such page", status="404 Not Found"))
                script(Peer(wrapped, asked, number, self._stopped))
        except OSError:
            sock.close()  # the client has gone, as clients of such a server do

    def _tls(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(PEM)
        context.sni_callback = lambda _sock, name, _context: self.names.append(name)
        return context


def _read(sock: socket.socket, stopped: threading.Event) -> Asked:
    """The head of a request; OSError if there is none."""
    sock.settimeout(0.1)
    data = b""
    while b"\r\n\r\n" not in data:
        try:
            piece = sock.recv(65_536)
        except TimeoutError:
            piece = b""
            if not stopped.is_set():
                continue
        if not piece:
            raise OSError("the client said nothing")
        data += piece
    sock.settimeout(10)
    first, *lines = data.decode("latin-1").partition("\r\n\r\n")[0].split("\r\n")
    headers = (line.partition(":") for line in lines)
    return Asked(first.split(" ")[1], {name.lower(): value.strip() for name, _, value in headers})
