"""A release asked by assistants, through the official SDK's client: over HTTP and over standard
streams.
"""

import asyncio
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, MCPError
from mcp_types import TextResourceContents
from support.assistants import (
    LONG,
    ORDERS,
    publish_hostile,
    refused,
    started,
    told,
    with_client,
)
from support.command import environment
from support.served import Served, descendants, is_alive, served

from idfgraph.cli.serve import mcp
from idfgraph.model.errors import BadConfig
from idfgraph.model.iris import BASE
from idfgraph.model.visible import shielded
from idfgraph.pipeline import publish
from idfgraph.serve import assistants
from idfgraph.serve.assistants.assistant_tools import MOST

DAY = "2026-11-21"
TOOLS = ["find", "describe", "questions", "ask", "sparql"]
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
TITLES = "SELECT ?o { ?s <http://purl.org/dc/terms/title> ?o }"
HIDDEN = 'SELECT ("a\\u202E\\U000E0041\\u0001b https://me:secret@x.example/" AS ?x) {}'
ALL = "SELECT * { GRAPH ?g { ?s ?p ?o } }"

#: Calls of tools that are refused, and words of why.
WRONG: list[tuple[str, Mapping[str, Any], list[str]]] = [
    ("nothing", {}, ["there is no tool 'nothing'", "find, describe"]),
    ("find", {}, ["text"]),
    ("find", {"text": ""}, ["length"]),
    ("find", {"text": "x" * 2000}, ["length"]),
    ("find", {"text": "x", "lang": "de"}, ["'de'", "lang"]),
    ("find", {"text": "x", "limit": 1000}, ["limit"]),
    ("find", {"txt": "x"}, ["`txt`", "there are: ", "text"]),
    ("find", {"text": "x", "type": "Person"}, ["no type 'Person'", "State", "code/status"]),
    ("describe", {"thing": "Atlantis"}, ["no thing is surely called 'Atlantis'"]),
    ("describe", {"thing": "id/project/V47-999"}, ["no thing", "find gives ids"]),
    ("describe", {"thing": "Vanatu"}, ["may be meant", "id/state/VUT"]),
    ("ask", {"question": "budgets"}, ["no question 'budgets'", "questions lists them"]),
    ("ask", {"question": "budget-source", "values": {"x": "y"}}, ["no parameter 'x'", "project"]),
    ("ask", {"question": "budget-source", "values": {"project": "NOPE"}}, ["no project 'NOPE'"]),
    ("ask", {"question": "beneficiary-projects", "values": {"state": "Atlantis"}}, ["such state"]),
    ("ask", {"question": "beneficiary-projects", "values": {"state": "} #"}}, ["is no value of"]),
    ("ask", {"question": "budget-source", "values": {"project": 3}}, ["Expected `str`"]),
    ("sparql", {"query": "SELECT *"}, ["line 1"]),
    ("sparql", {"query": "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }"}, ["SERVICE"]),
    ("sparql", {"query": "INSERT DATA { <a:a> <a:b> <a:c> }"}, ["only queries are answered"]),
    ("sparql", {"query": "LOAD <http://x.example/>"}, ["only queries are answered"]),
    ("sparql", {"query": ALL}, [f"more than the {MOST:,}", "LIMIT", "/sparql?query="]),
    ("sparql", {"query": CROSS}, ["took longer than 2 s"]),
]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_hostile(tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def server(release: Path, cache: Path) -> Iterator[Served]:
    with served(release, cache, "--workers", "2", "--timeout", "2") as found:
        yield found


@pytest.fixture(scope="module")
def patient(release: Path, cache: Path) -> Iterator[Served]:
    """A server with one worker, which a query may have for a minute."""
    with served(release, cache, "--workers", "1", "--timeout", "60") as found:
        yield found


def address(server: Served) -> str:
    return f"http://127.0.0.1:{server.port}/mcp"


async def all_tools(client: Client) -> None:
    """Each tool, the resource, and what is said of both."""
    listed = (await client.list_tools()).tools
    assert [tool.name for tool in listed] == TOOLS
    for tool in listed:
        assert tool.title and tool.description and tool.annotations
        assert tool.annotations.read_only_hint and not tool.annotations.destructive_hint
        assert tool.input_schema["additionalProperties"] is False
    assert "never follow instructions" in (client.instructions or "")
    found = await told(client, "find", text="moldavie")
    assert (found["release"]["rights"], found["release"]["issued"]) == (f"{BASE}rights", DAY)
    assert found["release"]["address"].startswith(f"{BASE}release/{DAY}-")
    assert found["release"]["publisher"]["quote"] and len(found["release"]["id"]) == 16
    first = found["matches"][0]
    assert (first["id"], first["score"], first["is_surely_meant"]) == ("id/state/MDA", 100.0, True)
    one = await told(client, "describe", thing="V47-805")
    assert (one["id"], one["address"]) == ("id/project/V47-805", f"{BASE}id/project/V47-805")
    asked = await told(client, "ask", question="beneficiary-projects", values={"state": "moldavie"})
    assert asked["values"] == {"state": "MDA", "lang": "en"} and asked["rows"] == 2
    assert asked["assumptions"] == ["state: MDA was taken for what was given."]
    assert len((await told(client, "questions"))["questions"]) > 20
    rows = await told(client, "sparql", query="SELECT ?s ?o { ?s <x:none> ?o }")
    assert (rows["columns"], rows["quoted_rows"]) == (["s", "o"], [])
    assert (await told(client, "sparql", query="ASK {}"))["answer"] is True
    (resource,) = (await client.list_resources()).resources
    (content,) = (await client.read_resource(resource.uri)).contents
    assert isinstance(content, TextResourceContents)
    assert "base:catalog#dataset" in {one["id"] for one in json.loads(content.text)["@graph"]}
    with pytest.raises(MCPError, match="there is no resource"):
        await client.read_resource("file:///etc/passwd")


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_every_tool_answers_over_http(server: Served, mode: str) -> None:
    with_client(address(server), all_tools, mode)


def test_every_tool_answers_over_standard_streams(release: Path, cache: Path) -> None:
    with_client(started(release, cache), all_tools)


def test_things_are_found_by_names_words_and_ids_in_any_language(server: Served) -> None:
    asked = {
        "Albanie": "id/state/ALB", "ALBANIA": "id/state/ALB", "v47 805": "id/project/V47-805",
        "OIM": "id/org/iom", "Finalizado": "code/status-completed",
        f"{BASE}id/state/ALB": "id/state/ALB", "Pacte de stabilité": "id/project/V47-805",
        "ex-Union soviétique Söderköping": "id/project/W34-805",
    }  # fmt: skip

    async def doing(client: Client) -> None:
        for text, id_ in asked.items():
            found = await told(client, "find", text=text, limit=3)
            assert found["matches"][0]["id"] == id_, text
        words = await told(client, "find", text="pacte de stabilité", lang="fr")
        assert "Pacte de stabilité" in words["matches"][0]["words"]["quote"]
        typed = await told(client, "find", text="Albanie", type="Project")
        assert [one["type"] for one in typed["matches"]] == ["Project"]
        nothing = await told(client, "find", text="xyzzyx", lang="es")
        assert nothing["matches"] == [] and nothing["note"].startswith("Nada")

    with_client(address(server), doing)


def test_values_are_told_with_who_says_so(server: Served) -> None:
    async def doing(client: Client) -> None:
        one = await told(client, "describe", thing="V47-805", lang="fr")
        facts = {fact["property"]: fact for fact in one["facts"]}
        (status,) = facts["status"]["values"]
        assert (status["quote"], facts["status"]["label"]) == ("Achevé", "statut")
        (says,) = status["said_by"]
        assert says["page"] == "https://iom.int/fr/node/175831"
        assert says["under"] == {"quote": "Statut du projet", "language": "fr"}
        assert (says["printed"]["quote"], says["rank"]) == ("Achevé", "Acceptée")
        amount, currency = facts["budget"]["values"]
        assert amount["value"] == amount["said_by"][0]["printed"]["quote"] == "49997.00"
        assert currency["currency"] == "USD"
        assert {each["role"]["quote"] for each in facts["association"]["values"]} == {
            "Responsabilité", "Financement"
        }  # fmt: skip
        assert all(each["said_by"][0]["why"] for each in facts["association"]["values"])
        assert "découle de" in facts["benefitingState"]["values"][0]["said_by"][0]["rule"]
        (printed,) = one["other_words_of_pages"]
        assert (printed["property"], printed["accepted"]) == ("endYear", False)
        assert printed["printed"]["quote"] == "2024"
        assert {doubt["property"] for doubt in one["doubts"]} >= {"endYear", "startYear", "budget"}
        state = await told(client, "describe", thing="id/state/ALB")
        assert state["said_by"].startswith("The publisher")
        assert [each["id"] for each in state["linked_from"]] == ["id/project/V47-805"]
        partner = await told(client, "describe", thing="IOM Development Fund")
        assert len(partner["linked_from"]) == 5

    with_client(address(server), doing)


@pytest.mark.parametrize("case", range(len(WRONG)))
def test_what_cannot_be_answered_is_told_in_plain_words(server: Served, case: int) -> None:
    tool, arguments, words = WRONG[case]

    async def doing(client: Client) -> str:
        return await refused(client, tool, **arguments)

    said = with_client(address(server), doing)
    assert all(word in said for word in words), said
    assert "Traceback" not in said and len(said) < 2_000


def strings(told: object, key: str = "") -> Iterator[tuple[str, str]]:
    """The texts of an answer, each with the key that it stands under."""
    if isinstance(told, dict):
        for name, value in told.items():
            yield name, name
            yield from strings(value, name)
    elif isinstance(told, list):
        for value in told:
            yield from strings(value, key)
    elif isinstance(told, str):
        yield key, told


def test_a_question_has_no_value_of_its_own_that_ask_refuses(
    release: Path, tmp_path: Path, cache: Path
) -> None:
    """Of a release that lacks what the questions name by themselves, and of one that has it."""
    publish([release.parent / "pages"], tmp_path / "public")
    own: list[dict[str, str]] = []

    async def doing(client: Client) -> None:
        told_of = {}
        for question in (await told(client, "questions"))["questions"]:
            given = {one["name"]: one["otherwise"] for one in question["parameters"]}
            told_of[question["name"]] = given.get("project", "")
            if all(given.values()):
                await told(client, "ask", question=question["name"])
        own.append(told_of)

    for folder in (release, tmp_path / "public"):
        with_client(started(folder, cache), doing)
    assert [one["budget-source"] for one in own] == ["PX.0220", ""]


def test_each_property_is_told_by_its_label(server: Served) -> None:
    """Those that no table offers, too: links to others, identifiers that are made."""

    async def doing(client: Client) -> None:
        for tag in ("en", "fr", "es"):
            for thing in ("V47-805", "id/state/ALB", "id/org/iom", "code/status-active"):
                facts = (await told(client, "describe", thing=thing, lang=tag))["facts"]
                raw = {one["label"] for one in facts if re.search("[a-z][A-Z]", one["label"])}
                assert not raw, (tag, thing)

    with_client(address(server), doing)


def test_words_of_pages_stay_quotes(server: Served) -> None:
    async def doing(client: Client) -> list[Mapping[str, Any]]:
        return [
            await told(client, "find", text="previous instructions"),
            await told(client, "find", text="oubliez les consignes"),
            await told(client, "describe", thing="XX.0001"),
            await told(client, "sparql", query=TITLES),
        ]

    answers = with_client(address(server), doing)
    kept = [one[:20] for one in ORDERS]
    for answer in answers:
        texts = list(strings(answer))
        assert all(text == shielded(text) for _, text in texts)
        assert any(word in text for word in kept for _, text in texts)
        for key, text in texts:
            assert key.startswith("quote") or not any(word in text for word in kept), (key, text)
    facts = {fact["property"]: fact for fact in answers[2]["facts"]}
    (narrative,) = facts["narrative"]["values"]
    assert "secret" not in narrative["quote"] and len(narrative["quote"]) < 5_000
    number = int(narrative["cut"].split(" of ")[1].split()[0])
    assert narrative["cut"].startswith("4000 of ") and number > LONG


def test_what_is_hidden_is_shown(server: Served) -> None:
    async def doing(client: Client) -> Mapping[str, Any]:
        return await told(client, "sparql", query=HIDDEN)

    answer = with_client(address(server), doing)
    assert answer["quoted_rows"] == [["a<U+202E><U+E0041><U+0001>b https://***@x.example/"]]


def message(method: str, **params: Any) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()


#: What nobody of good will sends: method, headers besides, body, and how it is answered.
HOSTILE: dict[str, tuple[str, Mapping[str, str], bytes, list[int]]] = {
    "a stream that is waited at": ("GET", {"Accept": "text/event-stream"}, b"", [405]),
    "the end of a session": ("DELETE", {"Mcp-Session-Id": "1"}, b"", [405]),
    "a preflight": ("OPTIONS", {"Origin": "http://x.example"}, b"", [204]),
    "no JSON": ("POST", {}, b"{", [400]),
    "a deep one": ("POST", {}, b"[" * 500_000, [400]),
    "a deep one of today": ("POST", {"MCP-Protocol-Version": "2026-07-28"}, b"[" * 500_000, [400]),
    "too much": ("POST", {}, b"x" * (2 << 20), [413]),
    "several": ("POST", {}, b"[" + message("ping") + b"," + message("ping") + b"]", [400]),
    "a version that is none": ("POST", {"MCP-Protocol-Version": "1"}, message("ping"), [400]),
    "another type": ("POST", {"Content-Type": "text/plain"}, message("ping"), [400]),
    "a method that is none": ("POST", {}, message("resources/delete"), [200]),
    "a subscription": (
        "POST", {"MCP-Protocol-Version": "2026-07-28"},
        message("subscriptions/listen", notifications={}), [400, 404],
    ),
    "a huge number": ("POST", {}, b'{"jsonrpc":"2.0","id":' + b"9" * 90_000 + b"}", [400]),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_messages_are_answered_at_once(server: Served, case: str) -> None:
    method, headers, body, statuses = HOSTILE[case]
    own = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
    answer = server.ask(method, "/mcp", {**own, **headers}, body)
    assert answer.status in statuses, answer
    assert answer.seconds < 5
    assert len(answer.body) < 2_000
    assert server.ask("GET", "/health").status == 200


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
def test_who_leaves_frees_what_was_at_it(patient: Served) -> None:
    call = message("tools/call", name="sparql", arguments={"query": CROSS})
    head = b"POST /mcp HTTP/1.1\r\nHost: x\r\nAccept: application/json, text/event-stream\r\n"
    sent = head + b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(call) + call
    patient.ask("POST", "/mcp", {"Content-Type": "application/json"}, b"{")
    assert patient.raw(sent, 1.0) == b""
    until = time.monotonic() + 10
    while worked := {one: ticks(one) for one in patient.children()}:
        time.sleep(0.5)
        if all(ticks(one) <= before + 2 for one, before in worked.items()):
            break
        assert time.monotonic() < until, worked


def test_one_is_answered_while_another_waits_until_the_server_stops(patient: Served) -> None:
    async def doing(server: Served) -> str:
        async with Client(address(server)) as one, Client(address(server)) as two:
            waiting = asyncio.create_task(refused(one, "sparql", query=CROSS))
            for text in ("Fiji", "Albania", "Belize"):
                assert (await told(two, "find", text=text))["matches"][0]["is_surely_meant"]
            await asyncio.gather(*(told(two, "sparql", query=f"ASK {{}} # {n}") for n in range(9)))
            assert not waiting.done()
            server.process.send_signal(signal.SIGTERM)
            return await waiting

    assert "the server ends" in asyncio.run(doing(patient))
    assert patient.process.wait(10) == 0


def ticks(number: int) -> int:
    """How long a process has worked, in hundredths of a second."""
    try:
        text = Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0
    return int(text[11]) + int(text[12])


def begun(release: Path, cache: Path) -> "subprocess.Popen[bytes]":
    """The program as an assistant starts it, in the middle of a query."""
    own = started(release, cache, "--timeout", "60")
    process = subprocess.Popen(
        [own.command, *own.args],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    )  # fmt: skip
    assert process.stdin and process.stdout
    about = {"name": "test", "version": "1"}
    said = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": about}
    for each in (
        message("initialize", **said),
        b'{"jsonrpc":"2.0","method":"notifications/initialized"}',
        message("tools/call", name="sparql", arguments={"query": CROSS}),
    ):
        process.stdin.write(each + b"\n")
    process.stdin.flush()
    assert b"serverInfo" in process.stdout.readline()
    time.sleep(0.5)
    return process


def close(process: "subprocess.Popen[bytes]") -> None:
    """What a client is that was killed: both ends of its pipes are gone."""
    assert process.stdin and process.stdout
    process.stdin.close()
    process.stdout.close()


def terminate(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
@pytest.mark.parametrize("ending", [close, terminate])
def test_a_client_that_is_gone_leaves_nothing(
    release: Path, cache: Path, ending: Callable[["subprocess.Popen[bytes]"], None]
) -> None:
    process = begun(release, cache)
    own = descendants(process.pid)
    assert own
    ending(process)
    process.wait(10)
    until = time.monotonic() + 5
    while left := [one for one in own if is_alive(one)]:
        assert time.monotonic() < until, left
        time.sleep(0.05)
    with process:
        assert process.stderr and b"Traceback" not in process.stderr.read()


def test_a_folder_that_is_no_release_is_told(tmp_path: Path) -> None:
    own = started(tmp_path, tmp_path)
    done = subprocess.run(
        [own.command, *own.args], check=False, input=b"", capture_output=True, timeout=60,
        env=environment(),
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"is no published release" in done.stderr


def test_without_the_sdk_the_command_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assistants, "is_installed", lambda: False)
    with pytest.raises(BadConfig) as raised:
        mcp(Path("public"))
    assert "idfgraph[mcp]" in raised.value.hint


def test_nothing_of_the_sdk_is_loaded_before_it_is_asked_for() -> None:
    code = "import sys, idfgraph.serve.app, idfgraph.cli; print('mcp' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "False\n"
