"""A server of ours over a release, as a user starts it: its own process, a port of its own."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from support.command import IDFGRAPH, environment
from support.http_servers import free_port

#: Seconds that a server may take to start, and to end.
_START, _END = 60.0, 10.0


class Answer(NamedTuple):
    """What came back: status, headers by name in small letters, body, and how long it took."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float = 0.0


class Served(NamedTuple):
    """A running server: its port, its process."""

    port: int
    process: "subprocess.Popen[bytes]"

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """One request with these headers, besides Host and the length of a body; what answers may
        close before it has read all of it.
        """
        begun, own = time.monotonic(), "Host" in (headers or {})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(connection):
            connection.putrequest(method, path, skip_host=own, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None and "Transfer-Encoding" not in (headers or {}):
                connection.putheader("Content-Length", str(len(body)))
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.endheaders(body)
            if connection.sock is None:
                raise ConnectionResetError("the server closed before it was asked")
            response = connection.getresponse()
            told = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, told, response.read(), time.monotonic() - begun)

    def query(self, text: str, accept: str = "*/*", more: str = "") -> Answer:
        """A query by GET."""
        return self.ask("GET", f"/sparql?query={quote(text)}{more}", {"Accept": accept})

    def posted(self, text: str, kind: str = "application/sparql-query") -> Answer:
        """A query by POST."""
        return self.ask("POST", "/sparql", {"Content-Type": kind}, text.encode())

    def raw(self, said: bytes, seconds: float = 10.0) -> bytes:
        """What comes back to bytes that are sent as they are, until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as line:
            with contextlib.suppress(OSError):
                line.sendall(said)
            got = b""
            with contextlib.suppress(OSError):
                while piece := line.recv(1 << 16):
                    got += piece
            return got

    def children(self) -> set[int]:
        """The processes that it has started, and those that they have."""
        return descendants(self.process.pid)


def descendants(number: int) -> set[int]:
    """The processes below one, as Linux tells."""
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            text = stat.read_text("utf-8", "replace")
            below.setdefault(int(text.rpartition(")")[2].split()[1]), []).append(
                int(stat.parent.name)
            )
    found, left = set(), [number]
    while left:
        for child in below.get(left.pop(), []):
            found.add(child)
            left.append(child)
    return found


@contextlib.contextmanager
def served(release: Path, folder: Path, *options: str, **more: str) -> Iterator[Served]:
    """A server over a release, its stores below a folder, with environment variables besides; it
    is ended with the block, and its log is `serve.log` there.
    """
    port = free_port()
    command = [*IDFGRAPH, "serve", str(release), "--port", str(port), "--cache", str(folder)]
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, *options],
            env=environment(**more),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        found = Served(port, process)
        try:
            _wait(found)
            yield found
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            try:
                process.wait(_END)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def is_alive(number: int) -> bool:
    """Whether a process is there, and no mere entry of one that has ended."""
    try:
        text = Path(f"/proc/{number}/stat").read_text("utf-8", "replace")
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] not in "ZX"


def descriptors(number: int) -> int:
    """How many files and sockets a process has open."""
    return sum(1 for _ in Path(f"/proc/{number}/fd").iterdir())


def memory(number: int) -> int:
    """Bytes that a process has in memory."""
    pages = int(Path(f"/proc/{number}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _wait(server: Served) -> None:
    until = time.monotonic() + _START
    while time.monotonic() < until:
        assert server.process.poll() is None, "the server has ended"
        with contextlib.suppress(OSError, http.client.HTTPException):
            if server.query("ASK {}").status == 200:
                return
        time.sleep(0.05)
    raise AssertionError("the server does not answer")
