"""The list of projects in a browser: what it finds, counts, orders and saves is what SQL says of
the same release; an address brings back what it was copied from; without a script nothing is there
that does nothing.

Needs Chromium (CHROMIUM, or on the path) with playwright.
"""

import csv
import os
import sqlite3
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from support.chromium import CHROMIUM, chromium
from support.found import release, saved, shown

from idfgraph.exports.site.content import list_noun
from idfgraph.exports.tables.cells import harmless
from idfgraph.model.names import folded
from idfgraph.model.text import LANGUAGES, decimal

pytestmark = pytest.mark.skipif(
    os.environ.get("CI") != "true" and not (CHROMIUM and find_spec("playwright")),
    reason="Chromium or playwright is not installed",
)

#: The projects as SQL has them; {0} is the language of the page.
PROJECTS = """SELECT project.*,
    (SELECT coalesce(title_{0}, title_en, title_fr, title_es)) AS title,
    (SELECT label_{0} FROM codes WHERE iri = region_iri) AS region,
    (SELECT label_{0} FROM codes WHERE iri = status_iri) AS status,
    (SELECT group_concat(label_{0}, x'0a') FROM
        (SELECT * FROM project_types JOIN codes ON iri = type_iri
        WHERE project_iri = project.iri ORDER BY iri)) AS types,
    (SELECT group_concat(label_{0}, x'0a') FROM
        (SELECT DISTINCT states.* FROM project_states JOIN states ON iri = state_iri
        WHERE project_iri = project.iri ORDER BY iri)) AS states,
    (SELECT group_concat(label_en || ' ' || label_fr || ' ' || label_es, ' ') FROM project_states
        JOIN states ON iri = state_iri WHERE project_iri = project.iri) AS names,
    (SELECT count(DISTINCT state_iri) FROM project_states WHERE project_iri = project.iri) AS number
    FROM projects AS project"""


def of(relation: str, code: str) -> str:
    """A condition: that a project has a type, or a state."""
    table, kind = {"type": ("types", "code/type-"), "state": ("states", "id/state/")}[relation]
    return (
        f"iri IN (SELECT project_iri FROM project_{table} "
        f"WHERE {relation}_iri LIKE '%/{kind}{code}')"
    )


AFRICA, EUROPE = (f"region_iri LIKE '%/region-{name}'" for name in ("africa", "europe"))
ACTIVE = "status_iri LIKE '%/status-active'"
NATIONAL = "coverage_iri LIKE '%/coverage-national'"
LATIN = "region-latin-america-and-the-caribbean"
NONE_OF = "iri NOT IN (SELECT project_iri FROM project_{})"

NARRATIVES = [f"coalesce(narrative_{one}, '')" for one in ("en", "fr", "es", "other")]

#: What is asked for, as fields of the page and as a condition of SQL.
CASES: Sequence[tuple[dict[str, str], str]] = (
    ({}, "1"),
    ({"region": "region-africa"}, AFRICA),
    ({"region": LATIN}, f"region_iri LIKE '%/{LATIN}'"),
    ({"state": "FJI"}, of("state", "FJI")),
    ({"state": "MDA"}, of("state", "MDA")),
    ({"type": "type-po"}, of("type", "po")),
    ({"type": "type-ib"}, of("type", "ib")),
    ({"status": "status-active"}, ACTIVE),
    ({"coverage": "coverage-national"}, NATIONAL),
    ({"missing": "budget"}, "budget IS NULL"),
    ({"missing": "status"}, "status_iri IS NULL"),
    ({"missing": "fundRegion"}, "region_iri IS NULL"),
    ({"missing": "beneficiary"}, NONE_OF.format("states")),
    ({"missing": "projectType"}, NONE_OF.format("types")),
    ({"missing": "coverage"}, "coverage_iri IS NULL"),
    ({"missing": "startYear"}, "start_year IS NULL"),
    ({"missing": "endYear"}, "end_year IS NULL"),
    ({"missing": "allocationYear"}, "allocation_year IS NULL"),
    ({"missing": "primaId"}, "prima_id IS NULL"),
    ({"from": "2012"}, "start_year >= 2012"),
    ({"to": "2012"}, "start_year <= 2012"),
    ({"from": "2010", "to": "2014"}, "start_year BETWEEN 2010 AND 2014"),
    ({"from": "2014", "to": "2010"}, "0"),
    ({"q": "migra"}, "found('migra')"),
    ({"q": "ETUDES  Œuvre"}, "found('etudes œuvre')"),
    ({"q": "STRASSE"}, "found('strasse')"),
    ({"q": "cote d’ivoire"}, "found('cote d ivoire')"),
    ({"q": "Fidji"}, "found('fidji')"),
    ({"q": "Fiyi"}, of("state", "FJI")),
    ({"q": "ukraine moldo"}, "found('ukraine moldo')"),
    ({"q": "tc.10"}, "found('tc 10')"),
    ({"q": "script PWNED"}, "found('script pwned')"),
    ({"q": "igration"}, "found('igration')"),
    ({"q": "quokka"}, "found('quokka')"),
    ({"q": "QUOK officer"}, "found('quok officer')"),
    ({"q": "uokka"}, "0"),
    ({"q": "la jóvenes"}, "found('la jovenes')"),
    ({"q": "l’equipe forme"}, "found('l equipe forme')"),
    ({"q": "ag"}, "found('ag')"),
    ({"q": "__proto__ constr"}, "found('__proto__ constr')"),
    ({"q": "astral full ωμεγα"}, "found('astral full ωμεγα')"),
    ({"q": "gras", "region": "region-europe"}, f"{EUROPE} AND found('gras')"),
    ({"q": "fidji", "sort": "-usd"}, "found('fidji')"),
    ({"sort": "title"}, "1"),
    ({"sort": "-title", "region": "region-europe"}, EUROPE),
    ({"sort": "region"}, "1"),
    ({"sort": "state"}, "1"),
    ({"sort": "-state", "missing": "startYear"}, "start_year IS NULL"),
    ({"sort": "start"}, "1"),
    ({"sort": "-start", "coverage": "coverage-national"}, NATIONAL),
    ({"sort": "usd"}, "1"),
    ({"sort": "-usd"}, "1"),
    ({"sort": "status"}, "1"),
    ({"sort": "-type", "state": "FJI"}, of("state", "FJI")),
    (
        {"q": "migra", "region": "region-africa", "status": "status-active", "from": "2006"},
        f"{AFRICA} AND {ACTIVE} AND start_year >= 2006 AND found('migra')",
    ),
    ({"region": "region-africa", "missing": "fundRegion"}, "0"),
)

ORDERS = {
    "title": "nullif(folded(title), '')",
    "region": "folded(region)",
    "state": "folded(states)",
    "type": "folded(types)",
    "start": "start_year",
    "usd": "budget",
    "status": "folded(status)",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release(tmp_path_factory.mktemp("found"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that says what goes wrong on it."""
    page, said = browser.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.close()
    assert not said


def address(root: Path, language: str, asked: dict[str, str]) -> str:
    suffix = "" if language == "en" else f".{language}"
    return f"{(root / f'lists/projects{suffix}.html').as_uri()}?{urlencode(asked)}"


def folded_lines(text: str | None) -> str | None:
    """Lines folded one by one, so that what has fewer comes first."""
    return None if text is None else "\n".join(map(folded, text.split("\n")))


def of_sql(
    root: Path, language: str, condition: str, sort: str = "", asked: str = ""
) -> list[dict[str, Any]]:
    """The projects that a condition leaves, in their order; without another, those whose names have
    the words that are asked for come first.
    """
    tables = sqlite3.connect(root / "tables" / "idf.sqlite")
    tables.row_factory = sqlite3.Row
    tables.create_function("folded", 1, folded_lines)
    tables.create_function("has_words", 3, _has_words)
    parts = ("title", "project_id", "coalesce(names, '')", "coalesce(types, '')")
    names, texts = " || ' ' || ".join(parts), " || ' ' || ".join(NARRATIVES)
    found = f"has_words({names}, {texts}, "
    first = f"NOT has_words({names}, '', '{asked}'), " if asked and not sort else ""
    by = ORDERS.get(sort.removeprefix("-"), "iri")
    way = "DESC" if sort.startswith("-") else "ASC"
    rows = tables.execute(
        f"SELECT * FROM ({PROJECTS.format(language)}) WHERE {condition.replace('found(', found)} "
        f"ORDER BY {first}{by} {way} NULLS LAST, iri"
    )
    return [dict(row) for row in rows]


def _has_words(named: str, told: str, asked: str) -> bool:
    """Whether names have words that begin so, or narratives do; there one or two letters are whole
    words.
    """
    names, texts = folded(named).split(), folded(told).split()
    return all(
        any(word.startswith(one) for word in names)
        or any(word.startswith(one) if one[2:] else word == one for word in texts)
        for one in folded(asked).split()
    )


def told(rows: Sequence[dict[str, Any]], number: int, language: str) -> list[str]:
    """The numbers that a sentence must tell of rows: so many of all, US dollars, those known, those
    shared and of how many.
    """
    usd = [Decimal(str(row["budget"])) for row in rows if row["budget"] is not None]
    shared = [row for row in rows if row["number"] > 1]
    some = [Decimal(str(row["budget"])) for row in shared if row["budget"] is not None]
    whole = [sum(one, Decimal(0)).quantize(Decimal(1), ROUND_HALF_UP) for one in (usd, some)]
    counts: list[object] = [len(rows), *([number] if len(rows) < number else [])]
    counts += [whole[0], len(usd), len(rows)] if usd else []
    counts += [whole[1], len(shared)] if shared else []
    return [decimal(str(one), language) for one in counts]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_it_finds_what_sql_finds(page: Any, root: Path, number: int) -> None:
    """Which rows, in which order, what they come to, and the file of them."""
    language = LANGUAGES[number % 3]
    asked, condition = CASES[number]
    page.goto(address(root, language, asked))
    words = folded(asked.get("q", ""))
    rows = of_sql(root, language, condition, asked.get("sort", ""), words)
    assert shown(page) == [row["project_id"] for row in rows]
    sentence = page.inner_text(".prose")
    for one in told(rows, len(of_sql(root, language, "1")), language):
        before, mark, sentence = sentence.partition(one)
        assert mark, (one, before)
    file = list(csv.reader(StringIO(saved(page).removeprefix("\ufeff"), newline="")))
    assert [(line[0], line[1]) for line in file[1:]] == [
        (row["project_id"], harmless(row["title"].replace("\u2028", "<U+2028>"))) for row in rows
    ]
    assert [line[9] for line in file[1:]] == [
        "" if row["budget"] is None else f"{row['budget']}" for row in rows
    ]


@pytest.mark.parametrize("field", ["region", "state", "type", "status", "coverage"])
def test_choices_say_what_they_would_leave(page: Any, root: Path, field: str) -> None:
    """The others held: each number is that of the rows that the choice shows."""
    others = {"region": "region-europe", "coverage": "coverage-national", "q": "t"}
    others.pop(field, None)
    page.goto(address(root, "en", others))
    options = page.eval_on_selector_all(
        f"#{field} option", "all => all.slice(1).map(one => [one.value, one.text, one.disabled])"
    )
    assert any(not disabled for _, _, disabled in options)
    for value, text, disabled in options:
        page.goto(address(root, "en", {**others, field: value}))
        ids = shown(page)
        assert text.endswith(f" ({len(ids)})")
        assert disabled == (not ids)


def test_an_address_brings_back_what_is_shown(browser: Any, page: Any, root: Path) -> None:
    page.goto(address(root, "fr", {}))
    page.fill("#q", "migra")
    page.select_option("#region", "region-europe")
    page.click("th:nth-child(4) button")
    page.click("th:nth-child(4) button")
    page.wait_for_url("**sort=-usd")
    assert page.get_attribute("th:nth-child(4)", "aria-sort") == "descending"
    ids = shown(page)
    assert ids
    again = browser.new_page()
    again.goto(page.url)
    assert shown(again) == ids
    assert again.inner_text(".prose") == page.inner_text(".prose")
    page.click("nav [hreflang=es]")
    assert shown(page) == ids
    page.click("[type=reset]")
    page.wait_for_url("**/projects.es.html")
    assert shown(page) == [row["project_id"] for row in of_sql(root, "es", "1")]
    again.close()


def test_the_search_of_every_page_leads_to_the_list(page: Any, root: Path) -> None:
    page.goto((root / "doc/state/FJI.es.html").as_uri())
    page.fill(".search input", "Fidji")
    page.press(".search input", "Enter")
    page.wait_for_url("**/lists/projects.es.html?q=Fidji")
    rows = of_sql(root, "es", "found('fidji')", asked="fidji")
    assert shown(page) == [row["project_id"] for row in rows]


#: What is asked for, and the kind, name and address of what stands first in each language.
THINGS = (
    ("MOLD", "state/MDA", ("Republic of Moldova", "République de Moldova", "República de Moldova")),
    ("moldavie", "state/MDA", None),
    ("md", "state/MDA", None),
    ("mda", "state/MDA", None),
    ("fiyi", "state/FJI", ("Fiji", "Fidji", "Fiji")),
    ("cote ivoire", "state/CIV", None),
    ("afri", "code/region-africa", ("Africa", "Afrique", "África")),
)


def projects(number: int, language: str) -> str:
    """So many projects, in the words of a language."""
    return f"{number} {list_noun('projects', number, language)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_region_and_a_type_tell_their_own_numbers_beside_what_texts_have(
    page: Any, root: Path, language: str
) -> None:
    """Their names are in texts of other projects, too; their codes are nobody's words."""
    at = LANGUAGES.index(language)
    europe = ("Europe", "Europe", "Europa")[at], "region-europe", EUROPE
    names = ("Immigration and Borders", "Immigration et frontières", "Inmigración y fronteras")
    borders = names[at], "type-ib", of("type", "ib")
    page.goto(address(root, language, {}))
    for asked, code, condition in (europe, borders):
        page.fill("#q", asked)
        suffix = "" if language == "en" else f".{language}"
        line = page.locator(f'#things li:has(a[href="../doc/code/{code}{suffix}.html"])')
        line.wait_for(timeout=5_000)
        said = line.inner_text()
        number = len(of_sql(root, language, condition))
        assert said.endswith(f" · {projects(number, language)}")
        assert said.startswith(f"{asked} ")
        assert code not in page.inner_text("#things")


@pytest.mark.parametrize("language", LANGUAGES)
def test_states_and_others_are_found_beside_the_projects(
    page: Any, root: Path, language: str
) -> None:
    """By names in three languages and by codes, each with its kind, leading to its page."""
    at = ("en", "fr", "es").index(language)
    suffix = "" if language == "en" else f".{language}"
    kind = {"en": "State or area", "fr": "État ou zone", "es": "Estado o zona"}[language]
    page.goto(address(root, language, {"q": "mold"}))
    for asked, path, said in THINGS:
        page.fill("#q", asked)
        first = page.locator(f'#things li:first-child a[href="../doc/{path}{suffix}.html"]')
        first.wait_for(timeout=5_000)
        assert said is None or first.inner_text() == said[at]
        told = page.inner_text("#things li:first-child .small")
        if path.startswith("state/"):
            number = len(of_sql(root, language, of("state", path.removeprefix("state/"))))
            assert told == f"{kind} · {projects(number, language)}"
    first.click()
    page.wait_for_url(f"**/{path}{suffix}.html")
    page.goto(address(root, language, {"q": "quokka"}))
    shown(page)
    assert not page.locator("#things *").count()
    links = page.locator("#things + .small a")
    assert links.evaluate_all("all => all.map(one => one.getAttribute('href'))") == [
        f"{name}{suffix}.html" for name in ("states", "regions", "programmes", "partners")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_states_are_filtered_by_names(page: Any, root: Path, language: str) -> None:
    suffix = "" if language == "en" else f".{language}"
    path = root / f"lists/states{suffix}.html"
    page.goto(path.as_uri())
    rows = page.locator("#listed tr:visible")
    every = rows.count()
    for asked in ("mold", "Moldavie", "md"):
        page.fill("#q", asked)
        page.locator("#things:not(:empty)").wait_for()
        assert rows.locator("bdi").all_inner_texts() == ["MDA"]
        assert page.inner_text("#things") == f"1 / {every}"
    page.fill("#q", "")
    page.locator("#things:empty").wait_for(state="attached")
    assert rows.count() == every > 1
    page.goto(f"{path.as_uri()}?q=mold")
    page.locator("#things:not(:empty)").wait_for()
    assert rows.count() == 1


PASSAGES = (
    ("quokka", "At its end is a ", "quokka", ", at last."),
    ("etat", "agents à l'", "état", " civil. ÉTUDES"),
    ("retor", "migración y ", "retorno", " voluntario."),
    ("ωμεγα", "½ ﷺ ", "Ωμέγα", ""),
    ("pwned", "<script>window.", "PWNED", "=1</script>"),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("asked", "before", "marked", "after"), PASSAGES)
def test_where_a_narrative_has_the_words_is_shown(
    page: Any, root: Path, language: str, asked: str, before: str, marked: str, after: str
) -> None:
    """The words as they are written, with some around, in their language."""
    page.goto(address(root, language, {"q": asked}))
    shown(page)
    page.locator(".projects .small + .small").last.scroll_into_view_if_needed()
    mark = page.locator(".projects bdi mark").last
    mark.wait_for(timeout=5_000)
    assert mark.inner_text() == marked
    words = mark.locator("..").inner_text()
    assert f"{before}{marked}{after}" in words
    assert len(words) < 300
    assert words.startswith("… ") == (asked in {"quokka", "retor"})
    assert mark.locator("..").get_attribute("lang") in {*LANGUAGES, "el"}
    sentence = page.inner_text(".prose")
    only = {"en": "only in", "fr": "que dans", "es": "solo en"}
    assert only[language] in sentence


def test_narratives_are_loaded_when_they_are_asked_for(page: Any, root: Path) -> None:
    """None with the list, a few for a word."""
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.rpartition("/lists/")[2]))
    page.goto(address(root, "en", {}))
    shown(page)
    page.wait_for_timeout(300)
    assert not [path for path in loaded if path.startswith(("words-", "texts/"))]
    page.fill("#q", "quokka")
    shown(page)
    page.locator("mark").first.wait_for(timeout=5_000)
    assert [path for path in loaded if path.startswith("words-")] == ["words-0.js"]
    texts = [path for path in loaded if path.startswith("texts/")]
    assert 0 < len(texts) < len(shown(page))


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_are_those_of_the_page_without_a_script(
    browser: Any, page: Any, root: Path, language: str
) -> None:
    page.goto(address(root, language, {}))
    shown(page)
    context = browser.new_context(java_script_enabled=False)
    still = context.new_page()
    still.goto(address(root, language, {}))
    rows = "tbody tr"
    assert still.locator(rows).count() == 100
    html = "all => all.map(one => one.innerHTML)"
    assert page.eval_on_selector_all(rows, html)[:100] == still.eval_on_selector_all(rows, html)
    assert page.inner_text(".prose") == still.inner_text(".prose")
    for control in still.query_selector_all("input, select, button, form"):
        assert not control.is_visible()
    still.click("details.still summary")
    assert still.locator("details.still a:visible").count() > 20
    context.close()


def test_files_are_light(root: Path) -> None:
    assert (root / "list.js").stat().st_size <= 8_000
    assert (root / "style.css").stat().st_size <= 14_000
    number = len(of_sql(root, "en", "1"))
    assert (root / "narratives.js").stat().st_size <= 4_000
    assert (root / "things.js").stat().st_size <= 4_000
    for part in (root / "lists").glob("words-*.js"):
        assert part.stat().st_size <= 15_000
    for language in LANGUAGES:
        assert (root / f"lists/rows-{language}.js").stat().st_size <= 200 * number
    for page in (root / "lists").glob("*.html"):
        assert page.stat().st_size <= 70_000
