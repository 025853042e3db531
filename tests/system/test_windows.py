"""What differs on Windows, played on another system (`support/windows`): a day of work says and
writes the same, a desk with the line ends of Windows keeps them, and nothing is left behind.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from support.command import ROOT, SEED, desk_in, environment, run, snapshot

from idfgraph.checks.check import check
from idfgraph.curation.accept import accept
from idfgraph.curation.decide import Signed, decide
from idfgraph.curation.filed_pages import note_facts
from idfgraph.curation.review import review
from idfgraph.curation.tidy import tidy
from idfgraph.model.errors import BadOutput
from idfgraph.sources.page_facts import PageFacts, with_facts

PLAYED = ROOT / "tests" / "support" / "windows"
PAGE = SEED.with_name("000_3cd946cab0f19b2c.txt")
SIGNED = Signed({"en": "So."}, "Ada", "2026-11-21")

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="is played by what Linux tells")

#: A day on a desk: the folder where each command is given, and its words.
DAY = (
    (".", "init", "own desk"),
    ("own desk", "extract", "..\\page.txt", "--url", "https://example.org/x"),
    ("own desk\\pages", "decide", "V47-805", "endYear", "2005", "--why", "So."),
    ("own desk", "accept", "records\\V47-805.yaml", "missing-value:startYear", "--why", "So."),
    ("own desk", "review", "records"),
    ("own desk", "tidy"),
    ("own desk\\records", "validate", "--format", "sarif"),
    ("own desk", "todo"),
)

#: What is published, and asked.
RELEASES = (
    *DAY[:3],
    ("own desk", "publish"),
    ("own desk", "query", "beneficiary-projects", "--set", "state=Albania"),
    ("own desk", "decide", "V47-805", "startYear", "2004", "--why", "So."),
    ("own desk", "publish", "--jobs", "2"),
    ("own desk", "releases"),
    ("own desk", "diff"),
    ("own desk", "rollback"),
)

#: What is told of releases on one system alone, or with sizes on a disk.
OWN = ("there are no symbolic links here", "name\tissued")


class Work(NamedTuple):
    """Where it was done, and what each command said, with its exit code."""

    folder: Path
    said: list[tuple[str, int]]

    @property
    def told(self) -> list[tuple[list[str], int]]:
        """What was said, whatever parts folders and quotes their names."""
        return [(self._plain(said), code) for said, code in self.said]

    def _plain(self, said: str) -> list[str]:
        same = said.replace("\\\\", "/").replace("\\", "/").replace("'", '"')
        same = same.replace(f"C:{self.folder}", "").replace(str(self.folder), "")
        return [line for line in same.splitlines() if not line.startswith(OWN)]


def work(commands: tuple[tuple[str, ...], ...], folder: Path, *, played: bool) -> Work:
    """Commands, one after the other, in a folder that holds a page."""
    folder.mkdir()
    shutil.copy(PAGE, folder / "page.txt")
    told = json.dumps([[str(folder / here), *words] for here, *words in commands])
    more = {"PYTHONPATH": str(PLAYED), "IDFGRAPH_PLAYED": str(folder)} if played else {}
    done = subprocess.run(
        [sys.executable, PLAYED / "several.py", told if played else told.replace("\\\\", "/")],
        check=True,
        capture_output=True,
        env=environment(IDFGRAPH_BY="Ada", **more),
    )
    return Work(folder, [(said, code) for said, code in json.loads(done.stdout)])


def both(commands: tuple[tuple[str, ...], ...], folder: Path) -> tuple[Work, Work]:
    """The same work on this system and on Windows."""
    here = work(commands, folder / "here", played=False)
    return here, work(commands, folder / "there", played=True)


@needs_linux
def test_a_day_says_and_writes_the_same(tmp_path: Path) -> None:
    """To the byte, and what a lock was for is gone; paths are told as the system writes them."""
    here, there = both(DAY, tmp_path)
    assert [code for _, code in here.said] == [0] * len(DAY)
    assert here.told == there.told
    assert snapshot(here.folder) == snapshot(there.folder)
    assert "written records\\V47-805.yaml" in there.said[1][0]
    assert 'cd "own desk" && idfgraph publish' in there.said[0][0]


@needs_linux
def test_releases_are_the_same(tmp_path: Path) -> None:
    """The current one to the byte; as there are no links, it stands in a folder of its own."""
    whole = os.environ.get("IDFGRAPH_ALL") or os.environ.get("IDFGRAPH_FULL")
    here, there = both(RELEASES if whole else RELEASES[:4], tmp_path)
    assert here.told == there.told
    one, other = (done.folder / "own desk" / "public" for done in (here, there))
    assert one.is_symlink() and not other.is_symlink()
    assert snapshot(one.resolve()) == snapshot(other)


@needs_linux
def test_names_that_windows_has_not(tmp_path: Path) -> None:
    """Letter case is told, devices and odd characters are no defect of ours."""
    commands = (
        (".", "init", "desk"),
        ("desk", "quote", "RECORDS\\ex.0001.YAML", "startYear", "2020"),
        ("desk", "new", "programme", "con"),
        ("desk", "extract", "a?b.txt"),
        ("desk", "validate", "--output", "nul\\x"),
    )
    done = work(commands, tmp_path / "there", played=True)
    assert [code for _, code in done.said] == [0, 2, 2, 2, 2]
    assert not [said for said, _ in done.said if "defect" in said]
    assert not list(tmp_path.rglob("con*"))


def crlf(desk: Path) -> None:
    """Writes the texts of a desk as editors on Windows do, with a byte order mark."""
    for file in (*desk.rglob("*.yaml"), *desk.rglob("*.jsonl")):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))


def test_a_desk_with_other_line_ends_is_the_same(tmp_path: Path) -> None:
    before = check([desk_in(tmp_path)]).findings
    crlf(tmp_path)
    assert [one.result for one in check([tmp_path / "data"]).findings] == [
        one.result for one in before
    ]


def test_who_writes_into_a_file_keeps_its_line_ends(tmp_path: Path) -> None:
    """Each line that was not touched is the same, so that no difference is shown where none is."""
    plain, other = desk_in(tmp_path / "one"), desk_in(tmp_path / "other")
    crlf(other)
    for desk in (plain, other):
        file = desk / "records" / "V47-805.yaml"
        decide(file, "startYear", ["2003"], SIGNED)
        accept(file, "implausible-date", why={"en": "So."}, by="Ada", on="2026-11-21")
        list(review([file], by="Ada", on="2026-11-21"))
        list(tidy([file]))
        note_facts(desk / "pages" / PAGE.name, PageFacts(captured="2026-11-21"))
    for name in ("records/V47-805.yaml", "pages/pages.yaml"):
        written = (other / name).read_bytes()
        assert (
            written.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
            == (plain / name).read_bytes()
        )
        assert written.count(b"\n") == written.count(b"\r\n")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_list_of_pages_keeps_its_line_ends(mark: str) -> None:
    """Also where a page comes before all others."""
    text = f"{mark}b.txt: https://example.org/b\r\n"
    written = with_facts(text, "a.txt", PageFacts(url="https://example.org/a"))
    assert written == (f"{mark}a.txt: https://example.org/a\r\nb.txt: https://example.org/b\r\n")


def test_a_file_that_another_program_holds_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows holds what is open in an editor: nothing is changed, and nothing is left."""
    file = desk_in(tmp_path) / "records" / "V47-805.yaml"

    def held(_path: Path, _target: Path) -> Path:
        raise PermissionError(13, "is being used by another process")

    monkeypatch.setattr(Path, "replace", held)
    before = snapshot(tmp_path)
    with pytest.raises(BadOutput, match=r"V47-805_startYear\.yaml.*used by another process"):
        decide(file, "startYear", ["2003"], SIGNED)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii"])
def test_what_is_printed_is_utf_8_whatever_a_console_has(tmp_path: Path, encoding: str) -> None:
    done = run("explain", "C02", "--lang", "fr", cwd=tmp_path, PYTHONIOENCODING=encoding)
    assert done.returncode == 0 and "é" in done.stdout
