"""`extract` files the pages that records are made from, so that their quotes can be read again."""

from hashlib import sha256
from pathlib import Path

import pytest
from support.command import SEED, run

from idfgraph import check
from idfgraph.curation.shelf import file_page
from idfgraph.model.errors import BadInput


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def filed(page: Path, text: str, shelf: Path, *superseded: str) -> Path | None:
    """Where a page of this text is filed."""
    page.parent.mkdir(exist_ok=True)
    page.write_text(text, "utf-8")
    return file_page(page, digest(text), shelf, frozenset(map(digest, superseded)))


def test_the_page_of_a_record_is_filed_beside_it(tmp_path: Path) -> None:
    done = run("extract", SEED, cwd=tmp_path)
    kept = tmp_path / "data" / "pages" / SEED.name
    assert f"page filed: {kept.relative_to(tmp_path)}" in done.stdout
    assert kept.read_bytes() == SEED.read_bytes()
    assert check(tmp_path / "data" / "records", jobs=1).evidence == (), "its page is next door"
    both = [tmp_path / "data" / "records", tmp_path / "data" / "pages"]
    assert check(both, jobs=1).evidence == ()
    again = run("extract", "data/pages/" + SEED.name, cwd=tmp_path)
    assert "page filed" not in again.stdout
    assert [file.name for file in kept.parent.iterdir()] == [SEED.name]


def test_a_page_that_changed_takes_the_place_of_what_its_record_was_made_from(
    tmp_path: Path,
) -> None:
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
