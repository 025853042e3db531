"""Pages as HTML: the same record as from text, whatever the markup; hostile files refused with a
typed error.
"""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.rendering import RECORDS, STRUCTURES, html, text

from idfgraph.model.errors import BadInput, BadPage
from idfgraph.model.records import Source
from idfgraph.pipeline import publish
from idfgraph.sources.files import find_files
from idfgraph.sources.pages import page_text, read_page
from idfgraph.sources.pages.html import is_html
from idfgraph.sources.stream import read_files

SEEDS = Path(__file__).parents[2] / "data" / "pages"
FIELDS = "<div><b>End Date</b> 2021</div><div><b>Project Status</b> Active</div>"
PAGE = f"<html lang=en><main><h1>Title</h1>{FIELDS}<p>Text</p></main></html>"
PRINTED = {"title": "Title", "endYear": "2021", "status": "Active", "narrative": "Text"}


def read(
    folder: Path, page: str | bytes, name: str = "page.html", encoding: str | None = None
) -> Source:
    path = folder / name
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    return read_page(path, encoding=encoding).record.sources[0]


def plain(source: Source) -> Source:
    """The source without what the form of its file decides."""
    values = tuple(replace(capture, span=capture.span and (0, 0)) for capture in source.values)
    return replace(source, page="0" * 64, identifier="page", url=None, values=values)


def printed(source: Source) -> dict[str, str]:
    return {capture.property: capture.text or "" for capture in source.values}


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("number", range(len(RECORDS)))
def test_html_and_text_of_a_page_give_the_same_record(
    number: int, structure: str, tmp_path: Path
) -> None:
    facts = RECORDS[number]
    source = read(tmp_path, html(facts, structure))
    assert plain(source) == plain(read(tmp_path, text(facts), "page.txt"))
    assert source.url == facts["url"]
    shown = page_text(tmp_path / "page.html")
    assert all(
        shown[slice(*capture.span)] == capture.text for capture in source.values if capture.span
    )


def test_a_page_without_fields_reads_the_same_as_html(tmp_path: Path) -> None:
    lines = (
        (SEEDS / "004_fea83b6aa0f0de18.txt")
        .read_text("utf-8")
        .split("- 2030 AGENDA\n")[1]
        .splitlines()
    )
    body = "".join(
        f"<li>{line[2:]}</li>" if line.startswith("- ") else f"<p>{line}</p>" for line in lines
    )
    source = read(tmp_path, f"<!DOCTYPE html><html lang='fr'><main>{body}</main></html>")
    assert plain(source) == plain(read_page(SEEDS / "004_fea83b6aa0f0de18.txt").record.sources[0])


BODIES = {
    "body alone": f"<header>IOM</header><nav>Home</nav><h1>Title</h1>{FIELDS}<p>Text</p>"
    "<footer>Contact</footer>",
    "an article": f"<p>Menu</p><article><header><h1>Title</h1></header>{FIELDS}<p>Text</p>"
    "</article><p>Related</p>",
    "role main": f"<p>Menu</p><div role=main><h1>Title</h1>{FIELDS}<p>Text</p></div>",
    "heading outside": f"<div><h1>Title</h1></div><main>{FIELDS}<p>Text</p></main>",
    "more headings": f"<main><h1>Title</h1><h2>Details</h2>{FIELDS}<p>Text</p></main>",
    "text first": f"<main><h1>Title</h1><p>Text</p>{FIELDS}</main>",
    "fields aside": f"<main><h1>Title</h1><aside>{FIELDS}</aside><p>Text</p>"
    "<aside>Related</aside></main>",
    "flat": "<main><h2>Title</h2><h3>End Date</h3><p>2021</p>"
    "<h3>Project Status</h3><p>Active</p><p>Text</p></main>",
    "broken": "<main><h1>Title<h1></h1><ul><li><b>End Date:</b>2021"
    "<li>Project Status : Active</ul><p>Text",
    "line breaks": "<main><h2>Title</h2><p>End Date: 2021<br/>"
    "Project Status: <i>Active</i><p>Text</p></main>",
    "what is not shown": f"<main><h1>Title</h1>{FIELDS}<p hidden>No</p>"
    "<p style='display:none'>No</p>"
    "<script>No</script><template><p>No</p></template><noscript>No</noscript><p>Text</p></main>",
    "entities": f"<main><h1>T&#105;tle</h1>{FIELDS.replace(' ', '&nbsp;')}<p>&#84;ext</p></main>",
}


@pytest.mark.parametrize("name", BODIES)
def test_where_the_content_is(name: str, tmp_path: Path) -> None:
    found = printed(
        read(tmp_path, f"<!doctype html><html lang='en-GB'><body>{BODIES[name]}</body></html>")
    )
    assert found == PRINTED


def test_several_items_are_one_value(tmp_path: Path) -> None:
    items = "<div>Benefiting Member States</div><ul><li>Fiji</li><li>Tonga</li></ul>"
    source = read(tmp_path, PAGE.replace("<p>Text", f"<div>{items}</div><p>Text"))
    assert printed(source) == {**PRINTED, "beneficiary": "Fiji\n  - Tonga"}


@pytest.mark.parametrize(
    ("head", "language", "url"),
    [
        (
            "<html lang=fr-FR><link rel='canonical' href='https://iom.int/x'>",
            "fr",
            "https://iom.int/x",
        ),
        ("<html lang=de><link rel='canonical' href='/x'>", "en", None),
        ("<html><link rel='alternate' href='https://iom.int/x'>", "en", None),
    ],
)
def test_what_the_head_says(head: str, language: str, url: str | None, tmp_path: Path) -> None:
    source = read(tmp_path, PAGE.replace("<html lang=en>", head))
    assert (source.language, source.url) == (language, url)


@pytest.mark.parametrize(
    ("declared", "written", "given", "found"),
    [
        ("utf-8", "utf-8", None, None),
        ("iso-8859-1", "utf-8", None, None),
        ("iso-8859-1", "cp1252", None, "cp1252"),
        ("utf-8", "cp1252", "cp1252", "cp1252"),
    ],
)
def test_encodings(
    declared: str, written: str, given: str | None, found: str | None, tmp_path: Path
) -> None:
    page = f"<meta charset='{declared}'>" + PAGE.replace("Text", "L’été")
    source = read(tmp_path, page.encode(written), encoding=given)
    assert (printed(source).get("narrative"), source.encoding) == ("L’été", found)


HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "nesting": ("<div>" * 100_000, "nests too deeply"),
    "attributes": (
        "<p " + " ".join(f"a{i}" for i in range(70_000)) + ">x",
        "more than 250 attributes",
    ),
    "attributes in quotes": ('<p a=">" ' + 'b="<a" c=' * 50_000, "more than 250 attributes"),
    "lines": ("<p>x" * 100_000, "more than 20,000 lines"),
    "size": ('<p title="' + "a" * 5_000_000 + '">x</p>', "larger than"),
    "NUL": ("<p>a\0b</p>", "binary"),
    "hidden order": ("<p>a&#x202e;b</p>", r"U\+202E"),
    "wrong encoding": (b"<p>caf\x82</p>", "offset 6 is not utf-8"),
    "nothing": ("<html><style>a</style></html>", "no content"),
    "a shell": ("<html><script>var a;</script></html>", "is an empty shell"),
    "comment alone": ("<!-- x", "no content"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_refused(name: str, tmp_path: Path) -> None:
    page, message = HOSTILE[name]
    with pytest.raises(BadInput, match=message) as caught:
        read(tmp_path, page)
    assert caught.value.place.file.endswith("page.html")


@pytest.mark.parametrize(
    "page", ["<p>" + "a" * 500_000, "<p>" + "<i>x</i>" * 60_000, "<p>a" + "&nbsp;" * 80_000 + "b"]
)
def test_long_lines_are_read(page: str, tmp_path: Path) -> None:
    assert [capture.property for capture in read(tmp_path, page).values] == ["narrative"]


def test_complaints_name_the_line_of_the_file(tmp_path: Path) -> None:
    lines = PAGE.replace("<main>", "\n<main>\n").replace("<p>", f"\n{FIELDS}\n<p>")
    lines = lines.replace("2021", "2022", 1)
    with pytest.raises(BadPage) as caught:
        read(tmp_path, lines)
    assert caught.value.place.line == 4
    path = tmp_path / "page.html"
    path.write_text(PAGE.replace("<h1>", "\n\n<h1>").replace("<p>", "\n<p>"))
    origin = read_page(path).origin
    assert (
        origin.place("title").line,
        origin.place("status").line,
        origin.place("narrative").line,
    ) == (3, 3, 4)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\xef\xbb\xbf \n<!DOCTYPE HTML PUBLIC>", True),
        (b"<!-- a -->", True),
        (b"<b>bold</b> text", True),
        (b"saved page <main class='a'>", True),
        (b"Title\n-\nYear\n2021\ntext with <b>bold</b>, a <p> tag,<br>if x <b and y> then", False),
        (b'<div class="' + b"a " * 2000 + b'">', True),
        (b"Email: <lhd@iom.int>, a < b, <https://iom.int>", False),
        ("Année\n-\nDate de fin\n".encode(), False),
        (b" " * 1024 + b"<html>", False),
    ],
)
def test_html_is_known_by_its_content(head: bytes, expected: bool) -> None:
    assert is_html(head) is expected


def test_what_is_published_of_html_is_its_text(tmp_path: Path) -> None:
    facts = next(facts for facts in RECORDS if facts["project_id"] == "IB.0214")
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "one.html").write_text(html(facts, "drupal"), "utf-8")
    (pages / "two.htm").write_text(html(RECORDS[0], "table"), "utf-8")
    assert publish([pages], tmp_path / "public").records == 2
    for sourced in read_files(find_files([pages])):
        source = sourced.record.sources[0]
        shown = (tmp_path / "public" / "pages" / f"{source.page}.txt").read_bytes().decode()
        assert not re.search(r"<\w", shown)
        assert all(
            shown[slice(*capture.span)] == capture.text for capture in source.values if capture.span
        )


#: Where `lang` stands -> what it says of title and narrative.
SAID: dict[str, tuple[str, str | None, str | None]] = {
    "on each": ("<main><h1 lang=ru>T</h1>{}<p lang=pt-BR>Text</p></main>", "ru", "pt"),
    "on what holds both": ("<body lang=ru><main><h1>T</h1>{}<p>Text</p></main>", "ru", "ru"),
    "around the words": ("<main><h1><span lang=ru>T</span></h1>{}<p>Text</p></main>", "ru", None),
    "the nearest one": ("<main lang=ru><h1>T</h1>{}<p lang=ar>Text</p></main>", "ru", "ar"),
    "the page's": ("<main lang=ru><h1 lang=en>T</h1>{}<p lang=''>Text</p></main>", None, None),
    "on some words": ("<main><h1>T <i lang=ru>U</i></h1>{}<p>Text</p></main>", None, None),
    "on some lines": ("<main><h1>T</h1>{}<p lang=ru>Text</p><p>Text</p></main>", None, None),
    "on two languages": ("<main><h1>T</h1>{}<p lang=ru>A</p><p lang=ar>B</p></main>", None, None),
    "no language": ("<main><h1 lang=und>T</h1>{}<p lang=x-y>Text</p></main>", None, None),
}


@pytest.mark.parametrize("name", SAID)
def test_the_language_that_a_page_gives_to_words(name: str, tmp_path: Path) -> None:
    body, title, narrative = SAID[name]
    source = read(tmp_path, f"<!doctype html><html lang=en><title>T</title>{body.format(FIELDS)}")
    told = {one.property: one.label_language for one in source.values if not one.label}
    assert (told["title"], told["narrative"]) == (title, narrative)


@pytest.mark.parametrize(("root", "told"), [("fr", None), ("und", None), ("ru", "ru")])
def test_the_root_speaks_of_the_page_unless_its_language_is_none_of_ours(
    root: str, told: str | None, tmp_path: Path
) -> None:
    source = read(tmp_path, PAGE.replace("<html lang=en>", f"<html lang={root}>"))
    assert {one.label_language for one in source.values if not one.label} == {told}


@pytest.mark.parametrize("end", ["", "<p><a href='/x'>More</a></p>"])
def test_a_heading_that_is_a_link_and_stands_last_stays(end: str, tmp_path: Path) -> None:
    links = "".join(
        f"<li><a href='/{at}'>{words}</a></li>"
        for at, words in enumerate(("One", "<h1>A title</h1>"))
    )
    body = f"<p>Text.</p>{FIELDS}<ul>{links}</ul>{end}"
    page = f"<!doctype html><html lang=en><title>A title</title>{body}"
    (tmp_path / "page.html").write_text(page, "utf-8")
    assert "- A title" in page_text(tmp_path / "page.html").splitlines()
