"""A request says once whose it is; one of HTTP/1.0 need not."""

import json
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.served import Served, served

#: One answer of each room, and of each that is given before a room is reached.
ANSWERS = [
    ("GET", "/id/project/V47-805", 303),
    ("GET", "/doc/project/V47-805.ttl", 200),
    ("GET", "/nowhere", 404),
    ("PUT", "/catalog", 405),
    ("OPTIONS", "/catalog", 204),
    ("GET", "/sparql", 200),
    ("GET", "/sparql?query=ASK%7B%7D", 200),
    ("GET", "/sparql?query=ASK", 400),
    ("OPTIONS", "/sparql", 204),
    ("GET", "/ask", 200),
    ("GET", "/ask?question=none", 404),
    ("POST", "/ask", 405),
    ("GET", "/check", 200),
    ("POST", "/check", 400),
    ("OPTIONS", "/check", 204),
    ("GET", "/reconcile", 200),
    ("GET", "/fr/reconcile/preview?id=id/state/ALB", 200),
    ("GET", "/reconcile/view?id=id/state/ALB", 303),
    ("POST", "/reconcile", 415),
    ("OPTIONS", "/reconcile", 204),
    *(("GET", path, 200) for path in ("/health", "/ready", "/metrics", "/openapi.json")),
    ("POST", "/health", 405),
    *(("OPTIONS", path, 204) for path in ("/health", "/ready", "/metrics", "/openapi.json")),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serve")


@pytest.fixture(scope="module")
def server(published: Path, folder: Path) -> Iterator[Served]:
    with served(published, folder) as found:
        yield found


def counted(server: Served, route: str, status: int) -> int:
    """How many requests for a route got a status."""
    text = server.ask("GET", "/metrics").body.decode()
    labels = f'method="GET",route="{route}",status="{status}"'
    found = re.search(rf"idfgraph_requests_total\{{{labels}\}} (\d+)", text)
    return int(found[1]) if found else 0


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        ("HTTP/1.1\r\n", False),
        ("HTTP/1.1\r\nHost: a\r\nHost: b\r\n", False),
        ("HTTP/1.1\r\nHost: a\r\nHost: a\r\n", False),
        ("HTTP/1.1\r\nHost: a\r\n", True),
        ("HTTP/1.1\r\nHost: a b/c@d\r\n", False),
        ("HTTP/1.1\r\nHost: http://a\r\n", False),
        ("HTTP/1.1\r\nHost: [::1]:8000\r\n", True),
        ("HTTP/1.1\r\nHost: xn--a-b_c.example.:\r\n", True),
        ("HTTP/1.0\r\n", True),
        ("HTTP/1.0\r\nHost: a\r\n", True),
    ],
)
@pytest.mark.parametrize("path", ["/health", "/id/project/V47-805", "/sparql?query=ASK%7B%7D"])
def test_a_request_has_one_host(server: Served, path: str, head: str, is_one: bool) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(f"GET {path} {head}Connection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(1 << 16), b""))
    assert (answer.split(b" ", 2)[1] in {b"200", b"303"}) == is_one, answer[:300]
    assert (answer.split(b" ", 2)[1] == b"400") != is_one, answer[:300]


@pytest.mark.parametrize(
    ("path", "route"), [("/health", "health"), ("/sparql", "sparql"), ("/doc/a", "document")]
)
def test_one_without_a_host_is_counted_and_written_down(
    server: Served, folder: Path, path: str, route: str
) -> None:
    before = counted(server, route, 400)
    head, *more = server.raw(f"GET {path} HTTP/1.1\r\nConnection: close\r\n\r\n".encode()).split(
        b"\r\n"
    )
    assert head.split()[1] == b"400"
    assert counted(server, route, 400) == before + 1
    (name,) = [line[14:].decode() for line in more if line.startswith(b"x-request-id: ")]
    time.sleep(1)
    lines = (folder / "serve.log").read_text("utf-8").splitlines()
    written = [json.loads(line) for line in lines if name in line]
    assert [(one["route"], one["status"]) for one in written] == [(route, 400)]


@pytest.mark.parametrize("answer", [*ANSWERS, ("GET", "/no-host", 400)])
def test_what_every_answer_has(server: Served, answer: tuple[str, str, int]) -> None:
    """Any page of the web may read it, as what it says it is; each header stands there once."""
    method, path, status = answer
    host = "" if path == "/no-host" else "Host: x\r\n"
    said = f"{method} {path} HTTP/1.1\r\n{host}Connection: close\r\nContent-Length: 0\r\n\r\n"
    head = server.raw(said.encode()).partition(b"\r\n\r\n")[0].decode("latin-1")
    first, *lines = head.lower().split("\r\n")
    assert int(first.split()[1]) == status
    names = [line.partition(":")[0] for line in lines]
    assert len(names) == len(set(names))
    assert "access-control-allow-origin: *" in lines
    assert "x-content-type-options: nosniff" in lines
    (exposed,) = [line for line in lines if line.startswith("access-control-expose-headers: ")]
    for name in ("allow", "content-disposition", "etag", "link", "location", "retry-after", "vary"):
        assert name in exposed


def test_headers_have_a_bound(server: Served) -> None:
    for path in ("/health", "/sparql?query=ASK%7B%7D", "/catalog"):
        for size, status in ((120_000, 200), (140_000, 431)):
            answer = server.ask("GET", path, {"X": "y" * size, "Accept": "*/*"})
            assert (answer.status, answer.headers["access-control-allow-origin"]) == (status, "*")


@pytest.mark.parametrize("coding", ["gzip, chunked", "identity, chunked"])
def test_a_body_that_is_coded_to_be_sent_is_none(server: Served, coding: str) -> None:
    head = f"POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: {coding}\r\n"
    kind = "Content-Type: application/sparql-query\r\n\r\n"
    got = server.raw(f"{head}{kind}6\r\nASK {{}}\r\n0\r\n\r\n".encode())
    assert got[9:12] in (b"501", b"400") and b"\r\nconnection: close\r\n" in got.lower()


@pytest.mark.parametrize("path", [each[1] for each in ANSWERS if each[0] == "OPTIONS"])
def test_pages_of_others_may_send_any_header(server: Served, path: str) -> None:
    asked = {"Origin": "http://x", "Access-Control-Request-Method": "GET"}
    told = server.ask("OPTIONS", path, asked).headers
    taken = told["access-control-allow-headers"].split(", ")
    assert {"Accept", "Content-Type", "If-Match", "Range", "*"} <= set(taken)
    assert told["access-control-allow-methods"] == told["allow"]
