"""What a page tells machines of itself: evidence where people are shown nothing, cited in the last
lines of the page's text.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from idfgraph.model.records import Source
from idfgraph.sources.pages import page_text, read_page

URL = "https://iom.int/project/x"
FIELDS = "<div><b>Project Status</b> Active</div><div><b>Coverage</b> National</div>"
SHOWN = {"status": "Active", "coverage": "National", "narrative": "It helps. It ends."}


def read(folder: Path, head: str, body: str = "", heading: str = "<h1>Title</h1>") -> Source:
    path = folder / "page.html"
    link = f"<link rel=canonical href='{URL}'>"
    main = f"<main>{heading}{FIELDS}<p>It helps. It ends.</p>{body}</main>"
    path.write_text(f"<!doctype html><html lang=en><head>{link}{head}</head>{main}</html>")
    source = read_page(path).record.sources[0]
    text = page_text(path)
    for capture in source.values:
        assert not capture.span or text[slice(*capture.span)] == capture.text
        assert not capture.label or capture.label in text
    return source


def printed(source: Source) -> dict[str, str | None]:
    return {one.property: one.text for one in source.values}


def script(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{text}</script>'


PROJECT = {
    "@context": "https://schema.org",
    "@type": "ResearchProject",
    "name": "Title of the data",
    "url": URL + "#project",
    "startDate": "2021-03-15",
    "identifier": ["sku-1", {"@type": "PropertyValue", "value": "IB.0213"}],
    "amount": {"@type": "MonetaryAmount", "value": 300000.50, "currency": "USD"},
    "additionalProperty": [
        {"@type": "PropertyValue", "name": "Coverage", "value": "Global"},
        {"@type": "PropertyValue", "name": "Prima ID", "value": "MD10P0512"},
    ],
}
TOLD = {
    "startYear": "2021-03-15",
    "projectId": "IB.0213",
    "budget.value": "300000.5",
    "budget.currency": "USD",
    "primaId": "MD10P0512",
}


@pytest.mark.parametrize(
    "data",
    [
        PROJECT,
        [PROJECT],
        {"@graph": [{"@type": "WebPage", "name": "Title | IOM"}, PROJECT]},
        {"@type": "WebPage", "mainEntity": PROJECT},
    ],
)
def test_json_ld_fills_what_is_not_shown(data: object, tmp_path: Path) -> None:
    source = read(tmp_path, script(data))
    assert printed(source) == {"title": "Title", **SHOWN, **TOLD}
    shown, _, told = page_text(tmp_path / "page.html").partition("schema:name: ")
    assert shown.endswith("It helps. It ends.\n")
    assert "\nschema:startDate: 2021-03-15\n" in told


@pytest.mark.parametrize(
    "data",
    [
        {**PROJECT, "url": "https://iom.int/project/y"},
        {**PROJECT, "@type": "Organization"},
        {"@type": "WebPage", "isPartOf": PROJECT},
        {"@type": "ItemList", "itemListElement": [PROJECT]},
        "{",
        "[" * 100_000,
        '{"@type": "Project", "startDate": {"@value": ["a"]}, "identifier": [[]], "amount": 3}',
        "null",
    ],
)
def test_what_is_not_of_the_page_is_no_evidence(data: object, tmp_path: Path) -> None:
    assert printed(read(tmp_path, script(data))) == {"title": "Title", **SHOWN}


def test_what_two_descriptions_say_differently_is_not_taken(tmp_path: Path) -> None:
    other = {**PROJECT, "startDate": "2019"}
    found = printed(read(tmp_path, script(PROJECT) + script(other)))
    assert "startYear" not in found
    assert found["projectId"] == "IB.0213"


def test_microdata_is_read_too(tmp_path: Path) -> None:
    body = """<div itemscope itemtype="https://schema.org/Project"><meta itemprop=startDate
    content=2021-03><time itemprop=endDate datetime="2023-09-14">in autumn</time>
    <span itemprop=funder itemscope itemtype="https://schema.org/Organization">
    <i itemprop=name>Norway</i></span></div>"""
    found = printed(read(tmp_path, "", body))
    assert (found["startYear"], found["endYear"]) == ("2021-03", "2023-09-14")
    assert found["title"] == "Title"


def test_a_title_that_is_not_shown(tmp_path: Path) -> None:
    head = "<meta property='og:title' content='Title of the share'>"
    source = read(tmp_path, head, heading="")
    assert printed(source) == {"title": "Title of the share", **SHOWN}
    assert not source.remarks
    assert printed(read(tmp_path, head + script(PROJECT), heading=""))["title"] == PROJECT["name"]
    (remark,) = read(tmp_path, "<meta property='og:title' content='a\u202eb'>", heading="").remarks
    assert (remark.issue, remark.property) == ("missing-value", "title")


NAMELESS = {key: value for key, value in PROJECT.items() if key != "url"}
OTHERS = {
    "name": {**NAMELESS, "identifier": "sku-1"},
    "no name": {"@type": "Project", "startDate": "2021"},
    "id": {**NAMELESS, "name": "Title", "identifier": "ZZ.9999"},
    "id with the page's address": {**PROJECT, "identifier": "ZZ.9999"},
    "name of the site": {**NAMELESS, "name": "Other | IOM", "identifier": []},
    "grant": {"@type": "Grant", "name": "Autre don", "startDate": "2021"},
}
#: A page that shows its id, in three languages.
IDS = ("Projects ID", "Projet ID", "Proyecto ID")


@pytest.mark.parametrize("label", IDS)
@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize(
    "form", [lambda one: one, lambda one: [one], lambda one: {"@graph": [one]}]
)
def test_descriptions_of_other_projects_are_no_evidence(
    name: str, label: str, form: Callable[[object], object], tmp_path: Path
) -> None:
    head = f"<title>Title | IOM</title>{script(form(OTHERS[name]))}"
    found = printed(read(tmp_path, head, f"<div><b>{label}</b> AA.0001</div>"))
    assert "startYear" not in found and "budget.value" not in found
    assert found["projectId"] == "AA.0001"


@pytest.mark.parametrize("label", IDS)
@pytest.mark.parametrize(
    "own",
    [
        {"name": "Title"},
        {"name": "TITLE - IOM", "identifier": "AA.0001"},
        {"identifier": "AA.0001"},
    ],
)
def test_descriptions_with_the_page_s_name_or_id_are(
    label: str, own: dict[str, str], tmp_path: Path
) -> None:
    data = {"@type": "Project", "startDate": "2021", **own}
    found = printed(read(tmp_path, script(data), f"<div><b>{label}</b> AA.0001</div>"))
    assert found["startYear"] == "2021"


def test_microdata_of_another_thing_are_no_evidence(tmp_path: Path) -> None:
    body = """<div itemscope itemtype="https://schema.org/Project"><i itemprop=name>Kenya</i>
    <meta itemprop=endDate content=2024></div>"""
    assert "endYear" not in printed(read(tmp_path, "", body))
