"""Evidence is re-read, or it is said that it was not: forged and vanished evidence, each told."""

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
from support.command import ROOT, run
from support.small_releases import make

from idfgraph import check, publish
from idfgraph.model.errors import BadInput, BadOutput
from idfgraph.model.findings import Finding
from idfgraph.release.history import page_copies

PAGE, OTHER = "000_3cd946cab0f19b2c.txt", "001_39c4e74059a5ecd8.txt"
DIGEST = "ea0243d4edc78dd7c89e005fc2f5bd1d41aee31412666bf6ce37b5838d8ddc70"
RECORD = "records/V47-805.yaml"


class Desk(NamedTuple):
    """A data folder with one record and its page."""

    folder: Path

    @property
    def record(self) -> Path:
        """The record's file."""
        return self.folder / RECORD

    @property
    def page(self) -> Path:
        """The page's file."""
        return self.folder / "pages" / PAGE

    @property
    def out(self) -> Path:
        """Where its releases are."""
        return self.folder.parent / "public"

    def write(self, old: str, new: str) -> None:
        """Writes other words into the record."""
        text = self.record.read_text("utf-8")
        assert old in text
        self.record.write_text(text.replace(old, new, 1), "utf-8")

    def print(self, old: str, new: str) -> None:
        """Makes the page print other words."""
        text = self.page.read_bytes().decode()
        assert old in text
        self.page.write_bytes(text.replace(old, new, 1).encode())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk whose evidence is sound."""
    made = Desk(tmp_path / "data")
    for name in ("dataset.yaml", RECORD, f"pages/{PAGE}", "pages/pages.yaml"):
        file = made.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "data" / name, file)
    return made


def words(desk: Desk) -> None:
    desk.write("text: Achevé", "text: En cours")


def span(desk: Desk) -> None:
    desk.write("span: [1326, 1332]", "span: [1327, 1333]")


def beyond(desk: Desk) -> None:
    desk.write("span: [1326, 1332]", "span: [1326, 133200]")


def label(desk: Desk) -> None:
    desk.write("label: Statut du projet", "label: Statut final")


def label_of_another(desk: Desk) -> None:
    desk.write("property: endYear", "property: startYear")


def label_elsewhere(desk: Desk) -> None:
    desk.write("label: Date de fin", "label: Couverture")
    desk.write("property: endYear", "property: unknown")


def label_too_far(desk: Desk) -> None:
    """The word of the narrative is no status, whatever label stands above."""
    at = desk.page.read_bytes().decode().index("phase")
    desk.write("text: Achevé", "text: phase")
    desk.write("span: [1326, 1332]", f"span: [{at}, {at + 5}]")


def narrative(desk: Desk) -> None:
    desk.write("span: [1528, 3570]", "span: [1528, 3560]")


def value(desk: Desk) -> None:
    desk.write("L'Albanie donne la priorité", "Le Kosovo donne la priorité")


def claimed_by_two(desk: Desk) -> None:
    """A programme takes its values from the page of a project."""
    head = "kind: programme\nid: zz\nsources:\n"
    source = f"  - page: {DIGEST}\n    identifier: {PAGE[:-4]}\n    language: fr\n"
    value = "      - {property: budget.currency, text: USD, span: [1374, 1377]}\n"
    desk.record.with_name("zz.yaml").write_text(f"{head}{source}    values:\n{value}", "utf-8")


def named_twice(desk: Desk) -> None:
    text = desk.record.read_text("utf-8")
    desk.record.write_text(f"{text}{text[text.index('  - page: ') :]}", "utf-8")


def gone(desk: Desk) -> None:
    desk.page.unlink()


def gone_and_forged(desk: Desk) -> None:
    gone(desk)
    words(desk)


def no_page(desk: Desk) -> None:
    desk.write(DIGEST, "ab" * 32)


def document(desk: Desk) -> None:
    desk.write("    language: fr\n", "    language: fr\n    mediaType: application/pdf\n")
    text = desk.record.read_text("utf-8")
    head, _, rest = text.partition("sources:")
    told = re.sub(r"      - property: narrative\n.*?digest: \w+\n", "", rest, flags=re.DOTALL)
    told = re.sub(r"span: \[.*\]", "locator: p. 1", told)
    desk.record.write_text(f"{head}sources:{told}", "utf-8")


def rewritten(desk: Desk) -> None:
    desk.print("Achevé", "Actif")


def replaced(desk: Desk) -> None:
    shutil.copy(ROOT / "data" / "pages" / OTHER, desk.page)


def renamed(desk: Desk) -> None:
    rewritten(desk)
    (desk.folder / "pages" / "pages.yaml").unlink()
    desk.page.rename(desk.page.with_name("again.txt"))


def emptied(desk: Desk) -> None:
    desk.page.write_bytes(b"")


#: What is done to evidence, and what is told of it: how grave, where, in which words.
CHANGED = "has now: status “Achevé” / “Actif”. Run: idfgraph extract"
CASES: dict[Callable[[Desk], None], tuple[str, str, str]] = {
    words: ("Violation", "property: status", "says 'En cours' where the page has 'Achevé'"),
    span: ("Violation", "property: status", "where the page has 'chevé\\n' at 1327"),
    beyond: ("Violation", "property: status", "at 1326 to 133200"),
    label: ("Violation", "property: status", "prints the label 'Statut final', which it does not"),
    label_of_another: ("Violation", "property: startYear", "which is that of endYear"),
    label_elsewhere: ("Violation", "property: unknown", "which does not stand before it"),
    label_too_far: (
        "Violation",
        "property: status",
        "parted from it by the label 'Type",
    ),
    narrative: ("Violation", "narrative:", "its pages and decisions give"),
    value: ("Violation", "narrative:", "its pages and decisions give"),
    claimed_by_two: ("Violation", f"page: {DIGEST}", "names a page of V47-805"),
    named_twice: ("Violation", f"page: {DIGEST}", "names a page twice"),
    gone: ("Warning", f"page: {DIGEST}", "could not be re-read: 11"),
    gone_and_forged: ("Warning", f"page: {DIGEST}", "could not be re-read: 11"),
    no_page: ("Warning", "page: abab", "though it prints the same values"),
    document: ("Info", f"page: {DIGEST}", "which people alone can check: 10"),
    rewritten: (
        "Warning",
        f"page: {DIGEST}",
        CHANGED,
    ),
    replaced: ("Warning", f"page: {DIGEST}", "projectId “V47-805” / “W34-805”"),
    renamed: (
        "Warning",
        f"page: {DIGEST}",
        CHANGED,
    ),
    emptied: ("Violation", "", "is empty"),
}


def findings(desk: Desk, *, strict: bool = False) -> Iterator[tuple[str, str, Finding]]:
    """What is found: its severity and words, and the line that it is told at."""
    for found in check(desk.folder, jobs=1, require_evidence=strict).findings:
        place = found.place
        lines = Path(place.file).read_text("utf-8").splitlines() if place.file else []
        line = lines[place.line - 1].strip() if 0 < place.line <= len(lines) else ""
        yield found.result.severity, line, found


def test_sound_evidence_is_passed_over(desk: Desk) -> None:
    told = [one.result.message("en") for _, _, one in findings(desk, strict=True)]
    assert told and not any("re-read" in one or "made from" in one for one in told)


@pytest.mark.parametrize("harm", CASES, ids=lambda harm: harm.__name__)
def test_forged_and_vanished_evidence_is_told(desk: Desk, harm: Callable[[Desk], None]) -> None:
    harm(desk)
    severity, line, said = CASES[harm]
    told = {
        (grave, at, one.result.message("en"))
        for grave, at, one in findings(desk)
        if said in one.result.message("en")
    }
    assert len(told) == 1
    (grave, at, _) = told.pop()
    assert grave == severity
    assert line in at


@pytest.mark.parametrize("harm", [gone, no_page, document, emptied])
def test_what_cannot_be_reread_is_refused_where_that_is_asked_for(
    desk: Desk, harm: Callable[[Desk], None]
) -> None:
    harm(desk)
    told = [
        one
        for one in findings(desk, strict=True)
        if re.search("re-read|no pages", one[2].result.message("en"))
    ]
    assert [grave for grave, _, _ in told] == ["Violation"]
    done = run("validate", "data", "--require-evidence", cwd=desk.folder.parent)
    assert done.returncode == 2
    assert "data/records/V47-805.yaml:25:5" in done.stdout


def test_a_publisher_says_what_was_not_reread_or_refuses_it(desk: Desk) -> None:
    gone(desk)
    at = desk.folder.parent
    refused = run("publish", "data", "--require-evidence", cwd=at)
    assert (refused.returncode, desk.out.exists()) == (2, False)
    assert "data/records/V47-805.yaml:25:5" in refused.stderr
    done = run("publish", "data", "--lang", "fr", cwd=at)
    assert (done.returncode, done.stdout) == (0, "")
    assert "data/records/V47-805.yaml:25:5" in done.stderr


def copy_of(desk: Desk) -> Path:
    """The copy of the page in the release."""
    return desk.out / "pages" / f"{DIGEST}.txt"


def test_a_page_that_is_gone_is_read_as_it_was_published_and_stays_so(desk: Desk) -> None:
    publish(desk.folder, desk.out, jobs=1)
    page = desk.page.read_bytes()
    desk.page.unlink()
    first = (desk.out / "SHA256SUMS").read_bytes()
    for _ in range(2):
        done = publish(desk.folder, desk.out, jobs=1, require_evidence=True)
        assert done.evidence == ()
        assert copy_of(desk).read_bytes() == page
        assert (desk.out / "SHA256SUMS").read_bytes() == first


@pytest.mark.parametrize("harm", [words, span, beyond, label])
def test_evidence_is_held_against_what_was_published(
    desk: Desk, harm: Callable[[Desk], None]
) -> None:
    publish(desk.folder, desk.out, jobs=1)
    gone(desk)
    harm(desk)
    with pytest.raises(BadInput) as told:
        publish(desk.folder, desk.out, jobs=1)
    assert "the published copy of the page" in told.value.message
    assert Path(told.value.place.file) == desk.record and told.value.place.line == 38


def test_a_copy_that_was_forged_is_none(desk: Desk) -> None:
    publish(desk.folder, desk.out, jobs=1)
    gone(desk)
    words(desk)
    text = copy_of(desk).read_text("utf-8")
    copy_of(desk).write_text(text.replace("Achevé", "En cours"), "utf-8")
    with pytest.raises(BadOutput, match="is not what its sum says"):
        publish(desk.folder, desk.out, jobs=1)


def test_a_page_that_changed_is_told_beside_the_copy_that_says_what_it_was(desk: Desk) -> None:
    publish(desk.folder, desk.out, jobs=1)
    desk.print("Qui sommes nous", "Qui sommes-nous")
    (found,) = publish(desk.folder, desk.out, jobs=1, require_evidence=True).evidence
    assert "though it prints the same values" in found.result.message("en")
    assert found.place.line == 25 and found.also[0].file == str(desk.page)
    assert copy_of(desk).exists()


def test_html_is_reread_as_it_was_rendered(desk: Desk) -> None:
    """Of HTML the release has the rendition, which spans count; its sum says that it is that."""
    text = desk.page.read_text("utf-8")
    lines = "".join(f"<p>{line}</p>\n" for line in text.splitlines())
    html = f"<!doctype html><html lang=fr><body>{lines}</body></html>".encode()
    desk.page.unlink()
    page = desk.page.with_suffix(".html")
    page.write_bytes(html)
    done = run("extract", page, "--into", desk.folder / "made", cwd=desk.folder.parent)
    assert done.returncode == 0, done.stderr
    desk.record.write_bytes((desk.folder / "made" / "V47-805.yaml").read_bytes())
    shutil.rmtree(desk.folder / "made")
    publish(desk.folder, desk.out, jobs=1, require_evidence=True)
    page.unlink()
    publish(desk.folder, desk.out, jobs=1, require_evidence=True)
    assert (desk.out / "pages" / f"{sha256(html).hexdigest()}.txt").exists()


def test_a_page_in_another_folder_with_a_name_like_that_of_one_that_is_gone(desk: Desk) -> None:
    """What a record names is no changed page, whatever its name."""
    gone(desk)
    shutil.copy(ROOT / "data" / "records" / "W34-805.yaml", desk.record.parent)
    other = desk.folder / "pages" / "other" / PAGE
    other.parent.mkdir()
    shutil.copy(ROOT / "data" / "pages" / OTHER, other)
    assert not any("made from" in one.result.message("en") for _, _, one in findings(desk))


def test_many_unread_quotes_are_one_finding(desk: Desk) -> None:
    gone(desk)
    text = desk.record.read_text("utf-8")
    for number in range(12):
        other = text.replace("V47-805", f"V{number + 100}-805").replace(DIGEST, f"{number:064}")
        (desk.folder / "records" / f"V{number + 100}-805.yaml").write_text(other, "utf-8")
    told = [one for _, _, one in findings(desk) if "re-read" in one.result.message("en")]
    assert len(told) == 1 and len(told[0].also) == 9
    assert "143; records that have them: 13" in told[0].result.message("en")


def test_what_was_not_reread_is_marked_wherever_it_is_published(desk: Desk) -> None:
    publish(desk.folder, desk.out, jobs=1)
    assert json.loads((desk.out / "release.json").read_bytes())["unread"] == 0
    sound = (desk.out / "data" / "idf.nq").read_text("utf-8")
    assert "#evidenceStatus>" not in sound
    shutil.rmtree(desk.out.parent / ".public-releases")
    desk.out.unlink()
    gone(desk)
    publish(desk.folder, desk.out, jobs=1)
    marked = [
        line
        for line in (desk.out / "data" / "idf.nq").read_text("utf-8").splitlines()
        if "/def#evidenceStatus> <https://w3id.org/iom-idf/code/evidence-unverified>" in line
    ]
    assert len(marked) == 1 and f"/id/source/{DIGEST[:16]}>" in marked[0]
    assert (desk.out / "doc" / "code" / "evidence-unverified.ttl").is_file()
    for suffix, word in {"": "Unverified", ".fr": "Non vérifiée", ".es": "Sin verificar"}.items():
        for name in ("project/V47-805", f"source/{DIGEST[:16]}"):
            assert word in (desk.out / "doc" / f"{name}{suffix}.html").read_text("utf-8")
    with (desk.out / "tables" / "sources.csv").open(encoding="utf-8-sig", newline="") as rows:
        quotes = list(csv.DictReader(rows))
    assert quotes and {row["page_evidence"] for row in quotes} == {"unverified"}
    assert json.loads((desk.out / "release.json").read_bytes())["unread"] == 11


@pytest.mark.parametrize("old", ["Achevé", "49997.00", "L'Albanie donne la priorité", "Albanie\n"])
def test_a_page_that_was_edited_is_one_warning(desk: Desk, old: str) -> None:
    """What follows from it alone is not told beside it, whatever was edited."""
    before = [(grave, found.result.rule) for grave, _, found in findings(desk)]
    desk.print(old, f"x{old}")
    told = [(grave, found) for grave, _, found in findings(desk)]
    assert len(told) == len(before) + 1
    assert sorted((grave, found.result.rule) for grave, found in told) == sorted(
        [*before, ("Warning", "input")]
    )
    said = [found.result.message("en") for _, found in told if found.result.rule == "input"]
    assert "Run: idfgraph extract " in said[0]
    strict = [found for _, _, found in findings(desk, strict=True) if found.result.rule == "input"]
    assert [found.result.severity for found in strict] == ["Violation", "Warning"]


_REPORT = f"""format: 2
kind: project
id: TC.0001
sources:
  - page: {"d" * 64}
    identifier: report
    language: en
    mediaType: application/pdf
    values:
      - {{property: projectId, text: TC.0001, locator: p. 1}}
      - {{property: status, text: Completed, locator: p. 12}}
"""


def test_a_document_is_cited_by_several_records(desk: Desk) -> None:
    """Each says for itself what it takes from there; what the document is, they say alike."""
    desk.record.write_text(_REPORT, "utf-8")
    other, report = desk.record.with_name("2.yaml"), _REPORT.replace("TC.0001", "TC.0002")
    other.write_text(report, "utf-8")
    publish(desk.folder, desk.out, jobs=1)
    cited = (desk.out / "doc" / "source" / f"{'d' * 16}.ttl").read_text("utf-8")
    assert all(f"\n:{id_}-status a idf:SourceValue" in cited for id_ in ("TC.0001", "TC.0002"))
    other.write_text(report.replace("language: en", "language: es"), "utf-8")
    told = [one.result.message("en") for grave, _, one in findings(desk) if grave == "Violation"]
    assert len(told) == 1 and "describes a document otherwise than TC.000" in told[0]
    assert "describe it alike in all" in told[0]


def test_pages_next_door_and_in_a_release_count(desk: Desk) -> None:
    """Of a record that is named alone, its data folder has the page; of one whose page is gone, the
    release.
    """

    def unread(source: Path, copies: Mapping[str, Path] | None = None) -> bool:
        done = check(source, jobs=1, copies=copies)
        return any("re-read" in found.result.message("en") for found in done.evidence)

    assert not unread(desk.record)
    assert not unread(desk.record.parent)
    copy = desk.page.rename(desk.folder.parent / "copy.txt")
    assert unread(desk.record) and unread(desk.folder)
    assert not unread(desk.folder, {DIGEST: copy})


def test_a_release_is_found_where_publish_makes_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside, within = desk.out, desk.folder / "public"
    monkeypatch.chdir(desk.folder)
    assert page_copies(None, [desk.folder]) == {}
    for out in (beside, within):
        make(out, "2026-11-20")
        assert page_copies(None, [desk.folder]) == page_copies(str(out), [desk.folder]) == {}
    (within / "release.json").unlink()
    assert page_copies("none", [desk.folder]) == {}
    with pytest.raises(BadOutput, match="is no published release"):
        page_copies("nowhere", [desk.folder])


def test_a_review_that_is_still_to_come_is_told(desk: Desk) -> None:
    desk.write("reviewed:", "reviewed:\n  - by: A. Steward\n    on: '2999-01-01'")
    (found,) = (one for _, _, one in findings(desk) if "to come" in one.result.message("en"))
    assert (found.result.severity, found.place.field) == ("Warning", "reviewed[0].on")


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("accepted", "issue: implausible-date\n  words: x\n  property: endYear\n"),
        ("decisions", "property: startYear\n  value: '2003'\n  evidence: [https://example.org/]\n"),
    ],
)
def test_what_is_signed_for_a_day_to_come_is_told_where_it_stands(
    desk: Desk, name: str, act: str
) -> None:
    file = desk.folder / "records" / "signed" / "V47-805_by-hand.yaml"
    file.parent.mkdir()
    signed = f"{name}:\n- {act}  why: {{en: So.}}\n  by: Ada\n  on: '2999-01-01'\n"
    file.write_text(f"kind: project\nid: V47-805\n{signed}", "utf-8")
    told = [one for _, _, one in findings(desk) if "to come" in one.result.message("en")]
    assert [(one.result.severity, one.place.file) for one in told] == [("Warning", str(file))]
    assert "2999-01-01" in file.read_text("utf-8").splitlines()[told[0].place.line - 1]
    assert all("Ada" in told[0].result.message(lang) for lang in ("fr", "es"))


def test_captures_after_the_day_of_the_data_are_one_finding(desk: Desk) -> None:
    """The page says more than the data claim to know."""
    desk.write("    language: fr\n", "    language: fr\n    captured: '2999-01-01'\n")
    told = [(grave, one) for grave, _, one in findings(desk) if "captured" in one.place.field]
    assert [grave for grave, _ in told] == ["Warning"]
    assert "the last on 2999-01-01" in told[0][1].result.message("en")
