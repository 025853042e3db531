"""Servers held against the standards: others are told what they do not (ours does all of it, see
`tests/serve/test_linked_data.py`).
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE
from threading import Event
from xml.etree.ElementTree import fromstring

import pytest
from support.command import run
from support.http_servers import free_port
from support.misbehaving import Misbehaving, Peer, leads_to, says
from support.stores import OXIGRAPH, VIRTUOSO, oxigraph, virtuoso

from idfgraph.model.errors import IdfgraphError
from idfgraph.reach.checking import inspect_server
from idfgraph.reach.checking.checks import checks

#: What oxigraph 0.5.13 and Virtuoso 7.2.5 do otherwise, as it came here.
OXIGRAPH_FAULTS = {
    "head": "failed",
    "vary": "warning",
    "cors": "warning",
    "cors-error": "warning",
    "preflight": "warning",
}
VIRTUOSO_FAULTS = {
    "get": "failed",
    "form": "failed",
    "body": "failed",
    "two-queries": "failed",
    "other-type": "failed",
    "charset": "failed",
    "csv": "warning",
    "tsv": "warning",
    "long": "warning",
    "vary": "warning",
    "cors": "warning",
    "cors-error": "warning",
    "preflight": "warning",
}


def faults(url: str) -> dict[str, str]:
    """The checks that did not pass, and how they ended."""
    verdicts = inspect_server(url).verdicts
    return {one.check.name: one.outcome for one in verdicts if one.outcome != "passed"}


@pytest.mark.skipif(not OXIGRAPH, reason="oxigraph is not installed")
def test_oxigraph_is_told_what_it_does_otherwise(tmp_path: Path) -> None:
    with oxigraph(tmp_path / "store") as port:
        assert faults(f"http://127.0.0.1:{port}/query") == OXIGRAPH_FAULTS


@pytest.mark.skipif(not os.environ.get("IDFGRAPH_FULL"), reason="takes long: .ci/long attacks")
@pytest.mark.skipif(not VIRTUOSO, reason="virtuoso is not installed")
def test_virtuoso_is_told_what_it_does_otherwise(tmp_path: Path) -> None:
    with virtuoso(tmp_path / "store") as port:
        assert faults(f"http://127.0.0.1:{port}/sparql") == VIRTUOSO_FAULTS


def test_no_check_can_change_anything() -> None:
    for check in (*checks("thing"), *checks("sparql")):
        query = check.ask.query.upper()
        assert check.ask.method in {"GET", "HEAD", "OPTIONS", "POST"}
        assert check.ask.method != "POST" or query.startswith("ASK")
        assert not any(word in query for word in ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP"))


def test_each_check_names_its_clause_once() -> None:
    found = [*checks("thing"), *checks("sparql")]
    assert len({(one.about, one.name) for one in found}) == len(found) == 58
    assert all(one.clause and one.address.startswith("https://") for one in found)


TURTLE = b"<http://example.org/s> <http://example.org/p> <o> ."


def test_a_server_that_gives_html_whatever_is_asked_for(tmp_path: Path) -> None:
    with Misbehaving({"/x": says(b"<p>x\x1b[2J")}) as server:
        done = run("check-http", server.url("/x"), cwd=tmp_path)
    assert done.returncode == 1
    assert "failed\tthing/turtle\tRFC 9110 12.5.1\t" in done.stdout
    assert "\x1b" not in done.stdout
    assert "checks: 35; " in done.stderr


def test_a_thing_on_one_host_may_lead_to_a_document_on_another() -> None:
    with Misbehaving({"/d": says(TURTLE, kind="text/turtle")}) as other:
        scripts = {"/x": leads_to(other.url("/d"), "303 See Other")}
        with Misbehaving(scripts) as server:
            found = {one.check.name: one for one in inspect_server(server.url("/x")).verdicts}
    assert found["turtle"].outcome == found["see-other"].outcome == "passed"
    assert found["about"].amiss == "no statement is about what was asked for"
    assert found["not-modified"].outcome == "not asked"
    assert found["page"].amiss == "Content-Type is 'text/turtle'"


def test_what_leads_in_a_circle_ends() -> None:
    with Misbehaving({"/x": leads_to("/x", "303 See Other")}) as server:
        verdicts = inspect_server(server.url("/x")).verdicts
        assert sum(one.outcome == "failed" for one in verdicts) > 5
        assert len(server.asked) < 6 * len(verdicts) + 10


def test_a_server_that_falls_silent_is_not_asked_on_and_on() -> None:
    answers = iter([says()])

    def once(peer: Peer) -> None:
        next(answers, lambda _: None)(peer)

    with Misbehaving({"/x": once, "/x-is-not-there-4f1c": once}) as server:
        verdicts = inspect_server(server.url("/x")).verdicts
    assert [one.outcome for one in verdicts[:4]] == ["failed", "failed", "failed", "not asked"]
    assert {one.outcome for one in verdicts[3:]} == {"not asked"}


def test_who_stops_it_gets_what_was_found_until_then(tmp_path: Path) -> None:
    asked, ended = Event(), Event()
    answers = iter([says(), says(), says()])

    def slowly(peer: Peer) -> None:
        if answer := next(answers, None):
            answer(peer)
        else:
            asked.set()
            ended.wait(20)

    with Misbehaving({"/x": slowly, "/x-is-not-there-4f1c": slowly}) as server:
        command = [sys.executable, "-m", "idfgraph", "check-http", server.url("/x"), "--lang", "fr"]
        with subprocess.Popen(command, cwd=tmp_path, stdout=PIPE, stderr=PIPE, text=True) as done:
            assert asked.wait(20)
            done.send_signal(signal.SIGINT)
            out, err = done.communicate(timeout=20)
        ended.set()
    assert done.returncode == 130
    assert "thing/turtle" in out and "a échoué" in out
    assert "ce qui a été demandé jusque-là" in err.splitlines()[-1]


def test_a_report_for_build_servers(tmp_path: Path) -> None:
    body = json.dumps({"head": {}, "boolean": False}).encode()
    kind = "application/sparql-results+json"
    with Misbehaving({"/s": says(b"no"), "/s?query=ASK%20%7B%7D": says(body, kind=kind)}) as server:
        url, file = server.url("/s"), tmp_path / "junit.xml"
        done = run("check-http", url, "--format", "junit", "--output", file, cwd=tmp_path)
    assert done.returncode == 1
    root = fromstring(file.read_text("utf-8"))
    failures = root.findall(".//failure")
    assert len(failures) == int(root.attrib["failures"]) > 5
    assert "should come: an answer to a query by GET" in (failures[0].text or "")
    assert len(root.findall(".//testcase")) == 23


def test_what_does_not_answer_is_one_line(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}/"
    with pytest.raises(IdfgraphError, match="Connection refused; see that it runs"):
        inspect_server(url)
    done = run("check-http", url, cwd=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
