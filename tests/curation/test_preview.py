"""What `extract --dry-run` shows: every word of a page once, marked with what it is read as."""

import json
from pathlib import Path

import pytest
from lxml import html as parsed
from typer.testing import CliRunner

from idfgraph.cli import app
from idfgraph.curation.preview import Preview, previews, stretches
from idfgraph.curation.preview_forms import in_html, in_terminal
from idfgraph.model.errors import BadConfig, BadInput
from idfgraph.model.records import Capture
from idfgraph.model.text import LANGUAGES, Language
from idfgraph.sources.pages import page_text

PAGE = """<!doctype html><html lang=en><main><h1>A <b>&lt;script&gt;</b> title</h1><dl>
<dt>Project Status<dd>Active<dt>Donor<dd>Norway &amp; Fiji<dt>Projects ID<dd>TC.9001</dl>
<p>The project helps. It <i>trains</i> officers.</p><aside><h2>Related projects</h2>
<p>Another &lt;b&gt;</p></aside></main></html>"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "R&amp;D.html"
    path.write_text(PAGE)
    return path


@pytest.fixture
def shown(page: Path) -> Preview:
    (one,) = previews([page], page.parent / "records")
    return one


def test_every_word_stands_there_once_marked(page: Path, shown: Preview) -> None:
    assert "".join(one.text for one in shown.stretches) == page_text(page)
    marked = {(one.text, one.kind, one.property) for one in shown.stretches if one.kind}
    assert marked == {
        ("A <script> title", "read", "title"),
        ("Project Status", "label", ""),
        ("Active", "read", "status"),
        ("Donor", "unknown", ""),
        ("Norway & Fiji", "unknown", "unknown"),
        ("Projects ID", "label", ""),
        ("TC.9001", "read", "projectId"),
        ("The project helps. It trains officers.", "read", "narrative"),
    }


def test_in_a_pipe_words_stand_in_brackets(shown: Preview) -> None:
    told = in_terminal(shown, "en", colour=False)
    assert "\n  [status: Active]\n[? Donor]\n  [? Norway & Fiji]\n" in told
    assert "Left out of the text (1)\n  about other things · Related projects Another <b>" in told
    assert "Labels that are not known (1)\n  Donor · Norway & Fiji\n" in told
    assert "\x1b" not in told
    assert "\x1b[1;32mActive\x1b[0m" in in_terminal(shown, "en", colour=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_is_one_file_whose_words_are_the_pages(language: Language, shown: Preview) -> None:
    text = in_html([shown, shown], language)
    root = parsed.document_fromstring(text)
    assert root.get("lang") == language
    assert not root.xpath("//script | //img | //link | //*[@src] | //main//b")
    marks = root.xpath("//section[1]/pre/mark")
    assert [mark.text_content() for mark in marks if mark.get("class") == "unknown"] == [
        "Donor",
        "Norway & Fiji",
    ]
    assert root.xpath("count(//section)") == 2
    headings = {"en": "Left out of the text", "fr": "Laissé hors du texte", "es": "Fuera del texto"}
    assert any(headings[language] in h.text_content() for h in root.iter("h3"))
    assert text == in_html([shown, shown], language)


def test_places_of_captures_that_hold_one_another() -> None:
    captures = [
        Capture(property="narrative", text="Run by UNDP.", span=(0, 12)),
        Capture(property="association.implementing", text="UNDP", span=(7, 11)),
    ]
    found = [(one.text, one.property) for one in stretches("Run by UNDP.", captures)]
    assert found == [
        ("Run by ", "narrative"),
        ("UNDP", "association.implementing"),
        (".", "narrative"),
    ]


def test_pages_that_cannot_be_read_stop_themselves_alone(page: Path, tmp_path: Path) -> None:
    refused: list[BadInput] = []
    (tmp_path / "empty.html").write_text("<p hidden>x</p>")
    found = list(
        previews([tmp_path / "empty.html", page], tmp_path / "records", refuse=refused.append)
    )
    assert ([one.page for one in found], len(refused)) == ([page], 1)


def test_the_command_writes_nothing_but_the_html_that_is_asked_for(
    page: Path, tmp_path: Path
) -> None:
    records, written = tmp_path / "records", tmp_path / "shown.html"
    run = CliRunner().invoke
    asked = ["extract", str(page), "--into", str(records), "--dry-run"]
    done = run(app, asked)
    assert (done.exit_code, "[status: Active]" in done.stdout) == (0, True)
    assert run(app, [*asked, "--html", str(written), "--lang", "fr"]).exit_code == 0
    assert "Laissé hors du texte" in written.read_text("utf-8")
    assert sorted(tmp_path.iterdir()) == sorted([page, written])
    page.write_text("<p hidden>x</p>")
    assert run(app, asked).exit_code == 2


@pytest.mark.parametrize("options", [["--html", "x.html"], ["--dry-run", "https://iom.int/x"]])
def test_options_that_do_not_go_together(options: list[str], page: Path) -> None:
    done = CliRunner().invoke(app, ["extract", str(page), *options])
    assert isinstance(done.exception, BadConfig)


def test_prose_and_the_words_of_the_desk_are_read_as_extract_reads_them(tmp_path: Path) -> None:
    label = {"label": "Donor", "property": "projectType", "lang": "en"}
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "field-labels.jsonl").write_text(json.dumps(label), "utf-8")
    (tmp_path / "one.html").write_text(PAGE, "utf-8")
    words = "A programme on migration\n\nThe programme is funded by the European Union.\n"
    (tmp_path / "two.txt").write_text(words, "utf-8")
    pages = [tmp_path / "one.html", tmp_path / "two.txt"]
    taught, prose = previews(pages, tmp_path / "records", programme="a")
    assert {one.property for one in taught.captures} >= {"projectType"}
    assert {one.property for one in prose.captures} >= {"association.funding"}
