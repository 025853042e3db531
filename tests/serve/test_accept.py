"""What a client takes, whatever it writes."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from idfgraph.serve.preferences import MOST, chosen, chosen_word, preferences, takes

HTML, TURTLE, JSONLD, NT = (
    "text/html",
    "text/turtle",
    "application/ld+json",
    "application/n-triples",
)
OFFERS = (HTML, TURTLE, JSONLD, NT)
LANGUAGES = ("en", "fr", "es")

#: Texts that are made of what such headers are made of, and any others.
HEADERS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            [*OFFERS, "*/*", "text/*", "*", ";", ",", "q=", "Q=0.5", "q=0", '"', "\\", "=", " ",
             "\t", ";q=1.", ";q=.", ";q=-1", ";q=2", ";q=nan", ";q=1e9", "profile=",
             "/", "\x00", "é"]
        ),
        max_size=12,
    ).map("".join),
)  # fmt: skip


@given(HEADERS)
@example('text/turtle;profile="')
@example(";;;q=")
@example("*/*;q=banana")
@settings(max_examples=300, deadline=None)
def test_no_header_is_an_error(header: str) -> None:
    assert chosen(header, OFFERS) in (*OFFERS, None)
    assert chosen(header * 30, OFFERS) in (*OFFERS, None)
    assert chosen_word(header, LANGUAGES, "en") in LANGUAGES
    assert takes(header, "gzip") in (True, False)
    assert all(0 <= one.weight <= MOST for one in preferences(header))


@given(st.permutations([(HTML, 300), (TURTLE, 310), (JSONLD, 309)]))
def test_the_order_of_a_list_is_of_no_matter(pairs: list[tuple[str, int]]) -> None:
    assert chosen(", ".join(f"{kind};q=0.{weight}" for kind, weight in pairs), OFFERS) == TURTLE


@pytest.mark.parametrize(
    ("header", "best"),
    [
        (None, HTML),
        ("", HTML),
        ("   ", HTML),
        ("*/*", HTML),
        ("text/turtle", TURTLE),
        ("TEXT/Turtle; Q=0.4", TURTLE),
        ("text/turtle;q=0.31, application/ld+json;q=0.3", TURTLE),
        ("text/turtle;q=0.999, application/ld+json", JSONLD),
        ("text/html;q=0, */*;q=0.1", TURTLE),
        ("text/*;q=0, application/ld+json;q=0.001", JSONLD),
        ("text/turtle;q=0.5, text/*;q=0.9", HTML),
        ("*/*;q=0.5, application/*;q=0.4, application/n-triples;q=0.6", NT),
        ('application/ld+json;profile="https://example.org/a,b;q=0", text/html;q=0.5', JSONLD),
        ('text/turtle;a="\\",;q=0", text/html;q=0.1', TURTLE),
        ("text/turtle;charset=utf-8", TURTLE),
        ("text/html;level=1;q=0, text/html;q=0.2", HTML),
        ("text/turtle;q=banana", TURTLE),
        ("text/turtle;q=", TURTLE),
        ("text/turtle;q=7", TURTLE),
        ("text/turtle;q=0.0", None),
        ("image/png", None),
        ("text/anot+turtle", None),
        ("garbage", None),
        (", ".join(f"text/x{number};q=0.5" for number in range(5000)), None),
        (", ".join([*(f"text/x{number}" for number in range(5000)), "text/turtle"]), TURTLE),
    ],
)
def test_the_form_that_is_taken_most_is_chosen(header: str | None, best: str | None) -> None:
    assert chosen(header, OFFERS) == best


@pytest.mark.parametrize(
    ("header", "best"),
    [
        (None, "en"), ("", "en"), ("fr", "fr"), ("FR-ch", "fr"), ("es-MX, fr;q=0.5", "es"),
        ("de, fr;q=0.2, en;q=0.1", "fr"), ("zh", "en"), ("*", "en"), ("fr;q=0, *", "en"),
        ("en;q=0, *", "fr"), ("en;q=0.2, *;q=0.5", "fr"), ("fr, en", "fr"), ("en;q=0", "en"),
        ("fr-CH;q=0.3, fr;q=0.9, en;q=0.8", "fr"), (";;", "en"), ("french", "en"),
    ],
)  # fmt: skip
def test_the_language_that_is_liked_most_is_chosen(header: str | None, best: str) -> None:
    assert chosen_word(header, LANGUAGES, "en") == best


@pytest.mark.parametrize(
    ("header", "does"),
    [
        (None, False), ("", False), ("gzip", True), ("GZIP;q=0.1", True), ("gzip;q=0", False),
        ("br, *", True), ("br", False), ("*;q=0", False), ("identity, gzip;q=0.5", False),
        ("x-gzip", True), ("gzip;q=0, *", False), ("deflate, gzip;q=1.0, *;q=0.5", True),
    ],
)  # fmt: skip
def test_a_coding_is_taken_as_a_client_says(header: str | None, does: bool) -> None:
    assert takes(header, "gzip") is does


def test_a_star_by_itself_is_the_widest_range() -> None:
    """As clients wrote it before there were ranges of types (RFC 2616 and older ones)."""
    old = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
    assert chosen("*", OFFERS) == HTML and chosen(old, OFFERS[1:]) == TURTLE
    assert chosen("*;q=0", OFFERS) is None and chosen("text/turtle, *;q=0", OFFERS) == TURTLE
    assert chosen(", ".join([*("a/b" for _ in range(500)), "*"]), OFFERS) == HTML


def test_long_lists_take_no_time() -> None:
    """Whoever waits meanwhile is not to wait long: what concerns nobody is not read."""
    begun = time.process_time()
    for items in (
        "text/b;p=q;q=0.5,",
        "text/turtle;p=q;q=0.1,",
        'text/html;a="b;,";q=0,',
        "x-y;q=0,",
    ):
        header = items * (128_000 // len(items))
        chosen(header, OFFERS), takes(header, "gzip"), chosen_word(header, LANGUAGES, "en")
        preferences(header)
    assert time.process_time() - begun < 0.25
