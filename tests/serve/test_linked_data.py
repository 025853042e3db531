"""A release behind our own server: what each request for linked data gets."""

import re
import shutil
import socket
from collections.abc import Iterator
from gzip import decompress
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, Graph, URIRef
from support.command import ROOT
from support.http_servers import Answer, ask, free_port, idfgraph
from support.linked_clients import assert_signposted, run_client
from support.linked_requests import (
    ALWAYS,
    BOTH,
    BROWSER,
    GONE,
    LONG,
    PAGE,
    ROWS,
    WITHDRAWN,
    Row,
    accept,
)
from support.linked_rows import BETTER, FORMS, MORE, NQ, NT, TOLD, TRIG

from idfgraph.model.formats import DOCUMENTS
from idfgraph.pipeline import publish
from idfgraph.reach.checking import inspect_server


class Server(NamedTuple):
    """A release under its own address, with a record that was withdrawn."""

    port: int
    release: Path

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """The answer to a request; names of headers are written with `_`."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return ask(self.port, method, path, told)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    shutil.copytree(ROOT / "data", folder / "data")
    (folder / "data" / "records" / "PX.0221.yaml").write_text(WITHDRAWN, encoding="utf-8")
    publish([folder / "data"], folder / "public", base=f"http://127.0.0.1:{port}/")
    (folder / "secret.ttl").write_text("# not for the world\n", encoding="utf-8")
    (folder / "public" / "planted.ttl").symlink_to(folder / "secret.ttl")
    with idfgraph(folder / "public", port):
        yield Server(port, folder / "public")


def assert_answers(server: Server, row: Row) -> Answer:
    """An answer is as a row says, what it varies by besides left out; its size is told."""
    method, path, asked, status, expected = row
    answer = ask(server.port, method, path, asked)
    got = {name: answer.headers.get(name.lower()) for name in expected}
    for name, value in expected.items():
        if name == "Vary" and value is not None:
            assert set(value.split(", ")) <= set((got[name] or "").split(", ")), answer
            got[name] = value
        if value and value.startswith("~"):
            assert value[1:] in (got[name] or ""), answer
            got[name] = value
    assert (answer.status, got) == (status, dict(expected)), answer
    for name, value in ALWAYS.items():
        assert answer.headers.get(name.lower()) == value, answer
    assert "access-control-allow-credentials" not in answer.headers
    assert method != "HEAD" or not answer.body
    return answer


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_it_answers_as_other_servers_do_or_better(server: Server, row: Row) -> None:
    method, path, asked, status, expected = row
    status, expected = BETTER.get((path, asked.get("Accept", "")), (status, expected))
    assert_answers(server, (method, path, asked, status, expected))


@pytest.mark.parametrize(("told", "form"), list(product(TOLD, FORMS)))
def test_every_kind_of_thing_leads_to_each_form(
    server: Server, told: tuple[str, str], form: tuple[str, str, str]
) -> None:
    (thing, document), (suffix, asked, kind) = told, form
    assert_answers(
        server,
        ("GET", thing, accept(asked), 303, {"Location": f"{document}.{suffix}", "Vary": BOTH}),
    )
    told_of = {"Content-Type": kind, "Content-Location": f"{document}.{suffix}", "Vary": BOTH}
    chosen = assert_answers(server, ("GET", document, accept(asked), 200, told_of))
    named = assert_answers(server, ("GET", f"{document}.{suffix}", {}, 200, {"Content-Type": kind}))
    assert named.body == chosen.body and len(named.body) > 100
    assert named.headers["etag"] == chosen.headers["etag"]


@pytest.mark.parametrize("row", MORE, ids=lambda row: f"{row[0]} {row[1]} {row[3]}")
def test_it_answers(server: Server, row: Row) -> None:
    assert_answers(server, row)


def test_several_lines_of_accept_are_one_list(server: Server) -> None:
    lines = "Accept: text/html;q=0.1\r\nAccept: text/turtle;q=0.2\r\n"
    head = f"GET {PAGE} HTTP/1.1\r\nHost: evil.example\r\n{lines}Connection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(head.encode())
        answer = connection.makefile("rb").read()
    assert b"content-type: text/turtle" in answer and b"evil" not in answer


@pytest.mark.parametrize(
    "path", [f"{PAGE}.html", f"{PAGE}.ttl", f"{PAGE}.nq", f"{PAGE}", "/data/idf.nq", "/", "/none"]
)
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_head_is_that_of_the_whole(server: Server, path: str, coding: str) -> None:
    head, whole = (
        server.get(path, method, Accept_Encoding=coding, Accept="text/turtle,*/*;q=0.1")
        for method in ("HEAD", "GET")
    )
    left = [
        {name: value for name, value in one.headers.items() if name not in ("date", "x-request-id")}
        for one in (head, whole)
    ]
    assert (head.status, left[0], head.body) == (whole.status, left[1], b"")
    assert int(whole.headers["content-length"]) == len(whole.body)


def test_a_tag_tells_form_language_and_coding_apart(server: Server) -> None:
    asked = [
        {"Accept": types, "Accept-Language": language, "Accept-Encoding": coding}
        for types, language in [("text/html", "en"), ("text/html", "fr"), ("text/turtle", "en"),
                                ("application/ld+json", ""), (NT, ""), (NQ, ""), (TRIG, "")]
        for coding in ("", "gzip")
    ]  # fmt: skip
    answers = [ask(server.port, "GET", PAGE, one) for one in asked]
    tags = [answer.headers["etag"] for answer in answers]
    assert len(set(tags)) == len(tags) and all(tag[0] == tag[-1] == '"' for tag in tags)
    for plain, packed in zip(answers[::2], answers[1::2], strict=True):
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert decompress(packed.body) == plain.body
        assert "Accept-Encoding" in plain.headers["vary"] and len(packed.body) < len(plain.body)


@pytest.mark.parametrize(("path", "types"), [(PAGE, "text/turtle"), (PAGE, "text/html"),
    (PAGE, NQ), (f"{PAGE}.fr.html", "*/*"), ("/data/idf.nq", "*/*"), ("/", BROWSER)])  # fmt: skip
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_what_a_client_has_is_not_sent_again(
    server: Server, path: str, types: str, coding: str
) -> None:
    asked = {"Accept": types, "Accept-Encoding": coding}
    first = ask(server.port, "GET", path, asked)
    tag, modified = first.headers["etag"], first.headers["last-modified"]
    old, late = "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT"
    for condition, status in [
        ({"If-None-Match": tag}, 304), ({"If-None-Match": f'"x", W/{tag}'}, 304),
        ({"If-None-Match": "*"}, 304), ({"If-None-Match": '"x"'}, 200),
        ({"If-None-Match": '"x"', "If-Modified-Since": modified}, 200),
        ({"If-None-Match": tag, "If-Modified-Since": old}, 304),
        ({"If-Modified-Since": modified}, 304), ({"If-Modified-Since": late}, 304),
        ({"If-Modified-Since": old}, 200), ({"If-Modified-Since": "yesterday"}, 200),
        ({"If-Match": tag}, 200), ({"If-Match": "*"}, 200), ({"If-Match": '"x"'}, 412),
        ({"If-Match": f"W/{tag}"}, 412), ({"If-Unmodified-Since": old}, 412),
        ({"If-Unmodified-Since": modified}, 200), ({"If-Unmodified-Since": "x"}, 200),
    ]:  # fmt: skip
        answer = ask(server.port, "GET", path, {**asked, **condition})
        assert answer.status == status, (condition, answer)
        assert answer.headers["access-control-allow-origin"] == "*"
        if status == 304:
            assert not answer.body and "content-type" not in answer.headers
            for name in ("etag", "vary", "cache-control", "content-location", "last-modified"):
                assert answer.headers.get(name) == first.headers.get(name)


@pytest.mark.parametrize("path", ["/data/idf.nq", f"{PAGE}.ttl", f"{PAGE}.nq", "/tables/idf.xlsx"])
def test_a_part_is_sent(server: Server, path: str) -> None:
    whole = server.get(path)
    size, tag = len(whole.body), whole.headers["etag"]
    for told, part in [
        ("bytes=0-9", slice(0, 10)), ("bytes=10-", slice(10, None)), ("bytes=-7", slice(-7, None)),
        (f"bytes=5-{size * 2}", slice(5, None)), (f"bytes=-{size * 2}", slice(0, None)),
    ]:  # fmt: skip
        answer = server.get(path, Range=told, Accept_Encoding="gzip")
        assert (answer.status, answer.body) == (206, whole.body[part])
        start = range(size)[part][0]
        about = f"bytes {start}-{start + len(answer.body) - 1}/{size}"
        assert (answer.headers["content-range"], answer.headers["etag"]) == (about, tag)
    for told in (f"bytes={size}-", "bytes=-0"):
        answer = server.get(path, Range=told)
        assert (answer.status, answer.headers["content-range"]) == (416, f"bytes */{size}")
    many = ",".join(f"{at}-{at}" for at in range(1000))
    for told in ("bytes=5-2", "lines=1-2", "bytes=a-b", "bytes=", f"bytes={many}", "bytes=0-1,3-4"):
        answer = server.get(path, Range=told)
        assert (answer.status, answer.body) == (200, whole.body), told
    resumed = server.get(path, Range="bytes=10-", If_Range=tag)
    assert resumed.status == 206 and whole.body[:10] + resumed.body == whole.body
    assert (
        server.get(path, Range="bytes=10-", If_Range=whole.headers["last-modified"]).status == 206
    )
    for other in ('"x"', f"W/{tag}", "Thu, 01 Jan 1970 00:00:00 GMT", "x"):
        assert server.get(path, Range="bytes=10-", If_Range=other).status == 200
    assert server.get(path, Range="bytes=0-9", If_None_Match=tag).status == 304


def test_every_file_is_served_whole(server: Server) -> None:
    for line in (server.release / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, path = line.split("  ", 1)
        answer = server.get(f"/{path}")
        gone = path.startswith(f"doc{GONE}.")
        if re.fullmatch(r"ask[.a-z]*[.]html", path):
            assert (answer.status, answer.headers["location"][:4]) == (303, "ask?"), path
            continue
        assert answer.status == (410 if gone else 200), path
        assert sha256(answer.body).hexdigest() == digest, path
        lasting = path.startswith(("pages/", "release/", "archive/"))
        assert gone or (answer.headers["cache-control"] == LONG) == lasting
        assert sum(len(name) + len(value) + 4 for name, value in answer.headers.items()) < 4000, (
            path
        )


#: What reads each form.
FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
}


def triples(data: bytes, suffix: str) -> set[str]:
    """The triples of a document, in whatever graphs, names of blank nodes left out."""
    quads = parse(data, FORMATS[suffix])
    return {re.sub("_:[^ ]+", "_:", str(quad.triple)) for quad in quads}


@pytest.mark.parametrize("stem", ["/doc/project/V47-805", "/doc/state/ALB", "/catalog", "/def"])
def test_all_forms_tell_the_same(server: Server, stem: str) -> None:
    told = {suffix: triples(server.get(f"{stem}.{suffix}").body, suffix) for suffix in FORMATS}
    assert all(one == told["nt"] for one in told.values())


def test_quads_stand_in_the_graphs_of_the_dump_besides(server: Server) -> None:
    dump = set((server.release / "data" / "idf.nq").read_bytes().splitlines())
    lines = server.get(f"{PAGE}.nq").body.splitlines()
    triples = server.get(f"{PAGE}.nt").body.splitlines()
    quads = set(lines) - set(triples)
    assert sorted(lines) == lines and len(lines) == len(triples) + len(quads) and quads <= dump
    graph = f"<{server.base}graph/source/ea0243d4edc78dd7> .".encode()
    assert sum(quad.endswith(graph) for quad in quads) > 20
    assert not {quad.rpartition(b" <")[0] + b" ." for quad in quads} - set(triples)


def test_names_are_told_with_what_they_name(server: Server) -> None:
    graph = Graph().parse(server.get(f"{PAGE}?_profile=labels", Accept=NT).body, format="nt")
    full = Graph().parse(server.get(f"{PAGE}.nt").body, format="nt")
    assert set(full) < set(graph)
    added = {str(subject) for subject, _, _ in set(graph) - set(full)}
    assert {f"{server.base}id/state/ALB", f"{server.base}code/type-tc"} <= added
    assert f"{server.base}def#beneficiary" in added


def test_markup_needs_no_address_to_be_read(server: Server) -> None:
    kinds = {"jsonld": "application/ld+json", "ttl": "text/turtle", "nt": NT}
    bodies = {
        suffix: server.get(f"{PAGE}?_profile=schema", Accept=kind).body
        for suffix, kind in kinds.items()
    }
    told = {suffix: triples(body, suffix) for suffix, body in bodies.items()}
    project = f"<{server.base}id/project/V47-805>"
    assert f"{project} <{RDF.type}> <https://schema.org/Project>" in told["ttl"]
    assert told["ttl"] == told["nt"] == told["jsonld"]


def test_profiles_are_listed(server: Server) -> None:
    graph = Graph().parse(server.get(f"{PAGE}?_profile=alt", Accept="text/turtle").body)
    token = URIRef("http://www.w3.org/ns/dx/prof/hasToken")
    assert {str(told) for told in graph.objects(None, token)} == {"full", "schema", "labels", "alt"}
    for shown in graph.objects(URIRef(f"{server.base}doc/project/V47-805"), None):
        assert server.get(str(shown).removeprefix(server.base[:-1])).status == 200, shown


def test_links_lead_to_what_they_say(server: Server) -> None:
    for path in ("/", PAGE, f"{PAGE}.ttl", "/def", "/data/idf.nq", "/tables/projects.csv"):
        links = server.get(path).headers["link"]
        for link in links.split(", <"):
            target, _, more = link.lstrip("<").partition(">")
            address = urljoin(f"{server.base[:-1]}{path}", target)
            if address.startswith(server.base):
                answer = server.get("/" + address.removeprefix(server.base).partition("#")[0])
                assert answer.status in (200, 303), (path, link)
            if 'type="' in more and "describedby" in more:
                kind = more.partition('type="')[2].partition('"')[0]
                assert answer.headers["content-type"].startswith(kind)


def test_rdflib_follows_names(server: Server) -> None:
    project = URIRef(f"{server.base}id/project/V47-805")
    graph = Graph().parse(str(project))
    assert (project, RDF.type, URIRef(f"{server.base}def#Project")) in graph
    for name in (
        "catalog",
        "void",
        "def",
        "profile",
        "rights",
        "queries",
        "shapes/project",
        "data/idf",
    ):
        assert len(Graph().parse(f"{server.base}{name}")), name


def test_all_forms_of_documents_are_told(server: Server) -> None:
    links = server.get(PAGE, Accept="text/html").headers["link"]
    for suffix in DOCUMENTS:
        assert f'<{PAGE}.{suffix}>; rel="describedby"' in links
        assert f'<{PAGE}.{suffix}>; rel="alternate"' in links
    for rel in ("cite-as", "license", "type", "collection", "author", "linkset"):
        assert f'rel="{rel}"' in links


def test_signposts_are_found(server: Server) -> None:
    assert_signposted(server.base)


def test_rdf_dereference_follows_names(server: Server) -> None:
    project, dump = f"{server.base}id/project/V47-805", f"{server.base}data/idf"
    (one, two) = run_client("dereference.mjs", project, dump)
    assert one == [project, f"{server.base}doc/project/V47-805.nq", one[2]]
    assert int(one[2]) == len(server.get(f"{PAGE}.nq").body.splitlines())
    assert int(two[2]) == len((server.release / "data" / "idf.nq").read_bytes().splitlines())


def test_comunica_follows_three_hops(server: Server) -> None:
    assert run_client("comunica.mjs", server.base) == [
        ["Albania", f"{server.base}catalog#dataset", "Rights"]
    ]


@pytest.mark.parametrize(
    "path", ["id/project/V47-805", "id/state/MDA", "doc/project/V47-805", "code/type-tc", "sparql"]
)
def test_it_does_all_that_others_are_held_to(server: Server, path: str) -> None:
    found = inspect_server(f"{server.base}{path}").verdicts
    assert [one for one in found if one.outcome != "passed"] == []
