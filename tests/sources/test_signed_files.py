"""What people sign in files beside a record is read with it, wherever the record is named; what
belongs to no record is never passed over.
"""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from support.command import ROOT, desk_in

from idfgraph.checks.check import check
from idfgraph.checks.report.human import render
from idfgraph.curation.decide import Signed, decide
from idfgraph.curation.mine import own_records
from idfgraph.curation.review import review
from idfgraph.library import read
from idfgraph.model.errors import BadInput
from idfgraph.model.records import Record
from idfgraph.sources.files import find_files, records_of
from idfgraph.sources.parts import as_record, record_named
from idfgraph.sources.records import read_whole_record, signed_place
from idfgraph.sources.stream import read_files

SIGNED = Signed({"en": "So."}, "Ada", "2026-11-21", ("https://example.org/report",))
YEAR = "V47-805_startYear.yaml"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk on which the start year of a record is decided."""
    data = desk_in(tmp_path)
    decide(data / "records" / "V47-805.yaml", "startYear", ["2003"], SIGNED)
    return data


def beside(desk: Path, name: str = YEAR) -> Path:
    return desk / "records" / "signed" / name


def decided(*sources: Path) -> list[str]:
    """What is decided of the record among sources."""
    (found,) = (one for one in read(list(sources)) if one.id == "V47-805")
    return [str(one.value) for one in found.decisions]


def test_it_is_read_wherever_the_record_is_named(desk: Path) -> None:
    file = desk / "records" / "V47-805.yaml"
    for source in (desk, desk / "records", file, beside(desk)):
        assert decided(source) == ["2003"]
    assert decided(file, desk / "records" / "PX.0220.yaml", beside(desk).parent) == ["2003"]
    assert record_named("v47-805", desk / "records") == file
    with pytest.raises(BadInput, match="there is no record"):
        record_named("V47-805_startYear", desk / "records")


def test_it_is_read_for_a_line_of_json(desk: Path) -> None:
    file = desk / "records" / "V47-805.yaml"
    (desk / "records" / "all.jsonl").write_text(
        '{"format": 2, "kind": "project", "id": "V47-805"}\n', "utf-8"
    )
    file.unlink()
    assert decided(desk / "records") == ["2003"]


def test_where_it_stands_is_told(desk: Path) -> None:
    file = desk / "records" / "V47-805.yaml"
    list(review([file], by="Bo", on="2026-11-22"))
    found = read_files(find_files([desk]))
    (origin,) = (one.origin for one in found if one.record.id == "V47-805")
    assert origin.signed("decisions", "startYear")[:2] == (str(beside(desk)), 4)  # type: ignore[index]
    assert origin.place("startYear").file == str(beside(desk))
    place = origin.place("reviewed[1].on", "reviewed")
    assert place[:2] == (str(signed_place(file, "V47-805", "reviewed", by="Bo")), 5)
    assert origin.place("reviewed[0].on").file == str(file)
    own = own_records("bo", [desk])
    assert {str(file), place.file} <= {name for name, _ in own.places}


def hand_made(text: str, name: str = "V47-805_by-hand.yaml") -> Callable[[Path], object]:
    return lambda desk: beside(desk, name).write_text(text, "utf-8")


def moved(old: str, new: str) -> Callable[[Path], object]:
    return lambda desk: (desk / "records" / old).rename(desk / "records" / new)


HEAD = "kind: project\nid: V47-805\n"
ENTRY = (
    "decisions:\n- {property: status, value: active, why: {en: So.}, by: Bo, on: 2026-11-21,\n"
    "  evidence: [https://example.org/]}\n"
)
REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "no record": (moved("V47-805.yaml", "V47-805.kept"), "there is no such record"),
    "the record of another": (
        hand_made(HEAD + ENTRY, "V34-805_x.yaml"),
        "is signed for V47-805, but is not named after it",
    ),
    "another kind": (
        hand_made(f"kind: programme\nid: V47-805\n{ENTRY}"),
        "is signed for programme V47-805, but stands beside project V47-805",
    ),
    "no id": (hand_made(f"kind: project\n{ENTRY}"), "id"),
    "values": (hand_made(f"{HEAD}values: {{status: active}}\n{ENTRY}"), "values"),
    "no kind of file": (hand_made(f"{HEAD}{ENTRY}<<<<<<< mine\n"), "both sides of a merge"),
    "a document that is not cited": (
        hand_made(HEAD + ENTRY.replace("https://example.org/", "{document: A report}")),
        "which is not among its sources",
    ),
    "a copy that decides otherwise": (
        lambda desk: beside(desk, "V47-805_startYear - Copy.yaml").write_text(
            beside(desk).read_text("utf-8").replace("2003", "2002"), "utf-8"
        ),
        "decides otherwise than V47-805_startYear - Copy.yaml; keep the one that stands",
    ),
    "nothing signed": (hand_made(HEAD), "signs nothing; write what belongs in it, or remove"),
    "nothing at all": (hand_made(""), "is empty; write what belongs in it, or remove it"),
    "a digest made by hand": (
        hand_made(f"{HEAD}reviewed: [{{by: Bo, on: '2026-11-21', values: fb5}}]\n"),
        "a digest that idfgraph wrote; remove it, and let it be written: idfgraph review",
    ),
    "a hostile name": (hand_made(HEAD + ENTRY, "..yaml"), "is not named after it"),
}


@pytest.mark.parametrize(("step", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_would_be_lost_is_refused(
    desk: Path, step: Callable[[Path], object], told: str
) -> None:
    step(desk)
    with pytest.raises(BadInput) as error:
        list(read([desk]))
    assert told in str(error.value) and f"{Path('signed')}" in error.value.place.file
    refused: list[BadInput] = []
    known = {one.record.id for one in read_files(find_files([desk]), refuse=refused.append)}
    assert len(refused) == 1
    assert len(known) == 5 - ("no such" not in told and "not named" not in told)


def test_a_record_that_cannot_be_read_is_told_alone(desk: Path) -> None:
    (desk / "records" / "V47-805.yaml").write_text("id: [\n", "utf-8")
    refused: list[BadInput] = []
    list(read_files(find_files([desk]), refuse=refused.append))
    assert [Path(one.place.file).name for one in refused] == ["V47-805.yaml"]


def test_line_ends_names_and_comments_do_not_matter(desk: Path) -> None:
    file = beside(desk)
    text = file.read_text("utf-8").replace("id: V47", "# mine\nid: V47")
    file.write_bytes(text.replace("\n", "\r\n").encode())
    file.rename(file.with_name("v47-805_STARTYEAR.yaml"))
    file.parent.rename(file.parent.with_name("Signed"))
    assert decided(desk) == ["2003"]


def test_a_second_decision_keeps_what_people_wrote_in_the_file(desk: Path) -> None:
    file, record = beside(desk), desk / "records" / "V47-805.yaml"
    text = file.read_text("utf-8").replace("  - property", "  # mine\n  - property")
    review_ = "reviewed: [{by: Bo, on: 2026-11-21}]\n"
    file.write_bytes(f"{text}{review_}".replace("\n", "\r\n").encode())
    decide(record, "startYear", ["2004"], SIGNED)
    after = file.read_bytes().decode()
    assert "# mine\r\n" in after and review_.strip() in after and "'2004'" in after
    assert "\n" not in after.replace("\r\n", "")
    decide(record, "status", ["Actif"], SIGNED)
    decide(record, "status", ["Achevé"], SIGNED)
    assert [one.name for one in file.parent.iterdir()] == [YEAR]


def test_names_of_people_make_files_of_their_own(desk: Path) -> None:
    record = desk / "records" / "V47-805.yaml"
    people = ["A. Steward", "A Steward", "李", "../../Ada", "CON", "Ж" * 200, "a" * 300]
    for by in people:
        list(review([record], by=by, on="2026-11-21"))
    names = [one.name for one in beside(desk).parent.glob("*_reviewed_*")]
    assert len(names) == len(people) and all(len(name) < 80 for name in names)
    said = {one.by for one in read_whole_record(record).record.reviewed}
    assert said >= set(people)


def test_a_power_cut_between_writes_loses_no_decision(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new one is there before the record loses the old one."""
    record = desk / "records" / "V47-805.yaml"
    old = beside(desk).read_text("utf-8").partition("decisions:")[2]
    text = record.read_text("utf-8").replace("sources:\n", f"decisions:{old}sources:\n", 1)
    beside(desk).unlink()
    record.write_text(text.replace("  status:", "  startYear: '2003'\n  status:", 1), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("idfgraph.curation.decide.write_text", _cut)
        with pytest.raises(OSError, match="cut"):
            decide(record, "startYear", ["2004"], SIGNED)
    assert decided(desk) == ["2003", "2004"]
    decide(record, "startYear", ["2005"], SIGNED)
    assert decided(desk) == ["2005"]


def _cut(*_: object) -> None:
    raise OSError("cut")


def test_a_withdrawn_record_keeps_what_was_signed(desk: Path) -> None:
    record = desk / "records" / "V47-805.yaml"
    gone = "withdrawn: {date: '2026-11-21', reason: {en: A., fr: B., es: C.}}\n"
    record.write_text(record.read_text("utf-8") + gone, "utf-8")
    assert decided(desk) == ["2003"]


def test_the_shipped_records_have_none(tmp_path: Path) -> None:
    data = copytree(ROOT / "data", tmp_path / "data")
    found: list[Record] = list(read([data]))
    assert found and not find_files([data]).signed


def test_copies_that_decide_alike_are_read(desk: Path) -> None:
    beside(desk, "V47-805_copy.yaml").write_text(beside(desk).read_text("utf-8"), "utf-8")
    assert decided(desk) == ["2003", "2003"]


def test_a_record_is_named_by_what_is_signed_for_it(desk: Path) -> None:
    file = desk / "records" / "V47-805.yaml"
    assert as_record(beside(desk)) == file and as_record(file) == file
    assert records_of([beside(desk)]) == [file]


def test_a_decision_that_cannot_be_read_is_told_where_it_stands(desk: Path) -> None:
    text = beside(desk).read_text("utf-8")
    beside(desk).write_text(text.replace("value: '2003'", "value: twenty"), "utf-8")
    (found,) = (one for one in check([desk]).findings if "unreadable" in one.result.rule)
    assert (found.place.file, found.place.line) == (str(beside(desk)), 4)
    assert "to mend it: idfgraph decide V47-805 startYear VALUE" in render([found], "en")


def test_one_person_however_the_name_is_written(desk: Path) -> None:
    file = desk / "records" / "V47-805.yaml"
    for name in ("Jos\u00e9", "JOS\u00c9", "Jose\u0301"):
        list(review([file], by=name, on="2026-11-22"))
    assert len(list(file.parent.glob("signed/*reviewed*"))) == 1
    names = [one.by for one in read_whole_record(file).record.reviewed]
    assert names[-1:] == ["Jose\u0301"] and "JOS\u00c9" not in names
