"""`extract` files the pages that records are made from, so that their quotes can be read again."""

import os
import sys
from hashlib import sha256
from pathlib import Path
from shutil import copy

import pytest
from support.command import DATASET, SEED, desk_in, run

from idfgraph import check
from idfgraph.curation.decide import Signed, decide
from idfgraph.curation.extract import extract
from idfgraph.curation.filed_pages import file_page
from idfgraph.model.errors import BadInput
from idfgraph.sources.files import pages_of
from idfgraph.sources.page_facts import PageFacts, facts_of, with_facts


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def filed(page: Path, text: str, shelf: Path, *superseded: str) -> Path | None:
    """Where a page of this text is filed."""
    page.parent.mkdir(exist_ok=True)
    page.write_text(text, "utf-8")
    return file_page(page, digest(text), shelf, frozenset(map(digest, superseded)))


def test_the_page_of_a_record_is_filed_beside_it(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    copy(DATASET, tmp_path / "data")
    done = run("extract", SEED, cwd=tmp_path)
    kept = tmp_path / "data" / "pages" / SEED.name
    assert f"page filed: {kept.relative_to(tmp_path)}" in done.stdout
    assert kept.read_bytes() == SEED.read_bytes()
    assert check(tmp_path / "data" / "records", jobs=1).evidence == (), "its page is next door"
    both = [tmp_path / "data" / "records", tmp_path / "data" / "pages"]
    assert check(both, jobs=1).evidence == ()
    again = run("extract", "data/pages/" + SEED.name, cwd=tmp_path)
    assert "page filed" not in again.stdout
    assert sorted(file.name for file in kept.parent.iterdir()) == [SEED.name, "pages.yaml"]


def test_a_page_that_changed_takes_the_place_of_what_its_record_was_made_from(
    tmp_path: Path,
) -> None:
    (tmp_path / "data").mkdir()
    copy(DATASET, tmp_path / "data")
    run("extract", SEED, cwd=tmp_path)
    changed = tmp_path / SEED.name
    changed.write_bytes(SEED.read_bytes().replace(b"Actif", "Achevé".encode()))
    done = run("extract", changed, cwd=tmp_path)
    kept = tmp_path / "data" / "pages" / SEED.name
    assert "page filed" in done.stdout
    assert kept.read_bytes() == changed.read_bytes() != SEED.read_bytes()
    both = [tmp_path / "data" / "records", tmp_path / "data" / "pages"]
    assert check(both, jobs=1).evidence == ()


def test_a_page_that_names_no_project_is_not_filed(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("A page without a project\nIt says nothing of one.\n", "utf-8")
    run("extract", page, cwd=tmp_path)
    assert not (tmp_path / "data" / "pages").exists()


def test_nothing_else_is_written_over(tmp_path: Path) -> None:
    shelf = tmp_path / "pages"
    first = filed(tmp_path / "a" / "page.txt", "one", shelf)
    second = filed(tmp_path / "b" / "page.txt", "two", shelf)
    assert first == shelf / "page.txt"
    assert second == shelf / f"page-{digest('two')[:16]}.txt"
    assert filed(tmp_path / "b" / "page.txt", "two", shelf) is None
    assert filed(tmp_path / "c" / "page.txt", "three", shelf, "one") == first
    assert (
        filed(tmp_path / "d" / "page", "four", shelf) == shelf / f"page-{digest('four')[:16]}.txt"
    )
    assert {file.read_text("utf-8") for file in shelf.iterdir()} == {"two", "three", "four"}


def test_what_has_changed_since_it_was_read_is_not_filed(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("one", "utf-8")
    with pytest.raises(BadInput, match="has changed since it was read"):
        file_page(page, digest("two"), tmp_path / "pages")


URL, DAY = "https://example.org/page?a=1#b", "2026-11-20"


def test_a_page_is_filed_with_its_address_and_time(tmp_path: Path) -> None:
    """From wherever it comes; what others said in the list stays, word for word."""
    shelf = tmp_path / "pages"
    shelf.mkdir()
    (shelf / "pages.yaml").write_text("# Mine\nz.txt: https://example.org/z\n", "utf-8")
    copy(SEED, page := tmp_path / "my page.txt")
    (done,) = extract([page], tmp_path / "records", url=URL, captured=DAY, shelf=shelf)
    assert facts_of(shelf / "my page.txt") == PageFacts(url=URL, captured=DAY)
    assert (shelf / "pages.yaml").read_text("utf-8") == (
        f'# Mine\n"my page.txt": {{url: "{URL}", captured: {DAY}}}\nz.txt: https://example.org/z\n'
    )
    assert done.file and f"captured: {DAY}" in done.file.read_text("utf-8").replace("'", "")
    (again,) = extract([shelf / "my page.txt"], tmp_path / "records", shelf=shelf)
    assert again.outcome == "unchanged" and not list(shelf.glob("my page-*"))


def test_a_page_that_stands_there_gets_its_address(tmp_path: Path) -> None:
    shelf = tmp_path / "pages"
    shelf.mkdir()
    copy(SEED, page := shelf / "page.txt")
    list(extract([page], tmp_path / "records", url=URL, shelf=shelf))
    assert facts_of(page) == PageFacts(url=URL)
    list(extract([page], tmp_path / "records", captured=DAY, shelf=shelf))
    assert facts_of(page) == PageFacts(url=URL, captured=DAY)


def test_what_is_not_known_of_a_page_is_told(tmp_path: Path) -> None:
    copy(SEED, page := tmp_path / "page.txt")
    (done,) = extract([page], tmp_path / "records", shelf=tmp_path / "pages")
    assert any("give --url and --captured" in note for note in done.notes)


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"url": URL}, "its time of capture is not known: give --captured,"),
        ({"captured": DAY}, "its address is not known: give --url,"),
        ({"url": URL, "captured": DAY}, ""),
    ],
)
def test_only_what_is_not_known_is_asked_for(
    known: dict[str, str], told: str, tmp_path: Path
) -> None:
    copy(SEED, page := tmp_path / "page.txt")
    shelf = tmp_path / "pages"
    (done,) = extract([page], tmp_path / "records", shelf=shelf, **known)  # type: ignore[arg-type]
    said = [note for note in done.notes if "not known" in note]
    assert [note.startswith(told) for note in said] == [True] * bool(told)


@pytest.mark.parametrize("captured", ["20/11/2026", "2026-02-30", "yesterday"])
def test_a_time_that_is_none_is_refused(tmp_path: Path, captured: str) -> None:
    with pytest.raises(BadInput, match="is no time of capture"):
        list(extract([SEED], tmp_path / "records", captured=captured))


def test_names_are_such_as_every_system_has(tmp_path: Path) -> None:
    """A page is filed so that a clone of the repository on Windows has it, too."""
    shelf = tmp_path / "pages"
    assert filed(tmp_path / "a" / "what: now?.txt", "one", shelf) == shelf / "what_ now_.txt"
    assert filed(tmp_path / "a" / "con.txt", "two", shelf) == shelf / f"{digest('two')[:16]}.txt"
    assert filed(tmp_path / "a" / "What_ Now_.txt", "one", shelf) is None
    other = filed(tmp_path / "a" / "WHAT_ now_.txt", "three", shelf)
    assert other and other.name == f"what_ now_-{digest('three')[:16]}.txt"


def test_a_record_that_ends_in_yml_is_merged(tmp_path: Path) -> None:
    """It is read, so a second file of its id would be one too many."""
    (done,) = extract([SEED], tmp_path / "records")
    assert done.file
    done.file.rename(short := done.file.with_suffix(".yml"))
    (again,) = extract([SEED], tmp_path / "records")
    assert (again.file, again.outcome) == (short, "unchanged")


def test_the_list_of_pages_keeps_what_people_wrote() -> None:
    text = "# a\na.txt:\n  url: http://e/1\n  captured: 2026-01-01\n'b c.txt': http://e/2 # mine\n"
    facts = PageFacts(url="http://e/3", captured=DAY)
    assert with_facts(text, "a.txt", facts) == (
        f"# a\na.txt: {{url: \"http://e/3\", captured: {DAY}}}\n'b c.txt': http://e/2 # mine\n"
    )
    assert with_facts(text, "b c.txt", PageFacts(url="http://e/3")).endswith(
        '2026-01-01\n"b c.txt": http://e/3\n'
    )


@pytest.mark.skipif(sys.platform != "linux", reason="names are texts here")
def test_a_name_that_is_no_text_is_filed_under_one_that_is(tmp_path: Path) -> None:
    shelf = tmp_path / "data" / "pages"
    shelf.mkdir(parents=True)
    copy(DATASET, tmp_path / "data")
    odd = os.fsdecode(b"caf\xe9.txt")
    copy(SEED, tmp_path / odd)
    done = run("extract", tmp_path / odd, "--url", "https://e.org/a", cwd=tmp_path)
    assert done.returncode == 0, done
    assert sorted(file.name for file in shelf.iterdir()) == ["caf_.txt", "pages.yaml"]
    assert facts_of(shelf / "caf_.txt").url == "https://e.org/a"
    (shelf / "caf_.txt").rename(shelf / odd)
    (shelf / "pages.yaml").unlink()
    done = run("extract", shelf / odd, "--url", "https://e.org/a", cwd=tmp_path)
    assert (done.returncode, (shelf / "pages.yaml").exists()) == (0, False), done


def test_a_record_is_no_page(tmp_path: Path) -> None:
    records = desk_in(tmp_path) / "records"
    signed = Signed({"en": "So."}, "Ada", "2026-11-21", ("https://example.org/report",))
    decide(records / "V47-805.yaml", "startYear", ["2003"], signed)
    (records / "all.jsonl").write_text('{"format": 2, "kind": "project", "id": "V1-1"}\n', "utf-8")
    for name in ("V47-805.yaml", "signed/V47-805_startYear.yaml", "all.jsonl"):
        with pytest.raises(BadInput, match=f"{name}: holds a record.* name captured pages"):
            pages_of([records / name])
    done = run("extract", "records/V47-805.yaml", "--lang", "es", cwd=records.parent)
    assert done.returncode == 2 and not done.stdout
    assert "records/V47-805.yaml: contiene una ficha" in done.stderr
