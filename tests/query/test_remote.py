"""A question asked of an endpoint: the same forms, one line of what is wrong, in time."""

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from idfgraph.model.errors import IdfgraphError
from idfgraph.query.answer import AnswerTable
from idfgraph.query.desk import Bounds, Inquiry
from idfgraph.query.remote import ask_endpoint, is_address

ROWS = json.dumps(
    {
        "head": {"vars": ["a", "b"]},
        "results": {"bindings": [{"a": {"type": "uri", "value": f"x:{n}"}} for n in range(3)]},
    }
)
SELECT = Inquiry("q", "SELECT * {}")


class Endpoint(BaseHTTPRequestHandler):
    """Answers each path in a way of its own; `heard` are the queries."""

    heard: ClassVar[list[tuple[str, str]]] = []

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.heard.append((query, self.headers["Accept"]))
        kind = "application/sparql-results+json"
        answers = {
            "/": (200, kind, ROWS),
            "/truth": (200, kind, '{"head": {}, "boolean": true}'),
            "/csv": (200, "text/csv; charset=utf-8", "a\r\n1\r\n"),
            "/graph": (200, "application/n-triples", "<x:s> <x:p> 'o' .\n".replace("'", '"')),
            "/html": (200, "text/html", "<p>no"),
            "/broken": (200, kind, "{"),
            "/wrong": (400, "text/plain", "line 1, column 2:\n\x1b[2J wrong"),
            "/busy": (503, "text/plain", "later"),
            "/moved": (307, "text/plain", ""),
        }
        if self.path == "/drip":
            return self._drip()
        status, kind, body = answers[self.path]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Retry-After" if status == 503 else "Location", "7")
        self.end_headers()
        self.wfile.write(body.encode())
        return None

    def _drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(OSError):
            for _ in range(50):
                self.wfile.write(b"x")
                time.sleep(0.1)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def asked(address: str, inquiry: Inquiry = SELECT, base: str = "", **bounds: float) -> object:
    limits = Bounds(seconds=bounds.get("seconds", 5.0), rows=int(bounds.get("rows", 100)))
    return ask_endpoint(address, inquiry, base, limits).content


def test_rows_a_truth_and_a_graph_are_tables(endpoint: str) -> None:
    rows = (("x:0", None), ("x:1", None), ("x:2", None))
    assert asked(f"{endpoint}/") == AnswerTable(("a", "b"), rows)
    assert asked(f"{endpoint}/truth") == AnswerTable(("answer",), (("true",),))
    graph = AnswerTable(("subject", "predicate", "object"), (("x:s", "x:p", "o"),))
    assert asked(f"{endpoint}/graph") == graph


def test_a_file_comes_as_it_is(endpoint: str) -> None:
    assert asked(f"{endpoint}/csv", SELECT._replace(form="csv")) == b"a\r\n1\r\n"
    assert Endpoint.heard[-1][1] == "text/csv"


def test_a_question_is_asked_with_its_values_under_the_base(endpoint: str) -> None:
    text = (
        "# param state: st: a state\n# param lang: lang: a language\n"
        "PREFIX st: <https://w3id.org/iom-idf/id/state/>\n"
        'SELECT * { VALUES ?state { st:MDA } VALUES ?lang { "en" } }'
    )
    inquiry = Inquiry("q", text, {"state": "FJI"}, "fr")
    asked(f"{endpoint}/", inquiry, "https://example.org/")
    query = Endpoint.heard[-1][0]
    assert "<https://example.org/id/state/>" in query
    assert "st:FJI" in query
    assert '"fr"' in query


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/wrong", "answers 400: line 1, column 2:"),
        ("/busy", "answers 503: later; it asks to wait 7 s"),
        ("/moved", "leads elsewhere, and is not followed"),
        ("/html", "answers what is no result of a query"),
        ("/broken", "answers what is no result of a query"),
        ("/drip", "gave no whole answer in time"),
    ],
)
def test_what_gives_no_answer_is_one_line(endpoint: str, path: str, said: str) -> None:
    with pytest.raises(IdfgraphError) as told:
        asked(f"{endpoint}{path}", seconds=1.0)
    assert said in str(told.value)
    assert "\n" not in str(told.value)
    assert "\x1b" not in str(told.value)


def test_too_many_rows_are_none(endpoint: str) -> None:
    with pytest.raises(IdfgraphError, match="more than 2 rows"):
        asked(f"{endpoint}/", rows=2)


def test_folders_are_no_addresses() -> None:
    assert not any(map(is_address, ("public", "/srv/http:/x", "file:///etc", "ftp://x")))
