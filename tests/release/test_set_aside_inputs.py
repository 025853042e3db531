"""With `quarantine` one bad input stops itself alone: it is set aside, the rest is published."""

import gzip
import os
import shutil
from pathlib import Path

import pytest
from support.command import ROOT, run

from idfgraph import publish
from idfgraph.checks.check import Validated
from idfgraph.model.errors import BadInput, NothingReadable
from idfgraph.model.text import LANGUAGES

PAGES = ROOT / "data" / "pages"
BAD = {
    "challenge.html": b"<!DOCTYPE html><title>Just a moment...</title><h1>iom.int</h1>",
    "document.txt": b"%PDF-1.4\n1 0 obj",
    "bidi.txt": "Un \u202etitre".encode(),
    "cut.html.gz": gzip.compress(b"<!DOCTYPE html><p>x")[:-9],
    "nul.txt": b"a\0b",
    "record.yaml": b"kind: project\nid: [\n",
    "other.yaml": b"kind: programme\nid: [\n",
    "lines.jsonl": b'{"kind": "project"\n',
}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Validated]:
    """A release of pages, one of them by now a challenge, among inputs that cannot be read."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(PAGES, folder / "in")
    publish(folder / "in", folder / "public", jobs=1)
    (folder / "in/000_3cd946cab0f19b2c.txt").write_bytes(BAD["challenge.html"])
    for name, data in BAD.items():
        (folder / "in" / name).write_bytes(data)
    with Path(os.fsdecode(os.fsencode(folder) + b"/in/caf\xe9.txt")).open("w") as file:
        file.write("Un texte.\n")
    return folder, publish(folder / "in", folder / "public", quarantine=True, jobs=1)


def test_the_rest_is_published(done: tuple[Path, Validated]) -> None:
    folder, told = done
    assert told.quarantined == told.staying == ("V47-805",)
    assert told.report.conforms
    for name in ("V47-805", "PX.0220"):
        assert (folder / f"public/doc/project/{name}.ttl").is_file()


def test_what_is_set_aside_is_told(done: tuple[Path, Validated]) -> None:
    places = [place for one in done[1].aside for place in (one.place, *one.also)]
    names = {Path(place.file).name for place in places}
    assert names >= BAD.keys() - {"challenge.html"}
    assert names & {"challenge.html", "000_3cd946cab0f19b2c.txt"}
    assert len(done[1].aside) < len(names)


def test_without_it_nothing_is_published(done: tuple[Path, Validated]) -> None:
    folder, _ = done
    with pytest.raises(BadInput):
        publish(folder / "in", folder / "other", jobs=1)
    assert not (folder / "other").exists()


def test_where_nothing_can_be_read_each_input_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        (folder / f"p{number}.txt").write_bytes(BAD["document.txt"])
    (folder / "nul.txt").write_bytes(BAD["nul.txt"])
    with pytest.raises(NothingReadable, match=r"none of the inputs can be read \(4\)") as caught:
        publish(folder, tmp_path / "public", quarantine=True, jobs=1)
    found = caught.value.findings
    places = [Path(place.file).name for one in found for place in (one.place, *one.also)]
    assert len(found) == 2 and sorted(places) == ["nul.txt", "p0.txt", "p1.txt", "p2.txt"]
    for lang in LANGUAGES:
        done = run("publish", "in", "--out", "public", "--quarantine", "--lang", lang, cwd=tmp_path)
        said = done.stdout + done.stderr
        assert done.returncode == 2 and all(name in said for name in places)
    assert not (tmp_path / "public").exists()
