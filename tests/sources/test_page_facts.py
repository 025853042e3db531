"""What stands beside pages: addresses and times of capture, from people and from the fetch log."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from idfgraph.curation.extract import extract
from idfgraph.model.errors import BadRecord
from idfgraph.sources.page_facts import LOG, PageFacts, facts_of
from idfgraph.sources.records import read_record
from idfgraph.sources.stream import read

PAGE = "Un projet\n-\nStatut du projet\nActif\n-\nProjet ID\nV47-805\nLe projet suit son cours.\n"


def log(folder: Path, *entries: dict[str, str]) -> None:
    (folder / LOG).write_text("".join(f"{json.dumps(entry)}\n" for entry in entries), "utf-8")


def entry(time: str, text: str = PAGE, file: str = "a.txt") -> dict[str, str]:
    digest = sha256(text.encode()).hexdigest()
    return {"time": time, "run": "r", "kind": "fetched", "file": file, "sha256": digest}


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(PAGE, "utf-8")
    return path


#: The lines of a list of pages, and what it says of a.txt.
LISTS = (
    ("a.txt: https://e.org/a\n", PageFacts(url="https://e.org/a")),
    ("a.txt: {url: 'https://e.org/a', captured: 2026-11-20}\n",
     PageFacts(url="https://e.org/a", captured="2026-11-20")),
    ("a.txt:\n  captured: '2026-11-20T09:03:11Z'\nb.txt: https://e.org/b\n",
     PageFacts(captured="2026-11-20T09:03:11Z")),
    ("b.txt: https://e.org/b\n", PageFacts()),
)  # fmt: skip


@pytest.mark.parametrize(("text", "facts"), LISTS)
def test_a_list_gives_address_and_time(page: Path, text: str, facts: PageFacts) -> None:
    (page.parent / "pages.yaml").write_text(text, "utf-8")
    assert facts_of(page) == facts


@pytest.mark.parametrize("captured", ["2026-02-30", "yesterday", "2026-11-20 09:03"])
def test_a_time_that_is_none_is_refused(page: Path, captured: str) -> None:
    (page.parent / "pages.yaml").write_text(f"a.txt: {{captured: '{captured}'}}\n", "utf-8")
    with pytest.raises(BadRecord, match=r"a\.txt"):
        facts_of(page)


def test_the_log_knows_when_these_bytes_were_fetched(page: Path) -> None:
    first, last = entry("2026-11-20T09:03:11+00:00"), entry("2026-11-22T23:30:00-02:00")
    log(page.parent, first, last, {**last, "time": "soon"}, entry("2026-11-25T00:00:00Z", file="b"))
    assert facts_of(page).captured == "2026-11-23T01:30:00Z"
    log(page.parent, first, entry("2026-11-24T00:00:00+00:00", "another text"))
    assert facts_of(page).captured is None


def test_the_log_knows_better_than_the_list(page: Path) -> None:
    text = "a.txt: {url: 'https://e.org/a', captured: 2026-01-01}\n"
    (page.parent / "pages.yaml").write_text(text, "utf-8")
    log(page.parent, entry("2026-11-20T09:03:11+00:00"))
    assert facts_of(page) == PageFacts(url="https://e.org/a", captured="2026-11-20T09:03:11Z")


def test_no_log_and_no_list_say_nothing(page: Path) -> None:
    assert facts_of(page) == PageFacts()
    (page.parent / LOG).write_bytes(b"\xff\n{}\nno json\n")
    assert facts_of(page) == PageFacts()


def test_extracting_and_reading_take_the_time_from_there(page: Path, tmp_path: Path) -> None:
    log(page.parent, entry("2026-11-20T09:03:11+00:00"))
    ((sourced),) = read([page])
    assert sourced.record.sources[0].captured == "2026-11-20T09:03:11Z"
    into = tmp_path / "records"
    (done,) = extract([page], into)
    assert done.file and read_record(done.file).record.sources[0].captured == "2026-11-20T09:03:11Z"
    assert [again.outcome for again in extract([page], into)] == ["unchanged"]
    (page.parent / LOG).unlink()
    assert [again.outcome for again in extract([page], into)] == ["unchanged"]
    log(page.parent, entry("2026-11-24T09:00:00+00:00"))
    assert [again.outcome for again in extract([page], into)] == ["merged"]
    assert read_record(done.file).record.sources[0].captured == "2026-11-24T09:00:00Z"
