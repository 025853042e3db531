"""The page on quality: each number on it leads to a list of exactly so many, in each language.

What needs Chromium (CHROMIUM, or on the path) with playwright is skipped without, but not in CI.
"""

import os
import re
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from sqlite3 import connect

import pytest
from support.chromium import CHROMIUM, chromium

from idfgraph import publish
from idfgraph.exports.figures import Noted, Overview, read_overview, warned
from idfgraph.exports.site import indexes, quality
from idfgraph.graph.setting import prepare
from idfgraph.model.findings import Result
from idfgraph.model.labels import LABELLED
from idfgraph.model.layout import TABLE_STORE
from idfgraph.model.names import folded
from idfgraph.model.text import LANGUAGES, gettext, translations

ROOT = Path(__file__).parents[2]
SUFFIXES = {"en": ".html", "fr": ".fr.html", "es": ".es.html"}

#: Pages of projects as they differ from one that is real: their ID, and what they print of it.
PAGES = {
    "one": {},
    "other": {"\nAchevé\n": "\nActif\n"},
    "coined": {"V47-805": "V47-806", "\nAchevé\n": "\nSuspendu\n"},
    "nameless": {"\nProjet ID\nV47-805\n": "\n"},
}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with notes of many kinds, a word that no list has, pages that were not re-read;
    lists have few entries a page.
    """
    folder = tmp_path_factory.mktemp("quality")
    page = (ROOT / "data/pages/000_3cd946cab0f19b2c.txt").read_text("utf-8")
    for name in ("pages", "records"):
        (folder / name).mkdir()
    for name, changes in PAGES.items():
        text = page
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        (folder / "pages" / f"{name}.txt").write_text(text, "utf-8")
    for name in ("PX.0220", "V57-805", "W34-805", "mainstreaming-migration"):
        record = (ROOT / f"data/records/{name}.yaml").read_bytes()
        (folder / "records" / f"{name}.yaml").write_bytes(record)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexes, "ROWS", 2)
        patch.setattr(quality, "_NAMED", 1)
        publish([folder / "pages", folder / "records"], folder / "public", site="plain", jobs=1)
    return folder / "public"


@pytest.fixture(scope="module")
def overview(release: Path) -> Overview:
    return read_overview(release / TABLE_STORE, prepare([ROOT / "data"]).mapper.compact)


def shown(release: Path, language: str) -> str:
    """The page on quality."""
    return (release / f"quality{SUFFIXES[language]}").read_text("utf-8")


def listed(release: Path, href: str) -> str:
    """What a list has, on all its pages, without what leads from one to the next."""
    main = main_of(release, href)
    pager = re.search(r"<nav.*?</nav>", main, re.DOTALL)
    further = re.findall('href="([^"]+)"', pager[0]) if pager else []
    folder = href.rpartition("/")[0]
    pages = [main, *(main_of(release, f"{folder}/{one}") for one in further)]
    return "".join(re.sub(r"<nav.*?</nav>", "", one, flags=re.DOTALL) for one in pages)


def main_of(release: Path, href: str) -> str:
    page = (release / href).read_text("utf-8")
    return page.partition("<main")[2].partition("</main>")[0]


def entries(text: str) -> int:
    """How many a list has, as rows of a table or as items."""
    rows = re.findall(r"<tbody[^>]*>(.*?)</tbody>", text, re.DOTALL)
    return sum(one.count("<tr>") for one in rows) or text.count("<li>")


def numbers(page: str) -> Iterator[tuple[str, str]]:
    """The cells of the page that are numbers: what they count, and what stands in them."""
    yield from re.findall(r'<td class="number" data-column="([^"]+)">(.*?)</td>', page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_number_leads_to_a_list_of_so_many(release: Path, language: str) -> None:
    page, followed = shown(release, language), set()
    given, number = (gettext(one, language) for one in ("Given, %", "Number"))
    for column, cell in numbers(page):
        if column == given or cell == "0" or "report.ttl" in cell:
            continue
        found = re.fullmatch(r'<a href="(lists/([^"#]+))">(\d+)</a>', cell)
        assert found, (column, cell)
        text, is_noted = listed(release, found[1]), re.match("noted-|in-doubt", found[2])
        counted = text.count("#note-") if is_noted and column == number else entries(text)
        assert counted == int(found[3]), (column, cell)
        if column == number and found[2].startswith("noted-"):
            assert f"{gettext(LABELLED, language, label=number, value=found[3])} · " in text
        followed.add(found[2].partition("-")[0])
    assert {"noted", "word", "without", "unnamed"} <= followed
    for name in ("not-accepted", "not-re-read"):
        (number,) = re.findall(rf'<a href="lists/{name}{SUFFIXES[language]}">\D*(\d+)\D*</a>', page)
        assert entries(listed(release, f"lists/{name}{SUFFIXES[language]}")) == int(number) > 1


def test_notes_of_one_kind_and_two_severities_are_told_apart(release: Path) -> None:
    """Each by what it is about: what a page should give, and what many leave out."""
    page = shown(release, "en")
    rows = re.findall(r"missing-value.html\">Missing value</a>: ([^<]*)</th>", page)
    assert len(rows) == 2
    assert not {*rows[0].split(", ")} & {*rows[1].split(", ")}
    assert "start year" in rows[0]


def test_what_pages_print_and_is_not_accepted_is_named(release: Path, overview: Overview) -> None:
    told = [(one.record, one.about["fr"], one.words) for one in overview.quality.aside]
    assert ("prj:V47-805", "statut", "Achevé") in told
    for suffix in SUFFIXES.values():
        assert listed(release, f"lists/not-accepted{suffix}").count("<q>Achevé</q>") == 1


def test_all_that_is_not_accepted_is_told_whatever_its_rank(
    release: Path, overview: Overview
) -> None:
    with closing(connect(release / TABLE_STORE)) as tables:
        query = "SELECT rank, count(*) FROM sources_labelled WHERE rank <> 'accepted' GROUP BY rank"
        ranks = dict(tables.execute(query).fetchall())
    assert ranks.keys() >= {"set-aside", "template"}
    assert len(overview.quality.aside) == sum(ranks.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_parts_come_from_doubts_to_the_warnings_of_the_report(
    release: Path, overview: Overview, language: str
) -> None:
    section = shown(release, language).partition('id="warnings"')[2].partition("</table>")[0]
    head = r'<tr><th scope="row">([+−=]?)[^<]*(?:<span [^<]*</span>)?</th>'
    rows = re.findall(rf'{head}.*?<a href="[^"]+">(\d+)</a>', section)
    told = (release / "report.ttl").read_text("utf-8").count("sh:resultSeverity sh:Warning")
    assert (rows[0], rows[-1]) == (("", f"{overview.doubts}"), ("=", f"{told}"))
    parts = [-int(number) if sign == "−" else int(number) for sign, number in rows[:-1]]
    assert sum(parts) == told


def test_a_warning_tells_the_note_that_it_is_on_or_one_on_the_same_property() -> None:
    """Each note is told once; what is left of both is told apart."""

    def result(focus: str, about: str, severity: str = "Warning") -> Result:
        return Result(severity, "", focus, "", "", "", about, {}, {"en": about})

    notes = [
        Noted(f"prj:A#note-{name}", "code:issue-x", severity, about)
        for name, severity, about in (
            ("one-endYear", "Warning", "endYear"),
            ("two-status", "Warning", "status"),
            ("two-title", "Warning", "title"),
            ("three-budget", "Info", "budget"),
        )
    ]
    found = [
        result("prj:A#note-one-endYear", "endYear"),
        *[result("prj:A", about) for about in ("endYear", "status", "budget")],
        result("prj:A", "title", "Info"),
        result("", "input"),
    ]
    told = warned(found, notes, str)
    assert [(one.thing, one.words["en"]) for one in told.only_told] == [
        ("prj:A", "endYear"),
        ("prj:A", "budget"),
        ("", "input"),
    ]
    assert (told.number, list(told.only_noted)) == (5, [notes[2]])


@pytest.mark.parametrize("suffix", SUFFIXES.values())
def test_a_doubt_in_a_list_leads_to_its_words(release: Path, suffix: str) -> None:
    """Of what it is, and about which value, is said in the list already."""
    text = listed(release, f"lists/in-doubt{suffix}")
    links = re.findall(r'<a href="\.\./([^"#]+)#(note-[^"]+)">([^<]+ \([^<]+\))</a>', text)
    assert links
    assert len(links) == text.count("#note-")
    for path, name, _ in links:
        assert f'id="{name}"' in (release / path).read_text("utf-8")


@pytest.mark.parametrize("suffix", SUFFIXES.values())
def test_further_states_are_named_and_lead_to_all(release: Path, suffix: str) -> None:
    text = listed(release, f"lists/several-states{suffix}")
    (row,) = (one for one in text.split("<tr>") if "W34-805" in one)
    states = re.findall(r'<a href="\.\./doc/state/[^"]+">[^<]+</a>', row)
    (found,) = re.findall(r'<a href="\.\./([^"#]+)#known" title="([^"]+)">\+(\d)</a>', row)
    assert len(states) + len(found[1].split(", ")) == 5
    assert int(found[2]) == 2
    assert 'id="known"' in (release / found[0]).read_text("utf-8")


@pytest.mark.skipif(
    os.environ.get("CI") != "true" and not (CHROMIUM and find_spec("playwright")),
    reason="Chromium or playwright is not installed",
)
def test_pages_fit_a_small_phone_on_which_the_menu_shows_that_it_goes_on(release: Path) -> None:
    """Numbers and their names take several lines."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 320, "height": 800})
        for name in ("quality", "index", "lists/in-doubt", "doc/project/W34-805"):
            for suffix in SUFFIXES.values():
                page.goto((release / f"{name}{suffix}").as_uri())
                assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        menu = "getComputedStyle(document.querySelector('.bars + .bars nav ul'))"
        assert "gradient" in page.evaluate(f"{menu}.maskImage")


@pytest.mark.parametrize("suffix", SUFFIXES.values())
def test_states_are_counted_as_their_list_counts_them(
    release: Path, overview: Overview, suffix: str
) -> None:
    """Both say how many of them benefit."""
    home, states = (main_of(release, f"{name}{suffix}") for name in ("index", "lists/states"))
    heading = re.findall(r'<h1>(.*?) <span class="small">\((\d+)\)', states)
    told = rf'<li><span>(.*?)</span> <a href="lists/states{suffix}">(\d+)</a> <span [^>]*>(.*?)<'
    ((label, number, benefiting),) = re.findall(told, home)
    assert [(label, number)] == heading
    assert int(number) == entries(states) > len(overview.states)
    assert re.findall(r"\d+", benefiting) == [f"{len(overview.states)}"]
    assert f">{benefiting}. " in states


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_in_doubt_stand_beside_the_projects_that_have_them(
    release: Path, overview: Overview, language: str
) -> None:
    """On the page, on the first page, and on their list."""
    values, projects = overview.doubts, len(overview.doubted)
    assert values > projects
    suffix = SUFFIXES[language]
    said = translations(language).ngettext(
        "in %(shown)s project", "in %(shown)s projects", projects
    )
    within = said % {"shown": projects}
    for name in ("quality", "index"):
        page = main_of(release, f"{name}{suffix}")
        rows = [one for one in re.split("<tr>|<li>", page) if f"lists/in-doubt{suffix}" in one]
        assert all(f">{values}</a>" in one and within in one for one in rows)
        assert rows
    label = gettext("Values in doubt", language)
    said = gettext(LABELLED, language, label=label, value=values)
    assert f'<p class="small">{said}</p>' in main_of(release, f"lists/in-doubt{suffix}")


@pytest.mark.parametrize("suffix", SUFFIXES.values())
def test_names_are_counted_under_the_name_of_their_list(release: Path, suffix: str) -> None:
    page = main_of(release, f"quality{suffix}").partition('id="names"')[2]
    told = re.findall(r'<th scope="row">(.*?)</th>.*?<a href="(lists/[^"]*)">(\d+)</a>', page)
    assert len(told) == 5
    for name, href, number in told:
        heading, text = f"<h1>{name}", main_of(release, href)
        assert heading in text
        assert f'{heading} <span class="small">({number})</span>' in text or "projects" in href


@pytest.mark.parametrize("suffix", SUFFIXES.values())
def test_pages_that_were_not_re_read_are_listed_by_name(
    release: Path, overview: Overview, suffix: str
) -> None:
    """As other lists are; the page begins with the first of them."""
    text = listed(release, f"lists/not-re-read{suffix}")
    names = re.findall(r'<li><a href="\.\./doc/source/[^"]*">(.*?)</a>', text)
    assert len(names) == len(overview.quality.unverified)
    assert names == sorted(names, key=folded)
    page = main_of(release, f"quality{suffix}").partition('id="unverified"')[2]
    assert re.findall(r"<li><a [^>]*>(.*?)</a>", page) == names[:1]
