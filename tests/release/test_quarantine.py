"""A record that breaks a shape is held back; what was published of it last stays, marked, and
nothing else changes.
"""

import json
import re
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import parse
from support.command import ROOT, run

from idfgraph import publish
from idfgraph.graph.lines import without_stubs
from idfgraph.model.errors import BadOutput, BadRecord, LostData, ShapesViolated
from idfgraph.release.history import keep, releases

V47 = "https://w3id.org/iom-idf/id/project/V47-805"
PAGE = "ea0243d4edc78dd7c89e005fc2f5bd1d41aee31412666bf6ce37b5838d8ddc70"
DOCUMENT = "doc/project/V47-805"
MARK = "note-older-version-source"
RECORD = "https://w3id.org/iom-idf/doc/project/V47-805"
OLDER = "<https://w3id.org/iom-idf/code/issue-older-version> "
DEPRECATED = (
    '<http://www.w3.org/2002/07/owl#deprecated> "true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The five records and their pages."""
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("reference", "*.json"))
    return folder


@pytest.fixture
def out(data: Path, tmp_path: Path) -> Path:
    """A release of them."""
    publish([data], tmp_path / "public")
    return tmp_path / "public"


def change(data: Path, old: str, new: str, file: str = "records/V47-805.yaml") -> None:
    """Edits a file of the data folder; the text must be there."""
    text = (data / file).read_text("utf-8")
    assert old in text
    (data / file).write_text(text.replace(old, new), "utf-8")


def break_record(data: Path) -> None:
    """Makes a record break a rule."""
    change(data, "coverage: national", "coverage: regional")


def statements(out: Path) -> set[str]:
    """The statements of all graphs but those about the run."""
    lines = (out / "data/idf.nq").read_text("utf-8").splitlines()
    return {line for line in lines if "graph/run" not in line}


def dump(out: Path) -> list[str]:
    """The lines of all graphs."""
    return (out / "data/idf.nq").read_text("utf-8").splitlines(keepends=True)


def said_of_data(out: Path) -> set[str]:
    """The lines of its dump but those on the run, which is named after what it made."""
    return {line for line in dump(out) if "/graph/run#activity-" not in line}


def edit_document(out: Path, edit: dict[str, Any]) -> None:
    """Adds keys to what a published document says of its record, and to both lists of sums that it
    is as it was.
    """
    file, sums = out / f"{DOCUMENT}.jsonld", out / "SHA256SUMS"
    document = json.loads(file.read_text("utf-8"))
    document["@graph"][0] |= edit
    before = sha256(file.read_bytes()).hexdigest()
    file.write_text(json.dumps(document), "utf-8")
    for told in (sums, out / ".idfgraph-release"):
        after = sha256(file.read_bytes()).hexdigest()
        told.write_text(told.read_text("utf-8").replace(before, after), "utf-8")


def on_quality_pages(out: Path) -> list[bool]:
    """Whether the pages on quality name the record that is left out."""
    pages = (out / f"quality{suffix}.html" for suffix in ("", ".fr", ".es"))
    return [
        '<h2 id="left-out">' in (text := page.read_text("utf-8")) and "V47-805" in text
        for page in pages
    ]


def left_out(out: Path) -> list[str]:
    """The records that a release says it lacks."""
    told: list[str] = json.loads((out / "release.json").read_text("utf-8"))["leftOut"]
    return told


def test_the_last_sound_version_stays_with_one_note_more(data: Path, out: Path) -> None:
    before, page = statements(out), (out / f"pages/{PAGE}.txt").read_bytes()
    break_record(data)
    change(data, "fr: Mise en place", "fr: Remise en place")
    with pytest.raises(ShapesViolated):
        publish([data], out)
    done = publish([data], out, quarantine=True)
    assert (done.records, done.quarantined, done.staying) == (4, ("V47-805",), ("V47-805",))
    assert {
        finding.place.field for finding in done.faults if finding.result.severity == "Violation"
    } >= {"coverage"}
    assert [
        finding.result.rule for finding in done.findings if finding.result.focus == f"{V47}#{MARK}"
    ] == ["note/older-version"]
    assert before < statements(out)
    more = "".join(sorted(line for line in statements(out) - before if V47 in line))
    assert all(
        line.startswith((f"<{V47}#{MARK}>", f"<{RECORD}> "))
        for line in statements(out) - before
        if V47 in line
    )
    assert "this is its version of 2026-11-21." in more
    assert "ceci est sa version du 2026-11-21." in more
    assert "esta es su versión del 2026-11-21." in more
    assert (out / f"pages/{PAGE}.txt").read_bytes() == page
    assert left_out(out) == []
    assert "Remise en place" not in (out / f"{DOCUMENT}.html").read_text("utf-8")
    assert "this is its version of 2026-11-21." in (out / f"{DOCUMENT}.html").read_text("utf-8")
    assert "V47-805#note-older-version-source" in (out / "tables/notes.csv").read_text("utf-8")


def test_it_stays_for_as_long_as_need_be_and_goes_when_the_record_is_mended(
    data: Path, out: Path
) -> None:
    first = said_of_data(out)
    break_record(data)
    publish([data], out, quarantine=True)
    again = publish([data], out, quarantine=True)
    assert again.staying == ("V47-805",)
    assert len(releases(out)) == 2
    change(data, "asOf: 2026-11-21", "asOf: 2026-12-24", "dataset.yaml")
    publish([data], out, quarantine=True)
    said = (out / f"{DOCUMENT}.ttl").read_text("utf-8")
    assert said.count("its version of 2026-11-21.") == 1
    assert "2026-12-24" not in said
    change(data, "asOf: 2026-12-24", "asOf: 2026-11-21", "dataset.yaml")
    change(data, "coverage: regional", "coverage: national")
    assert publish([data], out).quarantined == ()
    more = said_of_data(out) - first
    assert first <= said_of_data(out)
    assert set(without_stubs(sorted(more))) == {line for line in more if OLDER in line}
    assert [line for line in more if MARK in line] == [f"<{V47}#{MARK}> {DEPRECATED} .\n"]


def test_the_page_text_stays_though_the_page_is_gone(data: Path, out: Path) -> None:
    page = (out / f"pages/{PAGE}.txt").read_bytes()
    break_record(data)
    (data / "pages/000_3cd946cab0f19b2c.txt").unlink()
    publish([data], out, quarantine=True)
    assert (out / f"pages/{PAGE}.txt").read_bytes() == page


def test_what_is_not_to_be_published_any_more_is_not(data: Path, out: Path) -> None:
    break_record(data)
    with (data / "dataset.yaml").open("a", encoding="utf-8") as file:
        file.write("publishNarratives: false\n")
    done = publish([data], out, quarantine=True, allow_removals=True)
    assert done.staying == ("V47-805",)
    assert not list(out.glob("pages/*"))
    for path in (*out.glob(f"{DOCUMENT}.*"), out / "data/idf.nq"):
        assert "pacte de stabilité" not in path.read_text("utf-8").casefold()
        assert f"pages/{PAGE}" not in path.read_text("utf-8")


def test_one_never_published_is_left_out(data: Path, tmp_path: Path) -> None:
    break_record(data)
    done = publish([data], tmp_path / "public", quarantine=True)
    assert (done.quarantined, done.staying) == (("V47-805",), ())
    assert "V47-805" not in (tmp_path / "public/data/idf.nq").read_text("utf-8")
    assert left_out(tmp_path / "public") == ["V47-805"]
    assert on_quality_pages(tmp_path / "public") == [True] * 3
    change(data, "coverage: regional", "coverage: national")
    publish([data], tmp_path / "public", quarantine=True)
    assert left_out(tmp_path / "public") == []
    assert on_quality_pages(tmp_path / "public") == [False] * 3


def test_one_published_elsewhere_only_is_left_out(data: Path, out: Path) -> None:
    break_record(data)
    assert publish([data], out, quarantine=True, previous="none").staying == ()
    assert not (out / f"{DOCUMENT}.ttl").exists()


def test_a_programme_and_a_tombstone_stay(data: Path, out: Path) -> None:
    record = data / "records/V47-805.yaml"
    text = record.read_text("utf-8")
    record.write_text(
        "kind: project\nid: V47-805\nwithdrawn:\n  date: 2026-11-20\n"
        "  reason: {en: A., fr: B., es: C.}\n",
        "utf-8",
    )
    publish([data], out)
    record.write_text(text, "utf-8")
    break_record(data)
    change(data, "coverage: global", "coverage: national", "records/mainstreaming-migration.yaml")
    done = publish([data], out, quarantine=True)
    assert done.staying == ("V47-805", "mainstreaming-migration")
    assert [row["id"] for row in json.loads((out / "tombstones.json").read_text("utf-8"))] == [V47]
    for path in (DOCUMENT, "doc/programme/mainstreaming-migration"):
        assert MARK in (out / f"{path}.ttl").read_text("utf-8")
        assert "its version of 2026-11-21." in (out / f"{path}.html").read_text("utf-8")


def test_a_tombstone_that_would_lead_nowhere_does_not_stay(data: Path, out: Path) -> None:
    record = data / "records/V47-805.yaml"
    text = record.read_text("utf-8")
    record.write_text(
        "kind: project\nid: V47-805\nwithdrawn:\n  date: 2026-11-20\n"
        "  reason: {en: A., fr: B., es: C.}\n  replacedBy: PX.0220\n",
        "utf-8",
    )
    publish([data], out)
    record.write_text(text, "utf-8")
    break_record(data)
    (data / "records/PX.0220.yaml").unlink()
    (data / "pages/003_f1304bd47d6398f5.txt").unlink()
    with pytest.raises(BadRecord, match=r"prj:V47-805: names prj:PX\.0220, which is no record"):
        publish([data], out, quarantine=True)


def test_one_whose_id_another_has_by_now_does_not_stay(data: Path, out: Path) -> None:
    """Both would be the project of that id."""
    break_record(data)
    edit_document(out, {"projectId": "W34-805"})
    with pytest.raises(LostData) as caught:
        publish([data], out, quarantine=True)
    assert any(V47 in loss for loss in caught.value.losses)


@pytest.mark.parametrize(
    "edit", [{"formerWord": "x"}, {"status": "no-such-status"}, {"projectId": "?"}]
)
def test_one_that_is_no_longer_sound_does_not_stay(
    data: Path, out: Path, edit: dict[str, str]
) -> None:
    """A word that the context of today does not have, or a value that breaks a rule of today."""
    break_record(data)
    edit_document(out, edit)
    with pytest.raises(LostData):
        publish([data], out, quarantine=True)
    done = publish([data], out, quarantine=True, allow_removals=True)
    assert (done.quarantined, done.staying) == (("V47-805",), ())


def test_a_document_that_has_changed_is_not_trusted(data: Path, out: Path) -> None:
    break_record(data)
    file = out / f"{DOCUMENT}.jsonld"
    file.write_bytes(file.read_bytes().replace(b"49997.00", b"99997.00"))
    before = (out / "SHA256SUMS").read_bytes()
    with pytest.raises(BadOutput, match=r"V47-805.jsonld: is not what its sum says"):
        publish([data], out, quarantine=True)
    assert (out / "SHA256SUMS").read_bytes() == before


def test_a_pruned_release_has_no_documents_to_stay(data: Path, out: Path) -> None:
    first = releases(out)[0].release.name
    change(data, "asOf: 2026-11-21", "asOf: 2026-12-24", "dataset.yaml")
    publish([data], out)
    keep(out, 1)
    break_record(data)
    with pytest.raises(LostData):
        publish([data], out, quarantine=True, previous=first)
    assert publish([data], out, quarantine=True).staying == ("V47-805",)


def test_it_stays_under_another_base(data: Path, out: Path) -> None:
    break_record(data)
    assert publish([data], out, quarantine=True, base="https://example.org/ours/").staying == (
        "V47-805",
    )
    text = (out / "data/idf.nq").read_text("utf-8")
    assert "w3id.org/iom-idf" not in text
    assert f"https://example.org/ours/id/project/V47-805#{MARK}" in text


def test_the_command_says_what_is_held_back_and_why(data: Path, out: Path) -> None:
    break_record(data)
    done = run("publish", "--quarantine", cwd=out.parent)
    assert done.returncode == 2
    assert re.search(r"V47-805\.yaml:\d+:3: coverage", done.stdout)
    assert "held back: V47-805; its last sound version stays\n" in done.stderr
    assert "published 4 records and the last sound version of 1 in public" in done.stderr
    assert sum(1 for _ in parse(path=str(out / f"{DOCUMENT}.ttl"))) > 50
