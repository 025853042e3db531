"""Words that no list has: one code for all spellings, described as printed, a warning at most."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from idfgraph.graph.resolve import CodeNames, Linked, Reference, coined, resolve
from idfgraph.model.fields import Outcome, ProgrammeValues, ProjectValues
from idfgraph.model.iris import SLUG, document
from idfgraph.model.judgements import Acceptance, Decision
from idfgraph.model.nodes import parts_of, record_of
from idfgraph.model.provisional_codes import OPEN_SCHEMES, is_provisional, provisional
from idfgraph.model.records import Capture, Programme, Project, Source
from idfgraph.model.text import Language
from idfgraph.sources.reference_files import read_reference
from idfgraph.system import resources

REFERENCE = Reference(read_reference(resources.REFERENCE))

SPELLINGS = {
    "case": "MULTI-REGIONAL",
    "accents": "multi-régional",
    "accents on their own": "multi-re\u0301gional",
    "spaces": "  multi \t regional\u00a0",
    "dashes": "Multi\u2013Regional",
    "marks": "«Multi-Regional».",
    "nobody sees": "Multi-Re\u00adgio\u200bnal\u202e",
    "control": "Multi\u0007-\u0000Regional",
    "lines": "Multi\nRegional",
}

HOSTILE = {
    "long": "Gestion intégrée des frontières et des migrations " * 500,
    "one long word": "x" * 100_000,
    "markup": "<script>alert(1)</script>",
    "quotes": '"><img src=x onerror="alert(1)">',
    "Turtle": 'x" ; <y> . \\u0022 # --',
    "Cyrillic": "Завершён",
    "Arabic": "مكتمل",
    "Chinese": "已完成",
    "emoji": "✅ 1",
    "underscore": "on_hold",
    "path": "../../etc/passwd",
    "digits": "1234",
    "code": "provisional-on-hold",
    "of all codes": "code:status-active",
    "astral": "𝒜ctive \U0001f600",
}


def source(printed: Mapping[str, str], number: int = 1, language: Language = "fr") -> Source:
    """A page that prints these values, each with a label."""
    captures = tuple(
        Capture(property=name, text=text, label=f"Label of {name}", span=(10 * n, 10 * n + 5))
        for n, (name, text) in enumerate(printed.items())
    )
    return Source(
        page=f"{number:02x}" * 32, identifier=f"page-{number}", language=language, values=captures
    )


def project(*sources: Source, **said: Any) -> Project:
    named = source({"projectId": "V47-805"}, 100)
    return Project(id="V47-805", sources=(*sources, named), **said)


def decision(property_: str, value: Any) -> Decision:
    page = ("https://example.org/letter",)
    why: dict[Language, str] = {"en": "Letter."}
    return Decision(
        property=property_, value=value, why=why, evidence=page, by="A.", on="2026-11-21"
    )


def linked(record: Project | Programme) -> Linked:
    return resolve(record, REFERENCE, as_of="2026-11-21")


def notes(item: Linked) -> list[tuple[str, str, str]]:
    found = ((note.issue_type, note.about_property, note.severity) for note in item.notes)
    return sorted(row for row in found if row[0] != "missing-value")


def described(*items: Linked) -> list[dict[str, Any]]:
    """The nodes of all provisional codes of records."""
    names = CodeNames()
    for item in items:
        names.add(coined(item, _All()))
    return [dict(entry.node) for entry in names.entries()]


class _All:
    """All provisional codes."""

    def __contains__(self, code: object) -> bool:
        return is_provisional(str(code))


@pytest.mark.parametrize("word", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_all_spellings_of_a_word_are_one_code(word: str) -> None:
    assert provisional(word) == "provisional-multi-regional"


@pytest.mark.parametrize("word", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_word_is_a_code_with_a_document(word: str) -> None:
    for scheme in OPEN_SCHEMES:
        code = f"{scheme}-{provisional(word)}"
        assert re.fullmatch(SLUG, code)
        assert document(f"code:{code}") == f"doc/code/{code}"
        assert is_provisional(f"code:{code}")


def test_different_words_are_different_codes() -> None:
    words = [*HOSTILE.values(), *(f"{'y' * 99}{number}" for number in range(200)), "Multi-Regional"]
    codes = {provisional(word) for word in words}
    assert len(codes) == len(words)
    assert len({code.casefold() for code in codes}) == len(words)


PROPERTIES = {
    "status": "En suspens",
    "projectType": "Danse",
    "coverage": "Multi-Regional",
    "fundRegion": "Moyen-Orient",
}


@pytest.mark.parametrize("property_", PROPERTIES)
def test_a_word_on_no_list_is_accepted_as_printed_and_warned_of(property_: str) -> None:
    printed = PROPERTIES[property_]
    item = linked(project(source({property_: printed})))
    (code,) = [item.node[property_]] if property_ != "projectType" else item.node[property_]
    assert code == provisional(printed)
    assert notes(item) == [("unknown-code", property_, "Warning")]
    (entry,) = described(item)
    assert entry["prefLabel"] == {"fr": printed}
    assert entry["inScheme"][1] == "code:provisional"
    (value,) = [
        value
        for _, nodes in item.graphs
        for value in parts_of(nodes[0], "sourceValue")
        if value.get("aboutProperty") == property_
    ]
    assert (value["sourceText"], value["rank"]) == (printed, "accepted")


@pytest.mark.parametrize("word", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_are_no_more_than_a_warning(word: str) -> None:
    item = linked(project(source({"status": word})))
    assert {severity for *_, severity in notes(item)} <= {"Warning"}
    assert all(
        len(label) <= 200 for node in described(item) for label in node["prefLabel"].values()
    )


def test_names_are_those_that_most_pages_print_in_each_language() -> None:
    pages: list[tuple[str, Language]] = [
        ("On hold", "en"),
        ("ON HOLD", "en"),
        ("On hold", "en"),
        ("on  hold", "fr"),
    ]
    items = [
        linked(project(source({"status": word}, number, language)))
        for number, (word, language) in enumerate(pages, 1)
    ]
    (node,) = described(*items)
    assert node["prefLabel"] == {"en": "On hold", "fr": "on hold"}
    assert node["altLabel"] == {"en": ["ON HOLD"]}
    assert described(*reversed(items)) == [node]


def test_captures_that_print_one_word_agree() -> None:
    pages = (
        source({"coverage": "Multi-régional"}),
        source({"coverage": "multi regional"}, 2, "en"),
    )
    assert linked(project(*pages)).node["coverage"] == "provisional-multi-regional"


def test_a_word_on_a_list_comes_before_one_on_none() -> None:
    pages = (source({"status": "Ongoing"}, 1, "en"), source({"status": "Actif"}, 2))
    item = linked(project(*pages))
    assert item.node["status"] == "active"
    assert notes(item) == [("unknown-code", "status", "Warning")]


def test_what_a_person_decided_leaves_no_warning() -> None:
    item = linked(project(source({"status": "Actve"}), decisions=(decision("status", "active"),)))
    assert item.node["status"] == "active"
    assert notes(item) == [("decided-otherwise", "status", "Info")]
    assert [one.doubted for one in coined(item, _All())] == [""]


def test_a_decided_word_on_no_list_is_provisional_too() -> None:
    item = linked(project(source({"title": "x"}), decisions=(decision("status", "on-hold"),)))
    assert item.node["status"] == "provisional-on-hold"
    assert notes(item) == [("unknown-code", "status", "Warning")]
    assert [node["prefLabel"] for node in described(item)] == [{"en": "on hold"}]


def test_a_word_that_a_person_has_seen_is_no_warning() -> None:
    seen = Acceptance(
        issue="unknown-code", property="status", words="On hold", why={"en": "."}, by="A.",
        on="2026-11-21",
    )  # fmt: skip
    item = linked(project(source({"status": "On hold"}), accepted=(seen,)))
    assert notes(item) == [("unknown-code", "status", "Info")]
    assert [one.doubted for one in coined(item, _All())] == [""]


def test_values_of_a_record_may_say_a_word_or_its_provisional_code() -> None:
    for said in ("on-hold", "provisional-on-hold"):
        item = linked(project(source({"status": "On hold"}), values=ProjectValues(status=said)))
        assert notes(item) == [("unknown-code", "status", "Warning")]


def test_a_measure_on_no_list_is_kept() -> None:
    for measure in ("youth-clubs-founded", "provisional-youth-clubs-founded"):
        item = linked(
            Programme(
                id="clubs",
                sources=(source({f"result.{measure}": "12"}),),
                values=ProgrammeValues(result=(Outcome(count="12", measure=measure),)),
            )
        )
        (result,) = parts_of(item.node, "result")
        assert result["measure"] == "provisional-youth-clubs-founded"
        assert notes(item) == [("unknown-code", "result", "Warning")]
        assert [node["prefLabel"] for node in described(item)] == [{"en": "youth clubs founded"}]


def test_what_is_no_word_is_a_warning_and_no_value() -> None:
    item = linked(project(source({"status": "– / –"})))
    assert "status" not in item.node
    assert notes(item) == [("unreadable-value", "status", "Warning")]


def test_records_of_listed_words_coin_nothing() -> None:
    item = linked(project(source({"status": "Actif", "coverage": "Regional"})))
    assert list(coined(item, _All())) == []
    assert "qualityNote" not in record_of(item.node) or not any(
        note["issueType"] == "unknown-code"
        for note in parts_of(record_of(item.node), "qualityNote")
    )
