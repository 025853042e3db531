"""Our server behind nginx with the files of serving/: documents from nginx, answers from us."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from support.desk import Desk
from support.http_servers import NGINX, SERVING, ask, free_port, nginx

pytestmark = pytest.mark.skipif(
    not NGINX and os.environ.get("CI") != "true", reason="nginx is not installed"
)


@pytest.fixture(scope="module")
def front(desk: Desk, published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder, port = tmp_path_factory.mktemp("front"), free_port()
    for above in (folder, *folder.parents[:3], *published.parents[:3]):
        if above != Path("/tmp"):
            above.chmod(0o755)
    proxy = (SERVING / "idf-proxy.conf").read_text("utf-8")
    (folder / "idf-proxy.conf").write_text(
        proxy.replace("http://127.0.0.1:8000;", f"http://127.0.0.1:{desk.port};"), "utf-8"
    )
    shutil.copy(SERVING / "nginx.conf", folder / "unused")
    with nginx(folder, published, port):
        yield Desk(port)


def test_documents_are_nginx_own_and_questions_ours(front: Desk, desk: Desk) -> None:
    page = front.get("/doc/project/V47-805.html")
    assert (page.status, "x-request-id" in page.headers) == (200, False)
    ours, direct = (one.get("/ask", question="budget-by-region") for one in (front, desk))
    assert (ours.status, ours.body) == (200, direct.body)
    for name in ("content-type", "vary", "etag", "access-control-allow-origin", "content-language"):
        assert ours.headers.get(name) == direct.headers.get(name), name
    assert ours.headers["x-request-id"]


def test_queries_pass_by_each_method(front: Desk) -> None:
    query = b"SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    kind = {"Content-Type": "application/sparql-query", "Accept": "application/json"}
    answers = [front.get("/sparql", query=query.decode()), front.post("/sparql", query, kind)]
    assert [one.status for one in answers] == [200, 200]
    for answer in answers:
        assert int(json.loads(answer.body)["results"]["bindings"][0]["n"]["value"]) > 1000
    assert ask(front.port, "OPTIONS", "/sparql", {}).headers["allow"].count("POST") == 1
    assert front.get("/sparql", query="ASK {").status == 400


def test_names_are_matched_through_it(front: Desk) -> None:
    for path in ("/reconcile", "/fr/reconcile"):
        assert front.get(path).status == 200
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        batch = urlencode({"queries": json.dumps({"q0": {"query": "Moldova"}})}).encode()
        (found, *_) = json.loads(front.post(path, batch, kind).body)["q0"]["result"]
        assert found["id"] == "id/state/MDA"
        assert front.get(f"{path}/suggest/entity", prefix="mol").status == 200
        assert front.get(f"{path}/preview", id="id/state/MDA").status == 200
        assert front.get(f"{path}/view", id="id/state/MDA").status == 303
    assert front.get("/fr/reconcile/nothing").status == 404


def test_assistants_are_answered_through_it(front: Desk) -> None:
    kind = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    told = json.loads(front.post("/mcp", json.dumps(message).encode(), kind).body)
    assert [tool["name"] for tool in told["result"]["tools"]][:2] == ["find", "describe"]
    assert front.get("/mcp").status == 405


def test_files_are_checked_through_it(front: Desk) -> None:
    kind = {"Content-Type": "application/yaml", "Accept": "application/json"}
    assert front.post("/check", b"id: V47-805", kind).status == 200
    assert front.post("/check", b"x" * (7 << 20), kind).status == 413


def test_files_are_still_only_fetched(front: Desk) -> None:
    for path in ("/doc/project/V47-805", "/sparqlx", "/x/sparql"):
        assert front.post(path, b"", {}).status == 405
        assert ask(front.port, "OPTIONS", path, {}).status == 204


def test_no_header_of_a_client_changes_an_address(front: Desk) -> None:
    forged = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil"}
    for path in ("/sparql", "/ask", "/id/project/V47-805", "/ready"):
        answer = front.get(path, forged)
        assert b"evil" not in answer.body
        assert not [value for value in answer.headers.values() if "evil" in value]
