"""A release behind real servers, with the configuration of serving/: what each request gets."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from rdflib import RDF, Graph, URIRef
from support.command import ROOT
from support.http_servers import (
    APACHE,
    NGINX,
    add_access_file,
    apache,
    ask,
    free_port,
    lines_for_users,
    nginx,
)
from support.linked_clients import assert_signposted, run_client
from support.linked_requests import (
    ALWAYS,
    BROWSER,
    GONE,
    HTML,
    JSONLD,
    LONG,
    NO_CACHE,
    PAGE,
    ROWS,
    TURTLE,
    WITHDRAWN,
    accept,
    assert_fits,
    chosen,
)

from idfgraph.pipeline import publish

CLIENTS = ROOT / "tests" / "data" / "clients"
CI = os.environ.get("CI") == "true"
needs_nginx = pytest.mark.skipif(not NGINX and not CI, reason="nginx is not installed")
needs_apache = pytest.mark.skipif(not APACHE and not CI, reason="apache2 is not installed")


class Server(NamedTuple):
    """A release under its own address."""

    port: int
    release: Path

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}/"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that servers may read even where they give up being root."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)
        path.chmod(stat.S_IRWXU | stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH)
        yield path


@pytest.fixture(scope="module")
def served(folder: Path) -> Server:
    """A release with a withdrawn record, and in it a planted link to what lies outside."""
    port, data, out = free_port(), folder / "data", folder / "site" / "public"
    shutil.copytree(ROOT / "data", data)
    (data / "records" / "PX.0221.yaml").write_text(WITHDRAWN, encoding="utf-8")
    publish([data], out, base=f"http://127.0.0.1:{port}/")
    (folder / "secret.ttl").write_text("# not for the world\n", encoding="utf-8")
    (out / "planted.ttl").symlink_to(folder / "secret.ttl")
    return Server(port, out)


@pytest.fixture(scope="module")
def by_nginx(folder: Path, served: Server) -> Iterator[Server]:
    with nginx(folder, served.release, served.port):
        yield served


@pytest.fixture(scope="module")
def by_apache(folder: Path, served: Server) -> Iterator[Server]:
    other = served._replace(port=free_port())
    add_access_file(served.release)
    with apache(folder, served.release, other.port):
        yield other


@needs_nginx
@pytest.mark.parametrize(("method", "path", "asked", "status", "headers"), ROWS)
def test_nginx_answers(
    by_nginx: Server,
    method: str,
    path: str,
    asked: Mapping[str, str],
    status: int,
    headers: Mapping[str, str | None],
) -> None:
    answer = ask(by_nginx.port, method, path, asked)
    assert_fits(answer, status, {**headers, **(ALWAYS if status != 400 else {})})
    assert method != "HEAD" or not answer.body


@needs_nginx
@pytest.mark.parametrize(
    ("path", "asked"), [(PAGE, accept("text/turtle")), (f"{PAGE}.fr.html", {})]
)
def test_nginx_says_when_nothing_changed(
    by_nginx: Server, path: str, asked: Mapping[str, str]
) -> None:
    first = ask(by_nginx.port, "GET", path, asked)
    tag, modified = first.headers["etag"], first.headers["last-modified"]
    kept = {
        name: first.headers.get(name)
        for name in ("etag", "vary", "content-location", "cache-control")
    }
    for condition in (
        {"If-None-Match": tag},
        {"If-None-Match": f'"x", {tag}'},
        {"If-Modified-Since": modified},
    ):
        assert_fits(ask(by_nginx.port, "GET", path, {**asked, **condition}), 304, kept)
    assert ask(by_nginx.port, "GET", path, {**asked, "If-None-Match": '"x"'}).status == 200
    assert ask(by_nginx.port, "GET", path, {**asked, "If-Match": '"x"'}).status == 412


@needs_nginx
def test_what_never_changes_is_kept_for_long(by_nginx: Server) -> None:
    page = next((by_nginx.release / "pages").iterdir()).name
    version = next((by_nginx.release / "release").glob("*.ttl")).stem
    dump, described = f"/archive/{version}/data/idf.nq", f"/release/{version}"
    for path in (f"/pages/{page}", f"/pages/{page[:-4]}", f"{described}.ttl", described, dump):
        assert_fits(ask(by_nginx.port, "GET", path, {}), 200, {"Cache-Control": LONG})
    page_of = chosen(f"{described}.fr.html", HTML, language="fr")
    assert_fits(ask(by_nginx.port, "GET", described, accept(BROWSER, "fr")), 200, page_of)
    assert_fits(ask(by_nginx.port, "GET", "/release/none", {}), 404, {"Cache-Control": NO_CACHE})


@needs_nginx
def test_every_file_of_a_release_has_a_type(by_nginx: Server) -> None:
    for path in sorted(by_nginx.release.rglob("*")):
        if path.is_file() and not path.is_symlink():
            answer = ask(by_nginx.port, "HEAD", f"/{path.relative_to(by_nginx.release)}", {})
            assert answer.status == 200, path
            untyped = path.suffix in ("", ".txt") and path.name != "void"
            assert ("text/plain" in answer.headers["content-type"]) == untyped, path


@needs_nginx
def test_rdflib_follows_names(by_nginx: Server) -> None:
    project = URIRef(f"{by_nginx.base}id/project/V47-805")
    graph = Graph().parse(str(project))
    assert (project, RDF.type, URIRef(f"{by_nginx.base}def#Project")) in graph
    for name in (
        "catalog",
        "void",
        "def",
        "profile",
        "rights",
        "queries",
        "shapes/project",
        "data/idf",
        "code/type-tc",
    ):
        assert len(Graph().parse(f"{by_nginx.base}{name}")), name
    lines = (by_nginx.release / "data" / "idf.nt").read_bytes().splitlines()
    assert len(Graph().parse(f"{by_nginx.base}data/idf.nt", format="nt")) == len(lines)


@needs_nginx
def test_signposts_are_found(by_nginx: Server) -> None:
    assert_signposted(by_nginx.base)


@needs_nginx
def test_rdf_dereference_follows_names(by_nginx: Server) -> None:
    project, dump = f"{by_nginx.base}id/project/V47-805", f"{by_nginx.base}data/idf"
    (one, two) = run_client("dereference.mjs", project, dump)
    assert one == [project, f"{by_nginx.base}doc/project/V47-805.jsonld", one[2]]
    assert int(one[2]) == len(Graph().parse(project))
    assert int(two[2]) == len((by_nginx.release / "data" / "idf.nq").read_bytes().splitlines())


@needs_nginx
def test_comunica_follows_three_hops(by_nginx: Server) -> None:
    assert run_client("comunica.mjs", by_nginx.base) == [
        ["Albania", f"{by_nginx.base}catalog#dataset", "Rights"]
    ]


@needs_nginx
def test_a_new_release_is_served_at_once(by_nginx: Server) -> None:
    old, new = by_nginx.release.resolve(), by_nginx.release.with_name("other")
    shutil.copytree(old, new, symlinks=True)
    (new / "robots.txt").write_text("new\n", encoding="utf-8")
    for target, text in ((new, b"new\n"), (old, (old / "robots.txt").read_bytes())):
        link = by_nginx.release.with_name("link")
        link.symlink_to(target)
        link.replace(by_nginx.release)
        assert ask(by_nginx.port, "GET", "/robots.txt", {}).body == text


#: Headers that Apache words in its own way.
NGINX_ONLY = ("Vary", "Content-Location", "Content-Language")

#: Where Apache answers otherwise, as docs/serving.md says: path and Accept, status, headers.
OTHERWISE: dict[tuple[str, str], tuple[int, Mapping[str, str | None]]] = {
    ("/", "text/turtle"): (406, ALWAYS),
    ("/catalog", BROWSER): (200, {"Content-Type": TURTLE}),
    ("/planted.ttl", ""): (200, ALWAYS),
    ("/id/../../etc/passwd", ""): (400, {}),
    ("/id/project/..%2f..%2frelease", ""): (404, {"Location": None}),
    (PAGE, "text/turtle;q=0.3, application/ld+json;q=0.31"): (200, {"Content-Type": JSONLD}),
    (f"/id{GONE}", "text/turtle"): (410, {"Content-Type": HTML}),
    (f"/doc{GONE}", "application/ld+json"): (410, {"Content-Type": HTML}),
}


def path_only(location: str) -> str:
    return "/" + location.split("/", 3)[3]


@needs_apache
@pytest.mark.parametrize(("method", "path", "asked", "status", "headers"), ROWS)
def test_apache_answers(
    by_apache: Server,
    method: str,
    path: str,
    asked: Mapping[str, str],
    status: int,
    headers: Mapping[str, str | None],
) -> None:
    """The same as nginx, but that a thing leads to the document without suffix, where the file is
    chosen.
    """
    answer, location = ask(by_apache.port, method, path, asked), headers.get("Location")
    if answer.status == 303 and path != "/.well-known/sparql-examples":
        answer = ask(by_apache.port, method, path_only(answer.headers["location"]), asked)
        status, headers = (200 if location else status), {}
        name = Path(location or "").name
        assert not location or answer.headers["content-location"] in {name, f"{name}.html"}
    if location == "/queries.ttl":
        headers = {"Location": f"{by_apache.base}queries.ttl"}
    kept = {name: value for name, value in headers.items() if name not in NGINX_ONLY}
    assert_fits(answer, *OTHERWISE.get((path, asked.get("Accept", "")), (status, kept | ALWAYS)))


@needs_apache
def test_apache_says_when_nothing_changed(by_apache: Server) -> None:
    asked = accept("text/turtle")
    first = ask(by_apache.port, "GET", PAGE, asked)
    assert "etag" not in first.headers
    assert {"accept", "accept-language"} <= set(first.headers["vary"].split(","))
    condition = {**asked, "If-Modified-Since": first.headers["last-modified"]}
    assert ask(by_apache.port, "GET", PAGE, condition).status == 304
    page = next((by_apache.release / "pages").iterdir()).name
    assert_fits(ask(by_apache.port, "GET", f"/pages/{page}", {}), 200, {"Cache-Control": LONG})
    version = next((by_apache.release / "release").glob("*.ttl")).stem
    for asked, kind in ((accept(BROWSER), HTML), (accept("text/turtle"), TURTLE)):
        answer = ask(by_apache.port, "GET", f"/release/{version}", asked)
        assert_fits(answer, 200, {"Cache-Control": LONG, "Content-Type": kind})


#: What is asked of a permanent address, and where it leads at the host.
PERMANENT: list[tuple[str, Mapping[str, str], int, str]] = [
    ("id/project/V47-805", {}, 303, "doc/project/V47-805.html"),
    ("id/project/V47-805", accept("text/turtle"), 303, "doc/project/V47-805.ttl"),
    ("id/project/V47-805", accept(BROWSER, "fr-CH,en"), 303, "doc/project/V47-805.fr.html"),
    ("code/type-tc", accept("application/ld+json"), 303, "doc/code/type-tc.jsonld"),
    ("graph/decision/state/MDA", accept("text/turtle"), 303, "doc/state/MDA.ttl"),
    ("code/type-tc", accept("application/n-triples"), 303, "doc/code/type-tc.nt"),
    ("void", accept("application/n-triples"), 302, "void.nt"),
    ("report", accept("application/n-triples"), 302, "report.nt"),
    ("doc/project/PX.0220", accept("text/turtle"), 302, "doc/project/PX.0220.ttl"),
    ("doc/project/PX.0220.fr.html", {}, 302, "doc/project/PX.0220.fr.html"),
    ("queries", accept(BROWSER, "fr"), 302, "queries.fr.html"),
    (
        "release/2026-11-21-0123456789ab",
        accept("text/turtle"),
        302,
        "release/2026-11-21-0123456789ab.ttl",
    ),
    (
        "archive/2026-11-21-0123456789ab/data/idf.nq",
        {},
        302,
        "archive/2026-11-21-0123456789ab/data/idf.nq",
    ),
    ("catalog", {}, 302, "catalog.ttl"),
    ("catalog", accept("application/ld+json"), 302, "catalog.jsonld"),
    ("data/idf", accept("text/turtle"), 302, "data/idf.ttl"),
    ("shapes/project", accept("application/ld+json"), 302, "shapes/project.ttl"),
    ("tables/idf.xlsx", {}, 302, "tables/idf.xlsx"),
    ("", {}, 302, ""),
]


@needs_apache
@pytest.mark.parametrize("access", ["negotiating-host.htaccess", "plain-host.htaccess"])
def test_permanent_addresses_lead_to_the_host(folder: Path, access: str) -> None:
    root, own, port = folder / access / "w3id", folder / access / "own", free_port()
    own.mkdir(parents=True)
    (root / "iom-idf").mkdir(parents=True)
    shutil.copy(ROOT / "serving" / "w3id" / access, root / "iom-idf" / ".htaccess")
    with apache(own, root, port):
        for path, asked, status, target in PERMANENT:
            plain = access.startswith("plain")
            answer = ask(port, "GET", f"/iom-idf/{path}", asked)
            expected = {"Location": f"https://HOST.example/{target if plain else path}"}
            assert_fits(answer, status if plain else 302, expected)


def test_templates_name_what_is_the_users() -> None:
    for access in (ROOT / "serving" / "w3id").glob("*.htaccess"):
        assert lines_for_users(access.read_text(encoding="utf-8")) == 1, access


def test_the_workflow_publishes_plain_files() -> None:
    workflow = yaml.safe_load((ROOT / "examples" / "pages.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    runs = [step["run"] for step in job["steps"] if "run" in step]
    assert "idfgraph publish data --layout plain --out public" in runs
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    assert [step["uses"].partition("@")[0] for step in job["steps"] if "uses" in step][-2:] == [
        "actions/upload-pages-artifact",
        "actions/deploy-pages",
    ]
