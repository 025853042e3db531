"""Bodies that come in drops: those who send them are left soon, those who are slow are not."""

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.served import Served, served

ROOMS = {"/check": "text/plain", "/sparql": "application/sparql-query"}

#: Seconds after which who sends drops has the answer: five, and more where there is much to do.
LEFT = 9.0


@pytest.fixture(scope="module")
def server(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One whose queries may take long."""
    with served(published, tmp_path_factory.mktemp("serve"), "--timeout", "60") as found:
        yield found


@contextlib.contextmanager
def posting(server: Served, path: str, length: str) -> Iterator[socket.socket]:
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {ROOMS[path]}\r\n{length}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(head.encode())
        yield line


def sends(line: socket.socket, pieces: Iterator[bytes], pause: float) -> bytes:
    """Sends pieces until something comes back, and what that is, until the server closes."""
    got, line_is_open = b"", True
    line.settimeout(pause)
    while line_is_open:
        with contextlib.suppress(OSError):
            line.sendall(next(pieces, b""))
        with contextlib.suppress(TimeoutError):
            piece = line.recv(1 << 16)
            got, line_is_open = got + piece, bool(piece)
    return got


@pytest.mark.parametrize("path", ROOMS)
@pytest.mark.parametrize(
    ("length", "drop"),
    [
        ("Content-Length: 90000", b"a"),
        ("Content-Length: 90000", b""),
        ("Content-Length: 90000", b"a" * 200),
        ("Transfer-Encoding: chunked", b"1\r\na\r\n"),
    ],
    ids=["drops", "silence", "larger drops", "chunks"],
)
def test_who_sends_drops_is_left(server: Served, path: str, length: str, drop: bytes) -> None:
    begun = time.monotonic()
    with posting(server, path, length) as line:
        got = sends(line, iter(lambda: drop, None), 0.3)
    assert got.startswith(b"HTTP/1.1 408 ")
    assert b"\r\nconnection: close\r\n" in got.lower()
    assert time.monotonic() - begun < LEFT


@pytest.mark.parametrize("path", [*ROOMS, "/catalog"])
@pytest.mark.parametrize("kind", ["image/png", "text/plain", "application/sparql-query"])
def test_who_sends_what_is_refused_reads_why(server: Served, path: str, kind: str) -> None:
    """Also who reads nothing before all is sent, as proxies do."""
    size = 6 << 20
    head = (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(head.encode() + bytes(size))
        assert line.recv(12)[9:] in (b"405", b"413", b"415")


@pytest.mark.parametrize("path", [*ROOMS, "/catalog", "/reconcile", "/nothing"])
@pytest.mark.parametrize("kind", ["image/png", "application/sparql-query"])
def test_the_line_of_who_is_refused_is_closed(server: Served, path: str, kind: str) -> None:
    """Also where the rest of the body never comes, so that nobody can keep lines for nothing."""
    named = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\n"
    head = f"{named}Content-Length: 99999999\r\n\r\n"
    for _ in range(2):
        with socket.create_connection(("127.0.0.1", server.port), timeout=LEFT) as line:
            line.sendall(head.encode() + b"ASK {}")
            got = line.recv(1 << 16)
            assert got[9:12] in (b"404", b"405", b"413", b"415")
            while piece := line.recv(1 << 16):
                got += piece


@pytest.mark.parametrize("path", ROOMS)
def test_who_is_slow_is_waited_for(server: Served, path: str) -> None:
    """Ten seconds for what another sends at once."""
    data = b"ASK {} #" + b"a" * 39_992
    pieces = (data[at : at + 2_000] for at in range(0, len(data), 2_000))
    begun = time.monotonic()
    with posting(server, path, f"Content-Length: {len(data)}\r\nConnection: close") as line:
        got = sends(line, pieces, 0.5)
    assert got.startswith(b"HTTP/1.1 200 ")
    assert time.monotonic() - begun > 9
