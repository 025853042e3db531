"""Requests for linked data and what they get, and a withdrawn record: for whatever serves it."""

from collections.abc import Mapping

from support.http_servers import Answer

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
    ("GET", "/shapes/", accept("text/turtle"), 200, chosen("/shapes/all.ttl", TURTLE)),
    ("GET", "/shapes/", accept(BROWSER), 200, chosen("/shapes/index.html", HTML, language="en")),
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
    ("GET", "/tables/csv-metadata.json", {}, 200, {"Content-Type": "application/csvm+json"}),
    ("GET", "/data/idf.nq.gz", {}, 200, {"Content-Type": "application/gzip"}),
    ("GET", "/data/idf.nq.zst", {}, 200, {"Content-Type": "application/zstd"}),
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
