"""A decision is signed beside the record, which stays as it is; hand edits become decisions."""

from pathlib import Path

import pytest
from support.command import desk_in, run

from idfgraph.checks.check import check
from idfgraph.curation.decide import DecisionOutcome, Signed, decide, decide_edits
from idfgraph.curation.decide_words import told_of_decision
from idfgraph.model.errors import BadConfig, BadInput
from idfgraph.sources.parts import record_named
from idfgraph.sources.records import read_whole_record

SIGNED = Signed(
    {"en": "The final report says so."}, "Ada", "2026-11-21", ("https://example.org/report",)
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk with the five records and their pages."""
    return desk_in(tmp_path)


def record(desk: Path, name: str = "V47-805") -> Path:
    return desk / "records" / f"{name}.yaml"


def said(done: DecisionOutcome) -> dict[str, object]:
    return {one.field: one.after for one in done.decided} | dict(done.changes)


VALUES = {
    "a year": ("startYear", ["2003"], {"startYear": "2003"}),
    "a date": ("startYear", ["1 March 2003"], {"startYear": "2003"}),
    "a field in another letter case": ("STARTYEAR", ["2003"], {"startYear": "2003"}),
    "a word for a status": ("status", ["Actif"], {"status": "active"}),
    "a code with its list": ("status", ["status-active"], {"status": "active"}),
    "a state by its name": ("beneficiary", ["Moldova"], {"beneficiary": ["MDA"]}),
    "states by codes": ("beneficiary", ["ALB", "md"], {"beneficiary": ["ALB", "MDA"]}),
    "a state by its whole name": (
        "beneficiary",
        ["République du Congo", "RD Congo", "Guinée", "Sudan"],
        {"beneficiary": ["COD", "COG", "GIN", "SDN"]},
    ),
    "states in a list": ("beneficiary", ["Albanie et Fidji"], {"beneficiary": ["ALB", "FJI"]}),
    "types": ("projectType", ["tc, px"], {"projectType": ["px", "tc"]}),
    "an amount": ("budget", ["60.000,50"], {"budget": {"value": "60000.50", "currency": "USD"}}),
    "a part of it": ("budget.value", ["5000"], {"budget": {"value": "5000", "currency": "USD"}}),
    "none": ("status", ["none"], {"status": None}),
    "a title": ("title.en", ["In Albania"], {"title.en": "In Albania"}),
    "the only title": ("title", ["En Albanie"], {"title.fr": "En Albanie"}),
    "mentioned states": ("mentionsState", ["none"], {"mentionsState": None}),
}


@pytest.mark.parametrize(("field", "words", "values"), VALUES.values(), ids=VALUES.keys())
def test_a_value_is_understood_and_signed_beside_the_record(
    desk: Path, field: str, words: list[str], values: dict[str, object]
) -> None:
    file = record(desk)
    text = file.read_text("utf-8").replace("  status:", "  # as printed\n  status:")
    file.write_text(text, "utf-8")
    assert said(decide(file, field, words, SIGNED)) == values
    (decision,) = read_whole_record(file).record.decisions
    assert (decision.by, decision.on) == ("Ada", "2026-11-21")
    assert decision.evidence == SIGNED.evidence
    assert file.read_text("utf-8") == text
    (signed,) = (file.parent / "signed").iterdir()
    assert signed.name.startswith("V47-805_") and signed.suffix == ".yaml"
    found = check([desk]).findings
    assert not [one for one in found if "unsupported" in one.result.focus]


def test_what_it_replaces_is_filled_in(desk: Path) -> None:
    file = record(desk, "W34-805")
    done = decide(file, "beneficiary", ["Ukraine"], SIGNED)
    (decision,) = read_whole_record(file).record.decisions
    assert (decision.instead_of,) == done.decided[0].against
    assert not [one for one in done.notes if "Decided against" in one]
    decide(record(desk), "status", ["active"], SIGNED)
    (decision,) = read_whole_record(record(desk)).record.decisions
    assert decision.instead_of == "Achevé"
    assert check([desk]).report.conforms


def test_a_narrative_keeps_what_its_page_says(desk: Path) -> None:
    file = record(desk)
    before = file.read_bytes()
    done = decide(file, "narrative.fr", ["Un autre texte, sans pays."], SIGNED)
    assert said(done) == {"narrative.fr": "Un autre texte, sans pays."}
    assert file.read_bytes() == before
    assert not [one for one in check([desk]).findings if "unsupported" in one.result.focus]


TITLES = (("en", "Two"), ("es", "Uno"), ("fr", "none"))


def test_a_later_decision_takes_the_place_of_an_earlier_one(desk: Path) -> None:
    file = record(desk)
    before = file.read_bytes()
    for field, value in (("title.en", "One"), ("title.es", "Uno"), ("startYear", "2003")):
        decide(file, field, [value], SIGNED)
    decide(file, "title.en", ["Two"], SIGNED)
    decide(file, "startYear", ["2004"], SIGNED)
    found = [(one.property, one.value) for one in read_whole_record(file).record.decisions]
    assert found == [("startYear", "2004"), ("title", {"en": "Two"}), ("title", {"es": "Uno"})]
    decide(file, "startYear", ["none"], SIGNED)
    assert file.read_bytes() == before
    decide(file, "title", ["none"], SIGNED)
    found = [(one.property, one.value) for one in read_whole_record(file).record.decisions]
    assert found == [("title", {tag: said}) for tag, said in TITLES]


def test_what_the_pages_say_needs_no_decision(desk: Path) -> None:
    file = record(desk)
    before = file.read_bytes()
    decide(file, "status", ["active"], SIGNED)
    done = decide(file, "status", ["Completed"], SIGNED)
    assert not done.decided[0].needed and said(done) == {"status": "completed"}
    assert not read_whole_record(file).record.decisions
    assert file.read_bytes() == before


REFUSED = {
    "no field": ("colour", ["red"], "is no field to decide; choose one of "),
    "a misspelt field": ("statsu", ["active"], "did you mean status?"),
    "several of one": ("status", ["active", "completed"], "status has one value"),
    "no list": ("status", ["running"], "is on no list of status; write one that is, as "),
    "no state": ("beneficiary", ["Albanya"], "did you mean Albania?"),
    "one of two states": (
        "beneficiary",
        ["Fidji Tonga Congo"],
        "'Congo' can mean Congo (COG) or Democratic Republic of the Congo (COD)",
    ),
    "one of two that neither is called": (
        "beneficiary",
        ["Corea"],
        "can mean Democratic People's Republic of Korea (PRK) or Republic of Korea (KOR)",
    ),
    "no year": ("startYear", ["soon"], "is no value of startYear; write it like 2021"),
    "an amount of two readings": ("budget", ["100.000"], "can mean 100 or 100000"),
    "another currency": ("budget", ["EUR 5,000.00"], "is no value of budget"),
    "a year before the Fund": ("startYear", ["1890"], "before the Fund"),
    "parts": ("title.french", ["x"], "write title.fr"),
    "nothing": ("status", [" "], "no value of status is given"),
}


@pytest.mark.parametrize(("field", "words", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_value_is_refused_and_nothing_is_written(
    desk: Path, field: str, words: list[str], told: str
) -> None:
    file = record(desk)
    before = file.read_bytes()
    with pytest.raises((BadConfig, BadInput)) as error:
        decide(file, field, words, SIGNED)
    assert told in str(error.value)
    assert file.read_bytes() == before


def test_parts_are_quoted(desk: Path) -> None:
    with pytest.raises(BadConfig, match="idfgraph quote"):
        decide(record(desk, "mainstreaming-migration"), "association", ["sdc"], SIGNED)


def test_evidence_is_an_address_or_a_document(desk: Path) -> None:
    file = record(desk)
    before = file.read_bytes()
    with pytest.raises(BadConfig, match="no document that the record cites"):
        decide(file, "status", ["active"], SIGNED._replace(evidence=("the report",)))
    assert file.read_bytes() == before
    decide(file, "status", ["active"], SIGNED._replace(evidence=("https://example.org/r",)))
    assert read_whole_record(file).record.decisions[0].evidence == ("https://example.org/r",)


#: The address of the page of a record.
PAGE = "https://iom.int/fr/node/175831"


def test_a_page_that_says_otherwise_is_cited_for_want_of_others_alone(desk: Path) -> None:
    """What is silent on the field is cited, and what says the same; else it is told."""
    file, signed = record(desk), SIGNED._replace(evidence=())
    decide(file, "startYear", ["2003"], signed)
    decide(file, "title.en", ["In Albania"], signed)
    for decision in read_whole_record(file).record.decisions:
        assert decision.evidence == (PAGE,)
    for field, value in (("status", "active"), ("status", "none"), ("narrative.fr", "Un texte.")):
        (one,) = decide(file, field, [value], signed).decided
        assert one.lacking == (PAGE,), field
        (other,) = decide(file, field, [value], signed._replace(evidence=(PAGE,))).decided
        assert other.lacking == (), field
    found = {one.property: one.evidence for one in read_whole_record(file).record.decisions}
    assert found["status"] == (PAGE,)


def test_hand_edits_become_decisions(desk: Path) -> None:
    file = record(desk)
    text = printed = file.read_text("utf-8")
    for old, new in (
        ("  status: completed\n", "  startYear: '2003'\n  status: active\n"),
        ("value: '49997.00'", "value: '50000.00'"),
        ("  fundRegion: europe\n", ""),
        ("  beneficiary: [ALB]", "  beneficiary: [MDA, ALB]"),
        ("    fr: Mise en place", "    en: In Albania\n    fr: La mise en place"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")
    assert not check([desk]).report.conforms
    done = decide_edits(file, SIGNED)
    assert {one.field for one in done.decided} == {
        *("startYear", "status", "budget", "fundRegion", "beneficiary", "title.en", "title.fr")
    }
    assert check([desk]).report.conforms
    assert file.read_text("utf-8") == printed
    region = [
        one for one in read_whole_record(file).record.decisions if one.property == "fundRegion"
    ]
    assert (region[0].value, region[0].instead_of) == ("none", "Europe")
    again = file.read_bytes()
    assert not decide_edits(file, SIGNED).decided
    assert file.read_bytes() == again


def test_an_edited_narrative_becomes_a_decision(desk: Path) -> None:
    file = record(desk)
    text = file.read_text("utf-8").replace(
        "      L'Albanie donne la priorité", "      La RA donne", 1
    )
    file.write_text(text, "utf-8")
    done = decide_edits(file, SIGNED)
    assert "narrative.fr" in {one.field for one in done.decided}
    assert not [one for one in check([desk]).findings if one.result.severity == "Violation"]


#: A decision that a record has itself, as older ones do, with the value that it gives.
OLD = """decisions:
  - property: status
    value: active
    insteadOf: Achevé
    why: {en: So.}
    evidence: [https://example.org/]
    by: Ada
    on: '2026-11-21'
"""


def with_old_decision(file: Path) -> str:
    text = file.read_text("utf-8").replace("  status: completed\n", "  status: active\n")
    file.write_text(text.replace("sources:\n", f"{OLD}sources:\n", 1), "utf-8")
    return file.read_text("utf-8")


def test_a_decision_in_the_record_is_read_as_before_and_goes_with_the_next(desk: Path) -> None:
    file = record(desk)
    printed, text = file.read_text("utf-8"), with_old_decision(file)
    assert check([desk]).report.conforms
    decide(file, "startYear", ["2003"], SIGNED)
    assert file.read_text("utf-8") == text
    decide(file, "status", ["none"], SIGNED)
    assert file.read_text("utf-8") == printed
    found = [(one.property, one.value) for one in read_whole_record(file).record.decisions]
    assert found == [("startYear", "2003"), ("status", "none")]
    assert check([desk]).report.conforms


def test_a_value_that_went_back_to_what_the_page_says_is_told(desk: Path) -> None:
    """Of a decision in the record it may be newer, or older: neither is lost without a word."""
    file = record(desk)
    printed = file.read_text("utf-8")
    text = with_old_decision(file)
    file.write_text(text.replace("  status: active\n", "  status: completed\n"), "utf-8")
    edited = file.read_bytes()
    done = decide_edits(file, SIGNED)
    assert [tuple(one) for one in done.unclear] == [("status", "completed", "active")]
    assert not done.decided
    assert file.read_bytes() == edited
    told = list(told_of_decision(done, "en"))
    assert told == [
        'status: "completed", as it would be without the decision on it, which says "active"; '
        "write which of them stays: idfgraph decide V47-805 status VALUE"
    ]
    decide(file, "status", ["completed"], SIGNED)
    assert not decide_edits(file, SIGNED).unclear
    assert file.read_text("utf-8") == printed


def test_a_value_that_says_what_was_decided_beside_is_right(desk: Path) -> None:
    file = record(desk)
    decide(file, "status", ["active"], SIGNED)
    text = file.read_text("utf-8").replace("  status: completed\n", "  status: active\n")
    file.write_text(text, "utf-8")
    assert check([desk]).report.conforms
    assert not decide_edits(file, SIGNED).decided
    file.write_text(text.replace("  status: active\n", ""), "utf-8")
    (found,) = [one for one in check([desk]).findings if one.result.severity == "Violation"]
    assert found.result.issue == "unsupported-value"


def test_a_page_without_an_edit_is_left(desk: Path) -> None:
    before = record(desk).read_bytes()
    assert decide_edits(record(desk), SIGNED) == DecisionOutcome(record(desk))
    assert record(desk).read_bytes() == before


def test_a_record_is_named_by_its_id(desk: Path) -> None:
    assert record_named("v47-805", desk / "records") == record(desk)
    with pytest.raises(BadInput, match="did you mean V47-805"):
        record_named("V47-850", desk / "records")


@pytest.mark.parametrize(("words", "language"), [((), "fr"), (("--why-lang", "es"), "es")])
def test_a_reason_is_in_the_language_of_the_command(
    words: tuple[str, ...], language: str, desk: Path
) -> None:
    given = ("V47-805", "startYear", "2003", "--why", "Vu", "--by", "Ana", "--lang", "fr", *words)
    assert run("decide", *given, cwd=desk).returncode == 0
    (file,) = (desk / "records" / "signed").iterdir()
    assert f"      {language}: Vu\n" in file.read_text("utf-8")
