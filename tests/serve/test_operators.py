"""What those who run a server see of it: whether it lives, what it counts and writes down, and how
it is described.
"""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from prometheus_client.parser import text_string_to_metric_families
from support.command import IDFGRAPH, ROOT
from support.desk import Desk
from support.http_servers import ask, free_port

from idfgraph.serve.journal import Exchange, Journal
from idfgraph.serve.meters import Meters

SERVING = ROOT / "serving"
WRITTEN = {"time", "level", "event", "request", "route", "method", "status", "ms", "bytes"}
ASKED = "/sparql?query=ASK%7B%3Curn:secret%3E%20?p%20?o%7D"


def counted(desk: Desk) -> dict[tuple[str, str], float]:
    """All samples by name and labels."""
    text = desk.get("/metrics").body.decode()
    return {
        (sample.name, json.dumps(sample.labels, sort_keys=True)): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_it_is_alive_and_ready(desk: Desk) -> None:
    for path in ("/health", "/ready", "/metrics", "/openapi.json"):
        answer = desk.get(path)
        kept = "public, max-age=300" if path == "/openapi.json" else "no-store"
        assert (answer.status, answer.headers["cache-control"]) == (200, kept)
        assert ask(desk.port, "POST", path, {}).status == 405
        assert ask(desk.port, "OPTIONS", path, {}).headers["allow"] == "GET, HEAD, OPTIONS"
        head = ask(desk.port, "HEAD", path, {})
        assert (head.status, head.body) == (200, b"")
    told = json.loads(desk.get("/ready").body)
    assert told.get("status") == "ready"
    assert told.get("base") == "https://w3id.org/iom-idf/"


def test_requests_and_queries_are_counted_without_a_word_of_them(desk: Desk) -> None:
    before = counted(desk)
    desk.get("/sparql", query="ASK { <urn:secret-in-a-query> ?p ?o }")
    desk.get("/ask", query="ASK {")
    desk.get("/id/project/V47-805?secret-in-an-address")
    after = counted(desk)
    grown = {key: after[key] - before.get(key, 0) for key in after}
    assert grown["idfgraph_queries_total", '{"outcome": "answered"}'] == 1
    assert grown["idfgraph_queries_total", '{"outcome": "wrong"}'] == 1
    said = '{"method": "GET", "route": "document", "status": "303"}'
    assert grown["idfgraph_requests_total", said] == 1
    text = desk.get("/metrics").body
    assert b"secret" not in text
    assert b"127.0.0.1" not in text


def test_strange_requests_make_no_new_names(desk: Desk) -> None:
    for number in range(5):
        ask(desk.port, f"ODD{number}", f"/nowhere/{number}", {})
    names = re.findall(rb'idfgraph_requests_total\{[^}]*method="(\w+)"', desk.get("/metrics").body)
    assert set(names) <= {b"GET", b"HEAD", b"POST", b"OPTIONS", b"other"}


def test_each_answer_has_a_name_of_its_own(desk: Desk) -> None:
    named = {desk.get("/health", {"X-Request-Id": "mine"}).headers["x-request-id"] for _ in "12"}
    assert len(named) == 2
    assert all(re.fullmatch("[0-9a-f]{16}", name) for name in named)


def test_what_is_written_down_tells_nothing_of_who_asked(published: Path, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*IDFGRAPH, "serve", str(published), "--port", str(port)], stderr=out
        )
        try:
            _until_ready(port)
            ask(
                port,
                "GET",
                "/sparql?query=ASK%7B%3Curn:secret%3E%20?p%20?o%7D",
                {"Cookie": "secret"},
            )
            ask(port, "GET", "/doc/secret\\%0a\\x1b", {"User-Agent": "secret"})
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
        finally:
            process.kill()
    lines = log.read_text("utf-8").splitlines()
    written = [json.loads(line) for line in lines if line.startswith("{")]
    requests = [one for one in written if one.get("event") == "request"]
    assert {one.get("route") for one in requests} >= {"sparql", "document"}
    for one in requests:
        assert set(one) == {
            "time",
            "level",
            "event",
            "request",
            "route",
            "method",
            "status",
            "ms",
            "bytes",
        }
    assert "secret" not in log.read_text("utf-8")
    assert "127.0.0.1" not in "".join(lines[1:])


def test_a_reader_that_stalls_stops_nobody() -> None:
    inward, outward = os.pipe()
    journal = Journal(outward)
    journal.begin()
    for _ in range(30_000):
        journal.note(Exchange("0" * 16, "document", "GET", 200, 0.1, 1))
    journal.end()
    os.close(inward)
    time.sleep(0.5)
    os.close(outward)


def test_a_server_is_not_ready_without_a_release(tmp_path: Path) -> None:
    command = [*IDFGRAPH, "serve", str(tmp_path / "nothing"), "--port", str(free_port())]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "is no published release" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("address", ["127.0.0.1", "192.0.2.1", "1.2.3.4.5", "x" * 100])
def test_an_address_that_cannot_be_had_is_told(published: Path, address: str) -> None:
    """One that another listens at, that is another machine's, or that is none."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        command = [*IDFGRAPH, "serve", str(published), "--address", address, "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    told = done.stderr.splitlines()[-1]
    assert told.startswith(f"idfgraph: {address}:{port}: cannot be listened at: ")
    assert told.endswith("; name another with --address or --port")


def test_an_address_may_be_a_name(published: Path, tmp_path: Path) -> None:
    port = free_port()
    command = [*IDFGRAPH, "serve", str(published), "--port", str(port), "--cache", str(tmp_path)]
    process = subprocess.Popen([*command, "--address", "localhost"], stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("localhost", port)):
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()


def test_counts_begin_at_nothing() -> None:
    meters = Meters()
    meters.note_release("a", 1.0)
    meters.note_release("b", 2.0)
    assert b'version="a"' not in meters.text()


def test_the_description_says_what_there_is(desk: Desk) -> None:
    told = json.loads(desk.get("/openapi.json").body)
    assert told.get("openapi") == "3.1.0"
    text = yaml.safe_load((ROOT / "src/idfgraph/serve/openapi.yaml").read_text("utf-8"))
    assert told == text
    own = ("/health", "/ready", "/metrics", "/openapi.json")
    for path in ("/sparql", "/reconcile", "/ask", "/check", *own):
        assert path in told.get("paths")
    for schema in told.get("components").get("schemas").values():
        Draft202012Validator.check_schema(schema)
    ready = told.get("components").get("schemas").get("readiness")
    Draft202012Validator(ready).validate(json.loads(desk.get("/ready").body))
    _check_references(told, told)


@pytest.mark.skipif(not os.environ.get("IDFGRAPH_FULL"), reason="takes long: .ci/long attacks")
def test_what_is_described_is_what_is_answered(desk: Desk, tmp_path: Path) -> None:
    """But that every query is accepted: that a text is SPARQL, no JSON Schema can say."""
    program = str(Path(sys.executable).with_name("schemathesis"))
    address = f"http://127.0.0.1:{desk.port}/openapi.json"
    options = ["--max-examples", "50", "--phases", "examples,coverage,fuzzing", "--seed", "1"]
    unasked = ["--exclude-checks", "positive_data_acceptance"]
    done = subprocess.run(
        [program, "run", address, *options, *unasked, "--no-color"],
        capture_output=True, check=False, cwd=tmp_path, text=True, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-5000:]
    assert "Tested: 17" in done.stdout


def test_the_description_is_not_sent_again(desk: Desk) -> None:
    tag = desk.get("/openapi.json").headers["etag"]
    for condition, status in [
        ({"If-None-Match": tag}, 304), ({"If-None-Match": f'"x", W/{tag}'}, 304),
        ({"If-None-Match": '"x"'}, 200), ({"If-Match": '"x"'}, 412), ({"If-Match": tag}, 200),
        ({"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, 200),
    ]:  # fmt: skip
        answer = desk.get("/openapi.json", condition)
        assert (answer.status, answer.headers["etag"]) == (status, tag), condition
        assert bool(answer.body) == (status == 200)
    assert ask(desk.port, "POST", "/openapi.json", {"If-None-Match": tag}).status == 405


def test_the_unit_and_the_container_name_options_that_there_are() -> None:
    done = subprocess.run(
        [*IDFGRAPH, "serve", "--help"], capture_output=True, text=True, check=True
    )
    known = set(re.findall(r"--[a-z-]+", done.stdout))
    unit = (SERVING / "idfgraph.service").read_text("utf-8")
    (start,) = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
    assert set(re.findall(r"--[a-z-]+", start)) <= known
    container = (SERVING / "Containerfile").read_text("utf-8")
    steps = [line for line in container.splitlines() if not line.startswith(("#", " "))]
    (start,) = [line for line in steps if line.startswith("CMD ")]
    assert set(re.findall(r"--[a-z-]+", start)) <= known
    assert "USER 65534:65534" in steps
    copied = [line.split()[1:-1] for line in steps if line.startswith("COPY") and "--" not in line]
    assert all((ROOT / name).exists() for names in copied for name in names)


@pytest.mark.skipif(
    not Path("/usr/bin/systemd-analyze").exists(), reason="systemd is not installed"
)
def test_the_unit_is_sound_and_shut_in(tmp_path: Path) -> None:
    unit = (SERVING / "idfgraph.service").read_text("utf-8")
    own = tmp_path / "idfgraph.service"
    own.write_text(unit.replace("/opt/idfgraph/bin/idfgraph", "/bin/true"), encoding="utf-8")
    command = ["systemd-analyze", "verify", str(own)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert "idfgraph.service:" not in done.stderr
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=25", str(own)]
    assert subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0


def _until_ready(port: int) -> None:
    for _ in range(600):
        try:
            if ask(port, "GET", "/ready", {}).status == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError("not ready within 30 s")


def _check_references(told: object, whole: dict[str, object]) -> None:
    """Each reference leads to something."""
    if isinstance(told, dict):
        if isinstance(reference := told.get("$ref"), str):
            found: object = whole
            for part in reference.removeprefix("#/").split("/"):
                assert isinstance(found, dict), reference
                found = found[part]
        for item in told.values():
            _check_references(item, whole)
    elif isinstance(told, list):
        for item in told:
            _check_references(item, whole)
