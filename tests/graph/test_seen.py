"""Doubts that a person has seen: information as long as their words stay, doubts again when these
change.
"""

from typing import Any

import pytest
from support.command import ROOT

from idfgraph.graph.resolve import Reference, resolve
from idfgraph.model.judgements import Acceptance
from idfgraph.model.nodes import NoteNode
from idfgraph.model.records import Capture, Project, Source
from idfgraph.model.text import Language
from idfgraph.sources.reference_files import read_reference

REFERENCE = Reference(read_reference(ROOT / "data" / "reference"))


def page(digit: str = "a", language: Any = "fr", **printed: str) -> Source:
    captures = {"projectId": "TC.0001", "title": "Un projet", **printed}
    return Source(
        page=digit * 64,
        identifier=digit,
        language=language,
        values=tuple(
            Capture(
                property=name.replace("_", "."), text=text, label=name, span=(n * 100, n * 100 + 1)
            )
            for n, (name, text) in enumerate(captures.items())
        ),
    )


def seen(issue: str, property_: str, *words: str) -> Acceptance:
    why: dict[Language, str] = {"en": "It is so.", "fr": "C'est ainsi."}
    return Acceptance(
        issue=issue, property=property_, words=words, why=why, by="Ada", on="2026-11-25"
    )


def notes(*accepted: Acceptance, pages: tuple[Source, ...]) -> dict[str, NoteNode]:
    record = Project(id="TC.0001", sources=pages, accepted=accepted)
    found = resolve(record, REFERENCE, as_of="2026-11-21").notes
    return {f"{note.issue_type} {note.about_property}": note for note in found}


NATIONAL = page(coverage="National", beneficiary="Albanie, Moldova")
DOUBT = "coverage-mismatch coverage"
OUTSIDE = page(fundRegion="Afrique", beneficiary="Albanie, Fidji")


def test_a_doubt_that_was_seen_is_information_and_says_who_saw_it() -> None:
    before = notes(pages=(NATIONAL,))[DOUBT]
    after = notes(seen("coverage-mismatch", "coverage", "National"), pages=(NATIONAL,))
    assert before.severity == "Warning" and after[DOUBT].severity == "Info"
    assert after[DOUBT].comment["fr"] == (
        f"{before.comment['fr']} Ada l'a vu le 2026-11-25 : C'est ainsi."
    )
    assert after[DOUBT].comment["es"].endswith("Ada lo vio el 2026-11-25: It is so.")
    assert not {name for name in after if name.startswith("acceptance")}


#: Words of an acceptance of the doubt about NATIONAL, and whether they are those in doubt.
WORDS = (
    (("national",), True),
    (("National",), True),
    (("national", "2"), True),
    (("National", "national"), True),
    (("national", "3"), False),
    (("regional",), False),
    (("2",), False),
    ((), False),
)


@pytest.mark.parametrize(("words", "fits"), WORDS)
def test_an_acceptance_is_of_the_words_in_doubt(words: tuple[str, ...], fits: bool) -> None:
    found = notes(seen("coverage-mismatch", "coverage", *words), pages=(NATIONAL,))
    assert found[DOUBT].severity == ("Info" if fits else "Warning")
    assert ("acceptance-overtaken coverage" in found) is not fits


def test_a_doubt_comes_back_when_its_words_change() -> None:
    accepted = seen("outside-funding-range", "budget", "1000.00")
    money = {"budget_currency": "USD", "coverage": "National"}
    pages = [page(budget_value=amount, **money) for amount in ("1000.00", "2000.00")]
    first, second = (notes(accepted, pages=(one,)) for one in pages)
    assert "acceptance-overtaken budget" not in first
    note = second["acceptance-overtaken budget"]
    assert note.severity == "Warning" and "1000.00" in note.comment["es"]
    assert "2000.00" in note.comment["fr"] and "Ada" in note.comment["en"]
    assert "Ada" not in second["outside-funding-range budget"].comment["en"]


def test_values_are_accepted_one_by_one_and_new_ones_are_in_doubt() -> None:
    doubt = "outside-region beneficiary"
    names = notes(seen("outside-region", "beneficiary", "Albanie", "Fidji"), pages=(OUTSIDE,))
    codes = notes(seen("outside-region", "beneficiary", "FJI", "ALB"), pages=(OUTSIDE,))
    one = notes(seen("outside-region", "beneficiary", "ALB"), pages=(OUTSIDE,))
    assert "Ada" in names[doubt].comment["en"] and "Ada" in codes[doubt].comment["en"]
    assert "Ada" not in one[doubt].comment["en"]
    assert "acceptance-overtaken beneficiary" in one


def test_what_nothing_doubts_needs_no_acceptance() -> None:
    found = notes(seen("date-order", "allocationYear", "2004"), pages=(NATIONAL,))
    note = found["acceptance-not-needed allocationYear"]
    assert note.severity == "Warning" and "2026-11-25" in note.comment["fr"]


def test_what_is_missing_is_accepted_without_words() -> None:
    found = notes(seen("missing-value", "startYear"), pages=(NATIONAL,))
    assert found["missing-value startYear"].severity == "Info"
    printed = notes(seen("missing-value", "startYear"), pages=(page(startYear="2004"),))
    assert "acceptance-not-needed startYear" in printed


def test_two_captures_that_differ_are_accepted_as_they_are() -> None:
    pages = (page("a", startYear="2003"), page("b", "en", startYear="2004"))
    doubt = "contradiction startYear"
    assert (
        notes(seen("contradiction", "startYear", "2003", "2004"), pages=pages)[doubt].severity
        == "Info"
    )
    assert (
        notes(seen("contradiction", "startYear", "2003"), pages=pages)[doubt].severity == "Warning"
    )


def test_a_note_on_several_doubts_is_information_when_all_are_seen() -> None:
    pages = (page("a", status="En pause"), page("b", "en", status="On hold"))
    one, other = (seen("unknown-code", "status", words) for words in ("En pause", "On hold"))
    doubt = "unknown-code status"
    assert notes(one, pages=pages)[doubt].severity == "Warning"
    both = notes(one, other, pages=pages)[doubt]
    assert both.severity == "Info" and both.comment["en"].count("Ada") == 2
