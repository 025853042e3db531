"""Pages in Firefox, beside Chromium: they fit, run and stop what they should there too.

Needs Firefox (FIREFOX, or on the path) with websocket-client.
"""

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from support.firefox import FIREFOX, FirefoxPage, firefox
from support.static_host import hosted

from idfgraph.exports.site import engine_files
from idfgraph.model.text import LANGUAGES
from idfgraph.query.ask import open_release, query_of, questions

pytestmark = pytest.mark.skipif(
    os.environ.get("CI") != "true" and not (FIREFOX and find_spec("websocket") and engine_files()),
    reason="Firefox, websocket-client or the engine is not installed",
)

SUFFIXES = {"en": ".html", "fr": ".fr.html", "es": ".es.html"}

#: Fills a field of a form as a person does.
FILL = """(() => {{ const field = document.querySelector("{0}"); field.value = "{1}";
  field.dispatchEvent(new Event("input", {{ bubbles: true }})); }})()"""

#: The projects that the list shows.
SHOWN = """[...document.querySelectorAll(".projects tbody tr")]
  .map((row) => row.querySelector("a").href.split("/").pop().split(".html")[0])"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FirefoxPage]:
    with firefox(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture(autouse=True)
def _nothing_is_said(page: FirefoxPage) -> Iterator[None]:
    page.said.clear()
    yield
    assert not page.said


def of_each_kind(release: Path) -> Iterator[Path]:
    """The pages at the top, and of each folder the first in each language."""
    yield from sorted(release.glob("*.html"))
    for folder in sorted({path.parent for path in release.glob("*/**/*.html")}):
        for suffix in SUFFIXES.values():
            yield min(folder.glob(f"*{suffix}"))


def test_pages_fit_a_small_screen_and_say_nothing(page: FirefoxPage, published: Path) -> None:
    pages = list(of_each_kind(published))
    assert len(pages) > 50
    for path in pages:
        page.goto(path.as_uri(), 320)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_is_filtered_from_a_folder(
    page: FirefoxPage, published: Path, language: str
) -> None:
    page.goto((published / f"lists/projects{SUFFIXES[language]}").as_uri())
    every = page.evaluate(SHOWN)
    page.evaluate(FILL.format("#q", "fidji"))
    found = page.evaluate(SHOWN)
    assert 0 < len(found) < len(every)
    page.wait("location.search === '?q=fidji'")
    page.goto(f"{page.evaluate('location.href')}&sort=-usd")
    assert sorted(page.evaluate(SHOWN)) == sorted(found)


def test_the_search_of_every_page_leads_to_the_list(page: FirefoxPage, published: Path) -> None:
    page.goto((published / "index.fr.html").as_uri())
    page.evaluate("document.querySelector('.search input').value = 'fidji'")
    page.evaluate("document.querySelector('.search button').click()")
    page.wait("document.getElementById('q')?.value === 'fidji'")
    assert page.evaluate("location.pathname").endswith("/lists/projects.fr.html")
    assert page.evaluate(SHOWN)


def test_a_release_answers_in_the_browser(page: FirefoxPage, published: Path) -> None:
    opened = open_release(published)
    question = next(one for one in questions() if one.name == "budget-by-region")
    rows = opened.answerer.text(query_of(question, opened, {}), "csv").decode().splitlines()
    with hosted(published) as host:
        page.goto(f"{host}ask.html?question=budget-by-region")
        page.wait("!!document.querySelector('#ask button:not([type])')")
        page.evaluate("document.querySelector('#ask button:not([type])').click()")
        page.wait("!!document.querySelector('#answer tbody tr')")
        assert (
            page.evaluate("document.querySelectorAll('#answer tbody tr').length") == len(rows) - 1
        )


def test_the_policy_stops_a_script(page: FirefoxPage, published: Path, tmp_path: Path) -> None:
    text = (published / "index.html").read_text("utf-8")
    planted = tmp_path / "planted.html"
    planted.write_text(text.replace("<h1>", "<h1><script>window.PWNED=1</script>"), "utf-8")
    page.goto(planted.as_uri())
    assert page.evaluate("window.PWNED") is None
    assert any("script-src" in one for one in page.said)
    page.said.clear()
