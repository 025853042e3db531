"""A release asked in a browser: each question's answer is that of `idfgraph query`, and reads
as on the page that was made as it was published; addresses bring questions back; nothing runs but
the page's own; from a folder, or without a script, nothing is there that does nothing.

Needs Chromium (CHROMIUM, or on the path) with playwright, and the engine (`tools/npm_parts.py`).
"""

import csv
import os
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from support.chromium import CHROMIUM, chromium, listening
from support.command import ROOT
from support.found import release as found_release
from support.hostile import HOSTILE
from support.static_host import hosted

from idfgraph.exports.site import engine_files
from idfgraph.exports.tables.cells import harmless
from idfgraph.model.labels import COLUMNS
from idfgraph.model.text import LANGUAGES, capitalized, gettext
from idfgraph.query.ask import OpenRelease, open_release, query_of, questions

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SUFFIXES = {"en": ".html", "fr": ".fr.html", "es": ".es.html"}
SOME = HOSTILE[:: 1 if os.environ.get("IDFGRAPH_FULL") == "1" else 40]
ODD = ("__proto__", "constructor", "$&", "%", "} ?s ?p ?o #", "XXX")

#: Values other than those that questions have by themselves.
OTHERS: Sequence[tuple[str, Mapping[str, str]]] = (
    ("beneficiary-projects", {"state": "FJI"}),
    ("beneficiary-projects", {"state": "ALB"}),
    ("equal-share-of-budget", {"state": "ALB"}),
    ("budget-source", {"project": "PX.0220"}),
    ("claims", {"project": "V57-805"}),
)
QUESTIONS: Sequence[tuple[str, Mapping[str, str]]] = [(one.name, {}) for one in questions()] + list(
    OTHERS
)

pytestmark = pytest.mark.skipif(
    os.environ.get("CI") != "true"
    and not (CHROMIUM and find_spec("playwright") and engine_files()),
    reason="Chromium, playwright or the engine is not installed",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def host(published: Path) -> Iterator[str]:
    with hosted(published) as address:
        yield address


@pytest.fixture(scope="module")
def opened(published: Path) -> OpenRelease:
    return open_release(published)


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page on which nothing is said, and no other runs."""
    context = browser.new_context()
    page = context.new_page()
    said = listening(page)
    yield page
    assert page.evaluate("window.PWNED") is None
    context.close()
    assert not [text for text in said if "404" not in text]


def answered(page: Any) -> str:
    """What a page says once it has answered what its form asks."""
    page.click("#ask button:not([type])")
    page.locator("[name=stop]").wait_for(state="hidden")
    return str(page.inner_text("#status"))


def saved(page: Any) -> list[list[str]]:
    """The rows of the file that a page gives; of an answer without rows, none."""
    if not page.locator("[name=save]").is_visible():
        return []
    with page.expect_download() as download:
        page.click("[name=save]")
    text = Path(download.value.path()).read_bytes().decode("utf-8").removeprefix("\ufeff")
    return list(csv.reader(StringIO(text, newline="")))


def expected(opened: OpenRelease, name: str, values: Mapping[str, str]) -> list[list[str]]:
    """The rows that the command line gives."""
    question = next(one for one in questions() if one.name == name)
    known = {key: value for key, value in values.items() if key in _parameters(name)}
    text = opened.answerer.text(query_of(question, opened, known), "csv").decode()
    rows = [[harmless(cell) for cell in row] for row in csv.reader(StringIO(text, newline=""))]
    return rows if len(rows) > 1 else []


def _parameters(name: str) -> set[str]:
    question = next(one for one in questions() if one.name == name)
    return {one.name for one in question.parameters}


def cells(page: Any, table: str) -> Any:
    """What the first rows of a table show, and where that leads."""
    told = "cell => [cell.innerText, cell.querySelector('a')?.href ?? '', cell.className]"
    rows = f"rows => rows.slice(0, 20).map(row => [...row.cells].map({told}))"
    return page.eval_on_selector_all(f"{table} tbody tr", rows)


def heads(page: Any, table: str) -> list[str]:
    """What the columns of a table are called, above them and, on a phone, in the cells."""
    rows = page.locator(f"{table} tr")
    above: list[str] = rows.first.locator("th").all_inner_texts() if rows.count() else []
    within = "all => all.map(one => one.dataset.column)"
    assert rows.nth(1).locator("td").evaluate_all(within) == above
    return above


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_those_of_the_command_line_and_of_the_page_of_the_question(
    page: Any, host: str, opened: OpenRelease, language: str
) -> None:
    suffix = SUFFIXES[language]
    page.goto(f"{host}ask{suffix}")
    shown: dict[str, Any] = {}
    for name, values in QUESTIONS:
        page.select_option("#question", name)
        for key, value in values.items():
            field = page.locator(f"#{key}")
            is_list = field.evaluate("one => one.tagName") == "SELECT"
            field.select_option(value) if is_list else field.fill(value)
        told = answered(page)
        rows = expected(opened, name, {**values, "lang": language})
        found = saved(page)
        assert found[:1] == rows[:1], (name, told)
        assert sorted(found) == sorted(rows), name
        if not values:
            shown[name] = (heads(page, "#answer"), cells(page, "#answer")) if rows else ([], [])
            words = (
                [capitalized(gettext(COLUMNS[one], language)) for one in found[0]] if rows else []
            )
            assert shown[name][0] == words, name
    for name, rows in shown.items():
        page.goto(f"{host}answers/{name}{suffix}")
        assert (heads(page, ".answer"), cells(page, ".answer")) == rows, name


def test_an_address_brings_a_question_back(page: Any, host: str) -> None:
    page.goto(f"{host}ask.fr.html?question=beneficiary-projects&state=FJI")
    assert page.input_value("#state") == "FJI"
    assert answered(page).startswith("1 ligne")
    assert "VALUES ?state { st:FJI }" in page.input_value("#query")
    assert parse_qs(urlsplit(page.url).query) == {
        "question": ["beneficiary-projects"],
        "state": ["FJI"],
    }
    page.click("nav [hreflang=es]")
    assert page.input_value("#state") == "FJI"
    assert page.locator("#state option:checked").inner_text() == "Fiji"
    own = "CONSTRUCT WHERE { ?s a ?o } LIMIT 3"
    page.goto(f"{host}ask.html?{urlencode({'query': own})}")
    assert page.input_value("#query") == own
    assert answered(page).startswith("3 rows")
    page.fill("#query", "ASK { ?s ?p ?o }")
    assert answered(page).startswith("Yes")
    assert parse_qs(urlsplit(page.url).query) == {"query": ["ASK { ?s ?p ?o }"]}


def test_what_cannot_be_asked_is_told(page: Any, host: str) -> None:
    page.goto(f"{host}ask.html?question=budget-source&project=NO.0000")
    assert answered(page) == "This release does not know “NO.0000”."
    page.goto(f"{host}ask.html?question=beneficiary-projects&state=XXX")
    assert page.inner_text("#status") == "This release does not know “XXX”."
    page.click("#text summary")
    for query, told in {
        "SELECT * {": "error at 1:11",
        "SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }": "not supported",
        "DELETE WHERE { ?s ?p ?o }": "error at 1:1",
    }.items():
        page.fill("#query", query)
        assert told in answered(page)
        assert not page.locator("#answer").is_visible()


def test_a_question_can_be_stopped_and_another_asked(page: Any, host: str) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a"
    page.goto(f"{host}ask.html?{urlencode({'query': query})}")
    page.click("#ask button:not([type])")
    page.locator("#status", has_text="Looking for an answer").wait_for()
    page.click("[name=stop]")
    assert page.inner_text("#status") == "Stopped."
    page.fill("#query", "ASK {}")
    assert answered(page).startswith("Yes")


def test_it_ends_by_itself(page: Any, host: str) -> None:
    page.clock.install()
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a"
    page.goto(f"{host}ask.html?{urlencode({'query': query})}")
    page.click("#ask button:not([type])")
    page.locator("#status", has_text="Looking for an answer").wait_for()
    page.clock.fast_forward(20_000)
    page.locator("[name=stop]").wait_for(state="hidden")
    assert page.inner_text("#status") == "There is no answer within 20 s."


def test_addresses_run_nothing(page: Any, host: str) -> None:
    names = ("question", "state", "project", "programme", "query", "lang")
    for words in (*SOME, *ODD):
        for some in (names, names[:-2]):
            asked = "&".join(f"{name}={quote(words)}" for name in some)
            page.goto(f"{host}ask.html?{asked}#{quote(words)}")
            assert page.locator("#question").is_visible()
            assert page.evaluate("window.PWNED") is None
        page.goto(f"{host}ask.html?question=budget-source&project={quote(words)}")
        page.evaluate("document.getElementById('ask').requestSubmit()")
        page.goto(f"{host}ask.html?{urlencode({'query': words})}")
    page.wait_for_load_state()


def test_words_of_others_run_nothing(page: Any, browser: Any, tmp_path: Path) -> None:
    """Titles that want to run, in an answer and in its file; with the policy and without."""
    folder = found_release(tmp_path)
    words = "<http://purl.org/dc/terms/title>"
    bad = "BIND(IRI(CONCAT('javascript:', STRUUID())) AS ?u)"
    query = f"SELECT ?p ?t ?u {{ ?p a ?c ; {words} ?t {bad} }}"
    free = browser.new_context(bypass_csp=True).new_page()
    with hosted(folder) as host:
        for one in (page, free):
            one.goto(f"{host}ask.html?{urlencode({'query': query})}")
            assert " rows" in answered(one)
            links = "all => [...new Set(all.map(one => one.protocol))]"
            assert one.eval_on_selector_all("#answer a", links) == ["http:"]
            assert one.evaluate("window.PWNED") is None
            texts = {row[1] for row in saved(one)[1:]}
            assert "'=cmd|' /C calc'!A0" in texts
    free.close()


def test_from_a_folder_and_without_a_script_questions_lead_to_answers(
    browser: Any, page: Any, published: Path, host: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    still = context.new_page()
    still.goto(f"{host}ask.html")
    page.goto((published / "ask.html").as_uri())
    for one in (page, still):
        assert not one.locator("#ask").is_visible()
        assert not one.locator("main button >> visible=true").count()
        assert one.locator(".still").is_visible()
        one.click(".list a >> text=Interventions that benefited a state")
        assert "../doc/" in str(one.locator(".answer a >> nth=0").get_attribute("href"))
        assert "--set state=MDA" in one.inner_text("main")
    context.close()


@pytest.mark.skipif(not AXE.is_file(), reason="`npm ci --ignore-scripts` was not run")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_an_answer(browser: Any, host: str, scheme: str) -> None:
    context = browser.new_context(
        bypass_csp=True, color_scheme=scheme, viewport={"width": 320, "height": 800}
    )
    page = context.new_page()
    for suffix in SUFFIXES.values():
        page.goto(f"{host}ask{suffix}?question=claims")
        answered(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.evaluate(AXE.read_text("utf-8"))
        assert page.evaluate("axe.run()")["violations"] == []
    context.close()


def test_the_first_answer_alone_loads_the_engine(browser: Any, host: str) -> None:
    page, loaded = browser.new_page(), []
    page.on("request", lambda request: loaded.append(request.url.removeprefix(host)))
    page.context.on("request", lambda request: loaded.append(request.url.removeprefix(host)))
    page.goto(f"{host}ask.html?question=budget-by-region")
    page.wait_for_load_state("networkidle")
    assert not {"oxigraph.js", "oxigraph.wasm", "data/idf.ttl"} & set(loaded)
    assert page.locator("#load").is_visible()
    answered(page)
    assert not page.locator("#load").is_visible()
    page.close()
