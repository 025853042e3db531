"""A server that tests share: one that serves the release of the repository's own data."""

import contextlib
import time
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from support.http_servers import Answer, ask, free_port, idfgraph


class Desk(NamedTuple):
    """A server, by its port."""

    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def get(self, path: str, headers: Mapping[str, str] = {}, **values: str) -> Answer:
        """The answer to a request with these values in its address."""
        return ask(self.port, "GET", f"{path}?{urlencode(values)}" if values else path, headers)

    def text(self, path: str, **values: str) -> str:
        """The page that such a request gets."""
        return self.get(path, {}, **values).body.decode()

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The answer to something sent."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST", path, body, dict(headers))
        response = connection.getresponse()
        told = {name.lower(): value for name, value in response.getheaders()}
        answer = Answer(response.status, told, response.read())
        connection.close()
        return answer


@contextlib.contextmanager
def asked(release: Path) -> Iterator[Desk]:
    """A server of a release, once it is ready."""
    port = free_port()
    with idfgraph(release, port):
        served = Desk(port)
        for _ in range(600):
            if served.get("/ready").status == 200:
                break
            time.sleep(0.05)
        yield served
