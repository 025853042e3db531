"""What stands before a store and spoils one of the requests that change it: refuses it, passes half
of it on, or does something else first.
"""

import contextlib
import http.client
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: The type of a body that is a query.
_FORM = "application/x-www-form-urlencoded"

#: What is not passed on.
_OWN = frozenset({"host", "connection", "transfer-encoding", "content-length", "date"})

#: What is said in the place of what a store says that was given half.
_PAGE = b"<html><title>Done</title><body>Loaded, all but some of it</body></html>"


class FaultyProxy(ThreadingHTTPServer):
    """Passes requests on to a port. What `fault` gives for the number of a change (from 1) is done
    with it: `refuse`, `half`, or nothing.
    """

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream = port
        self.fault: Callable[[int], str] = lambda _: ""
        self.changes: list[str] = []
        self.heard: list[str] = []


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: FaultyProxy

    def do_POST(self) -> None:
        """Passes a request on, as the fault will have it."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.server.heard.append(str(self.headers))
        fault = "" if self.headers.get("Content-Type") == _FORM else self._fault()
        if fault == "refuse":
            return self._say(403, b"not now", [("Content-Type", "text/plain")])
        if fault == "half":
            lines = body.splitlines(keepends=True)
            body = b"".join(lines[: len(lines) // 2])
        status, said, headers = self._passed(body)
        if fault == "half" and status < 300:
            return self._say(200, _PAGE, [("Content-Type", "text/html")])
        return self._say(status, said, headers)

    def do_PUT(self) -> None:
        """As any other request."""
        self.do_POST()

    def do_DELETE(self) -> None:
        """As any other request."""
        self.do_POST()

    def _fault(self) -> str:
        self.server.changes.append(f"{self.command} {self.path}")
        return self.server.fault(len(self.server.changes))

    def _passed(self, body: bytes) -> tuple[int, bytes, list[tuple[str, str]]]:
        line = http.client.HTTPConnection("127.0.0.1", self.server.upstream, timeout=120)
        with contextlib.closing(line):
            kept = {name: text for name, text in self.headers.items() if name.lower() not in _OWN}
            line.request(self.command, self.path, body, kept)
            answer = line.getresponse()
            said = answer.read()
            headers = [one for one in answer.getheaders() if one[0].lower() not in _OWN]
            return answer.status, said, headers

    def _say(self, status: int, body: bytes, headers: list[tuple[str, str]]) -> None:
        self.send_response_only(status)
        for name, text in headers:
            self.send_header(name, text)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextlib.contextmanager
def faulty_proxy(port: int) -> Iterator[FaultyProxy]:
    """A proxy on a port of its own."""
    with FaultyProxy(port) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
