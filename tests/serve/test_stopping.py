"""A server that is asked to stop is gone soon, whatever its clients are at, and leaves nothing."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from support.command import IDFGRAPH, environment
from support.http_servers import free_port
from support.served import Served, descendants, is_alive, served
from support.small_releases import make

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux only")

#: Seconds in which the process is gone: three, and some more where a machine has much to do.
GONE = 6.0

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
TENS = " ".join(f"VALUES ?v{n} {{ 0 1 2 3 4 5 6 7 8 9 }}" for n in range(12))
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {TENS} }}"
LARGE = "SELECT ?s ?p ?o ?a { ?s ?p ?o . ?a a ?t } LIMIT 40000"


def got(path: str, query: str = "") -> bytes:
    """A request for a path, or one that holds a query."""
    more = f"?query={quote(query)}" if query else ""
    return f"GET /{path}{more} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


def posted(path: str, kind: str, data: bytes, size: int) -> bytes:
    """A request with so much of a body of a size."""
    head = f"POST /{path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: {size}"
    return f"{head}\r\n\r\n".encode() + data


SLOW = [b"Projet ID\n" * 20_000 + bytes([48 + number]) for number in range(9)]
HALF = posted("sparql", "application/sparql-query", b"ASK", 6)

#: What clients are at -> what each of them has sent, and how the answers begin.
WAYS = {
    "nothing": ([], b""),
    "silence": ([b"", b"GET /health HT"], b""),
    "nothing more": ([got("health")], b"HTTP/1.1 200"),
    "an endless query": ([got("sparql", CROSS)], b"HTTP/1.1 503"),
    "endless queries": ([got("sparql", f"{CROSS} # {n}") for n in range(30)], b"HTTP/1.1 503"),
    "endless questions": ([got("ask", f"{CROSS} # {n}") for n in range(8)], b"HTTP/1.1 503"),
    "half a body": ([HALF, posted("check", "text/plain", b"a", 9)] * 4, b"HTTP/1.1 503"),
    "no taking": ([got("sparql", LARGE), got("data/idf.nq")], b"HTTP/1.1 200"),
    "checks": ([posted("check", "text/plain", s, len(s)) for s in SLOW], b"HTTP/1.1 503"),
}

#: What may be answered all the same: a check that ended in the time that there was.
SOON = {"checks": (b"HTTP/1.1 200",)}


@pytest.fixture
def server(published: Path, tmp_path: Path) -> Iterator[Served]:
    (tmp_path / "temporary").mkdir()
    options = ("--timeout", "60", "--workers", "2")
    with served(published, tmp_path, *options, TMPDIR=str(tmp_path / "temporary")) as found:
        yield found


def assert_nothing_is_left(folder: Path, children: set[int]) -> None:
    """No process, no folder for a while, no lock, and nothing odd in the log."""
    until = time.monotonic() + 5
    while any(map(is_alive, children)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [child for child in children if is_alive(child)]
    assert not list((folder / "temporary").iterdir())
    left = {each.name for each in (folder / "stores").iterdir()}
    assert not [name for name in left if name.startswith(".new-") or name.endswith(".lock")]
    log = (folder / "serve.log").read_bytes()
    assert b"Traceback" not in log and b"exception" not in log


@contextlib.contextmanager
def client(server: Served, said: bytes) -> Iterator[socket.socket]:
    """A client that has said something, and takes little at a time."""
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(20)
        line.connect(("127.0.0.1", server.port))
        line.sendall(said)
        yield line


@pytest.mark.parametrize("way", WAYS)
def test_it_is_gone_soon(server: Served, tmp_path: Path, way: str) -> None:
    said, answered = WAYS[way]
    with contextlib.ExitStack() as leaving:
        lines = [leaving.enter_context(client(server, each)) for each in said]
        time.sleep(1)
        children = server.children()
        assert len(children) >= 3
        begun = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(90) == 0
        assert time.monotonic() - begun < GONE
        assert {line.recv(12) for line in lines} <= {answered, *SOON.get(way, ())}
    assert_nothing_is_left(tmp_path, children)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_ends_soon_is_answered(server: Served, tmp_path: Path, number: int) -> None:
    """However often it is asked to stop."""
    children = server.children()
    with client(server, HALF) as line:
        time.sleep(0.3)
        for _ in range(3):
            server.process.send_signal(number)
            time.sleep(0.1)
        line.sendall(b" {}")
        assert line.recv(12) == b"HTTP/1.1 200"
        assert server.process.wait(GONE) == 0
    assert_nothing_is_left(tmp_path, children)


def test_a_signal_that_is_ignored_on_purpose_stops_nothing(published: Path, tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with served(published, tmp_path) as server:
            server.process.send_signal(signal.SIGHUP)
            time.sleep(2)
            assert server.ask("GET", "/health").status == 200
    finally:
        signal.signal(signal.SIGHUP, before)


def test_it_is_gone_soon_while_it_opens(published: Path, tmp_path: Path) -> None:
    """What builds the store stalls, and is ended."""
    (tmp_path / "temporary").mkdir()
    command = [*IDFGRAPH, "serve", str(published), "--port", str(free_port())]
    with (tmp_path / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--cache", str(tmp_path)],
            env=environment(TMPDIR=str(tmp_path / "temporary")),
            stdout=log,
            stderr=log,
        )
    while not (builders := list(filter(_is_spawned, descendants(process.pid)))):
        time.sleep(0.01)
    os.kill(builders[0], signal.SIGSTOP)
    children = descendants(process.pid)
    process.send_signal(signal.SIGTERM)
    assert process.wait(GONE) == 0
    assert_nothing_is_left(tmp_path, children)


def _is_spawned(number: int) -> bool:
    with contextlib.suppress(OSError):
        return b"spawn_main" in Path(f"/proc/{number}/cmdline").read_bytes()
    return False


def test_who_is_answered_with_the_release_before_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    make(tmp_path / "public", "text 0")
    with (
        served(tmp_path / "public", tmp_path, "--timeout", "60", "--workers", "2") as server,
        client(server, got("sparql", ENDLESS)) as line,
    ):
        time.sleep(1)
        make(tmp_path / "public", "text 1")
        while server.ask("GET", "/doc/project/A1.ttl").body != b"# A1 text 1\n":
            time.sleep(0.1)
        children = server.children()
        begun = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(90) == 0
        assert time.monotonic() - begun < GONE
        assert line.recv(12) == b"HTTP/1.1 503"
    assert_nothing_is_left(tmp_path, children)
