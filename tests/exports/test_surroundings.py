"""The small picture of the graph around a project or a programme: what it shows, and in what
place; and what pages tell of themselves where they are shared.
"""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

import pytest
from support.making_pages import data_setting, rendered, site_of, woven

SUFFIXES = (".html", ".fr.html", ".es.html")


@pytest.fixture(scope="module")
def pages() -> Mapping[str, str]:
    return rendered(woven(data_setting()), site_of(data_setting()))


def drawn(page: str) -> Sequence[tuple[str, str]]:
    """The text of each row of the picture, lines of one by a slash, and where it leads."""
    (picture,) = re.findall('<svg class="graph".*?</svg>', page, re.DOTALL)
    rows = re.findall('(?:<a href="([^"]*)">)?<text [^>]*>(.*?)</text>', picture)
    lines = ((row.replace("<tspan", " / <tspan"), href) for href, row in rows)
    return [(unescape(re.sub("<[^>]*>", "", line)), href) for line, href in lines]


def test_what_a_project_is_linked_to_is_drawn(pages: Mapping[str, str]) -> None:
    assert drawn(pages["doc/project/PX.0220.html"]) == [
        ("Accountable", ""),
        ("International Organization for Migration", "../org/iom.html"),
        ("Funding", ""),
        ("IOM Development Fund", "../org/iom-development-fund.html"),
        ("Beneficiary", ""),
        ("Fiji · 1", "../state/FJI.html"),
        ("Tonga · 1", "../state/TON.html"),
        ("Vanuatu · 1", "../state/VUT.html"),
        ("Project type", ""),
        ("Protection and Assistance to Vulnerable / Migrants · 1", "../code/type-px.html"),
        ("IDF region", ""),
        ("Asia and Oceania · 1", "../code/region-asia-and-oceania.html"),
    ]


def test_of_many_states_the_first_are_drawn(pages: Mapping[str, str]) -> None:
    rows = drawn(pages["doc/programme/mainstreaming-migration.fr.html"])
    states = [text for text, href in rows if "/state/" in href]
    assert len(states) == 4
    assert [text for text, href in rows if text[0] == "+"] == ["+4"]


def test_each_line_of_the_picture_has_its_place(pages: Mapping[str, str]) -> None:
    for path, page in pages.items():
        for picture in re.findall('<svg class="graph".*?</svg>', page, re.DOTALL):
            tops = [int(top) for top in re.findall('<text y="([0-9]+)">', picture)]
            taken = [text.count(" / ") + 1 for text, _ in drawn(page)]
            (height,) = re.findall('viewBox="-26 0 326 ([0-9]+)"', picture)
            below = [*tops[1:], int(height) + 13]
            assert [(end - top) // 17 for top, end in zip(tops, below, strict=True)] == taken, path
            targets = [text for text, href in drawn(page) if href or text[0] == "+"]
            assert picture.count("M-6 ") == len(targets), path


def test_only_projects_and_programmes_have_a_picture(pages: Mapping[str, str]) -> None:
    having = {path for path, page in pages.items() if 'class="graph"' in page}
    assert {path.rpartition("/")[0] for path in having} == {"doc/project", "doc/programme"}


def test_all_that_is_drawn_is_there(pages: Mapping[str, str]) -> None:
    for path, page in pages.items():
        if 'class="graph"' in page:
            rows = drawn(page)
            assert all(len(line) <= 46 for text, _ in rows for line in text.split(" / ")), path
            hrefs = (f"doc/{href.removeprefix('../')}" for _, href in rows if href)
            assert all(href in pages for href in hrefs), path


def told(page: str) -> dict[str, str]:
    """The title, and what is told where the page is shared."""
    (title,) = re.findall("<title>(.*?)</title>", page.partition("</head>")[0], re.DOTALL)
    found: list[Any] = re.findall('property="og:(title|description)" content="([^"]*)"', page)
    return {"page": title, **dict(found)}


def test_each_page_says_what_it_is_where_it_is_shared(pages: Mapping[str, str]) -> None:
    for path, page in pages.items():
        if path.endswith(".html") and path[0] != "4":
            said = told(page)
            assert said.keys() == {"page", "title", "description"}, path
            assert all("&lt;" not in one and one.strip() for one in said.values()), path
            assert "<" not in "".join(said.values()), path
            assert len(said["description"]) < 400, path
    assert told(pages["doc/project/PX.0220.fr.html"])["description"] == (
        "Projet · budget\u00a0: 400 000,00 USD · statut\u00a0: Actif · année de début\u00a0: 2021"
    )
    assert told(pages["lists/without-start-year.html"])["title"] == "Projects without: start year"
    why = {path for path, page in pages.items() if "is not accepted: the page of each" in page}
    assert "lists/without-start-year.html" in why
    assert all(path.startswith("lists/without-") for path in why)
    assert told(pages["doc/state/FJI.html"])["description"] == (
        "1 project. USD 400,000 in all, published for 1 of 1. Of this USD 400,000 is for "
        "1 project of several states, and is not divided among them."
    )
