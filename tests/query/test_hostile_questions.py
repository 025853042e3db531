"""Questions asked in a process of their own: each is answered or refused in time, on one line, and
nothing reaches the network.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, Store
from support.command import IDFGRAPH, environment, run
from support.hostile_questions import HOSTILE_QUESTIONS
from support.listener import Listener

from idfgraph.model.errors import BadQuery
from idfgraph.query.answer import Answerer, load
from idfgraph.query.desk import Bounds, Desk, Inquiry, QueryAnswer
from idfgraph.system.child import Child, Ended
from idfgraph.system.fence import shut_in

FULL = os.environ.get("IDFGRAPH_FULL") == "1"

#: How long a question may take here, and how much longer its refusal: twice as strict at full size.
DEADLINE, LATER = 3.0, 0.5 if FULL else 10.0
BOUNDS = Bounds(DEADLINE, 1 << 30, 1000)

#: One in four, unless at full size.
ASKED = sorted(HOSTILE_QUESTIONS) if FULL else sorted(HOSTILE_QUESTIONS)[::4]


@pytest.fixture
def listener() -> Iterator[Listener]:
    with closing(Listener()) as listener:
        yield listener


class Reaching:
    """Work that asks another server, with nothing but the fence around it."""

    def __call__(self, address: str) -> list[str]:
        store = Store()
        shut_in()
        found = []
        for query in (f"ASK {{ SERVICE <{address}> {{}} }}",):
            try:
                found.append(str(store.query(query)))
            except OSError as error:
                found.append(type(error).__name__)
        try:
            socket.create_connection(("127.0.0.1", int(address.split(":")[2][:-1])), 1)
        except OSError as error:
            found.append(type(error).__name__)
        return found


def crash(text: str) -> None:
    """Work that prints, and dies."""
    shut_in()
    os.write(1, text.encode())
    os.write(2, text.encode())
    os.abort()


def told(desk: Desk, query: str) -> QueryAnswer | str:
    """The answer, or why there is none."""
    try:
        return desk.ask(Inquiry("-", query))
    except BadQuery as error:
        return str(error)


def test_there_are_forty() -> None:
    assert len(HOSTILE_QUESTIONS) == 40


def test_each_is_answered_or_refused_in_time(published: Path, listener: Listener) -> None:
    """And the next ordinary one is answered."""
    with closing(Desk(published, BOUNDS)) as desk:
        for name in ASKED:
            query = HOSTILE_QUESTIONS[name].replace("{server}", listener.address)
            started = time.monotonic()
            said = told(desk, query)
            took = time.monotonic() - started
            assert took < DEADLINE + LATER, (name, took)
            if isinstance(said, str):
                assert "\n" not in said and len(said) < 500, name
                assert "SERVICE is refused" in said or "service" not in name, (name, said)
            assert desk.ask(Inquiry("-", "ASK {}")).content == (("answer",), (("true",),)), name
    assert listener.heard == 0


def test_no_work_behind_the_fence_reaches_a_server(listener: Listener) -> None:
    """Even if a query were taken for harmless."""
    child: Child[str, list[str]] = Child(Reaching(), 1 << 40)
    try:
        assert child.ask(listener.address, 60) == ["OSError", "OSError"]
    finally:
        child.end()
    assert listener.heard == 0
    with socket.create_connection(("127.0.0.1", int(listener.address.split(":")[2][:-1]))):
        pass
    for _ in range(100):
        if listener.heard:
            break
        time.sleep(0.05)
    assert listener.heard == 1


def test_the_last_words_of_an_engine_are_lost(capfd: pytest.CaptureFixture[str]) -> None:
    child: Child[str, None] = Child(crash, 1 << 40)
    with pytest.raises(Ended):
        child.ask("thread panicked", 60)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("calls", "the engine crashed: the query is nested too deep, or takes more than 2048 MiB"),
        ("counted cross product", "there is no answer within 2 s"),
        ("silent service", "SERVICE is refused: it would ask another server"),
        ("rows", "the answer has more than 1,000 rows, so none is given"),
        ("update", "the query cannot be run: at line 1, column 1: LOAD begins an update"),
    ],
)
def test_the_command_says_so_on_one_line(
    name: str, words: str, published: Path, tmp_path: Path
) -> None:
    query = HOSTILE_QUESTIONS[name].replace("{server}", "http://127.0.0.1:9/")
    deadline = "2" if "within 2 s" in words else "60"
    args = ("query", "-", "--on", published, "--deadline", deadline, "--max-rows", "1000")
    done = run(*args, cwd=tmp_path, stdin=query)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"idfgraph: {words}")


@pytest.mark.skipif(sys.platform == "win32", reason="limits of memory are POSIX's")
@pytest.mark.parametrize("memory", [64, 200])
def test_too_little_memory_is_one_line(
    memory: int, published: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whether the process has none to begin with, or none to load the release into."""
    told = pytest.raises(BadQuery, match=f"takes (more than )?{memory} MiB")
    with closing(Desk(published, Bounds(60, memory << 20))) as desk, told:
        desk.ask(Inquiry("-", "ASK {}"))
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_question_can_be_interrupted(published: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(HOSTILE_QUESTIONS["counted cross product"], "utf-8")
    words = [*IDFGRAPH, "query", "q.rq", "--on", str(published), "--deadline", "60"]
    started = time.monotonic()
    with subprocess.Popen(words, cwd=tmp_path, env=environment(), stderr=subprocess.PIPE) as asked:
        assert asked.stderr
        time.sleep(3)
        asked.send_signal(signal.SIGINT)
        said = asked.stderr.read().decode()
    assert (asked.returncode, said) == (130, "idfgraph: stopped; nothing published was changed\n")
    assert time.monotonic() - started < 60


#### Graphs that a question chooses ####


def test_a_graph_that_a_release_lacks_is_empty_and_said(published: Path, tmp_path: Path) -> None:
    query = "PREFIX x: <http://127.0.0.1:9/>\nSELECT * FROM x:y FROM NAMED <x:z> { ?s ?p ?o }"
    done = run("query", "-", "--on", published, cwd=tmp_path, stdin=query)
    assert (done.returncode, done.stdout) == (0, "nothing that is published answers\n")
    assert done.stderr.splitlines() == [
        "FROM x:y: the release has no such graph, so it is empty",
        "FROM <x:z>: the release has no such graph, so it is empty",
    ]


def test_graphs_of_a_release_are_chosen(published: Path) -> None:
    with closing(Desk(published)) as desk:
        graphs = desk.ask(Inquiry("-", "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"))
        assert not isinstance(graphs.content, bytes) and len(graphs.content.rows) > 5
        names = desk.ask(Inquiry("-", "SELECT (STR(?g) AS ?n) { GRAPH ?g { ?s ?p ?o } } LIMIT 1"))
        assert not isinstance(names.content, bytes)
        ((name,),) = names.content.rows
        alone = desk.ask(
            Inquiry("-", f"SELECT DISTINCT ?g FROM NAMED <{name}> {{ GRAPH ?g {{ ?s ?p ?o }} }}")
        )
        assert not isinstance(alone.content, bytes)
        assert (len(alone.content.rows), alone.notes) == (1, ())
        plain = desk.ask(Inquiry("-", f"ASK FROM <{name}> {{ ?s ?p ?o }}"))
        assert plain == QueryAnswer((("answer",), (("true",),)), ())  # type: ignore[arg-type]


#### Long answers ####

EVERY_TERM = """SELECT * { VALUES (?a ?b) {
    ("a\\tb\\nc\\r\\"d\\u0001\\\\"@en-gb UNDEF) ("" 01)
    (1.50 1e0) ("x"^^<x:d> true) (<x:é> UNDEF) (UNDEF UNDEF)
    ("2020"^^<http://www.w3.org/2001/XMLSchema#gYear> "\\U0001F600")
} OPTIONAL { ?a ?b ?c } }"""


@pytest.mark.parametrize("form", ["csv", "json", "xml"])
def test_counting_rows_changes_none(form: str) -> None:
    """Rows are counted in one form and written in another: the bytes are those of the engine, but
    for what XML would not keep.
    """
    store, query = Store(), EVERY_TERM.replace("\\u0001", "") if form == "xml" else EVERY_TERM
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    expected = found.serialize(format=QueryResultsFormat.from_extension(form)) or b""
    kept = expected.replace(b"\r", b"&#13;") if form == "xml" else expected
    assert Answerer(store, {}, 7).text(query, form) == kept
    with pytest.raises(BadQuery, match="more than 6 rows"):
        Answerer(store, {}, 6).text(query, form)


@pytest.mark.parametrize("form", ["table", "csv", "json", "xml", "ttl", "jsonld"])
def test_an_answer_is_whole_or_none(form: str) -> None:
    graph = form in {"ttl", "jsonld"}
    values = " ".join(f"(<x:{number}>)" for number in range(20))
    what = "CONSTRUCT { ?s <x:p> 1 }" if graph else "SELECT ?s"
    query = f"{what} {{ VALUES (?s) {{ {values} }} }}"
    for most, given in ((20, True), (19, False)):
        answerer = Answerer(Store(), {}, most)
        try:
            _ = answerer.table(query) if form == "table" else answerer.text(query, form)
            assert given
        except BadQuery as error:
            assert not given
            assert "more than 19 rows" in str(error)


def test_addresses_with_commas_are_one_cell(published: Path) -> None:
    answerer = load(published, {})
    text = answerer.text("SELECT * { VALUES (?a ?b) { (<x:a,b> 'a,b') (1 UNDEF) } }", "csv")
    assert text == b'a,b\r\n"x:a,b","a,b"\r\n1,\r\n'
