"""The SPARQL 1.1 protocol, as clients speak it to a running server."""

import csv
import gzip
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from support.served import Served, served

from idfgraph.query.ask import questions

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph")

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
SHARED = Path(__file__).parents[3] / "shared"
QUERY, FORM = "application/sparql-query", "application/x-www-form-urlencoded"
UPDATE = "application/sparql-update"
SELECT = "SELECT * { ?s ?p ?o } LIMIT 2"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 2"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
TURTLE = "text/turtle; charset=utf-8"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
INSERT = "INSERT DATA { <x:a> <x:b> <x:c> }"


@pytest.fixture(scope="module")
def server(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(published, tmp_path_factory.mktemp("serve"), "--timeout", "5") as found:
        yield found


@pytest.fixture(scope="module")
def store(published: Path) -> Store:
    found = Store()
    found.bulk_load(path=str(published / "data" / "idf.nq"), format=RdfFormat.N_QUADS)
    return found


@pytest.mark.parametrize(
    ("accept", "text", "status", "kind"),
    [
        ("*/*", SELECT, 200, JSON),
        ("*", SELECT, 200, JSON),
        ("text/html, *;q=0.2", "ASK {}", 303, ""),
        ("", SELECT, 200, JSON),
        (JSON, SELECT, 200, JSON),
        (XML, SELECT, 200, XML),
        ("application/json", SELECT, 200, "application/json"),
        ("text/csv", SELECT, 200, "text/csv; charset=utf-8"),
        ("text/tab-separated-values", SELECT, 200, "text/tab-separated-values; charset=utf-8"),
        (f"{XML};q=0.3, text/csv;q=0.31", SELECT, 200, "text/csv; charset=utf-8"),
        ("text/turtle", SELECT, 406, "text/plain; charset=utf-8"),
        ("image/png", SELECT, 406, "text/plain; charset=utf-8"),
        (XML, "ASK {}", 200, XML),
        ("text/csv", "ASK {}", 406, "text/plain; charset=utf-8"),
        ("*/*", CONSTRUCT, 200, TURTLE),
        ("application/ld+json", CONSTRUCT, 200, "application/ld+json"),
        ("application/n-triples", CONSTRUCT, 200, "application/n-triples"),
        ("application/n-quads", CONSTRUCT, 200, "application/n-quads"),
        ("application/trig", CONSTRUCT, 200, "application/trig"),
        ("text/html;q=0.2, text/turtle", CONSTRUCT, 200, TURTLE),
        (JSON, CONSTRUCT, 406, "text/plain; charset=utf-8"),
        (BROWSER, SELECT, 303, ""),
        ("text/html", CONSTRUCT, 303, ""),
        ('text/turtle;profile="', CONSTRUCT, 200, TURTLE),
        (";;;q=", SELECT, 406, "text/plain; charset=utf-8"),
        (", ".join(f"a/b{number}" for number in range(3000)) + ", */*;q=0.1", SELECT, 200, JSON),
    ],
)
def test_form_by_accept(server: Served, accept: str, text: str, status: int, kind: str) -> None:
    answer = server.query(text, accept)
    if accept == ";;;q=":
        assert answer.status in (200, 406)
        return
    assert (answer.status, answer.headers.get("content-type", "")) == (status, kind)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Accept" in answer.headers["vary"]
    if status == 406:
        assert b"there is " in answer.body
    if status == 303:
        assert answer.headers["location"].startswith("ask?query=")


@pytest.mark.parametrize("name", ["format", "output"])
@pytest.mark.parametrize(
    ("form", "text", "kind"),
    [
        ("json", SELECT, JSON),
        ("xml", SELECT, XML),
        ("csv", SELECT, "text/csv; charset=utf-8"),
        ("tsv", SELECT, "text/tab-separated-values; charset=utf-8"),
        (JSON, SELECT, JSON),
        ("json", CONSTRUCT, "application/ld+json"),
        ("ttl", CONSTRUCT, TURTLE),
        ("turtle", CONSTRUCT, TURTLE),
        ("nt", CONSTRUCT, "application/n-triples"),
        ("jsonld", CONSTRUCT, "application/ld+json"),
    ],
)
def test_form_by_name(server: Served, name: str, form: str, text: str, kind: str) -> None:
    answer = server.query(text, BROWSER, f"&{name}={quote(form)}")
    assert (answer.status, answer.headers["content-type"]) == (200, kind)


def test_forms_say_the_same(server: Served) -> None:
    rows = json.loads(server.query(SELECT, JSON).body)["results"]["bindings"]
    assert len(rows) == 2
    table = server.query(SELECT, "text/csv")
    assert table.body.count(b"\r\n") == 3
    assert table.headers["content-disposition"] == 'attachment; filename="answer.csv"'
    graphs = {
        form: Graph().parse(server.query(CONSTRUCT, kind).body, format=form)
        for form, kind in {
            "turtle": "text/turtle",
            "nt": "application/n-triples",
            "json-ld": "application/ld+json",
        }.items()
    }
    assert all(len(graph) == 2 for graph in graphs.values())


def test_a_table_has_a_cell_for_each_column(server: Served) -> None:
    """Texts and addresses with commas, marks and ends of lines, and what has no value."""
    text = """SELECT ?a ?b ?c { VALUES (?a ?b ?c) {
        (<x:a,b> "a,b" UNDEF) ("a\\"b" "a\\r\\nb" "é"@fr) (UNDEF UNDEF <x:,,>) (1 true "") } }"""
    table = server.query(text, "text/csv").body.decode()
    rows = [
        ["a", "b", "c"], ["x:a,b", "a,b", ""], ['a"b', "a\r\nb", "é"], ["", "", "x:,,"],
        ["1", "true", ""],
    ]  # fmt: skip
    assert list(csv.reader(io.StringIO(table, newline=""))) == rows
    assert table.replace("a\r\nb", "").count("\n") == table.count("\r\n") - 1 == 5


def test_xml_has_what_xml_can_have(server: Served) -> None:
    told = server.query("SELECT ('a\\r\\n\\tb' AS ?x) {}", XML)
    (found,) = ElementTree.fromstring(told.body).iter(
        "{http://www.w3.org/2005/sparql-results#}literal"
    )
    assert found.text == "a\r\n\tb"
    for text in ("\x01", "\ufffe"):
        refused = server.query(f"SELECT ('{text}' AS ?x) {{}}", XML)
        assert (refused.status, b"ask for JSON" in refused.body) == (400, True)
        assert server.query(f"SELECT ('{text}' AS ?x) {{}}", JSON).status == 200


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        # updates, by every door
        ("GET", f"/sparql?update={quote(INSERT)}", {}, None, 403),
        ("HEAD", f"/sparql?update={quote(INSERT)}", {}, None, 403),
        ("GET", f"/sparql?query=ASK%7B%7D&update={quote(INSERT)}", {}, None, 403),
        ("GET", f"/sparql?query={quote(INSERT)}", {}, None, 400),
        ("GET", f"/sparql?query={quote('LOAD <http://127.0.0.1/>')}", {}, None, 400),
        ("GET", f"/sparql?query={quote('CLEAR ALL')}", {}, None, 400),
        ("GET", f"/sparql?query={quote('ASK {} ; ' + INSERT)}", {}, None, 400),
        ("GET", "/sparql?query=ASK%7B%7D&using-graph-uri=x:y", {}, None, 403),
        ("POST", "/sparql", {"Content-Type": UPDATE}, INSERT.encode(), 403),
        ("POST", "/sparql", {"Content-Type": f"{UPDATE}; charset=utf-8"}, INSERT.encode(), 403),
        ("POST", "/sparql?query=ASK%7B%7D", {"Content-Type": UPDATE}, INSERT.encode(), 403),
        ("POST", "/sparql", {"Content-Type": QUERY}, INSERT.encode(), 400),
        ("POST", "/sparql", {"Content-Type": FORM}, urlencode({"update": INSERT}).encode(), 403),
        ("POST", "/sparql", {"Content-Type": FORM}, urlencode({"query": INSERT}).encode(), 400),
        ("POST", "/sparql", {"Content-Type": FORM}, b"query=ASK%7B%7D&update=x", 403),
        ("PUT", "/sparql?default", {"Content-Type": "text/turtle"}, b"<x:a> <x:b> <x:c> .", 405),
        ("DELETE", "/sparql?default", {}, None, 405),
        ("PATCH", "/sparql", {}, b"", 405),
        # what is no request
        ("GET", "/sparql?query=", {}, None, 400),
        ("GET", "/sparql?query=%20", {}, None, 400),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", {}, None, 400),
        ("GET", "/sparql?query=ASK%7B%7D&format=docx", {}, None, 406),
        ("GET", "/sparql?query=%FF", {}, None, 400),
        ("GET", "/sparql?query=ASK%7B%7D" + "&a" * 1001, {}, None, 400),
        ("POST", "/sparql", {}, b"", 400),
        ("POST", "/sparql", {"Content-Type": QUERY}, b"", 400),
        ("POST", "/sparql", {"Content-Type": FORM}, b"", 400),
        ("POST", "/sparql", {}, b"ASK {}", 415),
        ("POST", "/sparql", {"Content-Type": "text/plain"}, b"ASK {}", 415),
        ("POST", "/sparql", {"Content-Type": "application/json"}, b'{"query": "ASK {}"}', 415),
        ("POST", "/sparql", {"Content-Type": "multipart/form-data; boundary=x"}, b"--x--", 415),
        ("POST", "/sparql", {"Content-Type": f"{QUERY}; charset=utf-16"}, b"\xff\xfeA\0", 415),
        ("POST", "/sparql", {"Content-Type": f"{QUERY}; charset=no-such"}, b"ASK {}", 415),
        (
            "POST",
            "/sparql",
            {"Content-Type": QUERY, "Content-Encoding": "gzip"},
            gzip.compress(b"ASK {}", mtime=0),
            415,
        ),
        ("POST", "/sparql", {"Content-Type": QUERY}, b"ASK {} # \xff", 400),
        ("POST", "/sparql", {"Content-Type": QUERY}, b"ASK {}" + b" " * (1 << 20), 413),
        ("POST", "/sparql?query=ASK%7B%7D", {"Content-Type": QUERY}, b"ASK {}", 400),
        # what is one
        ("GET", "/sparql?query=ASK%7B%7D&foo=bar&timeout=9", {}, None, 200),
        ("POST", "/sparql", {"Content-Type": QUERY}, b"ASK {}", 200),
        ("POST", "/sparql", {"Content-Type": f'{QUERY}; charset="UTF-8"'}, b"ASK {}", 200),
        ("POST", "/sparql", {"Content-Type": QUERY.upper()}, b"ASK {}", 200),
        ("POST", "/sparql", {"Content-Type": f"{FORM};charset=utf-8"}, b"query=ASK%7B%7D", 200),
        ("POST", "/sparql", {"Content-Type": FORM}, b"query=ASK+%7B%7D&a=b=c", 200),
        (
            "POST",
            "/sparql",
            {"Content-Type": QUERY, "Transfer-Encoding": "chunked"},
            b"3\r\nASK\r\n3\r\n {}\r\n0\r\n\r\n",
            200,
        ),
        ("HEAD", "/sparql?query=ASK%7B%7D", {}, None, 200),
        (
            "OPTIONS",
            "/sparql",
            {"Origin": "http://x", "Access-Control-Request-Method": "POST"},
            None,
            204,
        ),
    ],
)
def test_request(
    server: Served,
    method: str,
    path: str,
    headers: dict[str, str],
    body: bytes | None,
    status: int,
) -> None:
    answer = server.ask(method, path, headers, body)
    assert (answer.status, answer.headers["access-control-allow-origin"]) == (status, "*")
    assert answer.headers["x-content-type-options"] == "nosniff"
    if status == 405:
        assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    if status >= 400 and method != "HEAD":
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.body.count(b"\n") == 1 and answer.body.endswith(b"\n")


@pytest.mark.parametrize(
    "text", ["SELECT ('SERVICE <x:y> {}' AS ?x) {}", "ASK {} # SERVICE <x:y> { ?s ?p ?o }"]
)
def test_a_call_that_is_only_said_is_none(server: Served, text: str) -> None:
    assert server.query(text).status == 200


def test_nothing_was_changed(server: Served, published: Path) -> None:
    count = server.query("SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
    lines = (published / "data" / "idf.nq").read_bytes().count(b"\n")
    assert json.loads(count.body)["results"]["bindings"][0]["n"]["value"] == str(lines)


def test_waits_for_a_body_that_asks_first(server: Served) -> None:
    head = (
        f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {QUERY}\r\nContent-Length: 6\r\n"
        "Expect: 100-continue\r\nConnection: close\r\n\r\nASK {}"
    )
    assert b"200 OK" in server.raw(head.encode())


def test_wrong_queries_say_where(server: Served) -> None:
    for text, where in {
        "SELECT * { ?s ?p }": b"at line 1, column 18:",
        "ASK {\n  ?s ?p ?o\n  FILTER(}": b"at line 3, column ",
        "SELECT ?é { x:a ?p ?é }": b"at line 1, column ",
    }.items():
        answer = server.query(text)
        assert answer.status == 400
        assert where in answer.body, answer.body


def test_a_mark_of_byte_order_is_not_seen(server: Served) -> None:
    """Editors put it before a text; places are counted without it."""
    marked = "\ufeffSELECT * { ?s ?p }"
    form = urlencode({"query": marked})
    for answer in (
        server.query(marked),
        server.posted(marked),
        server.posted(form, FORM),
        server.ask("GET", f"/ask?{form}"),
    ):
        assert answer.status == 400
        assert re.search(rb"(?i)line 1, column 18", answer.body)
    for answer in (
        server.query("\ufeffASK {}"),
        server.posted("\ufeffASK {}"),
        server.ask("GET", "/ask?query=%EF%BB%BFASK%7B%7D"),
    ):
        assert answer.status == 200
    assert server.posted("\ufeff").body.startswith(b"the query is empty")
    assert server.query("ASK { \ufeff }").status == 400


def test_data_set_of_the_request(server: Served, store: Store) -> None:
    graph = next(iter(sorted(node.value for node in store.named_graphs())))
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    held = int(
        _cell(server.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}").body)
    )
    every = int(_cell(server.query(named).body))
    assert 0 < held < every
    own, missing = quote(graph, safe=""), quote("http://127.0.0.1:1/none", safe="")
    for text, more, expected in (
        (count, f"&default-graph-uri={own}", held),
        (count, f"&default-graph-uri={own}&default-graph-uri={missing}", held),
        (count, f"&default-graph-uri={missing}", 0),
        (count, f"&default-graph-uri=&named-graph-uri=&default-graph-uri={own}", held),
        (count, f"&named-graph-uri={own}", 0),
        (named, f"&named-graph-uri={own}", held),
        (named, f"&default-graph-uri={own}", 0),
        (count.replace("{", f"FROM <{graph}> {{", 1), "", held),
        (count.replace("{", "FROM <http://127.0.0.1:1/none> {", 1), "", 0),
        (
            count.replace("{", "FROM <http://127.0.0.1:1/none> {", 1),
            f"&default-graph-uri={own}",
            held,
        ),
    ):
        assert int(_cell(server.query(text, JSON, more).body)) == expected, (text, more)
    assert server.query(count, JSON, "&default-graph-uri=no%20iri").status == 400


def _cell(body: bytes) -> str:
    value: str = json.loads(body)["results"]["bindings"][0]["n"]["value"]
    return value


def test_representations_have_tags(server: Served) -> None:
    path = f"/sparql?query={quote('SELECT * { ?s ?p ?o } LIMIT 50')}"
    plain = server.ask("GET", path, {"Accept": JSON})
    packed = server.ask("GET", path, {"Accept": JSON, "Accept-Encoding": "gzip, br"})
    other = server.ask("GET", path, {"Accept": XML})
    tags = [each.headers["etag"] for each in (plain, packed, other)]
    assert len(set(tags)) == 3 and not any(tag.startswith("W/") for tag in tags)
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert (
        "content-encoding" not in server.ask("GET", path, {"Accept-Encoding": "gzip;q=0"}).headers
    )
    for tag in (tags[0], f'"a", W/{tags[0]}', "*"):
        same = server.ask("GET", path, {"Accept": JSON, "If-None-Match": tag})
        assert (same.status, same.body, same.headers["etag"]) == (304, b"", tags[0])
    assert server.ask("GET", path, {"Accept": XML, "If-None-Match": tags[0]}).status == 200
    assert server.ask("GET", path, {"Accept": JSON, "If-Match": tags[0]}).status == 200
    for tag in (tags[1], f"W/{tags[0]}"):
        assert server.ask("GET", path, {"Accept": JSON, "If-Match": tag}).status == 412
    lines = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: {JSON}\r\n"
    two = f'If-None-Match: "a"\r\nIf-None-Match: {tags[0]}\r\n\r\n'
    assert server.raw(f"{lines}{two}".encode())[9:12] == b"304"
    codings = "Accept-Encoding: br\r\nAccept-Encoding: gzip\r\n\r\n"
    assert b"content-encoding: gzip" in server.raw(f"{lines}{codings}".encode())
    head = server.ask("HEAD", path, {"Accept": JSON})
    assert (head.body, head.headers["content-length"]) == (b"", str(len(plain.body)))
    assert head.headers["etag"] == tags[0]


def test_what_is_another_each_time_is_asked_each_time(server: Served) -> None:
    query = "SELECT (RAND() AS ?n) (STRUUID() AS ?id) {}"
    first, second = (server.query(query, "text/csv") for _ in range(2))
    assert first.status == second.status == 200
    assert first.body != second.body
    assert first.headers["cache-control"] == "no-store"


def test_preflight(server: Served) -> None:
    asked = {"Origin": "http://x", "Access-Control-Request-Method": "POST"}
    told = server.ask("OPTIONS", "/sparql", asked).headers
    assert "POST" in told["access-control-allow-methods"]
    assert "Content-Type" in told["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in told


@pytest.mark.parametrize(
    "form", ["text/turtle", "application/ld+json", "application/n-triples", "*/*"]
)
def test_service_description(server: Served, published: Path, form: str) -> None:
    address = f"http://127.0.0.1:{server.port}/sparql"
    answer = server.ask("GET", "/sparql", {"Accept": form, "Host": "evil.example"})
    assert answer.status == 200
    assert b"evil" not in answer.body
    kinds = {"application/ld+json": "json-ld", "application/n-triples": "nt"}
    graph = Graph().parse(answer.body, format=kinds.get(form, "turtle"), publicID=address)
    (service,) = graph.subjects(RDF.type, SD.Service)
    (endpoint,) = graph.objects(service, SD.endpoint)
    assert form == "application/n-triples" or endpoint == URIRef(address)
    assert set(graph.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert not set(graph.objects(service, SD.feature))
    assert len(set(graph.objects(service, SD.resultFormat))) == 9
    licence = URIRef("http://purl.org/dc/terms/license")
    assert set(graph.objects(service, licence))
    (dataset,) = graph.objects(service, SD.defaultDataset)
    (default,) = graph.objects(dataset, SD.defaultGraph)
    lines = (published / "data" / "idf.nq").read_bytes().splitlines()
    accepted = (published / "data" / "idf.nt").read_bytes().splitlines()
    assert set(graph.objects(dataset, VOID.triples)) == {Literal(len(lines))}
    assert set(graph.objects(default, VOID.triples)) == {Literal(len(accepted))}
    named = list(graph.objects(dataset, SD.namedGraph))
    counts = [
        int(str(n))
        for each in named
        for n in graph.objects(graph.value(each, SD.graph), VOID.triples)
    ]
    assert sum(counts) == len(lines) - len(accepted)


def test_description_for_people_is_the_page(server: Served) -> None:
    assert server.ask("GET", "/sparql", {"Accept": BROWSER}).headers["location"] == "ask"


def test_shipped_questions_are_answered_as_the_dump_answers(server: Served, store: Store) -> None:
    for question in questions():
        text = question.with_values({})
        answer = store.query(text)
        assert not isinstance(answer, QueryTriples)
        found = answer.serialize(format=QueryResultsFormat.JSON)
        assert found is not None
        told = server.query(text, JSON)
        assert told.status == 200
        assert json.loads(told.body) == json.loads(found), question.name


@LINUX
@pytest.mark.skipif(not (SHARED / "tools").is_dir(), reason="needs ../shared")
def test_protocol_of_the_w3c(published: Path, tmp_path: Path) -> None:
    release = _of_the_w3c(published, tmp_path / "release")
    with served(release, tmp_path) as found:
        address = f"http://127.0.0.1:{found.port}/sparql"
        done = subprocess.run(
            [sys.executable, str(SHARED / "tools" / "protocol_runner.py"), address, address, "-"],
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )
    assert "27/34 pass" in done.stdout
    failed = [line for line in done.stdout.splitlines() if "FAIL" in line]
    assert len(failed) == 7 and all("-> 403" in line and " update_" in line for line in failed)


def _of_the_w3c(published: Path, release: Path) -> Path:
    """A release with the graphs of the W3C's tests."""
    (release / "data").mkdir(parents=True)
    (release / "context.jsonld").write_bytes((published / "context.jsonld").read_bytes())
    quads = set()
    for number in (1, 2, 3):
        name = f"<http://kasei.us/2009/09/sparql/data/data{number}.rdf>"
        triples = SHARED / "suites" / "sparql11" / "protocol" / f"data{number}.nt"
        lines = (line.strip() for line in triples.read_text("utf-8").splitlines())
        quads |= {f"{line[:-1].rstrip()} {name} .\n" for line in lines if line and line[0] != "#"}
    (release / "data" / "idf.nq").write_text("".join(sorted(quads)), "utf-8")
    summary = json.loads((published / "release.json").read_text("utf-8"))
    (release / "release.json").write_text(json.dumps({**summary, "statements": len(quads)}))
    write_sums(release)
    return release


def write_sums(release: Path) -> None:
    """Writes the list of sums of a release."""
    files = [each for each in release.rglob("*") if each.is_file() and each.name != "SHA256SUMS"]
    (release / "SHA256SUMS").write_text(
        "".join(
            f"{sha256(each.read_bytes()).hexdigest()}  {each.relative_to(release).as_posix()}\n"
            for each in sorted(files)
        )
    )
