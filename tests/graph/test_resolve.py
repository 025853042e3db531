"""Captures to accepted values and notes: acceptance, anomalies, and the constraints that notes
report.
"""

import csv
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from rdflib import DCTERMS, Graph, Literal

from idfgraph import Finding, Linked, Project, Unidentified, check
from idfgraph.checks.rules import rules
from idfgraph.graph.lines import quads_of
from idfgraph.graph.mapping import compile_context
from idfgraph.graph.resolve import Reference, resolve
from idfgraph.graph.resolve.languages import language_of, language_shown
from idfgraph.graph.resolve.linked import derived
from idfgraph.model.entries import FieldLabel, ReferenceData
from idfgraph.model.fields import WAYS_TO_BENEFIT, ProjectValues
from idfgraph.model.judgements import Decision
from idfgraph.model.nodes import Node, parts_of, record_of
from idfgraph.model.records import Capture, Record, Source
from idfgraph.model.text import Language
from idfgraph.sources.records import read_record
from idfgraph.sources.reference_files import read_reference
from idfgraph.sources.stream import read
from idfgraph.system import resources

HERE = Path(__file__).parents[1] / "data"
CASES = sorted(path.parent for path in (HERE / "shapes").glob("*/ok.yaml"))
DAY, TODAY = "2026-11-21", "1795219200"

Row = tuple[str, str, str]


@cache
def reference() -> Reference:
    return Reference(read_reference(resources.REFERENCE))


def linked(record: Record) -> Linked:
    return resolve(record, reference(), as_of=DAY)


@pytest.mark.parametrize(("id_", "known"), [("PO.0195", "XM-DAC-47066-PO.0195"), ("V47-805", None)])
def test_an_iati_identifier_is_made_where_such_were_seen(id_: str, known: str | None) -> None:
    record = Project(id=id_, sources=(), values=ProjectValues())
    assert linked(record).node.get("iatiIdentifier") == known
    assert (
        "iatiIdentifier"
        not in resolve(record, Reference(ReferenceData(entries=())), as_of=DAY).node
    )


def source(
    printed: Mapping[str, str | None],
    number: int = 1,
    language: Language = "fr",
    *,
    labelled: bool = True,
) -> Source:
    """A page that prints these values one after the other; None stands for a label without a
    value.
    """
    captures, start = [], 0
    for name, text in printed.items():
        span = None if text is None else (start, start + len(text))
        label = f"Label of {name}" if labelled or text is None else None
        captures.append(Capture(property=name, text=text, label=label, span=span))
        start += len(text or "") + 1
    return Source(
        page=f"{number:02x}" * 32,
        identifier=f"page-{number}",
        language=language,
        values=tuple(captures),
    )


def marked(page: Source, language: str) -> Source:
    """A page that gives a language to its words, which have no label."""
    values = (
        msgspec.structs.replace(one, label=None, label_language=language) for one in page.values
    )
    return msgspec.structs.replace(page, values=tuple(values))


def decision(property_: str, value: Any) -> Decision:
    """What a person decided."""
    page = "https://example.org/letter"
    return Decision(
        property=property_,
        value=value,
        why={"en": "Letter."},
        evidence=(page,),
        by="A.",
        on="2026-11-21",
    )


def project(
    *sources: Source, decisions: Sequence[Decision] = (), values: ProjectValues | None = None
) -> Project:
    """A project of these pages, with its id printed on one more."""
    printed = source({"projectId": "V47-805"}, 100)
    return Project(
        id="V47-805", sources=(*sources, printed), decisions=tuple(decisions), values=values
    )


def notes_of(item: Linked, *, missing: bool = False) -> list[Row]:
    """Issue, property and severity of each note, those on missing values only if wanted."""
    rows = [(note.issue_type, note.about_property, note.severity) for note in item.notes]
    return sorted(row for row in rows if missing or row[0] != "missing-value")


def note_of(item: Linked, issue: str) -> Mapping[str, Any]:
    return next(
        note for note in parts_of(record_of(item.node), "qualityNote") if note["issueType"] == issue
    )


def decisions_of(item: Linked) -> list[Mapping[str, Any]]:
    return [node for name, nodes in item.graphs if "decision" in name for node in nodes]


def values_of(item: Linked) -> list[Mapping[str, Any]]:
    return [
        value
        for name, nodes in item.graphs
        if "source" in name
        for value in parts_of(nodes[0], "sourceValue")
    ]


class Acceptance(NamedTuple):
    """What pages print and people decide, what is accepted then (None: nothing), and the issues
    noted.
    """

    sources: Sequence[Source]
    accepted: Mapping[str, Any]
    issues: Sequence[tuple[str, str]] = ()
    decisions: Sequence[Decision] = ()


TEMPLATE = {"status": "Achevé", "endYear": "2024"}
UNLABELLED = source({"startYear": "2021"}, 2, "en", labelled=False)
BUDGET = {"id": "prj:V47-805#budget", "type": "MonetaryAmount", "currency": "USD"}
ACCEPTANCE: Mapping[str, Acceptance] = {
    "one page": Acceptance([source({"startYear": "2020"})], {"startYear": "2020"}),
    "two pages agree": Acceptance(
        [source({"startYear": "2020"}), source({"startYear": "2020"}, 2, "en")],
        {"startYear": "2020"},
    ),
    "words differ, meaning agrees": Acceptance(
        [source({"status": "Achevé"}), source({"status": "Completed"}, 2, "en")],
        {"status": "completed"},
    ),
    "two pages differ": Acceptance(
        [source({"startYear": "2020"}), source({"startYear": "2021"}, 2, "en")],
        {"startYear": None},
        [("contradiction", "startYear")],
    ),
    "states differ": Acceptance(
        [source({"beneficiary": "Fidji Tonga"}), source({"beneficiary": "Fiji"}, 2, "en")],
        {"beneficiary": None},
        [("contradiction", "beneficiary")],
    ),
    "a label wins": Acceptance([UNLABELLED, source({"startYear": "2020"})], {"startYear": "2020"}),
    "two labels differ": Acceptance(
        [UNLABELLED, source({"startYear": "2020"}), source({"startYear": "2021"}, 3)],
        {"startYear": None},
        [("contradiction", "startYear")],
    ),
    "no label, no agreement": Acceptance(
        [UNLABELLED, source({"startYear": "2020"}, labelled=False)],
        {"startYear": None},
        [("contradiction", "startYear")],
    ),
    "a person decides": Acceptance(
        [source({"startYear": "2020"})], {"startYear": "2019"}, [], [decision("startYear", "2019")]
    ),
    "a person decides what no page says": Acceptance(
        [], {"beneficiary": ["ALB", "FJI"]}, [], [decision("beneficiary", ("FJI", "ALB"))]
    ),
    "a person adds a language": Acceptance(
        [source({"title": "Appui"})],
        {"title": {"fr": "Appui", "en": "Aid"}},
        [],
        [decision("title", {"en": "Aid"})],
    ),
    "a person decides an amount": Acceptance(
        [source({"budget.value": "5.00", "budget.currency": "USD"})],
        {
            "budget": {
                "id": "prj:V47-805#budget",
                "type": "MonetaryAmount",
                "value": "60.00",
                "currency": "USD",
            }
        },
        [],
        [decision("budget", "60.00")],
    ),
    "dates and amounts as people write them": Acceptance(
        [
            source(
                {
                    "startYear": "1er février 2021",
                    "endYear": "de 2019 à 2022",
                    "allocationYear": "03/04/2020",
                    "budget.value": "US$ 1,5 million",
                }
            )
        ],
        {
            "startYear": "2021",
            "endYear": "2022",
            "allocationYear": "2020",
            "budget": {**BUDGET, "value": "1500000"},
        },
        [("ambiguous-value", "endYear")],
    ),
    "an amount of two readings, and a person decides": Acceptance(
        [source({"budget.value": "100.000", "budget.currency": "USD"})],
        {"budget": {**BUDGET, "value": "100000"}},
        [],
        [decision("budget", "100000")],
    ),
    "a text in another language than its page": Acceptance(
        [
            source(
                {
                    "title": "Support to the management of migration",
                    "narrative": "Le projet aide les autorités.",
                }
            )
        ],
        {
            "title": {"en": "Support to the management of migration"},
            "narrative": {"fr": "Le projet aide les autorités."},
        },
        [("other-language", "title")],
    ),
    "a text that may be in another language": Acceptance(
        [source({"title": "Migration health assessment, Kenya"})],
        {"title": {"fr": "Migration health assessment, Kenya"}},
        [("other-language", "title")],
    ),
    "texts in languages that are none of ours": Acceptance(
        [
            source(
                {
                    "title": "Поддержка управления миграцией",
                    "narrative": "O projeto apoia o governo da Albania na gestão da migração.",
                }
            )
        ],
        {
            "title": {"ru": "Поддержка управления миграцией"},
            "narrative": {"pt": "O projeto apoia o governo da Albania na gestão da migração."},
            "mentionsState": None,
        },
        [("other-language", "narrative"), ("other-language", "title")],
    ),
    "a text of two languages": Acceptance(
        [source({"title": "Gestion des migrations et Migration in Asia"}, language="es")],
        {"title": {"es": "Gestion des migrations et Migration in Asia"}},
        [("other-language", "title")],
    ),
    "the page says the language of a text": Acceptance(
        [marked(source({"title": "Appui au retour volontaire"}), "wo")],
        {"title": {"wo": "Appui au retour volontaire"}},
        [("other-language", "title")],
    ),
    "the page says the language of a text, and a person another": Acceptance(
        [marked(source({"title": "Appui au retour volontaire"}), "wo")],
        {"title": {"fr": "Appui au retour volontaire"}},
        [],
        [decision("language", "fr")],
    ),
    "a person decides a language that is none of ours": Acceptance(
        [source({"title": "Open Balkans", "budget.value": "1 000,50", "budget.currency": "USD"})],
        {"title": {"sq": "Open Balkans"}, "budget": {**BUDGET, "value": "1000.50"}},
        [("other-language", "title")],
        [decision("language", "sq")],
    ),
    "a person decides a title in a language that is none of ours": Acceptance(
        [source({"title": "Appui"})],
        {"title": {"fr": "Appui", "ru": "Поддержка"}},
        [],
        [decision("title", {"ru": "Поддержка"})],
    ),
    "a person decides the language of a text": Acceptance(
        [source({"title": "Support to the management of migration"})],
        {"title": {"es": "Support to the management of migration"}},
        [("other-language", "title")],
        [decision("language", "es")],
    ),
    "a person decides what is no year": Acceptance(
        [source({"startYear": "2020"})],
        {"startYear": "2020"},
        [("unreadable-value", "startYear")],
        [decision("startYear", "soon")],
    ),
    "a person decides what is no state": Acceptance(
        [],
        {"beneficiary": None},
        [("unreadable-value", "beneficiary")],
        [decision("beneficiary", ("Fidji",))],
    ),
    "a person decides one state as a text": Acceptance(
        [],
        {"beneficiary": None},
        [("unreadable-value", "beneficiary")],
        [decision("beneficiary", 'FJI" "')],
    ),
    "a person decides a title without language": Acceptance(
        [source({"title": "Appui"})],
        {"title": {"fr": "Appui"}},
        [("unreadable-value", "title")],
        [decision("title", "Aid")],
    ),
    "a person decides a year in a language": Acceptance(
        [source({"startYear": "2020"})],
        {"startYear": "2020"},
        [("unreadable-value", "startYear")],
        [decision("startYear", {"en": "2020"})],
    ),
    "a person decides an id in a language": Acceptance(
        [],
        {"projectId": "V47-805"},
        [("unreadable-value", "projectId")],
        [decision("projectId", {"en": "PX.0220"})],
    ),
    "a person decides a language in a language": Acceptance(
        [source({"title": "Appui"})],
        {"title": {"fr": "Appui"}},
        [("unreadable-value", "language")],
        [decision("language", {"en": "es"})],
    ),
    "template signature": Acceptance(
        [source(TEMPLATE)],
        {"endYear": None},
        [("implausible-date", "endYear")],
    ),
    "template signature and a better page": Acceptance(
        [source(TEMPLATE), source({"startYear": "2003", "endYear": "2007"}, 2, "en")],
        {"endYear": "2007", "startYear": "2003"},
        [("contradiction", "endYear"), ("implausible-date", "endYear")],
    ),
    "template signature beside an unlabelled page": Acceptance(
        [source(TEMPLATE), source({"endYear": "2007"}, 2, "en", labelled=False)],
        {"endYear": "2007"},
        [("contradiction", "endYear"), ("implausible-date", "endYear")],
    ),
    "template signature, and a person decides": Acceptance(
        [source(TEMPLATE)],
        {"endYear": "2007"},
        [],
        [decision("endYear", "2007")],
    ),
    "2024 with a start": Acceptance(
        [source({**TEMPLATE, "startYear": "2021"})], {"endYear": "2024"}
    ),
    "2024 with an allocation": Acceptance(
        [source({**TEMPLATE, "allocationYear": "2021"})], {"endYear": "2024"}
    ),
    "another year": Acceptance([source({**TEMPLATE, "endYear": "2023"})], {"endYear": "2023"}),
    "template signature, and a person confirms": Acceptance(
        [source(TEMPLATE)], {"endYear": "2024"}, [], [decision("endYear", "2024")]
    ),
    "template signature, and a person decides nothing readable": Acceptance(
        [source(TEMPLATE)],
        {"endYear": None},
        [("implausible-date", "endYear"), ("unreadable-value", "endYear")],
        [decision("endYear", "soon")],
    ),
    "template signature, and a page without start": Acceptance(
        [source(TEMPLATE), source({"status": "Active", "endYear": "2024"}, 2, "en")],
        {"endYear": None, "status": None},
        [("contradiction", "status"), ("implausible-date", "endYear")],
    ),
    "template signature, and a credible page": Acceptance(
        [source(TEMPLATE), source({"startYear": "2022", "endYear": "2024"}, 2, "en")],
        {"endYear": "2024"},
    ),
    "template signature, and a start elsewhere": Acceptance(
        [source(TEMPLATE), source({"startYear": "2022"}, 2, "en")],
        {"endYear": None},
        [("implausible-date", "endYear")],
    ),
    "too long": Acceptance(
        [source({"startYear": "2002", "endYear": "2024"})],
        {"startYear": "2002", "endYear": None},
        [("implausible-date", "endYear")],
    ),
    "too long on each page": Acceptance(
        [
            source({"startYear": "2002", "endYear": "2024"}),
            source({"endYear": "2024"}, 2, "en"),
            source(TEMPLATE, 3),
        ],
        {"startYear": "2002", "endYear": None},
        [("implausible-date", "endYear")],
    ),
    "too long by the accepted start": Acceptance(
        [
            source({"startYear": "2002", "endYear": "2024"}),
            source({"startYear": "2020", "endYear": "2024"}, 2, "en", labelled=False),
        ],
        {"startYear": "2002", "endYear": None},
        [("implausible-date", "endYear")],
    ),
    "too long by one of two starts": Acceptance(
        [
            source({"startYear": "2002", "endYear": "2024"}),
            source({"startYear": "2020", "endYear": "2024"}, 2, "en"),
        ],
        {"startYear": None, "endYear": "2024"},
        [("contradiction", "startYear")],
    ),
    "too long, and a person decides the start": Acceptance(
        [source({"startYear": "2002", "endYear": "2024"})],
        {"startYear": "2022", "endYear": "2024"},
        [],
        [decision("startYear", "2022")],
    ),
    "too long, and a person confirms": Acceptance(
        [source({"startYear": "2002", "endYear": "2024"})],
        {"startYear": "2002", "endYear": "2024"},
        [],
        [decision("endYear", "2024")],
    ),
    "two years too long": Acceptance(
        [
            source({"startYear": "2002", "endYear": "2024"}),
            source({"startYear": "2002", "endYear": "2025"}, 2, "en"),
        ],
        {"endYear": None},
        [("contradiction", "endYear"), *2 * [("implausible-date", "endYear")]],
    ),
    "too long, and a shorter one": Acceptance(
        [
            source({"startYear": "2002", "endYear": "2024"}),
            source({"startYear": "2002", "endYear": "2005"}, 2, "en"),
        ],
        {"endYear": "2005"},
        [("contradiction", "endYear"), ("implausible-date", "endYear")],
    ),
    "as long as it may last": Acceptance(
        [source({"startYear": "2002", "endYear": "2012"})], {"endYear": "2012"}
    ),
    "too long after the money": Acceptance(
        [source({"allocationYear": "2002", "endYear": "2013"})],
        {"endYear": None},
        [("implausible-date", "endYear")],
    ),
    "half a budget": Acceptance([source({"budget.value": "60000.00"})], {"budget": None}),
    "mentions of two narratives": Acceptance(
        [
            source({"narrative": "Un atelier à Fidji.", "beneficiary": "Fidji Tonga"}),
            source({"narrative": "A workshop for Fiji and Tonga."}, 2, "en"),
        ],
        {"mentionsState": ["FJI", "TON"]},
    ),
}


@pytest.mark.parametrize("case", ACCEPTANCE.values(), ids=ACCEPTANCE.keys())
def test_acceptance(case: Acceptance) -> None:
    item = linked(project(*case.sources, decisions=case.decisions))
    assert {name: item.node.get(name) for name in case.accepted} == case.accepted
    noise = {"decided-otherwise", "outside-funding-range", "mentioned-only"}
    assert [row[:2] for row in notes_of(item) if row[0] not in noise] == sorted(case.issues)


@pytest.mark.parametrize(
    ("words", "labelled", "states"),
    [
        ("Mali", False, ["MLI"]),
        ("Mali Niger", False, ["MLI", "NER"]),
        ("Mali", True, None),
        ("Mali TCMMCB", False, None),
        ("Bureau de Bamako", False, None),
    ],
)
def test_names_of_states_that_nothing_else_tells_are_beneficiaries(
    words: str, labelled: bool, states: list[str] | None
) -> None:
    node = linked(project(source({"unknown": words}, labelled=labelled))).node
    assert node.get("beneficiary") == states


def test_order_of_pages_does_not_matter() -> None:
    for case in ACCEPTANCE.values():
        forth, back = (linked(project(*pages)) for pages in (case.sources, case.sources[::-1]))
        assert in_any_order(forth.node) == in_any_order(back.node)


def in_any_order(node: Node) -> dict[str, object]:
    """What is said of a node and its record, the record's pages in any order."""
    record = record_of(node)
    return {**node, "record": {**record, "source": set(record["source"])}}


def test_a_rule_is_shown_where_captures_differ() -> None:
    rule = next(
        node
        for node in decisions_of(linked(project(UNLABELLED, source({"startYear": "2020"}))))
        if node["method"] == "rule-labelled-before-unlabelled"
    )
    assert (rule["aboutResource"], rule["aboutProperty"]) == ("prj:V47-805", "startYear")
    assert rule["evidence"] and rule["comment"].keys() == {"en", "fr", "es"}


def test_a_persons_decision_is_shown_with_its_reason() -> None:
    nodes = decisions_of(linked(project(decisions=[decision("beneficiary", ("ALB",))])))
    assert [node for node in nodes if node["method"] == "steward"] == [
        {
            "id": "graph:decision/V47-805#steward-beneficiary-1",
            "type": "Decision",
            "aboutResource": "prj:V47-805",
            "aboutProperty": "beneficiary",
            "aboutValue": ["st:ALB"],
            "method": "steward",
            "evidence": ["https://example.org/letter"],
            "comment": {"en": "Letter."},
            "decidedBy": "A.",
            "decidedOn": "2026-11-21",
        }
    ]


def test_a_contradiction_quotes_and_cites_all_pages() -> None:
    note = note_of(
        linked(project(source({"startYear": "2020"}), source({"startYear": "2021"}, 2))),
        "contradiction",
    )
    assert "2020 / 2021" in note["comment"]["en"]
    assert len(note["references"]) == 2


def test_the_template_note_cites_its_evidence() -> None:
    item = linked(project(source(TEMPLATE), source({"startYear": "2003"}, 2)))
    note = note_of(item, "implausible-date")
    assert [link.partition(":")[0] for link in note["references"]] == ["https", "src"]
    claim = next(value for value in values_of(item) if value.get("aboutProperty") == "endYear")
    assert note["id"] == "prj:V47-805#note-implausible-date-endYear.2024"
    assert (note["aboutValue"], note["hasTarget"]) == (claim["aboutValue"], [claim["id"]])


UNREADABLE: Mapping[str, tuple[Mapping[str, str | None], Row]] = {
    **{
        f"budget {text}": ({"budget.value": text}, ("unreadable-value", "budget", "Violation"))
        for text in ["1.2e5", "-5", "abc", "0", "0.00", "1,00,000", "1050,000", ""]
    },
    **{
        f"budget {text}": ({"budget.value": text}, ("ambiguous-value", "budget", "Warning"))
        for text in ["1.234", "100.000", "1,500"]
    },
    "zeros": ({"budget.value": "000100"}, ("leading-zeros", "budget", "Warning")),
    "euros": ({"budget.value": "EUR 100 000"}, ("other-currency", "budget", "Warning")),
    "currency": ({"budget.currency": "CHF"}, ("other-currency", "budget", "Warning")),
    "no currency": ({"budget.currency": "XYZW"}, ("unreadable-value", "budget", "Violation")),
    **{
        f"year {text}": ({"startYear": text}, ("unreadable-value", "startYear", "Violation"))
        for text in ["20O4", "04", "20210", "٢٠٢١", "2021-31-31", ""]
    },
    "years of award": (
        {"allocationYear": "2014-2018"},
        ("ambiguous-value", "allocationYear", "Warning"),
    ),
    "month or end": ({"endYear": "2010-12"}, ("ambiguous-value", "endYear", "Warning")),
    "year of award": (
        {"allocationYear": "n/a"},
        ("unreadable-value", "allocationYear", "Violation"),
    ),
    "end year": ({"endYear": "en cours"}, ("unreadable-value", "endYear", "Violation")),
    "status": ({"status": "–"}, ("unreadable-value", "status", "Warning")),
    "type": ({"projectType": "***"}, ("unreadable-value", "projectType", "Warning")),
    "states": ({"beneficiary": "Utopie"}, ("unresolved-name", "beneficiary", "Violation")),
    "states twice": ({"beneficiary": "Fidji Fidji"}, ("duplicate-name", "beneficiary", "Info")),
    "unknown field": ({"unknown": "x"}, ("unknown-field", "sourceField", "Warning")),
    "property of no meaning": ({"couleur": "x"}, ("unknown-field", "sourceField", "Warning")),
    "part of no meaning": ({"budget.colour": "x"}, ("unknown-field", "sourceField", "Warning")),
    "another id": ({"projectId": "?"}, ("unreadable-value", "projectId", "Violation")),
}


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_noted_and_kept(case: tuple[Mapping[str, str | None], Row]) -> None:
    printed, row = case
    item = linked(project(source(printed)))
    assert row in notes_of(item, missing=True)
    kept = {value.get("sourceText") for value in values_of(item)}
    assert row[0] == "duplicate-name" or all(
        text in kept or property_ == "beneficiary" for property_, text in printed.items()
    )
    assert row[1] not in item.node or row[1] in {"projectId", "beneficiary"}


def test_a_run_of_names_takes_time_as_it_is_long() -> None:
    began = time.process_time()
    item = linked(project(source({"beneficiary": "CongoGuineaNigerNigeria" * 10_000})))
    assert ("duplicate-name", "beneficiary", "Info") in notes_of(item, missing=True)
    assert time.process_time() - began < 8


def names_of_properties() -> list[str]:
    """Every word that a capture could name a property by, alone and with a part: those of the
    context, and others.
    """
    words = [
        *compile_context(resources.CONTEXT.read_text("utf-8")).terms.properties,
        "id",
        "type",
        "unknown",
        "couleur",
    ]
    parts = ("", ".value", ".funding", ".id", ".couleur")
    return [f"{word}{part}" for word in words if word.isalpha() for part in parts]


def test_whatever_a_capture_is_said_to_be_can_be_published() -> None:
    mapper = compile_context(resources.CONTEXT.read_text("utf-8"))
    assert len(names_of_properties()) > 300
    for name in names_of_properties():
        for text in ("Europe", "49997.00"):
            item = linked(project(source({name: text})))
            assert list(quads_of(mapper, item)), name
            values = [value for value in values_of(item) if value.get("sourceText") == text]
            assert [value.get("aboutProperty") for value in values] or item.notes, name


def test_a_number_without_end_counts_nothing() -> None:
    text = f"Projet de {'9' * 5_000} États membres, {'x' * 5_000} pays bénéficiaires."
    item = linked(project(source({"narrative": text, "beneficiary": "Albanie"})))
    assert not [row for row in notes_of(item) if row[0] == "count-mismatch"]


def test_each_unknown_field_is_named() -> None:
    pages = [source({"unknown": "x"}), source({"foo": "y"}, 2)]
    body = note_of(linked(project(*pages)), "unknown-field")["comment"]["en"]
    assert "Label of unknown" in body and "Label of foo" in body


def test_every_year_out_of_range_is_named() -> None:
    pages = [source({"endYear": "1999"}), source({"endYear": "1998"}, 2)]
    body = note_of(linked(project(*pages)), "date-out-of-range")["comment"]["en"]
    assert "1998" in body and "1999" in body


@pytest.mark.parametrize(
    "name", ["startYear", "couleur", "budget.colour", "result.", "hasPart.phase"]
)
def test_a_label_without_a_value_is_kept(name: str) -> None:
    item = linked(project(source({name.rstrip("."): None})))
    fields = [
        value["sourceField"]["fr"]
        for value in values_of(item)
        if value["id"].rpartition("#")[2].startswith("empty")
    ]
    assert len(fields) == 1
    assert name != "startYear" or ("missing-value", "startYear", "Warning") in notes_of(
        item, missing=True
    )


def test_what_a_page_should_print_is_missed() -> None:
    missed = Counter(row[2] for row in notes_of(linked(project()), missing=True))
    assert missed == {"Warning": 8, "Info": 2}


SAID: Mapping[str, tuple[Mapping[str, Any], list[str]]] = {
    "as read": ({"startYear": "2020", "status": "completed"}, []),
    "another year": ({"startYear": "2021", "status": "completed"}, ["startYear"]),
    "a year too many": (
        {"startYear": "2020", "endYear": "2022", "status": "completed"},
        ["endYear"],
    ),
    "one too few": ({"startYear": "2020"}, ["status"]),
}


@pytest.mark.parametrize("case", SAID.values(), ids=SAID.keys())
def test_values_of_a_record_need_support(case: tuple[Mapping[str, Any], list[str]]) -> None:
    values, unsupported = case
    stated = msgspec.convert(values, ProjectValues)
    item = linked(project(source({"startYear": "2020", "status": "Achevé"}), values=stated))
    assert notes_of(item) == [("unsupported-value", name, "Violation") for name in unsupported]


def test_an_id_needs_support() -> None:
    item = linked(Project(id="TC.0001", sources=(source({"projectId": "TC.0002"}),)))
    assert notes_of(item) == [("unsupported-value", "projectId", "Violation")]
    assert (
        notes_of(linked(Project(id="TC.0001", decisions=(decision("projectId", "TC.0001"),)))) == []
    )


def test_a_page_that_names_no_project_gives_only_what_it_prints() -> None:
    page = source({"startYear": "2020", "beneficiary": "Fidji"})
    item = linked(Unidentified(id=page.page[:16], sources=(page,)))
    assert item.node.keys() == {"id", "qualityNote"}
    assert notes_of(item, missing=True) == [("unidentified-page", "projectId", "Warning")]
    assert [value["sourceText"] for value in values_of(item)] == ["2020", "Fidji"]
    assert not any(
        key in value for value in values_of(item) for key in ("aboutResource", "aboutValue")
    )
    assert decisions_of(item) == []


#: What is noted about the repository's own records (domain: 3.5), values that are not printed
#: apart.
KNOWN: Mapping[str, list[Row]] = {
    "V47-805": [
        ("implausible-date", "endYear", "Warning"),
        ("outside-funding-range", "budget", "Info"),
    ],
    "W34-805": [
        ("eu-member", "beneficiary", "Info"),
        ("implausible-date", "endYear", "Warning"),
        ("mentioned-only", "mentionsState", "Info"),
        ("outside-funding-range", "budget", "Info"),
    ],
    "V57-805": [
        ("implausible-date", "endYear", "Warning"),
        ("outside-funding-range", "budget", "Info"),
    ],
    "PX.0220": [
        ("outside-funding-range", "budget", "Info"),
        ("quoted-narrative", "narrative", "Info"),
        ("stale-status", "status", "Warning"),
    ],
    "mainstreaming-migration": [],
}


def test_anomalies_of_the_five_pages() -> None:
    items = {record.id: linked(record) for record, _ in read([HERE.parents[1] / "data"])}
    assert {name: notes_of(item) for name, item in items.items()} == KNOWN
    assert note_of(items["W34-805"], "eu-member")["aboutValue"] == ["st:POL", "st:ROU", "st:SVK"]
    assert note_of(items["W34-805"], "mentioned-only")["aboutValue"] == ["st:BLR"]
    assert ("missing-value", "title", "Warning") in notes_of(
        items["mainstreaming-migration"], missing=True
    )


def read_expected(case: Path) -> list[Row]:
    with (case / "expected.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return sorted((row["issue"], row["property"], row["severity"]) for row in rows)


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    """What validation finds in all failing examples, read as one source."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", TODAY)
        return list(check([case / "bad.yaml" for case in CASES]).findings)


def test_examples_are_all_collected() -> None:
    assert [case.name for case in CASES] == [
        f"C{number}" for number in [*range(17, 26), *range(40, 47)]
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_sound_record_has_no_note(case: Path) -> None:
    assert notes_of(linked(read_record(case / "ok.yaml").record)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_faulty_record_has_the_note(case: Path) -> None:
    expected = read_expected(case)
    assert expected
    assert notes_of(linked(read_record(case / "bad.yaml").record)) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_validation_reports_the_note_with_its_constraint_and_place(
    case: Path, findings: list[Finding]
) -> None:
    """By a shape of its own, or by that on notes; once either way."""
    identified = {
        str(shape)
        for text in resources.texts_in(resources.SHAPES, ".ttl").values()
        for shape in Graph().parse(data=text).subjects(DCTERMS.identifier, Literal(case.name))
    }
    subject = f"https://w3id.org/iom-idf/id/project/TC.00{case.name[1:]}"
    for issue, property_, severity in read_expected(case):
        own = {rule.name for rule in rules() if rule.issue == issue}
        found = [
            finding
            for finding in findings
            if finding.result.focus.startswith(f"{subject}#note-{issue}-{property_}")
            or (
                (finding.result.focus, finding.result.about) == (subject, property_)
                and finding.result.rule in own
            )
        ]
        assert [
            (finding.result.severity, finding.result.shape in identified) for finding in found
        ] == [(severity, True)]
        assert Path(found[0].place.file) == case / "bad.yaml"
        derived = {"mentionsState": "narrative"}
        assert found[0].place.field in (property_, derived.get(property_))
        assert found[0].result.messages.keys() == {"en", "fr", "es"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, None),
        ({"beneficiary": ["MDA", "ALB"]}, ["ALB", "MDA"]),
        ({"beneficiary": ["MDA"], "otherBeneficiary": ["CHL", "MDA"]}, ["CHL", "MDA"]),
        ({"targetsGovernmentOf": ["TUN"], "mentionsState": ["BLR"]}, ["TUN"]),
    ],
)
def test_who_benefits_is_stated_once_in_order(
    values: dict[str, list[str]], expected: list[str] | None
) -> None:
    assert derived(values).get("benefitingState") == expected


def test_who_benefits_is_stated_in_all_records() -> None:
    items = [linked(record) for record, _ in read([HERE.parents[1] / "data"])]
    assert len(items) == 5
    for item in items:
        ways = {state for way in WAYS_TO_BENEFIT for state in item.node.get(way, ())}
        assert item.node.get("benefitingState", []) == sorted(map(str, ways))


RUSSIAN = {
    "title": "Поддержка управления миграцией",
    "narrative": "Проект помогает правительству укрепить управление границами.",
}


@pytest.mark.parametrize(
    ("texts", "labelled", "shown"),
    [
        (RUSSIAN, False, "ru"),
        (RUSSIAN, True, "fr"),
        ({"title": "Россия"}, False, "und"),
        ({**RUSSIAN, "title": "Open Balkans"}, False, "fr"),
        ({**RUSSIAN, "title": "Support to Migration Management in Chad"}, False, "fr"),
        ({"title": "Support to Migration Management in Chad"}, False, "fr"),
        ({}, False, "fr"),
    ],
)
def test_a_page_that_gives_texts_alone_is_in_their_language(
    texts: dict[str, str | None], labelled: bool, shown: str
) -> None:
    assert language_shown(source(texts, labelled=labelled)) == shown


def test_a_page_in_no_language_of_ours_is_said_to_be() -> None:
    item = linked(Project(id="V47-805", sources=(source(RUSSIAN, labelled=False),)))
    assert [nodes[0]["language"] for name, nodes in item.graphs if "source" in name] == ["ru"]
    assert item.node["title"] == {"ru": RUSSIAN["title"]}
    assert "The page is in a language (русский)" in note_of(item, "other-language")["comment"]["en"]


def test_a_decided_language_is_that_of_the_pages_it_is_about() -> None:
    """Of the pages that the decision gives as evidence, or of all where it gives none of them."""
    pages = [
        msgspec.structs.replace(
            source({"title": title}, number), url=f"https://example.org/{number}"
        )
        for number, title in enumerate(("One", "Two"), 1)
    ]
    english = decision("language", "en")
    of_one = msgspec.structs.replace(english, evidence=("https://example.org/1",))
    for decided, languages in ((english, ["en", "en"]), (of_one, ["en", "fr"])):
        record = Project(id="V47-805", sources=tuple(pages), decisions=(decided,))
        assert [language_of(record, page) for page in pages] == languages


# what stands under labels that nobody taught


def under(*labels: str) -> Linked:
    """What comes of a page that has these labels, and nothing else."""
    captures = (
        Capture(property="unknown", text="x", label=label, span=(number, number + 1))
        for number, label in enumerate(labels)
    )
    return linked(project(msgspec.structs.replace(source({}), values=tuple(captures))))


def test_each_unknown_label_stands_in_its_own_quotation_marks() -> None:
    said = note_of(under("Montant alloué", "Durée"), "unknown-field")["comment"]
    assert said["en"] == "Not known as a label: “Montant alloué”, “Durée”."
    assert said["es"] == "No es una etiqueta conocida: «Montant alloué», «Durée»."
    assert "« Montant alloué », « Durée »" in " ".join(said["fr"].split())


@pytest.mark.parametrize(
    ("label", "near"),
    [
        ("Project ID", "Projects ID"),
        ("ID du projet", "Projet ID"),
        ("Tipo del proyecto", "Tipo de proyecto"),
        ("Statut de projet", "Statut du projet"),
        ("Montant alloué", ""),
        ("Project title", ""),
    ],
)
def test_a_known_label_that_is_much_like_an_unknown_one_is_shown(label: str, near: str) -> None:
    said = note_of(under(label), "unknown-field")["comment"]["en"]
    like = f"; known and much like it: “{near}”" if near else ""
    assert said == f"Not known as a label: “{label}”{like}."


def test_a_label_that_a_desk_taught_is_shown_too() -> None:
    taught = FieldLabel(label="Montant alloué", property="budget.value", lang="fr")
    known = Reference(read_reference(resources.REFERENCE), [taught])
    assert known.label_like("Montants alloués") == "Montant alloué"


def test_a_value_that_may_stand_under_an_unknown_label_is_not_said_to_be_missing() -> None:
    said = {
        note.about_property: note.comment["en"]
        for note in under("Montant alloué").notes
        if note.issue_type == "missing-value"
    }
    title = said.pop("title", "")
    assert set(said.values()) == {
        "No page gives this under a label that is known; see the labels that are not."
    }
    assert title == "The page does not give this.", "titles have no label"
    without = linked(project(source({"startYear": "2020"})))
    others = {note.comment["en"] for note in without.notes if note.issue_type == "missing-value"}
    assert others == {"The page does not give this."}


def test_where_no_name_is_like_it_none_is_suggested() -> None:
    said = note_of(linked(project(source({"beneficiary": "Xyzzyland"}))), "unresolved-name")[
        "comment"
    ]
    assert [said[name] for name in ("en", "fr", "es")] == [
        "“Xyzzyland” is no known name.",
        "« Xyzzyland » n'est pas un nom connu.",
        "«Xyzzyland» no es un nombre conocido.",
    ]
    said = note_of(linked(project(source({"beneficiary": "Albanieh"}))), "unresolved-name")[
        "comment"
    ]
    assert "did you mean: Albania?" in said["en"]


@pytest.mark.parametrize(
    ("name", "text", "year"),
    [
        ("startYear", "2019-2020", "2019"),
        ("endYear", "de 2019 à 2022", "2022"),
        ("startYear", "del 2019 al 2021", "2019"),
    ],
)
def test_a_span_in_the_place_of_a_date_is_told(name: str, text: str, year: str) -> None:
    done = linked(project(source({name: text})))
    assert str(done.node[name]) == year
    said = note_of(done, "ambiguous-value")["comment"]
    assert said["en"] == f"“{text}” is a span of time, not one date; {year} is taken."
    assert all(text in said[tag] and year in said[tag] for tag in ("fr", "es"))


def test_a_date_is_no_span() -> None:
    for text in ("2019", "2019-03-01", "2019-03", "1 March 2019"):
        done = linked(project(source({"startYear": text})))
        assert all(note.issue_type != "ambiguous-value" for note in done.notes)


def test_words_of_prose_under_a_property_that_is_none_are_no_suggestion(tmp_path: Path) -> None:
    file = tmp_path / "record.yaml"
    text = Path("data/records/mainstreaming-migration.yaml").read_text("utf-8")
    file.write_text(text.replace("property: startYear", "property: lastYear"), "utf-8")
    found = {(one.result.rule, one.result.message("en")) for one in check([file], jobs=1).findings}
    assert any(rule == "note/unknown-field" for rule, _ in found)
