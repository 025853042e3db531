"""What wants to end a SPARQL server, eat its machine, or reach another one through it: by name, a
query or bytes as they are sent. `{server}` stands for the address of a listener.
"""

import gzip
from collections.abc import Iterator, Mapping

from support.hostile_questions import HOSTILE_QUESTIONS

_PATTERNS = ("?a ?b ?c", "?d ?e ?f", "?g ?h ?i", "?j ?k ?l", "?m ?n ?o")

#: What can be nested: name -> how it opens, what is inside, how it closes, what stands around it.
_NESTED: Mapping[str, tuple[str, str, str, str]] = {
    "calls": ("STR(", "1", ")", "ASK {{ FILTER({} = '1') }}"),
    "conditions": ("IF(true, ", "1", ", 2)", "ASK {{ FILTER({} = 1) }}"),
    "brackets": ("(", "1", ")", "ASK {{ FILTER({}) }}"),
    "negations": ("!", "true", "", "ASK {{ FILTER({}) }}"),
    "minuses": ("-", "1", "", "ASK {{ FILTER({} = 1) }}"),
    "sums": ("1+", "1", "", "SELECT ({} AS ?n) {{}}"),
    "alternatives": ("true||", "true", "", "ASK {{ FILTER({}) }}"),
    "groups": ("{", "", "}", "ASK {}"),
    "optionals": ("OPTIONAL {", "", "}", "ASK {{ {} }}"),
    "graphs": ("GRAPH ?g {", "", "}", "ASK {{ {} }}"),
    "exists": ("FILTER EXISTS {", "", "}", "ASK {{ {} }}"),
    "minus": ("?s ?p ?o MINUS {", "?s ?p ?o", "}", "ASK {{ {} }}"),
    "unions": ("{} UNION ", "{}", "", "ASK {{ {} }}"),
    "subqueries": ("{ SELECT * ", "{}", "}", "ASK {{ {} }}"),
    "lists": ("(", "1", ")", "ASK {{ ?s ?p {} }}"),
    "blank nodes": ("[ ?p ", "1", "]", "ASK {{ ?s ?p {} }}"),
    "paths": ("(", "<x:p>", ")*", "ASK {{ ?s {} ?o }}"),
    "path sequences": ("<x:p>/", "<x:p>", "", "ASK {{ ?s {} ?o }}"),
    "path inverses": ("^(", "<x:p>", ")", "ASK {{ ?s {} ?o }}"),
    "triples": ("<<( ?s ?p ", "1", ")>>", "ASK {{ ?s ?p {} }}"),
}
_DEPTHS = (300, 600, 1_000, 2_500, 5_000, 20_000)

#: What is done with a product that never ends.
_DONE = {
    "rows": "SELECT * {{ {} }}",
    "count": "SELECT (COUNT(*) AS ?n) {{ {} }}",
    "order": "SELECT * {{ {} }} ORDER BY ?a ?f",
    "distinct": "SELECT DISTINCT ?a ?f {{ {} }} OFFSET 99999999",
    "group": "SELECT ?a ?f (COUNT(*) AS ?n) {{ {} }} GROUP BY ?a ?f",
    "texts": "SELECT (GROUP_CONCAT(STR(?a); separator='|') AS ?t) {{ {} }}",
    "construct": "CONSTRUCT {{ ?a ?e ?c }} {{ {} }}",
    "describe": "DESCRIBE ?a ?d {{ {} }}",
    "filter": "ASK {{ {} FILTER(STRLEN(STR(?a)) < 0) }}",
    "minus": "ASK {{ {} MINUS {{ ?a ?b ?c }} }}",
    "regex": "ASK {{ {} FILTER(REGEX(STR(?c), '^(a+)+(b|c|d)*no$')) }}",
}

#: Calls of a service, as they may be written.
_SERVICES = (
    "SELECT * { SERVICE <{server}> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <{server}> { ?s ?p ?o } }",
    "SELECT * { service <{server}> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE SiLeNt <{server}> { ?s ?p ?o } }",
    "SELECT * { SERVICE\n\t<{server}>\n{ ?s ?p ?o } }",
    "SELECT * { SERVICE#>\n<{server}> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT#{\n<{server}> { ?s ?p ?o } }",
    "SELECT * { SERVICE<{server}>{} }",
    "PREFIX x: <{server}> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "PREFIX x: <{server}> SELECT * { SERVICE x:a { ?s ?p ?o } }",
    "BASE <{server}> SELECT * { SERVICE <a> { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { <{server}> } SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { BIND(<{server}> AS ?x) SERVICE SILENT ?x { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <{server}> { ?s ?p ?o } } } }",
    "ASK { FILTER NOT EXISTS { SERVICE <{server}> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } { OPTIONAL { SERVICE <{server}> { ?s ?p ?o } } }",
    "ASK { FILTER(1<5)SERVICE<{server}>{} }",
)

_END = b"Host: x\r\nConnection: close\r\n\r\n"
_POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
_GET = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"


def queries() -> dict[str, str]:
    """Hostile queries by name."""
    return {**HOSTILE_QUESTIONS, **dict(_nested()), **dict(_products()), **dict(_large())}


def services() -> dict[str, str]:
    """Queries that call a service."""
    return {f"service {number}": text for number, text in enumerate(_SERVICES)}


def _nested() -> Iterator[tuple[str, str]]:
    for name, (opens, inside, closes, around) in _NESTED.items():
        for depth in _DEPTHS:
            yield f"{name} {depth}", around.format(opens * depth + inside + closes * depth)


def _products() -> Iterator[tuple[str, str]]:
    for name, done in _DONE.items():
        for number in (2, 3, 4, 5):
            yield f"{name} of {number}", done.format(" . ".join(_PATTERNS[:number]))


def _large() -> Iterator[tuple[str, str]]:
    for number in (100, 1_000, 10_000):
        loose = " ".join(f"?s{one} ?p{one} ?o{one} ." for one in range(number))
        yield f"{number} loose patterns", f"ASK {{ {loose} }}"
        many = " ".join(f"?v{one}" for one in range(number))
        yield f"{number} columns", f"SELECT {many} {{ ?s ?p ?o }}"
        rows = " ".join(str(one) for one in range(number * 10))
        yield f"{number} values", f"SELECT * {{ VALUES ?x {{ {rows} }} VALUES ?y {{ {rows} }} }}"
        near = ",".join(str(one) for one in range(number * 10))
        yield f"{number} members", f"SELECT * {{ ?s ?p ?o FILTER(?o IN ({near})) }}"
        graphs = " ".join(f"FROM NAMED <x:{one}>" for one in range(number))
        yield f"{number} graphs", f"SELECT * {graphs} {{ GRAPH ?g {{ ?s ?p ?o }} }}"
        prefixes = " ".join(f"PREFIX p{one}: <x:{one}>" for one in range(number))
        yield f"{number} prefixes", f"{prefixes} ASK {{}}"
    for times in (20, 25, 30, 34, 40):
        steps = " ".join(f"BIND(CONCAT(?t{n}, ?t{n}) AS ?t{n + 1})" for n in range(times))
        yield f"doubled {times}", f"SELECT * {{ BIND('0123456789' AS ?t0) {steps} }}"
        replaced = " ".join(f"BIND(REPLACE(?t{n}, '.', '$0$0') AS ?t{n + 1})" for n in range(times))
        yield f"replaced {times}", f"SELECT * {{ BIND('0123456789' AS ?t0) {replaced} }}"
    for path in ("(<x:p>|!<x:p>)*", "(!<x:p>)+", "(^!<x:p>|!<x:p>)+", "((!<x:p>)*)*", "!<x:p>?"):
        yield (
            f"path {path}",
            f"SELECT (COUNT(*) AS ?n) {{ ?a {path} ?b . ?b {path} ?c . ?d {path} ?e }}",
        )
    for text in (
        "(a{1000}){1000}",
        "(((a{99}){99}){99}){99}",
        "(" * 9_000 + ")" * 9_000,
        "\\\\p{L}{9999}",
    ):
        yield f"regex {text[:20]}", f"ASK {{ ?s ?p ?o FILTER(REGEX(STR(?o), '{text}')) }}"

    yield from _blown_up()


def _blown_up() -> Iterator[tuple[str, str]]:
    """What is short as it is asked, and long to answer."""
    two = " . ".join(_PATTERNS[:2])
    conditions = "FILTER EXISTS {{ ?{0} ?p{0} ?o{0} FILTER(?o{0} != ?c) "
    yield (
        "chained conditions",
        f"SELECT (COUNT(*) AS ?n) {{ {two} {_chain(conditions, 9)} {'}' * 9} }}",
    )
    yield (
        "chained minus",
        f"SELECT (COUNT(*) AS ?n) {{ {two} {_chain('MINUS {{ ?d ?e{0} ?c }}', 40)} }}",
    )
    optional = "OPTIONAL {{ ?a ?p{0} ?x{0} "
    yield "wide optionals", f"SELECT * {{ {two} {_chain(optional, 60)} {'}' * 60} }}"
    unions = _chain("{{ ?a ?b ?c }} UNION {{ ?d ?b ?c }}", 9)
    yield "joined unions", f"SELECT (COUNT(*) AS ?n) {{ {unions} }}"
    inner = "SELECT (GROUP_CONCAT(STR(?c)) AS ?t) { ?a ?b ?c }"
    for number in range(3):
        inner = f"SELECT (GROUP_CONCAT(?t) AS ?u) {{ ?s{number} ?p ?o {{ {inner} }} }}"
        inner = inner.replace("?t", "?w").replace("?u", "?t")
    yield "joined texts of joined texts", inner
    steps = " ".join(f"BIND(REPLACE(?t{n}, '', ?t{n}) AS ?t{n + 1})" for n in range(6))
    yield "texts filled in", f"SELECT (STRLEN(?t6) AS ?n) {{ BIND('aaaaaaaa' AS ?t0) {steps} }}"
    yield (
        "pairs of paths",
        "SELECT (COUNT(*) AS ?n) { ?a (!<x:p>)+ ?b . ?b (^!<x:p>)+ ?c . ?c (!<x:q>)* ?a }",
    )
    yield (
        "sorted by much",
        f"SELECT * {{ {two} }} ORDER BY {_chain('CONCAT(STR(?a), STR(?f))', 99)}",
    )
    yield "sums of much", f"SELECT {_chain('(SUM(STRLEN(STR(?c))) AS ?s{0})', 999)} {{ {two} }}"
    iri = "IRI(CONCAT('x:,', STRUUID()))"
    yield "addresses with commas", f"SELECT ({iri} AS ?i) ?a ?f {{ {two} }}"
    yield "said calls", f"ASK {{ {two} FILTER(?a = '{'SERVICE <x:y> {{}} ' * 9_999}') }}"


def _chain(text: str, number: int) -> str:
    return " ".join(text.format(one) for one in range(number))


def requests() -> dict[str, bytes]:
    """Hostile requests by name, as they are sent."""
    form = b"Content-Type: application/x-www-form-urlencoded\r\n"
    query = b"Content-Type: application/sparql-query\r\n"
    return {
        "traversal": b"GET /sparql/../../etc/passwd HTTP/1.1\r\n" + _END,
        "no host": b"GET /sparql HTTP/1.1\r\nConnection: close\r\n\r\n",
        "absolute address": b"GET http://evil/sparql?query=ASK{} HTTP/1.1\r\n" + _END,
        "no version": b"GET /sparql\r\n\r\n",
        "nonsense": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500,
        "many headers": _GET + b"".join(b"X-%d: y\r\n" % n for n in range(5000)) + b"\r\n",
        "long header": _GET + b"X: " + b"y" * 1_000_000 + b"\r\n\r\n",
        "long accept": _GET + b"Accept: " + b"a/b;q=0.1," * 6_000 + b"\r\n\r\n",
        "accept that ends engines": _GET + b'Accept: text/turtle;profile="\r\n\r\n',
        "long address": b"GET /sparql?query=" + b"a" * 3_000_000 + b" HTTP/1.1\r\n" + _END,
        "null in address": b"GET /sparql?query=\x00 HTTP/1.1\r\n" + _END,
        "injected header": b"GET /sparql?query=ASK%7B%7D%0d%0aSet-Cookie:a HTTP/1.1\r\n"
        + b"Accept: text/html\r\n"
        + _END,
        "two lengths": _POST + query + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\nASK {}",
        "length and chunks": _POST
        + query
        + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "negative length": _POST + query + b"Content-Length: -1\r\n\r\n",
        "huge length": _POST + query + b"Content-Length: 99999999999999\r\n\r\nASK {}",
        "wrong chunk": _POST
        + query
        + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nASK {}\r\n0\r\n\r\n",
        "huge chunk": _POST
        + query
        + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nASK {}",
        "endless chunks": _POST
        + query
        + b"Transfer-Encoding: chunked\r\n\r\n"
        + b"10000\r\n"
        + b"a" * 65_536
        + b"\r\n" * 1
        + b"10000\r\n"
        + b"a" * 2_000_000,
        "many fields": _POST + form + b"Content-Length: 400000\r\n\r\n" + b"a=b&" * 100_000,
        "packed bomb": _POST
        + query
        + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
        % len(gzip.compress(b"a" * 9_000_000))
        + gzip.compress(b"a" * 9_000_000),
        "half a body": _POST + query + b"Content-Length: 600\r\n\r\nASK {}",
        "length, coded": _POST + query + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "lengths in a list": _POST + query + b"Content-Length: 6, 6\r\n\r\nASK {}",
        "chunks of one byte": _POST
        + query
        + b"Transfer-Encoding: chunked\r\n\r\n"
        + b"1\r\n#\r\n" * 100_000,
        "more behind": _POST
        + query
        + b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n0\r\n"
        + b"X: y\r\n" * 50_000,
        "asks first": _POST + query + b"Content-Length: 60\r\nExpect: 100-continue\r\n\r\n",
        "no host's name": b"GET /sparql HTTP/1.1\r\nHost: a b/c@d\r\nConnection: close\r\n\r\n",
        "another's line": b"CONNECT 127.0.0.1:22 HTTP/1.1\r\n" + _END,
        "folded header": _GET + b"Accept: a/b,\r\n c/d\r\n\r\n",
        "long list of what there is": _GET
        + b"Accept: "
        + b"text/csv;a=b;q=0.1," * 6_000
        + b"\r\n\r\n",
        "long list of languages": b"GET /ask HTTP/1.1\r\nAccept-Language: "
        + b"x-y;q=0.1," * 12_000
        + b"\r\n"
        + _END,
        "long list of tags": _GET + b"If-None-Match: " + b'W/"a",' * 18_000 + b"\r\n\r\n",
        "many cookies": _GET + b"Cookie: " + b"a=b; " * 20_000 + b"\r\n\r\n",
        "escaped form": b"POST /check HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        + form
        + b"Content-Length: 1200005\r\n\r\ntext="
        + b"%41" * 400_000,
        "upgrade": _GET
        + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
        + b"HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n",
        "old protocol": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "pipelined": _GET.replace(b"Connection: close\r\n", b"") * 1 + b"\r\n" + _GET + b"\r\n",
    }
