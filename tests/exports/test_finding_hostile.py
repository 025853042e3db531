"""The list of projects in a browser that is handed strings which want to run: in titles and names,
in the address, in what is saved. None runs, none is against the policy, with it and without.

Needs Chromium (CHROMIUM, or on the path) with playwright.
"""

import csv
import json
import os
from collections.abc import Iterator
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from support.chromium import CHROMIUM, chromium, listening
from support.found import saved
from support.hostile import HOSTILE, hostile_entries
from support.making_pages import data_setting, rendered, site_of, woven
from support.making_pages import saved as folder_of

from idfgraph.exports.site.markup import visible
from idfgraph.exports.tables.cells import harmless

pytestmark = pytest.mark.skipif(
    os.environ.get("CI") != "true" and not (CHROMIUM and find_spec("playwright")),
    reason="Chromium or playwright is not installed",
)

SOME = HOSTILE[:: 1 if os.environ.get("IDFGRAPH_FULL") == "1" else 32]
NAMES = ("q", "region", "state", "type", "status", "coverage", "missing", "from", "to", "sort")
WANTED = (
    *("list.js", "things.js", "narratives.js", "csv.js", "style.css", "icon.svg"),
    *("lists/projects.html", "lists/states.html", "lists/rows-en.js", "lists/things-en.js"),
    *("lists/words-0.js", "lists/texts/XX.0001.js"),
)
ODD = ("__proto__", "constructor", "%", "%FF", "\u2028", "=cmd|' /C calc'!A0", "1e999", "-1", "NaN")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture(params=[False, True], ids=["with the policy", "without it"])
def page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page on which nothing may run, and nothing be said."""
    context = browser.new_context(bypass_csp=request.param)
    page = context.new_page()
    said = listening(page)
    yield page
    assert page.evaluate("window.PWNED") is None
    context.close()
    assert not said


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    setting = data_setting()
    pages = rendered(woven(setting), site_of(setting))
    return folder_of(pages, tmp_path_factory.mktemp("pages"))


def test_addresses_run_nothing(page: Any, made: Path) -> None:
    address = (made / "lists/projects.html").as_uri()
    for words in (*SOME, *ODD):
        asked = "&".join(f"{name}={quote(words)}&{quote(words)}={name}" for name in NAMES)
        page.goto(f"{address}?{asked}#{quote(words)}")
        assert page.locator("[name=save]").is_visible()
        assert page.evaluate("window.PWNED") is None


def test_titles_and_names_run_nothing(page: Any, tmp_path: Path) -> None:
    site = site_of(data_setting())
    for number, words in enumerate(SOME):
        pages = rendered(hostile_entries(words), site)
        wanted = {path: pages[path] for path in WANTED}
        folder = folder_of(wanted, tmp_path / str(number))
        page.goto((folder / "lists/projects.html").as_uri())
        page.select_option("#sort", "-title")
        shown = page.inner_text("tbody a >> nth=0"), page.inner_text("#state option >> nth=1")
        for text in (shown[0], shown[1].removesuffix(" (1)")):
            assert "".join(text.split()) == "".join(visible(words).split())
        assert page.evaluate("window.PWNED") is None
        page.fill("#q", "PWNED")
        page.wait_for_selector(".projects:not([aria-busy=true])")
        for mark in page.locator("mark").all():
            assert mark.inner_text() == "PWNED"
        things = page.locator("#things li a")
        assert "".join(things.inner_text().split()) == "".join(visible(words).split())
        assert page.evaluate("window.PWNED") is None
        assert {"file:"} == set(
            page.eval_on_selector_all("main a", "all => all.map(one => one.protocol)")
        )
        page.goto((folder / "lists/states.html").as_uri())
        page.fill("#q", "xaa pwned")
        page.locator("#things:text-is('1 / 1')").wait_for()
        assert page.locator("#listed tr").is_visible()
        page.fill("#q", "quokka")
        page.locator("#listed tr").wait_for(state="hidden")
        assert page.evaluate("window.PWNED") is None


def test_what_is_saved_is_harmless_as_in_the_tables(browser: Any, made: Path) -> None:
    """A file that holds each of many odd texts as a title; each character of the first plane comes
    first in one, after a separator in another, and before a sign.
    """
    texts = [*HOSTILE, *ODD, "a\n- one\n-2", "a\n- cmd|'x'!A0", 'a;"=1', "a;\t -b", ";- a|b"]
    for start in range(1, 0x3000):
        one = chr(start)
        texts.append(f"{one}1; {one}{one}=2\n{one}- a\t{one}+")
    for start in (*range(0xFB00, 0xFB60), *range(0xFE00, 0xFF80), 0xFFFE, 0xFFFF):
        texts.append(f"{chr(start)}1;{chr(start)}-2")
    rows = made / "lists" / "rows-en.js"
    written = rows.read_text("utf-8")
    row = ["A", "", "", "", "", "", [], [], [], [], [], [], []]
    many = ",\n".join(json.dumps(["A", text, *row[2:]]) for text in texts)
    before = written.partition('"rows":[')[0]
    rows.write_text(f'{before}"rows":[\n{many}\n]}};\n', "utf-8")
    page = browser.new_page()
    page.goto((made / "lists/projects.html").as_uri())
    lines = list(csv.reader(StringIO(saved(page).removeprefix("\ufeff"), newline="")))
    rows.write_text(written, "utf-8")
    page.close()
    assert [line[1] for line in lines[1:]] == [harmless(text) for text in texts]


def test_data_is_one_value_that_ends_no_element(made: Path) -> None:
    """Whoever puts it into a page gets no markup of it, and no engine another value."""
    words = "</script><script>\u2028\u2029&"
    pages = rendered(hostile_entries(words), site_of(data_setting()))
    for language in ("en", "fr", "es"):
        text = pages[f"lists/rows-{language}.js"]
        assert text.startswith("window.idfProjects={")
        assert not set("<>&\u2028\u2029") & set(text)
        value = json.loads(text.removeprefix("window.idfProjects=").removesuffix(";\n"))
        assert value["rows"][0][1] == visible(words)
        things = f"lists/things-{language}.js"
        for path in ("lists/words-0.js", "lists/texts/XX.0001.js", things):
            name, _, values = pages[path].removesuffix(");\n").partition("(")
            assert name in {"window.idfWords", "window.idfTexts", "window.idfThings"}
            assert not set("<>&\u2028\u2029") & set(values)
            assert len(json.loads(f"[{values}]")) == (1 if path == things else 2)
    for name in ("list.js", "narratives.js", "things.js"):
        assert (made / name).read_text("utf-8").count("innerHTML") == 0
