"""A request says once whose it is; one of HTTP/1.0 need not."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.served import Served, served


@pytest.fixture(scope="module")
def server(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(published, tmp_path_factory.mktemp("serve")) as found:
        yield found


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        ("HTTP/1.1\r\n", False),
        ("HTTP/1.1\r\nHost: a\r\nHost: b\r\n", False),
        ("HTTP/1.1\r\nHost: a\r\nHost: a\r\n", False),
        ("HTTP/1.1\r\nHost: a\r\n", True),
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
