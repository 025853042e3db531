"""Pages are read as people see them: what does not show, or is encoded wrongly, is mended, noted,
and stays in the page as it is.
"""

import unicodedata
from pathlib import Path

import pytest

from idfgraph import check
from idfgraph.curation.extract import reviewed_form
from idfgraph.graph.setting import Setting, linked, prepare
from idfgraph.model.errors import BadInput
from idfgraph.model.mending import mend, mending
from idfgraph.model.records import Project
from idfgraph.sources.charset import charset_of
from idfgraph.sources.files import find_files
from idfgraph.sources.pages import page_text, read_page
from idfgraph.sources.records import read_record, render_record
from idfgraph.sources.rereading import reread

PAGE = """Renforcement de l’unité

  • Statut du projet
    Achevé
  • Budget Amount (USD)
    100000.00
  • Année
    2020
  • Projet ID
    TC.9001
  • Etat(s) membre(s) beneficiaires remplissant les conditions requises
    Tchad Côte d’Ivoire

Le projet aide les autorités à Abéché.
"""

#: What a page has in place of words of the other: all are seen the same.
SEEN_ALIKE = {
    "soft hyphens": PAGE.replace("forcement", "for\xadce\xadment").replace("Tchad", "T\xadchad"),
    "soft hyphens in labels": PAGE.replace("Statut", "Sta\xadtut").replace(
        "Projet ID", "Pro\xadjet ID"
    ),
    "spaces without width": PAGE.replace("TC.9001", "\u200bTC.9001\u200b").replace(
        "100000", "100\u2060000"
    ),
    "marks of order": PAGE.replace("Achevé", "\u200eAchevé\u200e").replace("Tchad", "\u200fTchad"),
    "accents apart": unicodedata.normalize("NFD", PAGE),
    "entities": PAGE.replace("é", "&eacute;").replace("’", "&amp;#8217;"),
    "entities of entities": PAGE.replace("’", "&amp;amp;rsquo;"),
    "UTF-8 read as cp1252": PAGE.encode().decode("cp1252"),
    "UTF-8 read as latin-1": PAGE.encode().decode("latin-1").replace("\xe2\x80\xa2", "•"),
    "UTF-8 read as cp1252 twice": PAGE.encode()
    .decode("cp1252")
    .encode()
    .decode("cp1252", "replace")
    if "\x9d" not in PAGE
    else PAGE,
    "cp1252 read as latin-1": PAGE.encode("cp1252").decode("latin-1").replace("\x95", "•"),
    "line separators": PAGE.replace("projet aide", "projet\u2028aide").replace(" les", "\u2029les"),
    "isolates": PAGE.replace("Tchad", "\u2068Tchad\u2069").replace(
        "autorités", "\u202aautorités\u202c"
    ),
    "an isolate to the end": PAGE.rstrip().replace("Le projet", "\u2066Le projet") + "\u2069",
    "CRLF": PAGE.replace("\n", "\r\n"),
    "CR": PAGE.replace("\n", "\r"),
    "byte order mark": f"\ufeff{PAGE}",
}

ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1252")


@pytest.fixture(scope="module")
def setting() -> Setting:
    return prepare([])


def written(folder: Path, content: str | bytes) -> Path:
    page = folder / "page.txt"
    page.write_bytes(content.encode() if isinstance(content, str) else content)
    return page


@pytest.mark.parametrize("name", SEEN_ALIKE)
def test_what_is_seen_alike_is_read_alike(name: str, setting: Setting, tmp_path: Path) -> None:
    expected = reviewed_form(setting, read_page(written(tmp_path, PAGE)).record)
    page = written(tmp_path, SEEN_ALIKE[name])
    record = reviewed_form(setting, read_page(page).record)
    assert isinstance(record, Project) and isinstance(expected, Project)
    assert record.id == "TC.9001"
    assert record.values == expected.values
    assert record.sources[0].language == "fr"
    text = page_text(page)
    for capture in read_page(page).record.sources[0].values:
        assert capture.span and capture.text == text[slice(*capture.span)]
        assert capture.label is None or capture.label in text


def test_what_is_mended_breaks_no_shape(tmp_path: Path) -> None:
    """Words that would move others about are published by their place alone."""
    moving = {
        **SEEN_ALIKE,
        "title in isolates": PAGE.replace("Renforcement", "\u2068Renforcement\u2069"),
        "title with a separator": PAGE.replace("Renforcement de", "Renforcement\u2028de"),
        "title with a quote of Windows": PAGE.replace("l’unité", "l\x92unité"),
    }
    for number, text in enumerate(moving.values()):
        page = text.replace("TC.9001", f"TC.9{number:03}")
        (tmp_path / f"{number}.txt").write_bytes(page.encode())
    done = check(tmp_path, jobs=1)
    assert done.records == len(moving)
    assert [one for one in done.findings if one.result.severity == "Violation"] == []


@pytest.mark.parametrize("end", ["\r\n", "\r", " \t\n"])
def test_lines_end_alike(end: str, setting: Setting, tmp_path: Path) -> None:
    lines = f"{PAGE}- Il forme des agents.\nIl dure deux ans.\n"
    expected = reviewed_form(setting, read_page(written(tmp_path, lines)).record)
    page = written(tmp_path, lines.replace("\n", end))
    record = reviewed_form(setting, read_page(page).record)
    assert isinstance(record, Project) and isinstance(expected, Project)
    assert record.values == expected.values
    noted = [{one.comment["en"] for one in linked(setting, it).notes} for it in (record, expected)]
    assert noted[0] == noted[1]
    file = tmp_path / "TC.9001.yaml"
    file.write_bytes(render_record(record).encode())
    again = reread(read_record(file), find_files([page])).record
    assert isinstance(again, Project) and again.values == expected.values
    assert end in (again.sources[0].values[-1].text or "") or end == "\r"


@pytest.mark.parametrize("name", SEEN_ALIKE)
def test_a_record_of_it_is_written_read_and_reread(
    name: str, setting: Setting, tmp_path: Path
) -> None:
    """The words that the page has stay in the record, and are held against the page again."""
    page = written(tmp_path, SEEN_ALIKE[name])
    file = tmp_path / "TC.9001.yaml"
    file.write_text(render_record(reviewed_form(setting, read_page(page).record)), "utf-8")
    again = reread(read_record(file), find_files([page])).record
    notes = linked(setting, again).notes
    assert not [note for note in notes if note.severity == "Violation"]
    values = {one.property: one.text for one in again.sources[0].values}
    assert values == {one.property: one.text for one in read_page(page).record.sources[0].values}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_encoding_of_a_page_is_told(encoding: str, setting: Setting, tmp_path: Path) -> None:
    page = written(tmp_path, PAGE.encode(encoding))
    record = read_page(page).record
    known = {"utf-8-sig": None}.get(encoding, encoding)
    assert record.id == "TC.9001"
    assert record.sources[0].encoding == known
    notes = [note.issue_type for note in linked(setting, record).notes]
    assert ("other-encoding" in notes) == (known is not None)
    html = written(
        tmp_path, f"<!DOCTYPE html><main><h1>Été</h1><p>{PAGE}</p></main>".encode(encoding)
    )
    assert "Été" in page_text(html)


def test_what_was_mended_is_noted(setting: Setting, tmp_path: Path) -> None:
    page = written(tmp_path, PAGE.replace("forcement", "for\xadcement"))
    (note,) = (
        one
        for one in linked(setting, read_page(page).record).notes
        if one.issue_type == "mended-text"
    )
    assert (note.severity, note.about_property) == ("Info", "title")
    assert "Renforcement" in note.comment["es"]
    assert "Renfor<U+00AD>cement" in note.comment["fr"]


@pytest.mark.parametrize(
    "text",
    [
        *("LIBERTÉ»", "L’UNITÉ…", "Â «", "SÃO TOMÉ", "AT&T", "A & B;", "a &lt b", "&nosuch;"),
        *("\u202eLaxif", "\u202b100 000\u202c", "\u2067abc\u2069", "\u202aabc", "100\u200f200"),
        *("می\u200cخواهم", "&#8238;", "&#0;", "&#x110000;", "\x9b2J", "\ufffd", "é", "Ünïcödé"),
    ],
)
def test_what_would_be_a_guess_is_left_alone(text: str) -> None:
    assert mend(text).text == text
    assert mending(text) is None


@pytest.mark.parametrize(
    "data",
    [
        *(
            text.encode(encoding)
            for text in ("Année", "Été à Paris")
            for encoding in ("cp437", "mac-roman")
        ),
        *("Проект помощи".encode(encoding) for encoding in ("cp1251", "koi8-r", "iso-8859-5")),
        "Rozwój społeczny".encode("iso-8859-2"),
        "プロジェクト".encode("shift-jis"),
        "Année".encode() + "é".encode("cp1252"),
        "Année".encode()[:-2],
    ],
)
def test_an_encoding_that_cannot_be_told_is_not_guessed(data: bytes, tmp_path: Path) -> None:
    assert charset_of(data) is None
    with pytest.raises(BadInput, match="is not utf-8"):
        read_page(written(tmp_path, data))


def test_words_that_share_a_control_with_others_are_refused(tmp_path: Path) -> None:
    page = PAGE.replace("Le projet", "Année: 2020\u2069").replace("2020", "\u20662020", 1)
    split = "Un titre\n\u2066Statut du projet: Actif\u2069\nProjet ID: TC.9001\n"
    for text in (page, split):
        with pytest.raises(BadInput, match=r"U\+20(66|69)"):
            read_page(written(tmp_path, text))


def test_places_lead_back_character_by_character() -> None:
    text = "".join(SEEN_ALIKE.values())
    mended = mend(text)
    assert len(mended.text) + 1 == len(mended.starts) == len(mended.ends) + 1
    assert all(start < end for start, end in zip(mended.starts, mended.ends, strict=False))
    assert list(mended.starts) == sorted(mended.starts)
    assert mend(mended.text).text == mended.text
