"""Fetching, against a server that misbehaves in every way that we could think of; nothing leaves
the loopback.
"""

import gzip
import ipaddress
import os
import re
import socket
import time
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.misbehaving import (
    AUTHORITIES,
    Misbehaving,
    Peer,
    Script,
    drips,
    in_turn,
    leads_to,
    raw,
    resets,
    says,
    sends,
    silent,
)

from idfgraph.model.datatypes import Address
from idfgraph.model.errors import BadInput, BadOutput
from idfgraph.model.iris import SLUG
from idfgraph.sources.page_facts import LOG, PageFacts, with_facts
from idfgraph.sources.records import read_yaml
from idfgraph.sources.web import Policy, addresses, fetch_all, hosts
from idfgraph.sources.web.clock import Clock
from idfgraph.sources.web.fetched_names import other_slug_of, slug_of
from idfgraph.sources.web.fetcher import fetch
from idfgraph.sources.web.hosts import Resolver, is_public
from idfgraph.sources.web.page_faults import Failed, Refused
from idfgraph.sources.web.policy import State
from idfgraph.sources.web.robots import parse_robots
from idfgraph.sources.web.sitemap_urls import sitemap_urls
from idfgraph.sources.web.url_lists import read_list
from idfgraph.sources.web.urls import checked

PAGE = "<!doctype html><html lang=fr><title>Année</title><p>Une page</html>\n".encode()
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
KIND = "HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8"
LONG = "X-Long: " + 60_000 * "x"


class Home(str):
    """The loopback address, told apart from the same address reached in other ways."""


def policy(**changes: Any) -> Policy:
    """A hasty policy that allows the loopback."""
    quick = Policy(
        delay=0, backoff=0, deadline=10, allow_private=True, clock=Clock(hour=lambda: NOON)
    )
    return quick._replace(**changes)


class Case(NamedTuple):
    """What a server does at /page, and what comes of it: a word of the outcome, and the number of
    requests.
    """

    script: Script
    outcome: str = ""
    tries: int = 1
    deadline: float = 10
    robots: Script | None = None


def html(body: bytes = PAGE, *headers: str) -> Script:
    return raw(*KIND, *headers, body=body)


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n") -> Script:
    body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + end
    return html(body, "Transfer-Encoding: chunked")


def packed(body: bytes, how: str = "gzip") -> Script:
    return says(body, f"Content-Encoding: {how}")


def busy(status: str, *waits: str) -> Script:
    return says(b"later", *(f"Retry-After: {wait}" for wait in waits), status=status)


BOMB = gzip.compress(bytes(50_000_000))
OK = says(PAGE)
CASES = {
    "whole": Case(OK),
    "chunked": Case(chunked(PAGE[:20], PAGE[20:])),
    "gzip": Case(packed(gzip.compress(PAGE))),
    "slowly, but in time": Case(
        sends(*(b"\r\n".join(map(str.encode, KIND)), b"\r\n\r\n", PAGE), every=0.01)
    ),
    "HTTP/1.0": Case(raw("HTTP/1.0 200 OK", "Content-Type: text/html", body=PAGE)),
    "100 Continue first": Case(
        sends(
            b"HTTP/1.1 100 Continue\r\n\r\n",
            b"\r\n".join(map(str.encode, KIND)) + b"\r\n\r\n" + PAGE,
        )
    ),
    "silent": Case(silent, "in time", deadline=0.3),
    "drips body": Case(
        drips(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x"), "in time", deadline=0.3
    ),
    "drips sized body": Case(
        drips(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n", b"x"),
        "in time",
        deadline=0.3,
    ),
    "drips chunks": Case(
        drips(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"1\r\nx\r\n",
        ),
        "in time",
        deadline=0.3,
    ),
    "drips headers": Case(drips(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), "in time", deadline=0.3),
    "drips one header": Case(drips(b"HTTP/1.1 200 OK\r\nX-A: ", b"x"), "in time", deadline=0.3),
    "drips trailers": Case(
        drips(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X-A: b\r\n"),
        "in time",
        deadline=0.3,
    ),
    "drips 100 Continue": Case(
        drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "in time", deadline=0.3
    ),
    "half, then the end": Case(
        html(PAGE[:30], f"Content-Length: {len(PAGE)}"), "cut short", tries=4
    ),
    "half, once": Case(in_turn(html(PAGE[:30], f"Content-Length: {len(PAGE)}"), OK), tries=2),
    "no length": Case(html(b""), "is empty"),
    "no length, whole": Case(html()),
    "plain, no length": Case(
        raw("HTTP/1.1 200 OK", "Content-Type: text/plain", body=b"Une page"), "a cut would not show"
    ),
    "no length, cut": Case(html(PAGE[:30]), "cut short: it has no length"),
    "length too short": Case(html(PAGE, "Content-Length: 30"), "has no </html>"),
    "length too long": Case(html(PAGE, "Content-Length: 9999"), "cut short", tries=4),
    "length no number": Case(html(PAGE[:30], "Content-Length: many"), "cut short"),
    "two lengths": Case(html(PAGE, "Content-Length: 30, 31"), "does not speak HTTP"),
    "length beyond all limits": Case(html(PAGE, "Content-Length: " + 30 * "9"), "", tries=4),
    "chunks cut": Case(chunked(PAGE[:30], end=b"ff\r\nxx"), "cut short", tries=4),
    "no last chunk": Case(chunked(PAGE, end=b""), "cut short", tries=4),
    "chunk of no size": Case(chunked(PAGE, end=b"zz\r\n"), "does not speak HTTP"),
    "large": Case(says(1_000_000 * b"x"), "larger than 512,000 bytes"),
    "large without end": Case(
        sends(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", *(100 * [65_536 * b"x"])),
        "larger than",
    ),
    "large 404": Case(says(1_000_000 * b"x", status="404 Not Found"), "answers 404"),
    "gzip bomb": Case(packed(BOMB), "larger than 512,000 bytes"),
    "gzip bomb in pieces": Case(packed(BOMB, "x-gzip"), "larger than 512,000 bytes"),
    "gzip cut": Case(packed(gzip.compress(PAGE)[:-9]), "cut short", tries=4),
    "gzip and more": Case(packed(gzip.compress(PAGE) + b"more"), "after the end of its gzip"),
    "gzip that is none": Case(packed(PAGE), "not the gzip"),
    "deflate": Case(packed(zlib.compress(PAGE), "deflate"), "did not ask for"),
    "deflate that is none": Case(packed(b"garbage", "deflate"), "did not ask for"),
    "brotli": Case(packed(b"\x0b\x02\x80", "br"), "did not ask for"),
    "packed twice": Case(
        packed(gzip.compress(gzip.compress(PAGE)), "gzip, gzip"), "did not ask for"
    ),
    "a header of 5 MB": Case(
        raw(*KIND, "X-Long: " + 5_000_000 * "x", body=PAGE), "does not speak HTTP"
    ),
    "headers of 1 MB": Case(raw(*KIND, *(18 * [LONG]), body=PAGE), "larger than"),
    "200 headers": Case(
        raw(*KIND, *(f"X-{n}: x" for n in range(200)), body=PAGE), "does not speak HTTP"
    ),
    "broken header": Case(html(PAGE, "no colon here")),
    "HTTP/0.9": Case(sends(PAGE), "does not speak HTTP"),
    "no HTTP": Case(sends(b"220 ready\r\n"), "does not speak HTTP"),
    "random bytes": Case(sends(bytes(range(256))), "does not speak HTTP"),
    "nothing, then the end": Case(sends(), "broke the connection", tries=4),
    "reset": Case(resets, "broke the connection", tries=4),
    "reset, once": Case(in_turn(resets, OK), tries=2),
    "image": Case(says(b"\x89PNG\r\n", kind="image/png"), "is image/png"),
    "JSON": Case(says(b"{}", kind="application/json"), "is application/json"),
    "no type": Case(raw("HTTP/1.1 200 OK", "Content-Length: 3", body=b"abc"), "of no named type"),
    "image that says HTML": Case(says(b"\x89PNG\r\n\0\0"), "binary file"),
    "Latin-1 that says UTF-8": Case(
        says("Année</html>".encode("latin-1"), kind="text/html; charset=UTF-8"),
        "is not utf-8, as it says: byte 0xe9 at",
    ),
    "Latin-1 that says nothing": Case(says("Année</html>".encode("latin-1")), "names no charset"),
    "charset unknown": Case(says(PAGE, kind="text/html; charset=x-none"), "not known: x-none"),
    "charset of a trap": Case(
        says(PAGE, kind="text/html; charset=punycode"), "not known: punycode"
    ),
    "empty": Case(says(b""), "is empty"),
    "blank": Case(says(b" \r\n"), "is empty"),
    "204": Case(raw("HTTP/1.1 204 No Content"), "answers 204"),
    "206": Case(says(PAGE, status="206 Partial Content"), "answers 206"),
    "304 unasked": Case(raw("HTTP/1.1 304 Not Modified"), "answers 304"),
    "401": Case(says(b"", status="401 Unauthorized"), "answers 401"),
    "404": Case(says(b"", status="404 Not Found"), "answers 404"),
    "410": Case(says(b"", status="410 Gone"), "answers 410"),
    "500": Case(in_turn(busy("500 Oops"), OK), "answers 500"),
    "502, 503, 504, then well": Case(
        in_turn(busy("502 A"), busy("503 B"), busy("504 C"), OK), tries=4
    ),
    "503 for ever": Case(busy("503 No"), "answers 503", tries=4),
    "status 999": Case(says(PAGE, status="999 Odd"), "answers 999"),
    "a loop": Case(leads_to("/page"), "redirects more than 5 times", tries=6),
    "a redirect nowhere": Case(says(b"", status="302 Found"), "answers 302"),
    "a redirect to file:": Case(leads_to("file:///etc/passwd"), "does not begin with http"),
    "a redirect to ftp:": Case(leads_to("ftp://127.0.0.1/a"), "does not begin with http"),
    "a redirect to data:": Case(leads_to("data:text/html,x"), "does not begin with http"),
    "a redirect to a user's": Case(leads_to("http://a:b@127.0.0.1/"), "holds a user name"),
    "a redirect to no address": Case(leads_to("http://[::1/"), "is no"),
    "a redirect to port 0": Case(leads_to("http://127.0.0.1:0/"), "cannot be asked"),
    "a redirect with a bomb of a body": Case(
        says(BOMB, "Location: /other", "Content-Encoding: gzip", status="302 Found"),
        "answers 404",
        tries=1,
    ),
    "robots: closed": Case(
        OK, "closed to robots", 0, robots=says(b"User-agent: *\nDisallow: /", kind="text/plain")
    ),
    "robots: closed to us": Case(
        OK, "closed to robots", 0, robots=says(b"User-agent: IDFgraph\nDisallow: /page")
    ),
    "robots: open to us": Case(
        OK, robots=says(b"User-agent: *\nDisallow: /\n\nUser-agent: idfgraph/2\nAllow: /")
    ),
    "robots: 403": Case(OK, robots=says(b"", status="403 Forbidden")),
    "robots: 500": Case(OK, "answers 500", 0, robots=says(b"", status="500 Oops")),
    "robots: 503": Case(OK, "answers 503", 0, robots=says(b"", status="503 Oops")),
    "robots: 429": Case(OK, "answers 429", 0, robots=says(b"", status="429 Slow Down")),
    "robots: silent": Case(OK, "in time", 0, robots=silent, deadline=0.3),
    "robots: drips": Case(
        OK, "in time", 0, robots=drips(b"HTTP/1.1 200 OK\r\n\r\n", b"#"), deadline=0.3
    ),
    "robots: huge": Case(OK, "larger than", 0, robots=says(1_000_000 * b"#")),
    "robots: bomb": Case(OK, "larger than", 0, robots=packed(BOMB)),
    "robots: elsewhere": Case(OK, "closed to robots", 0, robots=leads_to("/robots")),
    "robots: in a loop": Case(OK, "redirects more than", 0, robots=leads_to("/robots.txt")),
    "robots: a page": Case(OK, robots=OK),
    "robots: binary": Case(OK, robots=says(bytes(range(256)))),
}


@pytest.mark.parametrize("name", CASES)
def test_each_misbehaviour_has_its_outcome(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    scripts = {"/page": case.script, "/robots": says(b"User-agent: *\nDisallow: /page")}
    if case.robots:
        scripts["/robots.txt"] = case.robots
    with Misbehaving(scripts) as server:
        (outcome,) = fetch_all([server.url("/page")], tmp_path, policy(deadline=case.deadline))
        assert case.outcome in outcome.reason + " ".join(outcome.notes), outcome
        assert (
            bool(case.outcome) == bool(outcome.reason or outcome.notes)
            or name == "length beyond all limits"
        )
        assert server.paths.count("/page") == case.tries
    pages = {path for path in tmp_path.iterdir() if path.name not in {LOG, "pages.yaml"}}
    assert pages == ({outcome.file} if outcome.kind == "fetched" else set())


def test_at_least_thirty_kinds_of_misbehaving_server() -> None:
    assert len(CASES) >= 80
    assert sum(bool(case.outcome) for case in CASES.values()) >= 60


class Waits(list[float]):
    """The waits that were asked for; each passes at once."""

    def clock(self) -> Clock:
        return Clock(now=lambda: time.monotonic() + sum(self), sleep=self.append, hour=lambda: NOON)


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.mark.parametrize(
    ("script", "expected", "reason"),
    [
        (in_turn(busy("429 Slow Down", "7"), OK), [7], ""),
        (in_turn(busy("503 No", "Sat, 21 Nov 2026 12:00:09 GMT"), OK), [9], ""),
        (in_turn(busy("503 No", "Sat, 21 Nov 2026 11:00:00 GMT"), OK), [3], ""),
        (in_turn(busy("503 No", "soon"), OK), [3], ""),
        (in_turn(busy("503 No", "-5"), OK), [3], ""),
        (in_turn(busy("503 No", "9" * 5_000), OK), [], "answers 503"),
        (in_turn(busy("503 No", "61"), OK), [], "answers 503"),
        (busy("504 No"), [3, 6, 12], "answers 504"),
        (busy("429 No", "25"), [25, 25], "answers 429"),
        (busy("500 No", "1"), [], "answers 500"),
    ],
)
def test_waits_before_another_try(
    script: Script, expected: list[float], reason: str, waits: Waits, tmp_path: Path
) -> None:
    with Misbehaving({"/page": script}) as server:
        hasty = policy(clock=waits.clock(), backoff=3.0, deadline=60)
        (outcome,) = fetch_all([server.url("/page")], tmp_path, hasty)
    assert [round(wait) for wait in waits] == expected
    assert reason in outcome.reason
    assert bool(reason) == (outcome.kind == "failed")


def test_one_host_is_asked_once_in_a_while(waits: Waits, tmp_path: Path) -> None:
    with Misbehaving({"/a": OK, "/b": OK, "/c": busy("503 No", "900"), "/d": OK}) as server:
        urls = [server.url(path) for path in ("/a", "/b", "/c", "/d")]
        outcomes = list(fetch_all(urls, tmp_path, policy(delay=2.0, clock=waits.clock())))
        assert [round(wait) for wait in waits] == [2, 2, 2]  # none before robots.txt
        assert [outcome.kind for outcome in outcomes] == ["fetched", "fetched", "failed", "failed"]
        assert "asked us to wait" in outcomes[3].reason
        assert server.paths == ["/a", "/b", "/c"]


def test_a_longer_crawl_delay_wins(waits: Waits, tmp_path: Path) -> None:
    with Misbehaving(
        {"/robots.txt": says(b"User-agent: *\nCrawl-delay: 7.5"), "/a": OK, "/b": OK}
    ) as server:
        list(
            fetch_all(
                [server.url("/a"), server.url("/b")],
                tmp_path,
                policy(delay=2.0, clock=waits.clock()),
            )
        )
    assert [round(wait, 1) for wait in waits] == [2.0, 7.5]


_CLOSED = """
127.0.0.1 127.1 127.0.1 127.0.0.1. 2130706433 0x7f000001 0x7f.0.0.1 0X7F.1 0177.0.0.1
017700000001 0.0.0.0 0 00 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 169.254.169.254
169.254.0.1 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.170 192.0.2.1 192.31.196.1 192.52.193.1
192.88.99.1 192.168.0.1 192.168.255.255 192.175.48.1 198.18.0.1 198.19.255.255 198.51.100.1
203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 256.256.256.256 localhost
localhost. ①②⑦.⓪.⓪.① １２７.０.０.１ 127。0。0。1 [::] [::1] [::127.0.0.1] [::ffff:127.0.0.1]
[::ffff:7f00:1] [::ffff:10.0.0.1] [::ffff:169.254.169.254] [::ffff:93.184.216.34]
[::ffff:0:127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::127.0.0.1] [64:ff9b::a9fe:a9fe] [64:ff9b:1::1]
[100::1] [2001::1] [2001:10::1] [2001:20::1] [2001:db8::1] [2002:7f00:1::1] [2002:a00:1::]
[2620:4f:8000::1] [3fff::1] [5f00::1] [fc00::1] [fd12:3456:789a::1] [fe80::1] [fe80::1%25eth0]
[fe80::1%251] [fec0::1] [ff02::1] [ff0e::1]"""
CLOSED = _CLOSED.split()
OPEN = (
    "1.1.1.1 93.184.216.34 172.15.255.255 172.32.0.0 100.128.0.0 223.255.255.255 "
    "2606:4700::1111 2001:4860::8888"
)


def test_addresses_that_are_public() -> None:
    assert [address for address in OPEN.split() if not is_public(address)] == []
    assert [address for address in CLOSED if is_public(address.strip("[]"))] == []


@pytest.mark.parametrize("host", CLOSED)
def test_no_closed_address_is_asked_directly_or_over_redirects(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`start.test` alone passes as public; up to three redirects later comes an address that is
    not.
    """
    assert len(CLOSED) >= 60
    monkeypatch.setattr(
        hosts,
        "is_public",
        lambda address: isinstance(address, Home) or is_public(address),
    )
    strict = policy(allow_private=False, resolve=_at_home)
    with Misbehaving({"/1": leads_to("/2"), "/2": leads_to("/3")}) as server:
        bad = f"http://{host}:{server.port}/page".encode().decode("latin-1")
        server.scripts |= {
            "/3": leads_to(bad),
            "/robots.txt": says(b"", status="404 No"),
            "/page": OK,
        }
        for start in (
            f"http://{host}:{server.port}/page",
            *(server.url(f"/{n}", "start.test") for n in (1, 2, 3)),
        ):
            with pytest.raises(
                Refused, match=r"not a public address|in disguise|cannot be asked|no web address"
            ):
                fetch(start, strict, State())
        assert server.paths == ["/1", "/2", "/3", "/2", "/3", "/3"]


def finds(*answers: Sequence[str] | Exception) -> Resolver:
    """Look-ups that give these answers in turn, the last for ever."""
    left = list(answers)

    def resolve(_host: str, _port: int) -> Sequence[str]:
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    return resolve


def _slowly(_host: str, _port: int) -> Sequence[str]:
    time.sleep(1)
    return []


def _at_home(host: str, _port: int) -> Sequence[str]:
    """What a system would find, without asking it; a number in disguise is not looked up at all."""
    names: dict[str, Sequence[str]] = {
        "start.test": [Home("127.0.0.1")],
        "localhost": ["127.0.0.1", "::1"],
        "localhost.": ["127.0.0.1"],
    }
    return names.get(host) or [str(ipaddress.ip_address(host))]


def test_a_name_that_moves_is_looked_up_once_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what is found, what was checked is connected to; a later look-up that finds a private
    address is refused.
    """
    monkeypatch.setattr(
        hosts,
        "is_public",
        lambda address: isinstance(address, Home) or is_public(address),
    )
    home = [Home("127.0.0.1")]
    moving = policy(
        allow_private=False, resolve=finds(home, home, ["127.0.0.1"], [*home, "10.0.0.1"])
    )
    with Misbehaving({"/page": OK}) as server:
        state = State()
        assert fetch(server.url("/page", "moving.test"), moving, state).body == PAGE
        for closed in ("127.0.0.1", "10.0.0.1"):
            with pytest.raises(Refused, match=f"leads to {closed}, which is not"):
                fetch(server.url("/page", "moving.test"), moving, state)
        assert server.paths == ["/page"]
        assert server.asked[1].headers["host"] == f"moving.test:{server.port}"


@pytest.mark.parametrize(
    ("resolve", "reason"),
    [
        (finds([]), "has no address"),
        (_slowly, "not found in time"),
        (finds(socket.gaierror(socket.EAI_NONAME, "unknown")), r"cannot be found: .*unknown"),
        (finds(UnicodeError("label too long")), "cannot be found"),
    ],
)
def test_a_name_without_address_fails(resolve: Any, reason: str) -> None:
    with pytest.raises(Failed, match=reason):
        fetch("http://nowhere.test/", policy(resolve=resolve, deadline=0.3), State())


def test_the_next_address_is_tried() -> None:
    with Misbehaving({"/page": OK}) as server:
        two = policy(
            retries=0, resolve=finds(["::1", "127.0.0.1"], ["127.0.0.1", "::1"])
        )  # the server is not at ::1
        assert fetch(server.url("/page", "two.test"), two, State()).body == PAGE


def test_https_goes_to_the_checked_address_under_the_hosts_name() -> None:
    safe = policy(authorities=AUTHORITIES, resolve=finds(["127.0.0.1"]))
    scripts = {
        "/page": OK,
        "/down": leads_to("http://idf.test/"),
        "/drip": CASES["drips headers"].script,
    }
    with Misbehaving(scripts, tls=True) as server:
        assert fetch(server.url("/page", "idf.test"), safe, State()).body == PAGE
        assert server.asked[-1].headers["host"] == f"idf.test:{server.port}"
        with pytest.raises(Refused, match="redirects from https to http:"):
            fetch(server.url("/down", "idf.test"), safe, State())
        with pytest.raises(Failed, match="in time"):
            fetch(server.url("/drip", "idf.test"), safe._replace(deadline=0.3), State())
        for host, trusting in (("other.test", safe), ("idf.test", safe._replace(authorities=None))):
            with pytest.raises(
                Failed, match=r"has no safe connection: .*(mismatch|self-signed|local issuer)"
            ):
                fetch(server.url("/page", host), trusting, State())
        assert server.names == 6 * ["idf.test"] + ["other.test", "idf.test"]
    with Misbehaving({}) as server, pytest.raises(Failed, match="in time"):
        fetch(f"https://idf.test:{server.port}/", safe._replace(deadline=0.3), State())


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "does not begin"),
        ("iom.int/fr", "does not begin"),
        ("//iom.int/fr", "does not begin"),
        ("file:///etc/passwd", "does not begin"),
        ("ftp://iom.int/", "does not begin"),
        ("javascript:alert(1)", "does not begin"),
        ("http:", "no web address"),
        ("http:///a", "no web address"),
        ("http://", "no web address"),
        ("http://[::1/", "no web address"),
        ("http://[x]/", "no web address"),
        ("http://a:99999/", "no web address"),
        ("http://a:b/", "no web address"),
        ("http://a:0/", "port 0"),
        ("http://user@a/", "user name"),
        ("http://user:secret@a/", "user name"),
        ("http://a@b@c/", "user name|no web address"),
        ("http://a\\@b/", "holds spaces"),
        ("http://a /", "holds spaces"),
        ("http://a/\r\nHost: b", "holds spaces"),
        ("http://*/", "no web address|cannot be asked"),
        ("http://-a/", "cannot be asked"),
        ("http://a" + 3_000 * "b", "longer"),
        ("http://a/" + 900 * "é", "longer than 2,000"),
        ("http://" + "\u00ad" + "/", "no web address"),
    ],
)
def test_what_is_no_address_to_ask_for_is_refused(url: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        checked(url)


def test_names_and_paths_in_any_script_are_asked_for_in_ascii() -> None:
    path = "/fr/" + 150 * "é" + "?q=Ünï%20code&x=[1]"
    with Misbehaving({}) as server:
        server.scripts[checked(server.url(path)).path] = OK
        anywhere = policy(resolve=finds(["127.0.0.1"]))
        assert fetch(server.url(path + "#part", "Bücher.example"), anywhere, State()).body == PAGE
        assert server.asked[-1].headers["host"] == f"xn--bcher-kva.example:{server.port}"
        assert server.asked[-1].headers["user-agent"].startswith("idfgraph/")
        assert server.paths[0].isascii()


def test_a_redirect_obeys_the_robots_txt_of_where_it_leads() -> None:
    with Misbehaving(
        {"/robots.txt": says(b"User-agent: *\nDisallow: /page"), "/page": OK}
    ) as other:
        with Misbehaving(
            {"/page": leads_to(other.url("/page")), "/open": leads_to(other.url("/open"))}
        ) as server:
            with pytest.raises(Refused, match="closed to robots"):
                fetch(server.url("/page"), policy(), State())
            with pytest.raises(Failed, match="answers 404"):
                fetch(server.url("/open"), policy(), State())
        assert other.paths == ["/open"]


RULES = """# both groups are ours
User-agent: other
User-agent: idfgraph
Disallow: /a
Allow: /a/b

Sitemap: http://e/sitemap.xml
Disallow: /*?page=
Disallow: /*.pdf$
Disallow: /été
Disallow:
user-agent: IDFGRAPH/1.0
disallow: /c*d*e # said later
Disallow: /%7Efoo
Crawl-delay: 3

User-agent: *
Disallow: /
"""


@pytest.mark.parametrize(
    "path", ["/", "/a/b/c", "/x.pdf?", "/x.pdf2", "/c/d", "/ca/b", "/robots.txt", "/A", "/%2Fa"]
)
def test_robots_txt_leaves_open(path: str) -> None:
    assert parse_robots(RULES, "idfgraph").allows(path)


@pytest.mark.parametrize(
    "path",
    [
        "/a",
        "/a/c",
        "/ab",
        "/x?page=2",
        "/x?page=",
        "/y/x.pdf",
        "/%C3%A9t%C3%A9/x",
        "/cd/e",
        "/cde",
        "/~foo",
        "/%7Efoo",
    ],
)
def test_robots_txt_closes(path: str) -> None:
    assert not parse_robots(RULES, "idfgraph").allows(path)


def test_robots_txt_in_odd_forms() -> None:
    assert parse_robots(RULES, "idfgraph").delay == 3.0
    assert parse_robots("User-agent: idfgraph2\nDisallow: /", "idfgraph").allows("/a")
    assert not parse_robots("\ufeffUser-agent:*\rDisallow:/\r", "idfgraph").allows("/a")
    assert parse_robots("Disallow: /\nUser-agent: *\n", "idfgraph").allows("/a")
    assert parse_robots("User-agent: *\nAllow: /\nDisallow: /", "idfgraph").allows("/a")
    slow = "User-agent: *\n" + "Disallow: /" + 2_000 * "*a" + "$\n"
    assert parse_robots(200 * slow, "idfgraph").allows("/" + 1_900 * "a" + "b")


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The bytes of each file but the log, and when they were written."""
    return {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.iterdir()
        if path.name != LOG
    }


def tagged(peer: Peer) -> None:
    """Answers by ETag."""
    if peer.asked.headers.get("if-none-match") == '"1"':
        return raw("HTTP/1.1 304 Not Modified", 'ETag: "1"')(peer)
    return says(PAGE, 'ETag: "1"', "Last-Modified: Sat, 21 Nov 2026 12:00:00 GMT")(peer)


def test_unchanged_pages_change_no_byte_and_changed_ones_do(tmp_path: Path) -> None:
    scripts = {
        "/tagged": tagged,
        "/moved": leads_to("/tagged"),
        "/plain": says(b"Une page", kind="text/plain"),
        "/gone": OK,
    }
    with Misbehaving(scripts) as server:
        urls = [server.url(path) for path in scripts]
        first = list(fetch_all(urls, tmp_path, policy()))
        assert [outcome.kind for outcome in first] == 4 * ["fetched"]
        before = snapshot(tmp_path)
        again = list(fetch_all(urls, tmp_path, policy()))
        assert [outcome.kind for outcome in again] == 4 * ["unchanged"]
        assert snapshot(tmp_path) == before
        assert [asked.headers.get("if-none-match") for asked in server.asked[-5:]] == [
            '"1"',
            None,
            '"1"',
            None,
            None,
        ]
        server.scripts |= {
            "/plain": says(b"Autre page", kind="text/plain"),
            "/gone": says(b"", status="410 Gone"),
        }
        last = list(fetch_all(urls, tmp_path, policy()))
        assert [(outcome.kind, outcome.reason) for outcome in last[2:]] == [
            ("fetched", "has changed"),
            ("failed", "answers 410 Gone"),
        ]
        assert last[2].file and last[2].file.read_bytes() == b"Autre page"
        assert last[3].file and last[3].file.read_bytes() == PAGE  # what vanished is kept
        assert last[0].file
        last[0].file.write_bytes(b"edited by hand")
        (mended,) = fetch_all(urls[:1], tmp_path, policy())
        assert (mended.kind, mended.file and mended.file.read_bytes()) == ("fetched", PAGE)
    assert read_yaml(tmp_path / "pages.yaml", dict[str, str])[0] == {
        outcome.file.name: outcome.url for outcome in first if outcome.file
    }


def test_a_run_that_was_cut_off_is_taken_up(tmp_path: Path) -> None:
    pages = {f"/{number}": OK for number in range(5)}
    with Misbehaving(pages | {"/3": in_turn(busy("500 No"), OK)}) as server:
        urls = [server.url(path) for path in pages]
        done = list(islice(fetch_all(urls, tmp_path, policy()), 4))
        with (tmp_path / LOG).open("ab") as log:
            log.write(b'{"time":"2026-11-21T12:00')  # the line that was being written
        outcomes = list(fetch_all(urls, tmp_path, policy()))
        assert server.paths == ["/0", "/1", "/2", "/3", "/3", "/4"]
        assert [outcome.reason for outcome in outcomes] == 3 * [
            "fetched before the run was cut off"
        ] + 2 * [""]
        assert {outcome.file for outcome in done[:3]} < {outcome.file for outcome in outcomes}
        list(fetch_all(urls, tmp_path, policy()))
        assert len(server.paths) == 11  # that run had come to its end


def test_pages_get_names_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "pages.yaml").write_text(
        "# mine\r\nold.txt: https://iom.int/fr/node/1\r\n", "utf-8", newline=""
    )
    with Misbehaving(
        {"/Été": OK, "/a-b": OK, "/a/b": OK, "/A/b": OK, "/mine": OK, "/": OK}
    ) as server:
        server.scripts["/%C3%89t%C3%A9"] = OK
        start = f"127.0.0.1-{server.port}"
        (tmp_path / f"{start}-mine.HTML").write_bytes(b"a steward's own")
        urls = [server.url(path) for path in ("/Été", "/a-b", "/a/b", "/A/b", "/mine", "/")]
        outcomes = [
            *fetch_all(urls, tmp_path, policy()),
            *fetch_all(reversed(urls), tmp_path, policy()),
        ]
    names = [outcome.file.name for outcome in outcomes if outcome.file]
    assert names[:2] == [f"{start}-ete.html", f"{start}-a-b.html"]
    assert names[4].startswith(f"{start}-mine-")
    assert names[5] == f"{start}.html"
    assert names[6:] == names[5::-1]
    assert len(set(names)) == 6
    assert (tmp_path / f"{start}-mine.HTML").read_bytes() == b"a steward's own"
    text = (tmp_path / "pages.yaml").read_bytes().decode()
    assert text.startswith("# mine\r\n") and text.endswith("old.txt: https://iom.int/fr/node/1\r\n")
    assert text.splitlines()[1:] == sorted(text.splitlines()[1:])


def test_one_bad_address_stops_no_other(tmp_path: Path) -> None:
    count: list[int] = []
    with Misbehaving({"/a": OK, "/b": resets}) as server:
        urls = ["no address", server.url("/b"), "http://a:0/", server.url("/a"), server.url("/a")]
        outcomes = list(fetch_all(urls, tmp_path, policy(), lambda: count.append(1)))
    assert [outcome.kind for outcome in outcomes] == ["refused", "failed", "refused", "fetched"]
    assert len(count) == 4


def test_a_folder_or_log_that_cannot_be_used_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BadOutput):
        list(fetch_all([], tmp_path / "file"))
    for line in (
        '{"time":"x"}',
        '{"time":"x","run":"y","kind":"fetched","url":"http://e/","file":"../a"}',
        "null",
        "{",
    ):
        (tmp_path / LOG).write_text(f"{line}\n", "utf-8")
        with pytest.raises(BadInput, match=f"{LOG}:1: is no entry"):
            list(fetch_all([], tmp_path))


def sitemap(*urls: str, root: str = "urlset", item: str = "url") -> bytes:
    inner = "".join(f"<{item}><loc>\n{url} </loc><lastmod>2026</lastmod></{item}>" for url in urls)
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</{root}>'.encode()


def test_sitemaps_and_their_index_give_addresses(tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("\ufeff# mine\n\nhttps://e/l#x  # why\r\nhttps://e/l#x\n", "utf-8")
    with Misbehaving({}) as server:
        inner = [server.url("/1.xml"), server.url("/2.xml.gz")]
        server.scripts |= {
            "/sitemap.xml": says(
                sitemap(*inner, root="sitemapindex", item="sitemap"), kind="text/xml"
            ),
            "/1.xml": says(
                sitemap("https://e/fr/1", "https://e/en/1", "https://e/fr/1?a=1&amp;b=2"),
                kind="text/xml",
            ),
            "/2.xml.gz": says(
                gzip.compress(sitemap("https://e/fr/2", "not one")), kind="application/gzip"
            ),
        }
        found = addresses(
            ["https://e/a"],
            [listed],
            [server.url("/sitemap.xml")],
            pattern="/fr/*",
            policy=policy(),
        )
    assert found == [
        "https://e/a",
        "https://e/l#x",
        "https://e/fr/1",
        "https://e/fr/1?a=1&b=2",
        "https://e/fr/2",
    ]


LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><urlset><url><loc>&c;</loc></url></urlset>'
)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (says(LAUGHS, kind="text/xml"), "declares a document type"),
        (
            says(b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><urlset/>', kind="text/xml"),
            "declares a document type",
        ),
        (says(b"<urlset>", kind="text/xml"), "is not XML"),
        (says(b"", kind="text/xml"), "is not XML"),
        (says(b"<feed/>", kind="text/xml"), "is no sitemap, but <feed>"),
        (says(b"<urlset>" + 3_000_000 * b"<a>", kind="text/xml"), "nests deeper"),
        (says(sitemap(*(50_001 * ["http://e/"])), kind="text/xml"), "lists too many"),
        (says(gzip.compress(bytes(30_000_000)), kind="application/gzip"), "larger than"),
        (says(sitemap("http://e/"), kind="text/html"), "is text/html, not XML"),
        (
            says(
                sitemap("http://127.0.0.1:0/", root="sitemapindex", item="sitemap"), kind="text/xml"
            ),
            "port 0",
        ),
    ],
)
def test_sitemaps_that_are_none_are_refused(script: Script, reason: str) -> None:
    with Misbehaving({"/sitemap.xml": script}) as server, pytest.raises(Refused, match=reason):
        sitemap_urls(server.url("/sitemap.xml"), policy(), State())


def test_an_index_inside_an_index_is_refused() -> None:
    with Misbehaving({}) as server:
        index = sitemap(server.url("/sitemap.xml"), root="sitemapindex", item="sitemap")
        server.scripts["/sitemap.xml"] = says(index, kind="text/xml")
        with pytest.raises(Refused, match="an index inside an index"):
            sitemap_urls(server.url("/sitemap.xml"), policy(), State())
        assert len(server.paths) == 2


def test_lists_that_cannot_be_read_are_errors(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_list(tmp_path / "none.txt")
    (tmp_path / "list.txt").write_bytes(b"https://e/\n\xff")
    with pytest.raises(BadInput, match=r"list\.txt:2: byte 0xff is not UTF-8"):
        read_list(tmp_path / "list.txt")
    (tmp_path / "list.txt").write_bytes(10_000_001 * b"#")
    with pytest.raises(BadInput, match="larger"):
        read_list(tmp_path / "list.txt")


PATHS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="\\#"), max_size=150
)


@given(st.lists(PATHS, max_size=8))
@example(["a:", "b'", "c,", "@", "&", "*", "%", "!", "-", 90 * "d", 90 * "d" + "e"])
@settings(
    max_examples=1_000 if os.environ.get("IDFGRAPH_FULL") else 50, derandomize=True, deadline=None
)
def test_any_address_has_a_safe_name_and_a_line_that_reads_back(
    tmp_path_factory: pytest.TempPathFactory, paths: list[str]
) -> None:
    text, expected = "", dict[str, str]()
    for path in paths:
        try:
            url = checked(f"https://iom.int/{path}").url
        except Refused:
            continue
        assert re.fullmatch(SLUG, slug_of(url)) and len(slug_of(url)) <= 80
        assert re.fullmatch(SLUG, other_slug_of(url))
        assert checked(url).url == url
        msgspec.convert(url, Address)
        name = f"{other_slug_of(url)}.html"
        text = text if name in expected else with_facts(text, name, PageFacts(url=url))
        expected[name] = url
    file = tmp_path_factory.mktemp("list") / "pages.yaml"
    file.write_text(text, "utf-8")
    assert not text or read_yaml(file, dict[str, str])[0] == expected
