"""A running server and those who want to end it: each gets an answer in time, the next ordinary
client within a second, and nothing is left open.
"""

import contextlib
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote

import pytest
from support.hostile_requests import queries, requests, services
from support.listener import Listener
from support.served import Served, descendants, descriptors, is_alive, memory, served

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux only")

FULL = os.environ.get("IDFGRAPH_FULL") == "1"

#: Seconds that a query may take here, how much longer its refusal, and how long the next ordinary
#: one: strict at full size, where nothing else runs.
DEADLINE, LATER, NEXT = 2.0, (0.5 if FULL else 10.0), (1.0 if FULL else 10.0)

QUERIES, SERVICES, REQUESTS = queries(), services(), requests()

#: One in ten, unless at full size.
ASKED = sorted(QUERIES) if FULL else sorted(QUERIES)[::10]

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with contextlib.closing(Listener()) as found:
        yield found


@pytest.fixture(scope="module")
def server(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("serve")
    with served(published, folder, "--timeout", str(DEADLINE), "--workers", "2") as found:
        yield found
    assert b"Traceback" not in (folder / "serve.log").read_bytes()


def ordinary(server: Served) -> None:
    """An ordinary client is answered."""
    begun = time.monotonic()
    answer = server.query(f"SELECT * {{ ?s a ?c }} LIMIT 5 # {begun}")
    assert (answer.status, answer.headers["content-type"]) == (
        200,
        "application/sparql-results+json",
    )
    assert time.monotonic() - begun < NEXT


def test_there_are_many() -> None:
    assert len(QUERIES) + len(SERVICES) + len(REQUESTS) > 280


@pytest.mark.parametrize("name", ASKED)
def test_query(server: Served, listener: Listener, name: str) -> None:
    answer = server.posted(QUERIES[name].replace("{server}", listener.address))
    assert answer.seconds < DEADLINE + LATER
    assert answer.status in (200, 400, 403, 413, 500, 503)
    if answer.status != 200:
        assert answer.body.count(b"\n") == 1
    if answer.status == 503:
        assert answer.headers["retry-after"]
    ordinary(server)
    assert listener.heard == 0


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_other_server_is_asked(server: Served, listener: Listener, name: str) -> None:
    answer = server.posted(SERVICES[name].replace("{server}", listener.address))
    assert answer.status == 403
    assert b"SERVICE is refused, always" in answer.body
    assert listener.heard == 0


@pytest.mark.parametrize("name", sorted(REQUESTS))
def test_request(server: Served, name: str) -> None:
    begun = time.monotonic()
    answer = server.raw(REQUESTS[name], DEADLINE + LATER)
    assert time.monotonic() - begun <= DEADLINE + LATER + 0.5
    assert b" 500 " not in answer[:20] and b"\nSet-Cookie:" not in answer
    ordinary(server)


def test_ordinary_clients_beside_hostile_ones(server: Served) -> None:
    over = time.monotonic() + 2 * DEADLINE

    def attack(number: int) -> list[int]:
        found: list[int] = []
        while time.monotonic() < over:
            found.append(server.query(f"{CROSS} # {number} {len(found)}").status)
        return found

    with ThreadPoolExecutor(8) as threads:
        attacks = [threads.submit(attack, number) for number in range(8)]
        while time.monotonic() < over - 0.5:
            ordinary(server)
        assert {status for each in attacks for status in each.result()} == {503}
    _settled(server)


@pytest.mark.parametrize("said", [b"", b"GET / HT", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"])
def test_who_says_nothing_more_is_left(server: Served, said: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(said)
        while line.recv(1 << 10):
            pass


def test_who_takes_nothing_of_an_answer_keeps_little_of_it(server: Served) -> None:
    text = "SELECT ?s ?p ?o ?a { ?s ?p ?o . ?a a ?t } LIMIT 40000"
    ordinary(server)
    # A machine that is busy may need more than the deadline, until it has read the graph once.
    answers = (len(server.query(text).body) for _ in range(10))
    length = next(each for each in answers if each > 5 << 20)
    size = memory(server.process.pid)
    path = quote(text)
    with contextlib.ExitStack() as lines:
        for _ in range(20):
            line = lines.enter_context(socket.socket())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.connect(("127.0.0.1", server.port))
            line.sendall(f"GET /sparql?query={path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(1)
        ordinary(server)
        assert memory(server.process.pid) < size + 20 * length / 2


def test_clients_that_leave_free_their_worker(server: Served) -> None:
    for number in range(12):
        with socket.create_connection(("127.0.0.1", server.port)) as line:
            text = CROSS.replace(" ", "%20").replace("?", "%3F") + f"%20%23{number}"
            line.sendall(f"GET /sparql?query={text} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.02)
        ordinary(server)
    _settled(server)


def test_a_worker_that_is_killed_is_replaced(server: Served) -> None:
    _settled(server)
    zygote = next(each for each in server.children() if descendants(each))
    for worker in _workers(server):
        os.kill(worker, signal.SIGKILL)
    ordinary(server)
    _settled(server)
    os.kill(zygote, signal.SIGKILL)
    ordinary(server)
    _settled(server)


def test_memory_and_files_stay(server: Served) -> None:
    def storm(number: int) -> None:
        names = sorted(QUERIES)
        for each in range(number, number + 200, 8):
            server.posted(QUERIES[names[each % len(names)]].replace("{server}", "x:y"))

    ordinary(server)
    _settled(server)
    files, size = descriptors(server.process.pid), memory(server.process.pid)
    if FULL:
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(storm, range(8)))
    for _ in range(20):
        server.posted(QUERIES["rows of 3"])
    _settled(server)
    assert descriptors(server.process.pid) <= files + 4
    assert memory(server.process.pid) < size + (200 << 20)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_nothing_is_left(published: Path, tmp_path: Path, number: int) -> None:
    with served(published, tmp_path, "--timeout", "2", "--workers", "2") as found:
        attack = threading.Thread(target=lambda: _quietly(found), daemon=True)
        attack.start()
        time.sleep(0.3)
        children = found.children()
        assert len(children) >= 3
        found.process.send_signal(number)
        found.process.wait(10)
        until = time.monotonic() + 5
        while any(map(is_alive, children)) and time.monotonic() < until:
            time.sleep(0.05)
        assert not [child for child in children if is_alive(child)]
        attack.join(10)


def _quietly(server: Served) -> None:
    with contextlib.suppress(OSError, HTTPException):
        server.query(CROSS)


def _workers(server: Served) -> set[int]:
    """The processes that were forked by one that the server has started."""
    return {each for child in server.children() for each in descendants(child)}


def _settled(server: Served) -> None:
    """All workers are there, and no others."""
    until = time.monotonic() + 10
    while len(found := _workers(server)) != 2 and time.monotonic() < until:
        time.sleep(0.05)
    assert len(found) == 2
