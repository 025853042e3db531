"""What a push says that a store refuses, and what it never does: send a password where it was not
named for, follow a redirect, take a page for an answer.
"""

import json
from base64 import b64encode
from pathlib import Path

import pytest
from support.command import run
from support.http_servers import free_port
from support.listener import Listener
from support.misbehaving import (
    AUTHORITIES,
    Misbehaving,
    Script,
    drips,
    in_turn,
    resets,
    says,
)

from idfgraph.model.errors import IdfgraphError
from idfgraph.reach.pushing import Access
from idfgraph.reach.pushing.remote_store import RemoteStore
from idfgraph.sources.web import Caller, Credentials, Policy, Request

SECRET = Credentials("steward", "open-sesame")
JSON = "application/sparql-results+json"
EMPTY = json.dumps({"head": {"vars": []}, "results": {"bindings": []}}).encode()
GRAPH = "/data?graph=http%3A%2F%2Fe%2Fg"


def access(server: Misbehaving, credentials: Credentials = SECRET) -> Access:
    return Access(server.url("/data"), server.url("/query"), credentials)


def told(scripts: dict[str, Script], credentials: Credentials = SECRET) -> str:
    """What is said of a graph that could not be put."""
    with Misbehaving(scripts) as server, RemoteStore(access(server, credentials)) as store:
        with pytest.raises(IdfgraphError) as error:
            store.put("http://e/g", b"<http://e/s> <http://e/p> <http://e/o> .\n")
        return str(error.value)


@pytest.mark.parametrize(
    ("status", "said", "hint"),
    [
        ("401 No", "does not know who we are (PUT of a graph: 401): no", "IDFGRAPH_PUSH_USER"),
        ("403 No", "does not allow that (PUT of a graph: 403): no", "right to read and write"),
        ("404 No", "has nothing at this address", "its Graph Store Protocol"),
        ("405 No", "does not do that at this address", "reading alone"),
        ("413 No", "does not take so much at a time", "client_max_body_size"),
        ("415 No", "does not read N-Triples here", "its Graph Store Protocol"),
        ("418 No", "refuses that (PUT of a graph: 418): no", "run the same command again"),
        ("500 No", "failed (PUT of a graph: 500): no", "look into its log"),
        ("507 No", "is full", "make room"),
    ],
)
def test_a_refusal_is_one_line_that_says_what_to_do(status: str, said: str, hint: str) -> None:
    page = b"<html><style>p {}</style><h1>no</h1>\x1b[2J</html>"
    text = told({GRAPH: says(page, status=status)})
    assert said in text
    assert hint in text
    assert "\n" not in text
    assert "\x1b" not in text


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Go", "308 Go"])
def test_a_redirect_is_not_followed_with_a_password(status: str) -> None:
    other = Listener()
    text = told({GRAPH: says(b"", f"Location: {other.address}store", status=status)})
    other.close()
    assert f"leads to {other.address}store, and is not followed" in text
    assert other.heard == 0


@pytest.mark.parametrize(
    "credentials", [SECRET, Credentials(token="open-sesame")], ids=["password", "token"]
)
def test_what_a_store_says_again_of_a_secret_is_not_shown(credentials: Credentials) -> None:
    both = b"" if credentials.token else b64encode(b"steward:open-sesame")
    echo = b"who is open-sesame, %s?" % both
    text = told({GRAPH: says(echo, status="403 No", kind="text/plain")}, credentials)
    assert "who is ..." in text
    assert "sesame" not in text
    assert "c3Rl" not in text


def test_a_password_is_sent_once_it_is_asked_for_and_a_token_at_once() -> None:
    asks = says(b"", 'WWW-Authenticate: Basic realm="x"', status="401 No")
    for credentials, scripts, sent in (
        (SECRET, asks, [None, "Basic c3Rld2FyZDpvcGVuLXNlc2FtZQ=="]),
        (Credentials(token="t0k"), says(b""), ["Bearer t0k"]),
    ):
        with Misbehaving({GRAPH: in_turn(scripts, says(b""))}) as server:
            with RemoteStore(access(server, credentials)) as store:
                store.put("http://e/g", b"")
            assert [one.headers.get("authorization") for one in server.asked] == sent


def test_a_password_goes_to_no_public_address_in_the_open() -> None:
    public = Policy(resolve=lambda *_: ["93.184.216.34"], deadline=1.0, retries=0)
    with pytest.raises(IdfgraphError, match="is not https: no password goes there"):
        Caller("http://example.org/data", public, SECRET)
    Caller("https://example.org/data", public, SECRET)
    Caller("http://example.org/data", public)


@pytest.mark.parametrize(
    "url", ["http://steward:open-sesame@127.0.0.1:1/data", "https://u@h/x", "ftp://h/x", "h"]
)
def test_an_address_that_cannot_be_used_is_told_without_its_password(
    url: str, tmp_path: Path, published: Path
) -> None:
    done = run("push", url, published, cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "sesame" not in done.stderr


def test_a_token_that_cannot_be_sent_is_not_shown() -> None:
    with pytest.raises(IdfgraphError, match="holds signs that cannot be sent") as error:
        RemoteStore(Access("http://127.0.0.1:1/data", credentials=Credentials(token="a\nsesame")))
    assert "sesame" not in str(error.value)


def test_a_certificate_of_an_own_authority_is_named() -> None:
    with Misbehaving({GRAPH: says(b"")}, tls=True) as server:
        said = r"no safe connection.*--authority"
        with RemoteStore(access(server)) as store, pytest.raises(IdfgraphError, match=said):
            store.put("http://e/g", b"")
        with RemoteStore(access(server)._replace(authority=AUTHORITIES)) as store:
            store.put("http://e/g", b"")


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (says(b"<title>Log in</title>"), "answers a query as text/html: Log in"),
        (says(b"{", kind=JSON), "answers a query with what is no JSON"),
        (says(b"[]", kind=JSON), "answers a query with what is no result"),
        (says(b'{"results": []}', kind=JSON), "answers a query with what is no result"),
        (says(b"", kind=JSON, status="400 No"), r"refuses that \(a query: 400\)"),
        (says(b"a\n1\n", kind="text/csv"), "answers a query as text/csv: a 1"),
    ],
)
def test_what_is_no_answer_to_a_query_is_none(script: Script, said: str) -> None:
    with (
        Misbehaving({"/query": script}) as server,
        RemoteStore(access(server)) as store,
        pytest.raises(IdfgraphError, match=said),
    ):
        store.ask("?s ?p ?o")


def test_what_is_busy_or_breaks_off_is_asked_again() -> None:
    busy = says(b"", "Retry-After: 0", status="503 Busy")
    with (
        Misbehaving({"/query": in_turn(busy, resets, says(EMPTY, kind=JSON))}) as server,
        RemoteStore(access(server)) as store,
    ):
        assert store.rows("SELECT * {}") == []
        assert len(server.asked) == 3


def test_an_answer_is_taken_in_time_and_to_a_limit() -> None:
    scripts = {"/drip": drips(b"HTTP/1.1 200 OK\r\n\r\n", b"x"), "/long": says(b"x" * 200_000)}
    policy = Policy(deadline=0.5, limit=100_000, retries=0, allow_private=True)
    with Misbehaving(scripts) as server, Caller(server.url(), policy) as caller:
        for path, said in (("/drip", "no whole answer in time"), ("/long", "is larger than")):
            with pytest.raises(IdfgraphError, match=said):
                caller.call(Request("GET", server.url(path)))


def test_a_store_that_is_not_there_is_one_line(tmp_path: Path, published: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}/store"
    done = run("push", url, published, cwd=tmp_path, IDFGRAPH_PUSH_TOKEN="open-sesame")
    assert done.returncode == 2
    assert "Connection refused; see that it runs" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "sesame" not in done.stderr + done.stdout
