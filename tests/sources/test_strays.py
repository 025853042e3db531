"""Inputs that are foreign, damaged or oddly written: none of them breaks the reader, each that is
refused is told in a line, and a page that is only written oddly gives what the clean page gives.
"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from support.strays import STRAYS, Stray, page

from idfgraph.checks.shards import unused
from idfgraph.graph.resolve import accepted_values
from idfgraph.graph.setting import prepare
from idfgraph.model.errors import BadInput
from idfgraph.sources.files import find_files
from idfgraph.sources.pages import read_page

#: The ordinary suite tries one in so many.
STEP = 1 if os.environ.get("IDFGRAPH_FULL") else 4

#: How long what is told of an input may be.
LONGEST = 400

REFERENCE = prepare([]).reference
READ = [stray for stray in STRAYS if b"/" not in stray.name and not stray.is_record][::STEP]


def values(path: Path) -> dict[str, Any]:
    """What is accepted of a page, but for its id; spaces of any kind are alike."""
    record = read_page(path, prose=REFERENCE.prose.read).record
    found: dict[str, Any] = msgspec.to_builtins(accepted_values(record, REFERENCE)) or {}
    found.pop("projectId", None)
    for name in ("title", "narrative"):
        lines = {tag: text.split("\n") for tag, text in found.get(name, {}).items()}
        found[name] = {tag: [" ".join(one.split()) for one in text] for tag, text in lines.items()}
    return found


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What the clean pages give, as text and as HTML."""
    folder = tmp_path_factory.mktemp("clean")
    found: dict[str, dict[str, Any]] = {}
    for language in ("fr", "en", "es"):
        for form in ("txt", "html"):
            (file := folder / f"page.{form}").write_text(page(language, 1, form), "utf-8")
            given = found.setdefault(language, values(file))
            assert given == values(file) and len(given) >= 10
    return found


def put(stray: Stray, folder: Path) -> Path:
    """The only input of a folder, under a name of its ending."""
    for old in folder.iterdir():
        old.unlink()
    file = folder / f"x{stray.ending}"
    file.write_bytes(stray.data)
    return file


def test_they_are_many_and_differ() -> None:
    assert len(STRAYS) > 900
    assert max(Counter(stray.name for stray in STRAYS).values()) == 1
    fates = Counter(stray.fate for stray in STRAYS)
    assert fates["aside"] > 400 and fates["page"] > 300 and fates["unused"] > 50


def test_pages_that_are_written_oddly_give_what_the_clean_ones_give(
    clean: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    differing = {
        stray.name: found
        for stray in READ
        if stray.fate == "page" and (found := values(put(stray, tmp_path))) != clean[stray.language]
    }
    assert differing == {}


def test_what_is_refused_is_told_in_a_line(tmp_path: Path) -> None:
    for stray in READ:
        if stray.fate in ("aside", "open"):
            told = list(_told(put(stray, tmp_path)))
            assert told or stray.fate == "open", stray.name
            assert all(len(one) < LONGEST and "\n" not in one for one in told), stray.name


def _told(file: Path) -> Iterator[str]:
    """What is told of a page that cannot be read."""
    try:
        read_page(file)
    except BadInput as error:
        yield error.text


def test_what_is_not_read_is_listed(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("Un texte.\n", "utf-8")
    for stray in (one for one in STRAYS if one.fate == "unused" and b"/" not in one.name):
        (file := tmp_path / os.fsdecode(stray.name)).write_bytes(stray.data)
        listed = [one.place.file for one in find_files([tmp_path]).unused]
        assert listed == [str(file)]
        file.unlink()


def test_names_that_not_all_systems_have_are_told(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for number, name in enumerate(("a.txt", "A.txt", "Con.html", "com1.fr.txt", "b.txt", "c.txt.")):
        (tmp_path / "pages" / name).write_text(f"Un texte {number}.\n", "utf-8")
    found = [one for one in find_files([tmp_path]).unused if one.meant]
    told = {Path(one.place.file).name: unused(one).result.messages for one in found}
    assert told.keys() == {"a.txt", "Con.html", "com1.fr.txt", "c.txt."}
    assert "A.txt" in told["a.txt"]["en"] and "rename it" in told["Con.html"]["en"]
    assert all(len(set(said.values())) == len(said) for said in told.values())
