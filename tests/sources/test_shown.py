"""Pages of many makers, as browsers show them: all their fields, and no text of the site around
them.
"""

from pathlib import Path

import pytest

from idfgraph.model.errors import BadPage
from idfgraph.model.records import Source
from idfgraph.sources.pages import left_out, page_text, read_page

TEXT = "The project helps the authorities. It trains officers."
FIELDS = {"startYear": "2020", "status": "Active", "coverage": "National"}
OTHER = "<div class='field__label'>Coverage</div><div class='field__item'>Global</div>"
DRUPAL = "".join(
    f"<div class='field field--name-f{number} clearfix'><div class='field__label'>{label}"
    f"</div><div class='field__item'>{value}</div></div>"
    for number, (label, value) in enumerate(
        (("Start Date", "2020"), ("Project Status", "Active"), ("Coverage", "National"))
    )
)


def read(folder: Path, body: str, head: str = "") -> Source:
    path = folder / "page.html"
    path.write_text(f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>")
    source = read_page(path).record.sources[0]
    text = page_text(path)
    for capture in source.values:
        assert not capture.span or text[slice(*capture.span)] == capture.text
        assert not capture.label or capture.label in text
    return source


def printed(source: Source) -> dict[str, str | None]:
    return {one.property: one.text for one in source.values if one.property != "unknown"}


def unknown(source: Source) -> dict[str | None, str | None]:
    return {one.label: one.text for one in source.values if one.property == "unknown"}


AROUND = {
    "aside": f"<aside><h2>Related projects</h2><h3>Another</h3>{OTHER}</aside>",
    "aside without a heading": f"<aside><h3>Another</h3>{OTHER}</aside>",
    "block of a view": "<div class='views-element-container block block-views "
    f"block--related-projects'><h2>More</h2><h3>Another</h3>{OTHER}</div>",
    "teasers": f"<article class='node node--view-mode-teaser teaser'><h3>Another</h3>{OTHER}"
    "</article>",
    "heading alone": f"<h2>Related projects</h2><ul><li><a href=/a>Another</a></li></ul>{OTHER}",
    "French heading": "<section><h2>À lire aussi</h2><p>Un autre projet.</p></section>",
    "Spanish heading": "<div><div><h3>Proyectos relacionados</h3></div><p>Otro proyecto.</p></div>",
    "sharing": "<div class='sharedaddy sd-sharing-enabled'><h3>Share this:</h3><ul><li><a>Facebook"
    "</a></li><li><a>X</a></li></ul></div>",
    "sharing by hand": "<h4>Partager</h4><p><a>Facebook</a> <a>LinkedIn</a></p>",
    "pager": "<nav class=pager><a>Previous</a><a>Next</a></nav>",
    "pager of a theme": "<div class='post-navigation'><a>Older project</a></div>",
    "pager by role": "<div role=navigation>Page 1 of 2</div>",
    "links at the end": "<p><a href=/projects>Back to all projects</a></p>",
    "footer": "<footer class=entry-footer>Posted in Projects</footer>",
    "footer by role": "<div role=contentinfo>International Organization</div>",
    "cookies": "<div id=popup class=eu-cookie-compliance-banner><p>We use cookies.</p></div>",
    "consent": "<div class='cookieConsent'><p>We use cookies.</p></div>",
    "dialog": "<div role=dialog><p>Subscribe now.</p></div>",
    "form": "<form action=/search><label>Search</label><input></form>",
    "comments": "<div id=comments class=comments-area><h2>2 replies</h2><p>Nice.</p></div>",
    "byline": "<div class='entry-meta'><span class=byline>by admin</span></div>",
    "hidden": "<p hidden>Draft.</p>",
    "hidden by style": "<div style='color:red; DISPLAY : none'><p>Draft.</p></div>",
    "hidden from readers": "<p aria-hidden=true>Draft.</p>",
    "hidden by class": "<p class='visually-hidden'>End of page</p>",
    "bootstrap": "<p class='d-none'>Draft.</p>",
}


#: What is told by where it stands, after all else.
LAST = ("heading alone", "links at the end", "sharing by hand")


@pytest.mark.parametrize(
    ("name", "place"),
    [
        (name, place)
        for name in AROUND
        for place in ("after", "between", "before")
        if place == "after" or name not in LAST
    ],
)
def test_what_is_around_is_no_narrative(name: str, place: str, tmp_path: Path) -> None:
    around = [AROUND[name] if place == one else "" for one in ("before", "between", "after")]
    body = f"<h1>Title</h1>{around[0]}{DRUPAL}{around[1]}<p>{TEXT}</p>{around[2]}"
    source = read(tmp_path, f"<main>{body}</main>")
    assert printed(source) == {"title": "Title", **FIELDS, "narrative": TEXT}
    (left,) = left_out(tmp_path / "page.html")[:1]
    assert left.reason and left.text and left.line == 1


KEPT = {
    "layout that has a sidebar": "<main class='has-sidebar with-related'>{}</main>",
    "post about sharing": "<main><div class='post tag-share category-related'>{}</div></main>",
    "whole page in a form": "<form id=aspnetForm><div class=content>{}</div></form>",
    "off canvas": "<div class='dialog-off-canvas-main-canvas'><main>{}</main></div>",
    "builder": "<div class='elementor-widget-wrap'><div class=elementor-widget>{}</div></div>",
    "navbar around": "<main><div class='popup'>{}</div></main>",
    "shown on wide screens": "<main><div class='d-none d-md-block'>{}</div></main>",
}


@pytest.mark.parametrize("name", KEPT)
def test_what_holds_the_page_is_kept(name: str, tmp_path: Path) -> None:
    source = read(tmp_path, KEPT[name].format(f"<h1>Title</h1>{DRUPAL}<p>{TEXT}</p>"))
    assert printed(source) == {"title": "Title", **FIELDS, "narrative": TEXT}


ROWS = (
    *(("Start Date", "2020"), ("Donor", "Norway"), ("Project Status", "Active")),
    *(("Scope of work:", "Towns"), ("Coverage", "National")),
)


def made(form: str, around: str = "{}") -> str:
    return around.format("".join(form.format(label, value) for label, value in ROWS))


FORMS = {
    "Drupal": made(
        "<div class='field field--label-above'><div class=field__label>{}</div>"
        "<div class=field__items><div class=field__item>{}</div></div></div>"
    ),
    "Drupal 7": made(
        "<div class='field field-name-x'><div class=field-label>{}:&nbsp;</div>"
        "<div class=field-items><div class='field-item even'>{}</div></div></div>"
    ),
    "terms": made("<dt>{}</dt><dd>{}</dd>", "<dl>{}</dl>"),
    "terms in groups": made("<div class=row><dt>{}</dt><dd>{}</dd></div>", "<dl>{}</dl>"),
    "heads of rows": made("<tr><th scope=row>{}</th><td>{}</td></tr>", "<table>{}</table>"),
    "cells": made("<tr><td>{}</td><td>{}</td></tr>", "<table><tbody>{}</tbody></table>"),
    "cells that are not closed": made("<tr><td>{}<td>{}", "<table>{}</table>"),
    "bold cells": made("<tr><td><p><b>{}</b></p></td><td><p>{}</p></td></tr>", "<table>{}</table>"),
    "heads of columns": "<table><thead><tr>{}</tr></thead><tr>{}</tr></table>".format(
        "".join(f"<th>{label}</th>" for label, _ in ROWS),
        "".join(f"<td>{value}</td>" for _, value in ROWS),
    ),
    "several to a row": "<table><tr>{}</tr></table>".format(
        "".join(f"<th>{label}</th><td>{value}</td>" for label, value in (*ROWS, ("Year", "2021")))
    ),
    "strong": made("<p><strong>{}</strong> {}</p>"),
    "strong with a colon": made("<p><strong>{}:</strong> {}</p>"),
    "colon after": made("<p><b>{}</b> : {}</p>"),
    "lines": made("<strong>{}</strong>: {}<br>", "<p>{}</p>"),
    "spans": made("<li><span class=k>{}</span><span class=v>{}</span></li>", "<ul>{}</ul>"),
    "divs": made("<div class=r><div>{}</div><div>{}</div></div>"),
    "headings": made("<div><h3>{}</h3><p>{}</p></div>"),
    "plain lines": made("<p>{}: {}</p>").replace("work::", "work:"),
}


@pytest.mark.parametrize("name", FORMS)
def test_fields_in_every_form_with_labels_that_are_not_known(name: str, tmp_path: Path) -> None:
    source = read(tmp_path, f"<main><h1>Title</h1>{FORMS[name]}<p>{TEXT}</p></main>")
    more = {"allocationYear": "2021"} if name == "several to a row" else {}
    assert printed(source) == {"title": "Title", **FIELDS, **more, "narrative": TEXT}
    assert unknown(source) == {"Donor": "Norway", "Scope of work": "Towns"}


FIRST, SECOND = DRUPAL.split("<div class='field field--name-f2")


@pytest.mark.parametrize(
    ("body", "narrative"),
    [
        (
            f"<p>{TEXT}</p><aside>{DRUPAL}</aside><p>More text. It ends.</p>",
            f"{TEXT}\nMore text. It ends.",
        ),
        (f"{FIRST}<p>{TEXT}</p><div class='field field--name-f2{SECOND}", TEXT),
        (f"{DRUPAL}<p>{TEXT}</p><div class=mobile>{DRUPAL}</div>", TEXT),
        (f"<p>{TEXT}</p>{DRUPAL}", TEXT),
        (
            f"{DRUPAL}<div class=field__label>Description</div><div><p>{TEXT}</p></div>",
            f"Description\n{TEXT}",
        ),
    ],
)
def test_fields_that_stand_apart_are_one_block(body: str, narrative: str, tmp_path: Path) -> None:
    found = printed(read(tmp_path, f"<main><h1>Title</h1>{body}</main>"))
    text = found.pop("narrative") or ""
    assert found == {"title": "Title", **FIELDS}
    assert [line.strip() for line in text.splitlines()] == narrative.splitlines()


@pytest.mark.parametrize(
    ("time", "value"),
    [
        ("<time datetime='2020-03-15T12:00:00Z'>15 March 2020</time>", "15 March 2020"),
        ("<time datetime='2020-03-15T12:00:00Z'>15 March</time>", "2020-03-15"),
        ("<span><time datetime=2020-03></time></span>", "2020-03"),
        ("from <time datetime=2020>spring</time>", "from spring"),
        ("<time datetime='PT2H'>two hours</time>", "two hours"),
    ],
)
def test_a_time_is_read_as_shown_and_where_that_has_no_year_in_figures(
    time: str, value: str, tmp_path: Path
) -> None:
    source = read(tmp_path, f"<main><h1>T</h1>{DRUPAL.replace('2020', time)}<p>{TEXT}</p></main>")
    assert printed(source)["startYear"] == value


def test_a_table_of_several_projects_is_no_field_of_the_page(tmp_path: Path) -> None:
    table = "<table><tr><th>Year</th><th>Coverage</th></tr><tr><td>2019</td><td>Global</td></tr>"
    table += "<tr><td>2018</td><td>Regional</td></tr></table>"
    source = read(tmp_path, f"<main><h1>Title</h1>{DRUPAL}<p>{TEXT}</p>{table}</main>")
    assert printed(source) | {"narrative": ""} == {"title": "Title", **FIELDS, "narrative": ""}


def test_labels_for_screen_readers_alone_are_read(tmp_path: Path) -> None:
    fields = DRUPAL.replace("'field__label'", "'field__label visually-hidden'")
    source = read(tmp_path, f"<main><h1>Title</h1>{fields}<p>{TEXT}</p></main>")
    assert printed(source) == {"title": "Title", **FIELDS, "narrative": TEXT}


BODY = f"<h1>Title</h1>{DRUPAL}<p>{TEXT}</p>"
TOLD = f"<h1>Title</h1><p>{TEXT}</p>"
OUTSIDE = {
    "beside the main part": f"<main>{TOLD}</main><aside>{DRUPAL}</aside>",
    "after the article": f"<nav>Menu</nav><article>{TOLD}</article><div>{DRUPAL}</div>",
    "name of the site above": f"<header><h1>The Fund</h1></header>{BODY}",
    "name of the site in the main part": f"<main><h1>The Fund</h1>{BODY}</main>",
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_heading_and_fields_are_found_where_they_are(name: str, tmp_path: Path) -> None:
    source = read(tmp_path, OUTSIDE[name], "<title>Title | The IDF</title>")
    assert printed(source) == {"title": "Title", **FIELDS, "narrative": TEXT}


#: Another project's fields below this page's text -> what stands around them.
APART = {
    "a heading": "<h3>Another project</h3>{}",
    "a heading in the site's own box": "<header><h3>Kenya</h3></header>{}",
    "a section": "<section><h2>Kenya project</h2>{}</section>",
    "a section with a head": "<section><div><h2>Un autre projet</h2></div>{}</section>",
    "an article": "<article>{}</article>",
    "an aside": "<aside>{}</aside>",
    "a sidebar": "<div class='sidebar-second'>{}</div>",
    "a view": "<div class='view'><div class='views-row'>{}</div></div>",
    "a carousel": "<div class='carousel'><div>{}</div></div>",
    "a container": "<div>{}</div>",
    "a list": "<ul><li>{}</li></ul>",
    "words": "<p><b>Another project</b></p>{}",
}
#: Labels in three languages.
IN_LANGUAGES = {
    "en": ("Start Date", "Projects ID", "End Date"),
    "fr": ("Date de début", "Projet ID", "Date de fin"),
    "es": ("Fecha de inicio", "Proyecto ID", "Fecha de finalización"),
}
FIELD = "<div class=field><div class=field__label>{}</div><div class=field__item>{}</div></div>"


def fields(*pairs: tuple[str, str]) -> str:
    return "".join(FIELD.format(*pair) for pair in pairs)


@pytest.mark.parametrize("language", IN_LANGUAGES)
@pytest.mark.parametrize(
    ("name", "own_id"), [(one, own) for one in APART for own in (False, True)][:-1]
)
def test_fields_that_stand_apart_are_not_the_page_s(
    name: str, language: str, own_id: bool, tmp_path: Path
) -> None:
    start, id_, end = IN_LANGUAGES[language]
    other = fields((end, "2006"), *([(id_, "ZZ.9999"), (start, "2001")] if own_id else []))
    own = fields((start, "2020"), (id_, "AA.0001"), ("IDF Region", "Europe"), ("Prima ID", "-"))
    body = f"<h1>T</h1>{own}<p>{TEXT}</p>"
    source = read(tmp_path, f"<main>{body}{APART[name].format(other)}</main>")
    found = printed(source)
    assert (found["startYear"], found["projectId"]) == ("2020", "AA.0001")
    assert "endYear" not in found and "2006" not in page_text(tmp_path / "page.html")
    assert any("2006" in left.text for left in left_out(tmp_path / "page.html"))


BEFORE = ("a section", "a section with a head", "an article", "an aside", "a view", "a carousel")


@pytest.mark.parametrize("name", BEFORE)
def test_fields_above_the_page_s_own_are_told_apart_too(name: str, tmp_path: Path) -> None:
    other = APART[name].format(fields(("End Date", "2006"), ("Year", "2005")))
    source = read(tmp_path, f"<main><h1>Title</h1>{other}{DRUPAL}<p>{TEXT}</p></main>")
    assert printed(source) == {"title": "Title", **FIELDS, "narrative": TEXT}


OWN = {
    "containers side by side": "<div>{0}</div><div>{1}</div><p>{2}</p>",
    "columns": "<div class=row><div class=left>{0}</div><div class=right>{1}</div></div><p>{2}</p>",
    "a heading over all": "<h2>Details</h2><div>{0}</div><div>{1}</div><h2>About</h2><p>{2}</p>",
    "text between": "{0}<p>{2}</p>{1}",
    "sections without headings": "<section>{0}</section><section>{1}</section><p>{2}</p>",
    "the page's article": "<article><h1>Title</h1>{0}<p>{2}</p>{1}</article>",
}


@pytest.mark.parametrize("name", OWN)
def test_fields_of_the_page_in_several_places_are_read(name: str, tmp_path: Path) -> None:
    first = fields(("Start Date", "2020"), ("Project Status", "Active"))
    body = OWN[name].format(first, fields(("Coverage", "National")), TEXT)
    heading = "" if "<h1>" in body else "<h1>Title</h1>"
    found = printed(read(tmp_path, f"<main>{heading}{body}</main>"))
    assert TEXT in (found.pop("narrative") or "")
    assert found == {"title": "Title", **FIELDS}


#: Ways to print a field, and what stands around fields under the title of another page.
PRINTED_AS = {
    "field": FIELD,
    "list of terms": "<dt>{}</dt><dd>{}</dd>",
    "paragraph": "<p><strong>{}:</strong> {}</p>",
    "row": "<tr><th>{}</th><td>{}</td></tr>",
}
LISTS = {"list of terms": "<dl>{}</dl>", "row": "<table>{}</table>"}
TEASERS = {
    "div": "<div class=teaser><h3><a href=/a>Another</a></h3>{}</div>",
    "node": "<div class='node node--teaser'><a href=/a>Another</a>{}</div>",
    "div without a class": "<div><a href=/a>Another</a>{}</div>",
    "heading": "<h3><a href=/a>Another</a></h3>{}",
    "heading in a box": "<div><header><h4><a href='https://x.org/a'>Another</a></h4></header>{}</div>",
    "article": "<article><h3><a href=/a>Another</a></h3>{}</article>",
}
PLACES = {
    "after": "<h1>Title</h1>{0}{1}<p>{2}</p>",
    "before": "<h1>Title</h1>{1}{0}<p>{2}</p>",
    "below the text": "<h1>Title</h1><p>{2}</p>{1}{0}",
    "around": "<h1>Title</h1>{1}{0}<p>{2}</p>{1}",
}


def in_form(form: str, *pairs: tuple[str, str]) -> str:
    return LISTS.get(form, "{}").format("".join(PRINTED_AS[form].format(*pair) for pair in pairs))


@pytest.mark.parametrize("language", IN_LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", TEASERS)
@pytest.mark.parametrize("form", PRINTED_AS)
def test_fields_under_a_title_that_leads_away_are_never_the_page_s(
    form: str, name: str, place: str, language: str, tmp_path: Path
) -> None:
    """Where nothing tells where they end, the page is refused."""
    start, id_, end = IN_LANGUAGES[language]
    own = in_form(form, (start, "2020"), (id_, "AA.0001"), ("Prima ID", "-"))
    for other in (in_form(form, (end, "2006")), in_form(form, (end, "2006"), (id_, "ZZ.9999"))):
        body = PLACES[place].format(own, TEASERS[name].format(other), TEXT)
        if name == "heading" and place != "after" and form not in LISTS:
            with pytest.raises(BadPage, match="under the title 'Another', which leads to another"):
                read(tmp_path, f"<main>{body}</main>")
            continue
        found = printed(read(tmp_path, f"<main>{body}</main>"))
        assert (found["title"], found["startYear"], found["projectId"]) == (
            "Title",
            "2020",
            "AA.0001",
        )
        assert "endYear" not in found


@pytest.mark.parametrize("href", ["#dates", "", "/projects/title#top", "https://idf.org/title"])
def test_a_heading_that_leads_to_its_own_page_is_no_other_s(href: str, tmp_path: Path) -> None:
    head = "<link rel=canonical href='https://idf.org/title'>"
    head = head.replace("/title", "/projects/title") if "projects" in href else head
    body = f"<h1>Title</h1><h2><a href='{href}'>Title of it</a></h2>{DRUPAL}<p>{TEXT}</p>"
    found = printed(read(tmp_path, f"<main>{body}</main>", head))
    assert found["startYear"] == "2020"


def test_a_linked_heading_that_is_the_page_s_own_is_no_other_s(tmp_path: Path) -> None:
    for body in (
        f"<h1>Title</h1><h2><a href=/a>Title</a></h2>{DRUPAL}",
        f"<h2><a href=/a>Title</a></h2>{DRUPAL}",
    ):
        assert printed(read(tmp_path, f"<main>{body}<p>{TEXT}</p></main>"))["startYear"] == "2020"


#: What stands around a group of fields under its heading, and titles of groups.
GROUPS = {
    "headings": "<h3>{}</h3>{}",
    "sections": "<section><h2>{}</h2>{}</section>",
    "cards": "<div class=card><div><h3>{}</h3></div><div>{}</div></div>",
    "linked to themselves": "<h3><a href='#g'>{}</a></h3>{}",
}
TITLES = {
    "en": ("Key dates", "Funding", "Project details"),
    "fr": ("Calendrier", "Budget", "Informations sur le projet"),
    "es": ("Fechas", "Presupuesto", "Datos del proyecto"),
}
BESIDE = {
    "nothing": "",
    "a card": "<div><h3>Kenya</h3><h4>{}</h4>{}</div>",
    "a card titled by words": "<div><p><b>Kenya</b></p><h4>{}</h4>{}</div>",
    "a section": "<h3>Kenya {0}</h3>{1}",
}


@pytest.mark.parametrize("language", IN_LANGUAGES)
@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("name", GROUPS)
@pytest.mark.parametrize("form", [*PRINTED_AS, "flat"])
def test_groups_of_fields_under_headings_are_all_the_page_s(
    form: str, name: str, beside: str, language: str, tmp_path: Path
) -> None:
    def told(*pairs: tuple[str, str]) -> str:
        flat = "".join(f"<div>{label}</div><div>{value}</div>" for label, value in pairs)
        return flat if form == "flat" else in_form(form, *pairs)

    start, id_, end = IN_LANGUAGES[language]
    dates, budget, details = TITLES[language]
    groups = (
        (dates, told((start, "2020"), (end, "2021"))),
        (budget, told(("Budget Amount (USD)", "100000"))),
        (details, told((id_, "AA.0001"))),
    )
    own = "".join(GROUPS[name].format(*group) for group in groups)
    other = BESIDE[beside].format(dates, told(("Year", "2006")))
    for order in (own + other, other + own):
        body = f"<h1>Title</h1>{order}<h2>About</h2><p>{TEXT}</p>"
        found = printed(read(tmp_path, f"<main><article>{body}</article></main>"))
        assert found.pop("narrative")
        fields = {"startYear": "2020", "endYear": "2021", "budget.value": "100000"}
        assert found == {
            "title": "Title",
            **fields,
            "budget.currency": "USD",
            "projectId": "AA.0001",
        }


def block(language: str, id_: str, year: str) -> str:
    start, label, end = IN_LANGUAGES[language]
    return fields((start, year), (end, year), (label, id_))


SEVERAL = {
    "text between": "<h1>T</h1>{}<p>" + TEXT + "</p>{}",
    "words between": "<h1>T</h1>{}<p>Some words.</p>{}<p>Text.</p>",
    "a card above": "<h1>T</h1><div class=card><h2>Another</h2>{}</div><h2>T</h2>{}<p>Text.</p>",
    "a section above": "<h1>T</h1><section><h2>Another</h2>{}</section>{}<p>Text.</p>",
    "articles": "<h1>T</h1><article><h2>A</h2>{}</article><article><h2>B</h2>{}</article>",
    "items": "<h1>T</h1><ul><li>{}<p>" + TEXT + "</p></li><li>{}<p>Text.</p></li></ul>",
}


@pytest.mark.parametrize("language", IN_LANGUAGES)
@pytest.mark.parametrize("name", SEVERAL)
def test_a_page_of_several_projects_is_refused(name: str, language: str, tmp_path: Path) -> None:
    blocks = block(language, "AA.0001", "2020"), block(language, "AA.0002", "2010")
    with pytest.raises(BadPage, match="twice, first on line 1; it is a page of several projects"):
        read(tmp_path, f"<main>{SEVERAL[name].format(*blocks)}</main>")


@pytest.mark.parametrize("language", IN_LANGUAGES)
def test_a_field_that_the_page_prints_again_and_differently_is_refused(
    language: str, tmp_path: Path
) -> None:
    one, other = (block(language, "AA.0001", year) for year in ("2020", "2010"))
    with pytest.raises(BadPage, match="twice, first on line 1; decide which one"):
        read(tmp_path, f"<main><h1>T</h1>{one}<p>{TEXT}</p><div>{other}</div></main>")
    found = printed(read(tmp_path, f"<main><h1>T</h1>{one}<p>{TEXT}</p><div>{one}</div></main>"))
    assert found["startYear"] == "2020"


LABELS_IN_PARTS = {
    "one word": lambda label: f"<em>{label.split()[0]}</em>{label[len(label.split()[0]) :]}",
    "a link": lambda label: f"<a href=x>{label.split()[0]}</a>{label[len(label.split()[0]) :]}",
    "each word": lambda label: " ".join(f"<span>{word}</span>" for word in label.split()),
    "a large letter": lambda label: f"<span class=cap>{label[0]}</span>{label[1:]}",
    "letters": lambda label: "".join(f"<i>{letter}</i>" for letter in label),
    "the end": lambda label: f"{label[:-2]}<abbr title=x>{label[-2:]}</abbr>",
    "around all": lambda label: f"<b><span>{label[:3]}</span>{label[3:]}</b>",
}


@pytest.mark.parametrize("language", IN_LANGUAGES)
@pytest.mark.parametrize("name", LABELS_IN_PARTS)
@pytest.mark.parametrize("form", [FIELD, "<dl><dt>{}</dt><dd>{}</dd></dl>"])
def test_words_of_a_label_are_one_line_whatever_marks_them(
    name: str, language: str, form: str, tmp_path: Path
) -> None:
    values = ("2020", "AA.0001", "2021")
    pairs = zip(map(LABELS_IN_PARTS[name], IN_LANGUAGES[language]), values, strict=True)
    body = "".join(form.format(*pair) for pair in pairs)
    source = read(tmp_path, f"<main><h1>Title</h1>{body}<p>{TEXT}</p></main>")
    assert [one.text for one in source.values if one.label] == list(values)
    assert [one.label for one in source.values if one.label] == list(IN_LANGUAGES[language])
