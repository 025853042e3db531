"""A doubt that a person has seen is noted by a command, and todo empties."""

from pathlib import Path

import pytest
from support.command import desk_in
from typer.testing import CliRunner

from idfgraph.checks.check import check
from idfgraph.cli import app
from idfgraph.curation.accept import accept
from idfgraph.curation.review import review, todo
from idfgraph.model.errors import BadConfig, BadInput
from idfgraph.sources.records import read_whole_record

WHY = {"en": "It is so."}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk with the five records and their pages."""
    return desk_in(tmp_path)


def doubts(file: Path) -> list[str]:
    """What todo still says of a record."""
    return [one.words["en"] for task in todo([file]) for one in task.reasons]


def test_todo_empties(desk: Path) -> None:
    file = desk / "records" / "V47-805.yaml"
    before = file.read_bytes()
    for said in ("implausible-date", "note/missing-value:startYear"):
        assert accept(file, said, why=WHY, by="Ada", on="2026-11-25")
    list(review([file], by="Ada", on="2026-11-25"))
    assert file.read_bytes() == before
    assert [one.issue for one in read_whole_record(file).record.accepted] == [
        "implausible-date",
        "missing-value",
    ]
    assert not doubts(file)


def test_a_contradiction_and_a_suggestion_that_were_seen_weigh_nothing(desk: Path) -> None:
    page = next((desk / "pages").glob("000_*.txt"))
    other = page.read_text("utf-8").replace("Achevé", "Actif")
    (desk / "pages" / "other.txt").write_text(other, "utf-8")
    run = CliRunner().invoke
    done = run(app, ["extract", str(desk / "pages" / "other.txt"), "--into", str(desk / "records")])
    assert done.exit_code == 1
    file = desk / "records" / "V47-805.yaml"
    assert any("differ" in one for one in doubts(file))
    accept(file, "contradiction:status", why=WHY, by="Ada", on="2026-11-25")
    assert not [one for one in doubts(file) if one.startswith("status: The captured pages differ")]


REFUSED = {
    "no rule": ("colour", "is no doubt; it has "),
    "a misspelt rule": ("implausibel-date", "did you mean implausible-date"),
    "another record's": ("date-order", "there is no doubt date-order; it has "),
    "another field": ("implausible-date:title", "there is no doubt"),
}


@pytest.mark.parametrize(("rule", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_doubt_is_refused(desk: Path, rule: str, told: str) -> None:
    file = desk / "records" / "V47-805.yaml"
    before = file.read_bytes()
    with pytest.raises(BadConfig) as error:
        accept(file, rule, why=WHY, by="Ada", on="2026-11-25")
    assert told in str(error.value)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "issue"),
    [
        ("project/start-year-present", "missing-value:startYear"),
        ("start-year-present", "missing-value:startYear"),
        ("note/implausible-date", "implausible-date:endYear"),
    ],
)
def test_a_doubt_is_named_as_validate_names_it(desk: Path, name: str, issue: str) -> None:
    file = desk / "records" / "V47-805.yaml"
    (one,) = accept(file, name, why=WHY, by="Ada", on="2026-11-25")
    assert f"{one.issue}:{one.property}" == issue
    with pytest.raises(BadConfig, match=r"is accepted already; .* by Ada on 2026-11-25"):
        accept(file, name, why=WHY, by="Bo", on="2026-11-26")


def test_every_doubt_that_validate_prints_is_taken(desk: Path) -> None:
    for file in sorted((desk / "records").glob("V*.yaml")):
        for found in check([file]).of_values:
            if found.result.severity == "Warning":
                try:
                    accept(file, found.result.rule, why=WHY, by="Ada", on="2026-11-25")
                except BadConfig as error:
                    assert "is accepted already" in str(error)


def test_an_error_is_not_accepted(desk: Path) -> None:
    file = desk / "records" / "V47-805.yaml"
    text = file.read_text("utf-8").replace("status: completed", "status: active")
    file.write_text(text, "utf-8")
    with pytest.raises(BadInput, match="is an error, not a doubt"):
        accept(file, "unsupported-value", why=WHY, by="Ada", on="2026-11-25")


def test_a_doubt_is_accepted_again_when_its_words_changed(desk: Path) -> None:
    file = desk / "records" / "V47-805.yaml"
    accept(file, "implausible-date", why=WHY, by="Ada", on="2026-11-25")
    (beside,) = (file.parent / "signed").iterdir()
    beside.write_text(beside.read_text("utf-8").replace("words: '2024'", "words: '2023'"), "utf-8")
    assert any("but now 2024 is in doubt" in one for one in doubts(file))
    accept(file, "implausible-date", why=WHY, by="Bo", on="2026-11-26")
    (known,) = read_whole_record(file).record.accepted
    assert (known.words, known.by) == ("2024", "Bo")


def test_on_the_command_line(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    args = ["accept", "V47-805", "implausible-date", "--why", "x", "--by", "Ada"]
    done = CliRunner().invoke(app, args)
    assert done.stdout.endswith(": implausible-date:endYear (2024): seen, accepted\n")


def test_what_was_accepted_and_fits_no_more_is_told_where_it_is_signed(desk: Path) -> None:
    file = desk / "records" / "V47-805.yaml"
    accept(file, "implausible-date", why=WHY, by="Ada", on="2026-11-25")
    (signed,) = (file.parent / "signed").iterdir()
    signed.write_text(signed.read_text("utf-8").replace("2024", "2023"), "utf-8")
    (place,) = (
        one.place
        for one in check([desk]).of_values
        if one.result.rule == "note/acceptance-overtaken"
    )
    assert (Path(place.file), place.line) == (signed, 4)
