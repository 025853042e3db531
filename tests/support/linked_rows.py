"""Requests for linked data that our own server answers better than others, or that only it can."""

from collections.abc import Mapping

from support.linked_requests import (
    BOTH,
    BROWSER,
    COMUNICA,
    GONE,
    HTML,
    JSONLD,
    NO_CACHE,
    PAGE,
    PLAIN,
    PROJECT,
    TURTLE,
    Row,
    accept,
)  # fmt: skip

NT, NQ, TRIG = "application/n-triples", "application/n-quads", "application/trig"
PDF = {"Accept": "application/pdf"}

#: Where we give more than files behind other servers can: path and Accept (or method), what is got.
BETTER: dict[tuple[str, str], tuple[int, Mapping[str, str | None]]] = {
    (PROJECT, COMUNICA): (303, {"Location": f"{PAGE}.nq"}),
    ("/graph/decision/V47-805", ""): (303, {"Location": f"{PAGE}.html"}),
    ("/graph/decision/mainstreaming-migration", ""): (
        303, {"Location": "/doc/programme/mainstreaming-migration.html"},
    ),
    ("/id/project/none", "text/turtle"): (404, {"Content-Type": TURTLE}),
    ("/id/../../etc/passwd", ""): (404, {"Content-Type": HTML}),
    (PAGE, "text/turtle;q=0.3, application/ld+json;q=0.31"): (200, {"Content-Type": JSONLD}),
    (PAGE, "application/n-quads"): (200, {"Content-Location": f"{PAGE}.nq", "Content-Type": NQ}),
    (f"{PAGE}.ttl", "text/html"): (200, {"Content-Type": TURTLE, "Vary": "Accept-Encoding"}),
    (f"/doc{GONE}.ttl", ""): (410, {"Content-Type": TURTLE}),
}  # fmt: skip


def profile(address: str, types: str = "*/*") -> dict[str, str]:
    return {"Accept": types, "Accept-Profile": f"<{address}>"}


#: Documents, and things that they tell of.
TOLD = [
    ("/id/project/V47-805", PAGE), ("/id/programme/mainstreaming-migration",
    "/doc/programme/mainstreaming-migration"), ("/id/state/ALB", "/doc/state/ALB"),
    ("/id/org/iom", "/doc/org/iom"),
    ("/id/source/ea0243d4edc78dd7", "/doc/source/ea0243d4edc78dd7"),
    ("/code/type-tc", "/doc/code/type-tc"), ("/code/type", "/doc/code/type"),
    ("/graph/source/ea0243d4edc78dd7", "/doc/source/ea0243d4edc78dd7"),
    ("/graph/decision/V47-805", PAGE), ("/graph/decision/state/MDA", "/doc/state/MDA"),
]  # fmt: skip
FORMS = [
    ("html", "text/html", HTML), ("ttl", "text/turtle", TURTLE), ("nt", NT, NT),
    ("jsonld", "application/ld+json", JSONLD), ("nq", NQ, NQ), ("trig", TRIG, TRIG),
]  # fmt: skip

MORE: list[Row] = [
    # Preferences in thousandths, on several lines, with parameters, and malformed.
    ("GET", PAGE, accept("text/turtle;q=0.301, application/ld+json;q=0.3"), 200,
     {"Content-Type": TURTLE}),
    ("GET", PAGE, accept("text/turtle;q=0.300, application/ld+json;q=0.301"), 200,
     {"Content-Type": JSONLD}),
    ("GET", PAGE, accept('text/turtle;x="a,b;q=0"'), 200, {"Content-Type": TURTLE}),
    ("GET", PAGE, accept('text/turtle;profile="'), 200, {"Content-Type": TURTLE}),
    ("GET", PAGE, accept("*/*;q=banana"), 200, {"Content-Type": HTML}),
    ("GET", PAGE, accept(";;;q=,,,"), 406, {}),
    ("GET", PAGE, accept(""), 200, {"Content-Type": HTML}),
    ("GET", PAGE, accept("text/*"), 200, {"Content-Type": HTML}),
    ("GET", PAGE, accept("application/*"), 200, {"Content-Type": JSONLD}),
    ("GET", PAGE, accept("*/*;q=0"), 406, {"Content-Type": PLAIN}),
    ("GET", PAGE, accept(", ".join(f"a/b{n};q=0.{n}" for n in range(5000))), 406, {}),
    ("GET", PAGE, accept(", ".join([*(f"a/b{n}" for n in range(5000)), "text/turtle"])), 200,
     {"Content-Type": TURTLE}),
    ("GET", PAGE, PDF, 406, {"Link": f'~<{PAGE}.ttl>; rel="alternate"; type="text/turtle"'}),
    ("HEAD", PAGE, PDF, 406, {"Vary": BOTH}),
    # Languages.
    ("GET", PAGE, accept("text/html", "fr"), 200, {"Content-Language": "fr", "Vary": BOTH}),
    ("GET", PAGE, accept("text/html", "fr-CA, es;q=0.9"), 200, {"Content-Language": "fr"}),
    ("GET", PAGE, accept("text/html", "fr;q=0.2, es;q=0.21"), 200, {"Content-Language": "es"}),
    ("GET", PAGE, accept("text/html", ";;q=x,"), 200, {"Content-Language": "en"}),
    ("GET", PAGE, accept("text/turtle", "fr"), 200, {"Content-Language": None}),
    ("GET", f"{PAGE}.es.html", accept("text/turtle", "fr"), 200, {"Content-Language": "es"}),
    # Addresses.
    ("GET", "/id/project/V47-805?a=1&b=%20", accept("text/turtle"), 303,
     {"Location": f"{PAGE}.ttl?a=1&b=%20"}),
    ("GET", f"{PAGE}?x=1", accept("text/turtle"), 200, {"Content-Location": f"{PAGE}.ttl"}),
    ("GET", "/%69d/project/V47-805", accept("text/turtle"), 303, {"Location": f"{PAGE}.ttl"}),
    ("GET", "/id%2Fproject%2FV47-805", {}, 404, {}),
    ("GET", "/ID/project/V47-805", {}, 404, {"Content-Type": HTML}),
    ("GET", "/id/project/v47-805", {}, 404, {}),
    ("GET", "/id/project/V47-805/", {}, 404, {}),
    ("GET", f"{PAGE}/", {}, 404, {}),
    ("GET", f"{PAGE}.rdf", {}, 404, {}),
    ("GET", f"/{PAGE}", {}, 404, {}),
    ("GET", "//evil.example/id/project/V47-805", {}, 404, {"Location": None}),
    ("GET", "//evil.example/%2e%2e", {}, 404, {"Location": None}),
    ("GET", "/id/project/V47-805%0d%0aSet-Cookie:x", {}, 404, {"Set-Cookie": None}),
    ("GET", "/id/project/V47-805?%0d%0aSet-Cookie:x=1", {}, 303, {"Set-Cookie": None}),
    ("GET", "/doc/../../../etc/passwd", {}, 404, {}),
    ("GET", "/..%2f..%2fetc%2fpasswd", {}, 404, {}),
    ("GET", "/doc/%2e%2e/SHA256SUMS", {}, 404, {}),
    ("GET", "/.idfgraph-release", {}, 404, {}),
    ("GET", "/404", {}, 404, {"Content-Type": HTML}),
    ("GET", f"/doc/{'a' * 20_000}", {}, 404, {"Content-Type": HTML}),
    ("GET", f"{PAGE}?{'a' * 20_000}", accept("text/turtle"), 200, {"Content-Type": TURTLE}),
    ("GET", "/sparql/", {}, 404, {"Location": None}),
    # What is not there, in the form that is asked for.
    ("GET", "/none", accept(BROWSER), 404, {"Content-Type": HTML, "Cache-Control": NO_CACHE,
     "Vary": "Accept", "Content-Security-Policy": "~style-src 'sha256-"}),
    ("GET", "/none", accept("application/ld+json"), 404, {"Content-Type": JSONLD}),
    ("GET", "/none", accept("application/json"), 404, {"Content-Type": "application/json"}),
    ("GET", "/none", accept(NQ), 404, {"Content-Type": NQ}),
    ("HEAD", "/none", accept("text/plain"), 404, {"Content-Type": PLAIN}),
    ("GET", "/none", PDF, 404, {"Content-Type": HTML}),
    # Methods.
    *(("OPTIONS", path, {}, 204, {"Allow": "GET, HEAD, OPTIONS"})
      for path in ("/", PAGE, "/none", "*")),
    *((method, PAGE, {}, 405, {"Allow": "GET, HEAD, OPTIONS"})
      for method in ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "FOO")),
    ("OPTIONS", PAGE, {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET",
     "Access-Control-Request-Headers": "accept, range"}, 204,
     {"Access-Control-Allow-Headers": "~Range", "Access-Control-Max-Age": "86400"}),
    ("GET", PAGE, {"Origin": "https://evil.example"}, 200,
     {"Access-Control-Expose-Headers": "~ETag", "Vary": BOTH}),
    # Who is asked, and over what, changes nothing.
    ("GET", PROJECT, {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https",
     "Forwarded": "host=evil.example", "Accept": "text/turtle"}, 303, {"Location": f"{PAGE}.ttl"}),
    # Profiles.
    ("GET", PAGE, profile("https://schema.org/"), 200,
     {"Content-Type": JSONLD, "Content-Profile": "<https://schema.org/>", "Vary": "Accept-Profile",
      "Link": '~<https://schema.org/>; rel="profile"',
      "Content-Location": f"{PAGE}.jsonld?_profile=schema"}),
    ("GET", PAGE, profile("https://schema.org/", "text/turtle"), 200, {"Content-Type": TURTLE}),
    ("GET", PROJECT, profile("https://schema.org/"), 303,
     {"Location": f"{PAGE}.jsonld?_profile=schema", "Vary": "Accept-Profile"}),
    ("GET", f"{PAGE}.ttl", profile("https://schema.org/"), 200,
     {"Content-Profile": "<https://schema.org/>", "Vary": "Accept-Profile"}),
    ("GET", f"{PAGE}?_profile=schema", {}, 200, {"Content-Type": JSONLD}),
    ("GET", f"{PAGE}?_profile=https://schema.org/", accept(NT), 200, {"Content-Type": NT}),
    ("GET", f"{PAGE}?_profile=schema&_mediatype=text/turtle", accept(BROWSER), 200,
     {"Content-Type": TURTLE}),
    ("GET", f"{PROJECT}?_profile=labels", accept("text/turtle"), 303,
     {"Location": f"{PAGE}.ttl?_profile=labels"}),
    ("GET", f"{PAGE}?_profile=labels", accept("text/turtle"), 200, {"Content-Profile": "~#labels"}),
    ("GET", f"{PAGE}?_profile=full", accept("text/turtle"), 200, {"Content-Profile": "~/def>"}),
    ("GET", f"{PAGE}?_profile=full", {}, 200,
     {"Content-Type": TURTLE, "Content-Profile": "~/def>", "Link": '~/def>; rel="profile"'}),
    ("GET", f"{PAGE}?_profile=full", accept(BROWSER), 200, {"Content-Type": HTML}),
    ("GET", PAGE, profile("https://example.org/none"), 200, {"Content-Profile": "~/def>"}),
    ("GET", f"{PAGE}?_profile=alt", accept("text/turtle"), 200,
     {"Link": '~<http://www.w3.org/ns/dx/connegp/altr>; rel="profile"'}),
    ("GET", f"{PAGE}?_profile=alt", accept(BROWSER, "fr"), 200, {"Content-Type": HTML}),
    ("GET", f"{PAGE}?_profile=none", {}, 406, {"Link": "~_profile=schema"}),
    ("GET", f"{PAGE}?_profile=", {}, 200, {}),
    ("GET", PAGE, profile("https://example.org/none", "text/turtle"), 200,
     {"Content-Profile": "~/def>"}),
    ("GET", PAGE, {"Accept": "text/turtle", "Accept-Profile": '<;q="'}, 200,
     {"Content-Type": TURTLE}),
    ("GET", PAGE, {"Accept-Profile": "<https://x/>;q=1, <https://schema.org/>;q=0.5"}, 200,
     {"Content-Profile": "<https://schema.org/>"}),
    ("GET", PAGE, accept('application/ld+json;profile="https://schema.org/"'), 200,
     {"Content-Profile": "<https://schema.org/>"}),
    ("GET", "/catalog", profile("http://data.europa.eu/r5r/", "text/turtle"), 200,
     {"Content-Profile": "<http://data.europa.eu/r5r/>", "Content-Type": TURTLE}),
    ("GET", "/doc/state/ALB?_profile=schema", {}, 406, {}),
    # Descriptions of the whole.
    ("GET", "/", accept("application/ld+json"), 200, {"Content-Location": "/catalog.jsonld"}),
    ("GET", "/catalog", accept(NQ), 200, {"Content-Type": NQ}),
    ("GET", "/def", accept("text/turtle"), 200, {"Content-Type": TURTLE, "Link": "~cite-as"}),
    ("GET", "/def", accept(BROWSER, "es"), 200, {"Content-Language": "es"}),
    ("GET", "/graph/run", accept("text/turtle"), 200, {"Content-Location": "/graph/run.ttl"}),
    ("GET", "/shapes/", {}, 200, {"Content-Location": "/shapes/index.html"}),
    ("GET", "/shapes/", accept(BROWSER, "fr"), 200,
     {"Content-Location": "/shapes/index.fr.html", "Vary": BOTH}),
    *(("GET", path, accept("text/turtle"), 200,
       {"Content-Location": "/shapes/all.ttl", "Content-Type": TURTLE, "Vary": BOTH})
      for path in ("/shapes/", "/shapes", "/shapes/index")),
    ("GET", "/shapes/", accept(f"{NT}, text/turtle;q=0.1"), 200,
     {"Content-Location": "/shapes/all.ttl", "Link": "~/shapes/all.ttl"}),
    ("GET", "/shapes/", accept("application/ld+json"), 406, {"Link": "~/shapes/all.ttl"}),
    ("GET", "/shapes/all", {}, 200, {"Content-Location": "/shapes/all.ttl"}),
    ("GET", "/.well-known/sparql-examples", accept("application/ld+json"), 303,
     {"Location": "/queries.jsonld"}),
    ("GET", "/.well-known/sparql-examples/index.ttl", {}, 200, {"Content-Type": TURTLE}),
    ("GET", "/robots.txt", {}, 200, {"Content-Type": PLAIN}),
    ("GET", "/sitemap.xml", {}, 200, {"Content-Type": "application/xml; charset=utf-8"}),
    ("GET", "/style.css", {}, 200, {"Content-Type": "text/css; charset=utf-8"}),
    ("GET", "/list.js", {}, 200, {"Content-Type": "text/javascript; charset=utf-8"}),
    ("GET", f"{PAGE}.html", {}, 200, {"Content-Security-Policy": "~default-src 'none'"}),
    ("GET", f"{PAGE}.html", {}, 200, {"Content-Security-Policy": "~frame-ancestors 'none'"}),
    ("GET", "/linkset.json", {}, 200, {"Content-Type": "application/linkset+json"}),
    ("GET", "/context.jsonld", {}, 200, {"Content-Type": JSONLD}),
    # What was withdrawn.
    *(("GET", f"{start}{GONE}", accept(asked), 410,
       {"Content-Type": kind, "Cache-Control": NO_CACHE})
      for start in ("/id", "/doc") for _, asked, kind in FORMS),
    ("GET", f"/doc{GONE}.fr.html", {}, 410, {"Content-Language": "fr"}),
    *(("GET", f"/doc{GONE}.{suffix}", accept(asked), 410,
       {"Content-Type": kind, "Cache-Control": NO_CACHE, "ETag": '~"'})
      for suffix, _, kind in (*FORMS, ("es.html", "", HTML)) for asked in ("*/*", "image/png")),
    *(("GET", f"{start}{GONE}{more}", accept(asked), 410, {"Vary": BOTH, "Content-Type": kind})
      for start in ("/id", "/doc")
      for asked, more, kind in (
          ("image/png", "", HTML), ("*/*;q=0", "", HTML), (";;q=", "", HTML), ("x", "", HTML),
          ("text/*;q=0.1, application/*", "", JSONLD), ("text/turtle", "?_profile=none", TURTLE),
          ("text/turtle", "?_profile=labels", TURTLE), ("*/*", "?_mediatype=text/turtle", TURTLE),
          (JSONLD, "?_profile=schema", JSONLD), ("text/turtle", "?a=b", TURTLE))),
    *((method, f"/doc{GONE}.ttl", asked, 410, {"Content-Type": TURTLE})
      for method in ("GET", "HEAD")
      for asked in ({"If-None-Match": "*"}, {"If-Match": '"x"'}, {"Range": "bytes=0-3"})),
    ("GET", f"/graph/decision{GONE.removeprefix('/project')}", accept("text/turtle"), 410,
     {"Content-Type": TURTLE}),
    ("GET", f"/id{GONE.replace('.', '%2E')}", {}, 410, {}),
    ("POST", f"/id{GONE}", {}, 405, {}),
    ("GET", f"/id{GONE}.ttl", {}, 404, {}),
    ("HEAD", f"/id{GONE}", {}, 410, {}),
]  # fmt: skip
