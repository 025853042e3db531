"""What a release changes of the one before: told on pages, in feeds and for programs."""

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from support.command import ROOT

from idfgraph import publish
from idfgraph.exports.figures import ChangeHistory
from idfgraph.model.layout import CHANGES

ATOM = "{http://www.w3.org/2005/Atom}"


def history(out: Path) -> ChangeHistory:
    return msgspec.json.decode((out / CHANGES).read_bytes(), type=ChangeHistory)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def test_a_release_tells_what_it_changes_and_the_same_again_tells_the_same(
    data: Path, tmp_path: Path
) -> None:
    out = tmp_path / "public"
    moved = [data / "records" / "W34-805.yaml", data / "pages" / "001_39c4e74059a5ecd8.txt"]
    for path in moved:
        path.rename(tmp_path / path.name)
    publish([data], out)
    first = history(out)
    assert [one.before for one in first.versions] == [""]
    for path in moved:
        (tmp_path / path.name).rename(path)
    publish([data], out)
    second, whole = history(out), (out / CHANGES).read_bytes()
    new, old = second.versions
    assert (old, new.before) == (first.versions[0], first.versions[0].version)
    added = new.tables["fr"][0]
    assert ("prj:W34-805", "projet") in [row[:2] for row in added.rows]
    assert new.added == added.number
    told = (out / "changes.es.html").read_text("utf-8")
    page = (out / "doc" / "project" / "W34-805.es.html").read_text("utf-8")
    title = re.findall(r"<h1><bdi([^>]*)>(.*?)</bdi>", page)[0]
    name = '<a href="doc/project/W34-805.es.html"{}>{}</a> <span class="small"><bdi>W34-805</bdi>'
    assert name.format(*title) in told
    assert 'href="changes.html"' in (out / "index.html").read_text("utf-8")
    assert "Against" in (out / "index.html").read_text("utf-8")
    publish([data], out)
    assert (out / CHANGES).read_bytes() == whole
    for name in ("changes.atom", "changes.fr.atom", "changes.es.atom"):
        feed = ElementTree.parse(out / name).getroot()
        entries = list(feed.iter(f"{ATOM}entry"))
        assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2
        titles = [entry.findtext(f"{ATOM}title") or "" for entry in entries]
        assert [title.rpartition(" ")[2] for title in titles] == [new.version, old.version]
        assert (feed.findtext(f"{ATOM}updated") or "").startswith(new.day)


def test_no_whole_text_of_a_page_is_told_of(data: Path, tmp_path: Path) -> None:
    out, settings = tmp_path / "public", data / "dataset.yaml"
    publish([data], out)
    settings.write_text(settings.read_text("utf-8") + "publishNarratives: false\n", "utf-8")
    publish([data], out, allow_removals=True)
    (new, _) = history(out).versions
    assert new.before
    told = (out / CHANGES).read_text("utf-8")
    for words in ("Différents ministères", "rapports réguliers de situation"):
        assert words in next((data / "pages").glob("000_*.txt")).read_text("utf-8")
        assert words not in told


@pytest.mark.parametrize(
    ("suffix", "said"),
    [
        ("", ["Amount (budget): amount", "49,997.00", "42,000.50", "Quality note (budget)"]),
        (".fr", ["Montant (budget) : montant", "49 997,00", "42 000,50"]),
        (".es", ["Importe (presupuesto): importe", "49.997,00", "42.000,50", "(presupuesto)"]),
    ],
)
def test_changes_are_told_in_the_words_and_numbers_of_pages(
    tmp_path: Path, suffix: str, said: list[str]
) -> None:
    """No key stands where there is a label, and no id alone where there is a title."""
    page, out = tmp_path / "pages" / "one.txt", tmp_path / "public"
    page.parent.mkdir()
    text = (ROOT / "data" / "pages" / "000_3cd946cab0f19b2c.txt").read_text("utf-8")
    for budget in ("49997.00", "42000.50"):
        page.write_text(text.replace("49997.00", budget), "utf-8")
        publish([page.parent], out)
    told = (out / f"changes{suffix}.html").read_text("utf-8")
    main = " ".join(told.partition("<main")[2].partition("</main>")[0].split())
    assert [words for words in said if words not in main] == []
    rows = re.findall(r"<tr>.*?</tr>", main)
    assert rows
    assert not re.search(r"note-|(prj|src|code|sh|oa|idf):", main)
    names = re.findall(r'<th scope="row"><a href="doc/project/V47-805[^"]*"[^>]*>([^<]*)</a>', main)
    assert len(names) > 2
    assert {name[:12] for name in names} == {"Mise en plac"}
