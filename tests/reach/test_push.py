"""A release pushed to stores: they hold what it does, whatever happens on the way."""

import contextlib
import http.client
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
from support.command import IDFGRAPH, ROOT, environment
from support.faulty_proxy import FaultyProxy, faulty_proxy
from support.small_store import SmallStore, small_store
from support.stores import OXIGRAPH, VIRTUOSO, oxigraph, virtuoso

from idfgraph.graph.lines import statement
from idfgraph.model.errors import IdfgraphError
from idfgraph.model.layout import CONTEXT, QUADS, SUMS
from idfgraph.pipeline import publish
from idfgraph.reach.pushing import Access, Pushed, PushWishes, push
from idfgraph.reach.pushing.remote_store import RemoteStore
from idfgraph.reach.pushing.rewrites import plainest
from idfgraph.reach.pushing.stored_statements import counts, default_count
from idfgraph.sources.web import Credentials

FULL = os.environ.get("IDFGRAPH_FULL") == "1"
BASE = "https://w3id.org/iom-idf/"
GRAPHS, LEDGER = f"{BASE}graph/", f"{BASE}graph/pushed"
DBA = Credentials("dba", "dba")
STATEMENT = re.compile(r"(.*?)(?: <([^<>]*)>)? \.\n")


class Target(NamedTuple):
    """A store behind a proxy, and whether its default graph is all its graphs."""

    proxy: FaultyProxy
    access: Access
    union: bool

    def held(self) -> dict[str, int]:
        """How many statements each graph of ours has."""
        with RemoteStore(self.access) as store:
            found = counts(store, GRAPHS)
            number = 0 if self.union else default_count(store)
            return {**found, "": number} if number else found


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso", "small"])
def port(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of each kind of store."""
    folder = tmp_path_factory.mktemp("store") / "data"
    if request.param == "small":
        with small_store() as store:
            yield store.server_port
    elif not {"oxigraph": OXIGRAPH, "virtuoso": VIRTUOSO}[request.param]:
        pytest.skip(f"{request.param} is not installed")
    else:
        with {"oxigraph": oxigraph, "virtuoso": virtuoso}[request.param](folder) as found:
            yield found


@pytest.fixture
def target(port: int, request: pytest.FixtureRequest) -> Iterator[Target]:
    """A store with nothing of ours in it."""
    kind = request.node.callspec.params["port"]
    path = {"oxigraph": "store", "virtuoso": "sparql-graph-crud-auth", "small": "data"}[kind]
    with faulty_proxy(port) as proxy:
        url = f"http://127.0.0.1:{proxy.server_port}/{path}"
        found = Target(proxy, Access(url, credentials=DBA), kind == "virtuoso")
        with RemoteStore(found.access) as store:
            for graph in counts(store, GRAPHS):
                store.remove(graph)
            if not found.union:
                store.put("", b"")
        proxy.changes.clear()
        yield found


@pytest.fixture(scope="module")
def release(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of real records; of a thousand of them at full size."""
    if not FULL:
        return published
    folder = tmp_path_factory.mktemp("thousand")
    made = subprocess.run(
        [sys.executable, ROOT / "bench" / "generate.py", "1000"], check=True, capture_output=True
    )
    (folder / "records.jsonl").write_bytes(made.stdout)
    publish([folder / "records.jsonl"], folder / "public", site="none")
    return folder / "public"


def made(folder: Path, *lines: str) -> Path:
    """A release that has nothing but a dump of these lines."""
    dump = "".join(sorted(f"{line} .\n" for line in lines))
    texts = {QUADS: dump, CONTEXT: (ROOT / "ontology" / "context.jsonld").read_text("utf-8")}
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    sums = (f"{sha256(text.encode()).hexdigest()}  {path}\n" for path, text in texts.items())
    (folder / SUMS).write_text("".join(sums), "utf-8")
    return folder


def wanted(release: Path, target: Target) -> dict[str, int]:
    """How many statements a release has in each graph, and the ledger."""
    found: dict[str, int] = {LEDGER: 2}
    with (release / QUADS).open(encoding="utf-8") as lines:
        for line in lines:
            match = STATEMENT.fullmatch(line)
            assert match
            name = (match[2] or "") if (match[2] or "").startswith(GRAPHS) else ""
            name = name or (f"{GRAPHS}default" if target.union else "")
            found[LEDGER] += name not in found
            found[name] = found.get(name, 0) + 1
    return found


def plain(lines: Iterable[str]) -> list[str]:
    """Lines as they are alike in all stores, without the ledger: oxigraph, say, makes an integer of
    a positive one.
    """
    parts = (statement(line) for line in lines if f"<{LEDGER}>" not in line)
    return sorted(str((*one[:2], plainest(one.object), one.graph)) for one in parts)


def refusing(number: int) -> Callable[[int], str]:
    return lambda at: "refuse" if at == number else ""


def test_a_push_brings_all_and_the_next_one_nothing(target: Target, release: Path) -> None:
    first = push(release, target.access)
    assert target.held() == wanted(release, target)
    assert (first.kept, first.removed, first.wrong) == (0, 0, ())
    changes = len(target.proxy.changes)
    second = push(release, target.access)
    assert (second.sent, second.kept, second.wrong) == (0, first.sent, ())
    assert len(target.proxy.changes) == changes, "what has not changed is not written"


def test_what_is_refused_is_gone_on_with(target: Target, release: Path) -> None:
    target.proxy.fault = refusing(9)
    with pytest.raises(IdfgraphError, match=r"does not allow that \((PUT|POST) of a graph: 403\)"):
        push(release, target.access)
        push(release, target.access, PushWishes(everything=True))
    target.proxy.fault = refusing(0)
    done = push(release, target.access)
    assert not done.wrong
    assert target.held() == wanted(release, target)


def test_what_is_half_done_is_found_and_done_again(target: Target, release: Path) -> None:
    target.proxy.fault = lambda at: "half" if at == 4 else ""
    done = push(release, target.access)
    assert not done.wrong
    assert target.held() == wanted(release, target)


def test_what_stays_half_done_is_told(target: Target, tmp_path: Path) -> None:
    lines = [f'<http://e/{n}> <http://e/p> "{n}" <{GRAPHS}source/{n % 3}>' for n in range(30)]
    target.proxy.fault = lambda at: "half" if "source%2F1" in target.proxy.changes[at - 1] else ""
    push(made(tmp_path / "a", *lines), target.access)
    target.proxy.changes.clear()
    changed = [line.replace('"1"', '"one"') for line in lines]
    done = push(made(tmp_path / "b", *changed), target.access)
    assert done.wrong[0] == {
        "en": f"{GRAPHS}source/1: statements there: 5; sent: 10",
        "fr": f"{GRAPHS}source/1 : énoncés présents : 5 ; envoyés : 10",
        "es": f"{GRAPHS}source/1: enunciados presentes: 5; enviados: 10",
    }
    target.proxy.fault = refusing(0)
    done = push(made(tmp_path / "c", *changed), target.access)
    assert (done.sent, done.wrong) == (1, ())


def test_a_push_that_is_killed_is_gone_on_with(target: Target, release: Path) -> None:
    at = 300 if FULL else 10
    push(release, target.access)
    with RemoteStore(target.access) as store:
        store.remove(LEDGER)
    running: list[subprocess.Popen[bytes]] = []
    target.proxy.changes.clear()

    def kill(number: int) -> str:
        if number == at:
            running[0].kill()
        return ""

    target.proxy.fault = kill
    command = [*IDFGRAPH, "push", target.access.url, str(release), "--replace"]
    told = environment(IDFGRAPH_PUSH_USER="dba", IDFGRAPH_PUSH_PASSWORD="dba")
    running.append(subprocess.Popen(command, env=told, stderr=subprocess.PIPE))
    assert running[0].wait(300) == -9
    with contextlib.closing(running[0].stderr or sys.stderr):
        target.proxy.fault = refusing(0)
        target.proxy.changes.clear()
        done = push(release, target.access)
    assert not done.wrong
    assert target.held() == wanted(release, target)
    assert not FULL or done.kept >= 200, "what was sent is not sent again"


def test_only_what_changed_is_sent_and_what_is_withdrawn_is_removed(
    target: Target, tmp_path: Path
) -> None:
    lines = [f'<http://e/{n}> <http://e/p> "{n}" <{GRAPHS}source/{n}>' for n in range(5)]
    plain = '<http://e/s> <http://e/p> "é\\n"@fr'
    push(made(tmp_path / "a", plain, *lines), target.access)
    lines[2] = lines[2].replace('"2"', '"two"')
    target.proxy.changes.clear()
    done = push(made(tmp_path / "b", plain, *lines[:4]), target.access)
    assert (done.sent, done.kept, done.removed, done.notes) == (1, 4, 1, ())
    touched = {change.rpartition("source%2F")[2] for change in target.proxy.changes[1:-1]}
    assert {"2", "4"} <= touched
    assert not touched & {"0", "1", "3"}
    assert f"{GRAPHS}source/4" not in target.held()


def test_what_others_changed_is_put_right_and_told(target: Target, tmp_path: Path) -> None:
    lines = [f'<http://e/{n}> <http://e/p> "{n}" <{GRAPHS}source/{n}>' for n in range(3)]
    release = made(tmp_path, *lines)
    push(release, target.access)
    with RemoteStore(target.access) as store:
        store.add(f"{GRAPHS}source/1", b"<http://e/x> <http://e/y> <http://e/z> .\n")
        store.put("http://example.org/theirs", b"<http://e/x> <http://e/y> <http://e/z> .\n")
    done = push(release, target.access)
    (note,) = done.notes
    assert note["en"] == f"changed there since the last push, and put right: {GRAPHS}source/1"
    assert target.held() == wanted(release, target)
    with RemoteStore(target.access) as store:
        assert store.ask("GRAPH <http://example.org/theirs> { ?s ?p ?o }")
        store.remove("http://example.org/theirs")


def test_another_statement_in_place_of_one_is_found_by_the_sample(
    target: Target, tmp_path: Path
) -> None:
    release = made(tmp_path, f'<http://e/s> <http://e/p> "1" <{GRAPHS}source/1>')
    push(release, target.access)
    with RemoteStore(target.access) as store:
        store.put(f"{GRAPHS}source/1", b'<http://e/s> <http://e/p> "2" .\n')
    done = push(release, target.access)
    assert (done.sent, done.kept, done.wrong) == (1, 0, ())
    (note,) = done.notes
    assert note["en"] == f"changed there since the last push, and put right: {GRAPHS}source/1"
    with RemoteStore(target.access) as store:
        assert store.ask(f'GRAPH <{GRAPHS}source/1> {{ <http://e/s> <http://e/p> "1" }}')


@pytest.fixture
def small(request: pytest.FixtureRequest) -> Iterator[SmallStore]:
    with small_store(**getattr(request, "param", {})) as store:
        yield store


def address(store: SmallStore) -> Access:
    return Access(f"http://127.0.0.1:{store.server_port}/data")


def test_all_statements_come_as_they_are(small: SmallStore, published: Path) -> None:
    push(published, address(small))
    lines = (published / QUADS).read_text("utf-8").splitlines(keepends=True)
    assert plain(small.quads) == plain(lines)


@pytest.mark.parametrize("small", [{"union": True, "rewrites": True}], indirect=True)
def test_values_that_a_store_writes_its_own_way_are_no_fault(
    small: SmallStore, published: Path
) -> None:
    done = push(published, address(small), PushWishes(sample=10_000))
    assert done.wrong == ()
    assert any('-01-01"^^<http://www.w3.org/2001/XMLSchema#date>' in one for one in small.quads)
    assert push(published, address(small)).sent == 0


@pytest.mark.parametrize("small", [{"rewrites": True}], indirect=True)
def test_two_ways_to_write_a_number_may_become_one(small: SmallStore, tmp_path: Path) -> None:
    decimal = "^^<http://www.w3.org/2001/XMLSchema#decimal>"
    lines = [f'<http://e/s> <http://e/p> "{text}"{decimal}' for text in ("1.0", "1.00", "2.0")]
    assert push(made(tmp_path, *lines), address(small)).wrong == ()


def test_a_default_graph_of_others_is_not_replaced_unasked(
    small: SmallStore, tmp_path: Path
) -> None:
    with RemoteStore(address(small)) as store:
        store.put("", b"<http://e/x> <http://e/y> <http://e/z> .\n")
    release, before = made(tmp_path, '<http://e/s> <http://e/p> "1"'), small.quads
    with pytest.raises(IdfgraphError, match="1 statements in its default graph that no push put"):
        push(release, address(small))
    assert small.quads == before
    assert push(release, address(small), PushWishes(replace=True)).wrong == ()


def test_a_dump_that_is_not_what_its_sum_says_is_not_pushed(
    small: SmallStore, tmp_path: Path
) -> None:
    release = made(tmp_path, '<http://e/s> <http://e/p> "1"')
    (release / QUADS).write_text("", "utf-8")
    with pytest.raises(IdfgraphError, match="is not what its sum says"):
        push(release, address(small))
    assert not small.quads


@pytest.mark.skipif(not OXIGRAPH, reason="oxigraph is not installed")
def test_a_bulk_load_that_the_store_did_not_outlive_is_gone_on_with(
    tmp_path: Path, published: Path
) -> None:
    with oxigraph(tmp_path / "store") as port, faulty_proxy(port) as proxy:
        url = f"http://127.0.0.1:{proxy.server_port}/store"
        proxy.fault = lambda at: "half" if "no_transaction" in proxy.changes[at - 1] else ""
        done = push(published, Access(url))
        assert done.wrong == ()
        assert sum("no_transaction" in change for change in proxy.changes) == 1
    with oxigraph(tmp_path / "store", port):
        again: Pushed = push(published, Access(f"http://127.0.0.1:{port}/store"))
        assert (again.sent, again.wrong) == (0, ())
        line = http.client.HTTPConnection("127.0.0.1", port)
        line.request("GET", "/store", headers={"Accept": "application/n-quads"})
        found = line.getresponse().read().decode().splitlines(keepends=True)
        line.close()
    lines = (published / QUADS).read_text("utf-8").splitlines(keepends=True)
    assert plain(found) == plain(lines)
